"""What the child process hands over: sheets of raw cells, within the limits of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from panoh.casework.reading.refusals import TooManyColumns, TooManyRows, UnpacksTooLarge

MOST_COLUMNS = 200
MOST_ROWS = 20_000
MOST_CELLS = 600_000
MOST_LETTERS = 12_000_000
MOST_SHEETS = 50

# A text, or [text, number, ISO date, is a formula].
Raw = str | list[Any]


@dataclass(frozen=True)
class RawSheet:
    """One sheet as read; how: the form of the file in words; damaged: letters that could not be decoded."""

    name: str
    rows: list[list[Raw]]
    form: str
    encoding: str = ""
    delimiter: str = ""
    damaged_letters: int = field(default=0)


def take(rows: Iterable[tuple[list[Raw], int]]) -> list[list[Raw]]:
    """Return the rows up to the last that holds something; each comes with how often it is repeated.

    Raises:
        TooManyColumns, TooManyRows, UnpacksTooLarge.
    """
    taken: list[list[Raw]] = []
    blank = cells = letters = 0
    for row, repeated in rows:
        while row and not row[-1]:
            row.pop()
        if not row:
            blank += repeated
            continue
        if len(row) > MOST_COLUMNS:
            row_number = len(taken) + blank + 1
            raise TooManyColumns(row=f"{row_number:,}", columns=f"{len(row):,}", most=MOST_COLUMNS)
        if len(taken) + blank + repeated > MOST_ROWS:
            raise TooManyRows(most=f"{MOST_ROWS:,}")
        cells += len(row) * repeated
        letters += repeated * sum(len(cell if isinstance(cell, str) else str(cell[0])) for cell in row)
        if cells > MOST_CELLS or letters > MOST_LETTERS:
            raise UnpacksTooLarge
        taken.extend([] for _ in range(blank))
        blank = 0
        taken.extend(row for _ in range(repeated))
    return taken
