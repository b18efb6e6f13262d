"""What a column holds, judged by its values, where its heading does not tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from panoh.casework.reading.dates import read_date
from panoh.casework.reading.grid import Cell
from panoh.casework.reading.headings import NO_FIELD, field_of
from panoh.casework.reading.people import kinship_of, sex_of
from panoh.casework.reading.words import fold, is_nothing

LOOKED_AT_ROWS = 300
ENOUGH_VALUES = 3
MOST = 0.8
NAME_WORDS = range(2, 6)


def guess_fields(
    rows: Sequence[Sequence[Cell]], headings: Mapping[int, str], known: Collection[str], *, today: date
) -> dict[int, str]:
    """Return the fields of columns whose headings say nothing, as far as their values tell them beyond doubt."""
    guessed: dict[int, str] = {}
    missing = [name for name in ("sex", "birth", "kinship", "name") if name not in known]
    if "age" in known and "birth" in missing:
        missing.remove("birth")
    if {"surname", "given_name"} & set(known) and "name" in missing:
        missing.remove("name")
    width = max((len(row) for row in rows[:LOOKED_AT_ROWS]), default=0)
    for index in range(width):
        if index in known_places(headings) or not missing:
            continue
        cells = [row[index] for row in rows[:LOOKED_AT_ROWS] if index < len(row) and not is_nothing(row[index].text)]
        if len(cells) < ENOUGH_VALUES:
            continue
        if field := next((name for name in missing if _is(name, cells, today)), None):
            guessed[index] = field
            missing.remove(field)
    return guessed


def known_places(headings: Mapping[int, str]) -> set[int]:
    """Return the columns whose headings are known, those of no interest among them."""
    return {index for index, text in headings.items() if field_of(text)[0] and field_of(text)[0] != ""}


def is_of_no_interest(heading: str) -> bool:
    """Tell whether a heading is known and names nothing that is read."""
    return field_of(heading)[0] == NO_FIELD


def _is(name: str, cells: Sequence[Cell], today: date) -> bool:
    different = {fold(cell.text) for cell in cells}
    match name:
        case "sex":
            return len(different) <= 6 and _share(sex_of(cell.text)[1] for cell in cells) >= MOST
        case "kinship":
            return len(different) <= 25 and _share(kinship_of(cell.text)[1] for cell in cells) >= MOST
        case "birth":
            dates = [read_date(cell.text, today=today, number=cell.number, day=cell.day) for cell in cells]
            exact = _share(date.precision == "day" or date.doubt == "year_only" for date in dates)
            # One date in all rows is the date of something else.
            return exact >= MOST and len(different) * 3 > len(cells)
    return len(different) * 10 > 7 * len(cells) and _share(_is_like_name(cell.text) for cell in cells) >= MOST


def _is_like_name(text: str) -> bool:
    words = text.split()
    return len(words) in NAME_WORDS and all(letter.isalpha() or letter in " -.'ʻʼ’‘`" for letter in text)


def _share(answers: object) -> float:
    listed = list(answers)  # type: ignore[call-overload]
    return sum(listed) / len(listed) if listed else 0.0
