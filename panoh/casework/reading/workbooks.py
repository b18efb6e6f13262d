"""Workbooks of Excel and its relatives (.xlsx), as raw sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from panoh.casework.reading.refusals import WorkbookDamaged
from panoh.casework.reading.sheets import MOST_SHEETS, Raw, RawSheet, take


def read_xlsx(content: bytes) -> list[RawSheet]:
    """Return every sheet that is shown, with formulas as formulas.

    Raises:
        WorkbookDamaged, TooManyColumns, TooManyRows, UnpacksTooLarge.
    """
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
    if not shown:
        raise WorkbookDamaged
    sheets = []
    for sheet in shown:
        sheet.reset_dimensions()  # the size that a file states of itself may be wrong, or a trap
        sheets.append(RawSheet(name=sheet.title, rows=take(_rows(sheet)), form="xlsx"))
    return sheets


def _rows(sheet: Any) -> Iterator[tuple[list[Raw], int]]:
    for row in sheet.iter_rows(values_only=True):
        yield [_cell(value) for value in row], 1


def _cell(value: object) -> Raw:
    if value is None:
        return ""
    if isinstance(value, str):
        if value.startswith("=") and len(value) > 1:
            return [value, None, None, True]
        return value.strip()
    if isinstance(value, ArrayFormula | DataTableFormula):
        return [str(getattr(value, "text", "") or "="), None, None, True]
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return [f"{day.day:02}.{day.month:02}.{day.year:04}", None, day.isoformat(), False]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [_number(value), float(value), None, False]
    return str(value)


def _number(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
