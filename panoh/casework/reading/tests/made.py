"""Files of senders, made in code: composed names of nobody."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from panoh.casework.reading import ReadList, read_grid, understand

TODAY = date(2026, 3, 1)

HEADINGS = ("№", "ФИО", "Пол", "Дата рождения", "Кем приходится", "Семья №")
PEOPLE = (
    (1, "Тестова Алмагуль Пробовна", "жен", "12.03.1990", "мать", "1"),
    (2, "Тестов Ерлан Пробович", "муж", "05.05.2014", "ребёнок", "1"),
    (3, "Примерова Салтанат", "жен", "2016", "ребёнок", "2"),
)


def xlsx(*rows: Sequence[Any], **other_sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook; other_sheets: name and rows of each further sheet."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for name, others in other_sheets.items():
        further = book.create_sheet(name)
        for row in others:
            further.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def ods(*rows: Sequence[Any], repeat_last: int = 1, formula_at: tuple[int, int] | None = None) -> bytes:
    """Return an OpenDocument workbook; an int in place of a row stands for so many blank rows, written as one."""
    book = OpenDocumentSpreadsheet()
    table = Table(name="Лист1")
    for index, row in enumerate(rows):
        if isinstance(row, int):
            blank = TableRow(numberrowsrepeated=row)
            blank.addElement(TableCell(numbercolumnsrepeated=1024))
            table.addElement(blank)
            continue
        line = TableRow(numberrowsrepeated=repeat_last) if index == len(rows) - 1 and repeat_last > 1 else TableRow()
        for place, value in enumerate(row):
            line.addElement(_ods_cell(value, (index, place) == formula_at))
        line.addElement(TableCell(numbercolumnsrepeated=1000))
        table.addElement(line)
    tail = TableRow(numberrowsrepeated=1_048_000)
    tail.addElement(TableCell(numbercolumnsrepeated=1024))
    table.addElement(tail)
    book.spreadsheet.addElement(table)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _ods_cell(value: Any, has_formula: bool) -> TableCell:
    if has_formula:
        cell = TableCell(formula="of:=1+1", valuetype="float", value="2")
    elif isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
        value = value.strftime("%d.%m.%y")
    elif isinstance(value, int):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    if value not in (None, ""):
        cell.addElement(P(text=str(value)))
    return cell


def csv_text(*rows: Sequence[Any], delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(str(value) for value in row) for row in rows) + "\r\n"


def archive(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return held.getvalue()


def read(content: bytes | str, file_name: str = "list.xlsx", **choices: Any) -> ReadList:
    """Return the list in a file, every row of it accounted for."""
    grid = read_grid(content.encode() if isinstance(content, str) else content, file_name=file_name)
    found = understand(grid, today=TODAY, **choices)
    assert len(found.rows) + len(found.skipped) == len(grid.rows)
    assert len({row.number for row in found.rows}) == len(found.rows)
    return found


def codes(found: ReadList) -> dict[int, set[str]]:
    return {row.number: {remark.code for remark in row.remarks} for row in found.rows}
