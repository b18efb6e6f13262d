"""Delimited text (.csv): the delimiter is found by the headings and the even rows that it makes."""

from __future__ import annotations

import csv
import io
from collections import Counter

from panoh.casework.reading.headings import field_of
from panoh.casework.reading.refusals import TypeUnknown
from panoh.casework.reading.sheets import Raw, RawSheet, take

DELIMITERS = ",;\t|"
LOOKED_AT = 20_000
LONGEST_CELL = 1_000_000


def read_delimited(text: str, encoding: str, damaged_letters: int) -> list[RawSheet]:
    """Return the one sheet of a delimited text.

    Raises:
        TypeUnknown: this is no text.
        TooManyColumns, TooManyRows, UnpacksTooLarge.
    """
    text = text.lstrip("\ufeff")
    if "\0" in text or _controls(text[:LOOKED_AT]):
        raise TypeUnknown(found="no text and no workbook")
    csv.field_size_limit(LONGEST_CELL)
    text, stated = _without_statement(text)
    delimiter = stated or _delimiter_of(text[:LOOKED_AT])
    rows = take((row, 1) for row in ([_cell(cell) for cell in row] for row in _split(text, delimiter)))
    return [
        RawSheet(
            name="", rows=rows, form="csv", encoding=encoding, delimiter=delimiter, damaged_letters=damaged_letters
        )
    ]


def _controls(text: str) -> bool:
    return sum(letter < " " and letter not in "\t\r\n\f\v" for letter in text) > len(text) // 100


def _without_statement(text: str) -> tuple[str, str]:
    """Return the text without the line ``sep=;`` that Excel writes, its row left blank, and what it states."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"').lower()
    if line.startswith("sep=") and len(line) <= len("sep=;"):
        return "\n" + rest, line.removeprefix("sep=") or "\t"
    return text, ""


def _split(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows; where quotes do not pair up, they are taken for signs of the text."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
        plain = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        try:
            return [[cell.strip('"') for cell in row] for row in plain]
        except csv.Error as error:
            raise TypeUnknown(found="no list: one cell of it has no end") from error


def _delimiter_of(sample: str) -> str:
    whole_lines = sample.rpartition("\n")[0] if len(sample) >= LOOKED_AT else sample

    def fit(delimiter: str) -> tuple[int, int, int]:
        rows = [row for row in _split(whole_lines, delimiter) if any(cell.strip() for cell in row)][:60]
        fields = max((len({field_of(cell)[0] for cell in row} - {""}) for row in rows[:30]), default=0)
        wide = Counter(len(row) for row in rows if len(row) > 1)
        usual, times = wide.most_common(1)[0] if wide else (1, 0)
        return fields, times, usual

    return max(DELIMITERS, key=fit)


def _cell(text: str) -> Raw:
    text = text.strip()
    if len(text) > 1 and text.startswith("="):
        if text.startswith('="') and text.endswith('"'):
            return text[2:-1]  # how Excel keeps the zeros of a number
        return [text, None, None, True]
    return text
