"""The columns of a list: by hand first, then by their headings, then by their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from panoh.casework.reading.dates import read_date
from panoh.casework.reading.grid import Cell, Grid
from panoh.casework.reading.guessing import guess_fields
from panoh.casework.reading.headings import LOOKED_AT_ROWS, Header, best_header
from panoh.casework.reading.people import kinship_of, sex_of
from panoh.casework.reading.refusals import ColumnWrong, FieldTwice, HeaderMissing, NameColumnMissing, NamesNotSaid
from panoh.casework.reading.shapes import FIELDS, Column, How, letter_of
from panoh.casework.reading.words import is_nothing

NAMES = frozenset({"name", "surname", "given_name"})
_LETTER = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True)
class Layout:
    """Where the headings stand and what the columns hold; start: the first row under them (from 0)."""

    header: Header | None
    start: int
    columns: tuple[Column, ...]
    languages: tuple[str, ...]

    @property
    def has_names(self) -> bool:
        """Tell whether some column holds names."""
        return any(column.field in NAMES for column in self.columns)


def lay_out(grid: Grid, by_hand: Mapping[int, str] | None, *, today: date) -> Layout:
    """Return the layout of a sheet.

    Raises:
        HeaderMissing: no row of headings can be recognised, and nothing is said by hand.
        NameColumnMissing: no column holds names, and nothing is said by hand.
        ColumnWrong: what is said by hand names no column or no field.
        FieldTwice: two columns are said to hold the same.
        NamesNotSaid: with what is said by hand, no column holds names.
    """
    alone = surmise(grid, today=today)
    if by_hand:
        return _as_said(grid, by_hand, alone, today)
    if alone.header is None:
        raise HeaderMissing(looked=min(LOOKED_AT_ROWS, len(grid.rows)))
    if not alone.has_names:
        raise NameColumnMissing(row=alone.header.first + 1)
    return alone


def surmise(grid: Grid, *, today: date) -> Layout:
    """Return the layout as far as headings and values tell it, however little that is."""
    header = best_header([[cell.text for cell in row] for row in grid.rows[:LOOKED_AT_ROWS]])
    said: dict[int, tuple[str, How]] = {}
    for index, field in (header.fields if header else {}).items():
        said[index] = (field, "synonym")
    return _layout(grid, header, header.last + 1 if header else 0, said, today)


def _as_said(grid: Grid, by_hand: Mapping[int, str], alone: Layout, today: date) -> Layout:
    """Return the layout with what is said by hand; "by hand" is only what the headings do not tell as well."""
    _check(by_hand, len(alone.columns))
    header = alone.header or _unknown_header(grid, by_hand, today)
    said: dict[int, tuple[str, How]] = {}
    for index, field in by_hand.items():
        told = alone.columns[index]
        is_told = told.how != "guessed from the values" and field == (told.field or "")
        said[index] = (field, told.how if is_told else "by hand")
    taken = {field for field, _ in said.values()}
    for index, field in (header.fields if header else {}).items():
        if index not in said and field not in taken:
            said[index] = (field, "synonym")
    layout = _layout(grid, header, header.last + 1 if header else _first_row(grid, by_hand), said, today)
    if not layout.has_names:
        raise NamesNotSaid
    return layout


def _layout(grid: Grid, header: Header | None, start: int, said: dict[int, tuple[str, How]], today: date) -> Layout:
    headings = header.headings if header else {}
    guessable = {index: text for index, text in headings.items() if index not in said}
    rows = [
        [cell if index not in said else Cell() for index, cell in enumerate(row)]
        for row in grid.rows[start : start + 400]
    ]
    taken = {field for field, _ in said.values() if field}
    for index, field in guess_fields(rows, guessable, taken, today=today).items():
        said[index] = (field, "guessed from the values")
    width = max((len(row) for row in grid.rows), default=0)
    return Layout(header, start, _columns(headings, said, width), header.languages if header else ())


def by_letter(said: Mapping[str, str]) -> dict[int, str]:
    """Return what is said by hand by the place of each column (from 0), given by its letter.

    Raises:
        ColumnWrong: it is no letter of a column.
    """
    return {index_of(letter): field for letter, field in said.items()}


def by_equation(said: Iterable[str]) -> dict[int, str]:
    """Return what is said by hand, given as "A=name"; "A=" says that a column is not used.

    Raises:
        ColumnWrong: it is no letter of a column, or a column is named twice.
    """
    letters: dict[str, str] = {}
    for words in said:
        letter, sign, field = (part.strip() for part in words.partition("="))
        if not sign or letter in letters:
            raise ColumnWrong(column=letter, field=field)
        letters[letter] = field
    return by_letter(letters)


def index_of(letter: str) -> int:
    """Return the place of a column, from 0, by its letter in a spreadsheet program.

    Raises:
        ColumnWrong: it is no such letter.
    """
    letters = letter.strip().upper()
    if not _LETTER.fullmatch(letters):
        raise ColumnWrong(column=letter[:20], field="")
    place = 0
    for one in letters:
        place = place * 26 + ord(one) - ord("A") + 1
    return place - 1


def _check(by_hand: Mapping[int, str], width: int) -> None:
    for index, field in by_hand.items():
        if not 0 <= index < width or (field and field not in FIELDS):
            raise ColumnWrong(column=letter_of(index) if index >= 0 else index, field=FIELDS.get(field, field[:40]))
    for field in {field for field in by_hand.values() if field}:
        letters = [letter_of(index) for index in sorted(by_hand) if by_hand[index] == field]
        if len(letters) > 1:
            raise FieldTwice(columns=", ".join(letters), field=FIELDS[field])


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
