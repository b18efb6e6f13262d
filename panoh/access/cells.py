"""Rows as a workbook or as CSV in which every cell stays text: no spreadsheet takes any for a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["as_csv", "as_workbook", "fill", "neutral", "plain"]

BEGINS_A_FORMULA = "=+-@|%−"  # the last: a typographic minus
BEGINS_A_CELL = "\t\r\n"
# Letters that show nothing, though Unicode counts them among the visible: Hangul and Khmer fillers, an empty Braille.
FILLERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
LONGEST = 32_000  # a cell of a workbook takes 32,767
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Return a text as any file can hold it: no control characters, line ends as one, no longer than a cell."""
    return UNWRITABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]


def neutral(text: str) -> str:
    """Return a text that no spreadsheet runs: behind an apostrophe if its first visible letter begins a formula."""
    risky = text[:1] in BEGINS_A_CELL or _first_visible(text) in BEGINS_A_FORMULA
    return f"'{text}" if text and risky else text


def _first_visible(text: str) -> str:
    """Return the first letter that shows, full-width and other forms as their plain one; a space for none."""
    for letter in unicodedata.normalize("NFKC", text):
        if unicodedata.category(letter)[0] not in "CZM" and letter not in FILLERS:
            return letter
    return " "


def as_csv(mark: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as CSV in UTF-8 with a byte-order mark, every cell in quotes; the mark stands above."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([neutral(plain(cell)) for cell in row] for row in ([mark], heads, *rows))
    return written.getvalue().encode("utf-8-sig")


def as_workbook(mark: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as a workbook of one sheet, every cell typed as text; the mark stands above and on each page."""
    from openpyxl import Workbook  # noqa: PLC0415  # a quarter of a second, for whoever writes none

    book = Workbook()
    book.properties.creator = "Panoh"
    fill(book.worksheets[0], mark, heads, rows)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def fill(sheet: Worksheet, mark: str, heads: Sequence[str], rows: Iterable[Sequence[str | date | None]]) -> None:
    """Write rows into a sheet, days as days and all else typed as text; the mark stands above and on each page."""
    from openpyxl.styles import Font  # noqa: PLC0415  # as above

    heading = Font(name="Calibri", bold=True)
    for number, row in enumerate(([mark], heads, *rows), 1):
        for place, told in enumerate(row, 1):
            if isinstance(told, date):
                sheet.cell(number, place, told).number_format = "yyyy-mm-dd"
                continue
            text = plain(told or "")
            cell = sheet.cell(number, place, text)
            cell.data_type = "s"  # left to itself, openpyxl makes a live formula of what begins with "="
            cell.quotePrefix = neutral(text) != text  # so that it stays text when somebody edits it
            if number < 3:
                cell.font = heading
    sheet.print_title_rows = "1:2"
    footer = plain(mark).replace("&", "&&")[:200]
    sheet.oddFooter.center.text = footer  # type: ignore[union-attr]  # the stubs do not know that it is there
    sheet.freeze_panes = "A3"
