"""The columns of a list: by hand first, then by their headings, then by their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from panoh.casework.reading.dates import read_date
from panoh.casework.reading.grid import Cell, Grid
from panoh.casework.reading.guessing import guess_fields
from panoh.casework.reading.headings import LOOKED_AT_ROWS, Header, best_header
from panoh.casework.reading.people import kinship_of, sex_of
from panoh.casework.reading.refusals import ColumnWrong, HeaderMissing, NameColumnMissing
from panoh.casework.reading.shapes import FIELDS, Column, How, letter_of
from panoh.casework.reading.words import is_nothing

NAMES = frozenset({"name", "surname", "given_name"})


@dataclass(frozen=True)
class Layout:
    """Where the headings stand and what the columns hold; start: the first row under them (from 0)."""

    header: Header | None
    start: int
    columns: tuple[Column, ...]
    languages: tuple[str, ...]


def lay_out(grid: Grid, by_hand: Mapping[int, str] | None, *, today: date) -> Layout:
    """Return the layout of a sheet.

    Raises:
        HeaderMissing: no row of headings can be recognised, and nothing is said by hand.
        NameColumnMissing: no column holds names, and nothing is said by hand.
        ColumnWrong: what is said by hand names no column or no field.
    """
    texts = [[cell.text for cell in row] for row in grid.rows[:LOOKED_AT_ROWS]]
    header = best_header(texts)
    width = max((len(row) for row in grid.rows), default=0)
    _check(by_hand or {}, width)
    if header is None:
        if not by_hand:
            raise HeaderMissing(looked=min(LOOKED_AT_ROWS, len(grid.rows)))
        header = _unknown_header(grid, by_hand, today)
        start = header.last + 1 if header else _first_row(grid, by_hand)
    else:
        start = header.last + 1
    headings = header.headings if header else {}
    said = {index: (field, _how("by hand")) for index, field in (by_hand or {}).items()}
    taken = {field for field, _ in said.values() if field}
    for index, field in (header.fields if header else {}).items():
        if index not in said and field not in taken:
            said[index] = (field, _how("synonym"))
            taken.add(field)
    guessable = {index: text for index, text in headings.items() if index not in said}
    rows = [
        [cell if index not in said else Cell() for index, cell in enumerate(row)]
        for row in grid.rows[start : start + 400]
    ]
    for index, field in guess_fields(rows, guessable, taken, today=today).items():
        said[index] = (field, _how("guessed from the values"))
        taken.add(field)
    if not by_hand and not taken & NAMES:
        raise NameColumnMissing(row=(header.first + 1) if header else 1)
    return Layout(header, start, _columns(headings, said, width), header.languages if header else ())


def _how(how: How) -> How:
    return how


def _check(by_hand: Mapping[int, str], width: int) -> None:
    for index, field in by_hand.items():
        if not 0 <= index < width or (field and field not in FIELDS):
            raise ColumnWrong(column=letter_of(index) if index >= 0 else index, field=FIELDS.get(field, field))


def _columns(headings: Mapping[int, str], said: Mapping[int, tuple[str, How]], width: int) -> tuple[Column, ...]:
    columns = []
    for index in range(width):
        field, how = said.get(index, ("", ""))
        columns.append(Column(index, headings.get(index, ""), field or None, how))
    return tuple(columns)


def _first_row(grid: Grid, by_hand: Mapping[int, str]) -> int:
    """Return the first row that fills most of the columns named by hand."""
    named = [index for index, field in by_hand.items() if field]
    for index, row in enumerate(grid.rows[:LOOKED_AT_ROWS]):
        filled = sum(place < len(row) and row[place].is_filled for place in named)
        if filled and 2 * filled >= len(named):
            return index
    return 0


def _unknown_header(grid: Grid, by_hand: Mapping[int, str], today: date) -> Header | None:
    """Return the row of headings in words we do not know: the first one, if the rows under it read otherwise."""
    first = _first_row(grid, by_hand)
    if _readable(grid.rows[first], by_hand, today):
        return None
    if not any(_readable(row, by_hand, today) for row in grid.rows[first + 1 : first + 6]):
        return None
    headings = {index: cell.text for index, cell in enumerate(grid.rows[first]) if cell.text}
    return Header(first, first, headings, {}, (), 0.0)


def _readable(row: Sequence[Cell], by_hand: Mapping[int, str], today: date) -> bool:
    for index, field in by_hand.items():
        cell = row[index] if index < len(row) else Cell()
        if not cell.is_filled or is_nothing(cell.text):
            continue
        if field in {"birth", "age"}:
            born = read_date(cell.text, today=today, number=cell.number, day=cell.day, is_age=field == "age")
            if born.year is not None:
                return True
        if field == "number" and cell.text.isdigit():
            return True
        if (field == "sex" and sex_of(cell.text)[1]) or (field == "kinship" and kinship_of(cell.text)[1]):
            return True
    return False
