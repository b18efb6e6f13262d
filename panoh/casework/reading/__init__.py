"""Reading a sender's file: ``read_grid`` makes a grid of cells of it, ``understand`` makes persons of the grid."""

from panoh.casework.reading.columns import by_equation, by_letter, surmise
from panoh.casework.reading.grid import Cell, Grid, read_grid
from panoh.casework.reading.lists import understand, unread
from panoh.casework.reading.shapes import (
    FIELDS,
    Column,
    ReadList,
    ReadRow,
    Remark,
    RowFacts,
    SkippedRow,
    WrittenDate,
)

__all__ = [
    "FIELDS", "Cell", "Column", "Grid", "ReadList", "ReadRow", "Remark", "RowFacts", "SkippedRow", "WrittenDate",
    "by_equation", "by_letter", "read_grid", "surmise", "understand", "unread",
]  # fmt: skip
