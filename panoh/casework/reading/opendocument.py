"""Workbooks of LibreOffice (.ods), as raw sheets; repeated rows and cells are never spread out beyond a list."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from defusedxml import ElementTree

from panoh.casework.reading.refusals import WorkbookLocked
from panoh.casework.reading.sheets import MOST_COLUMNS, MOST_SHEETS, Raw, RawSheet, take

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
UNSEEN = 100 * MOST_COLUMNS


def read_ods(content: bytes) -> list[RawSheet]:
    """Return every sheet of a workbook.

    Raises:
        WorkbookLocked, TooManyColumns, TooManyRows, UnpacksTooLarge.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
        if b"encryption-data" in manifest:
            raise WorkbookLocked
        root = ElementTree.fromstring(archive.read("content.xml"), forbid_dtd=True)
    tables = list(root.iter(f"{TABLE}table"))[:MOST_SHEETS]
    return [RawSheet(name=table.get(f"{TABLE}name", ""), rows=take(_rows(table)), form="ods") for table in tables]


def _rows(table: Any) -> Iterator[tuple[list[Raw], int]]:
    for row in table.iter(f"{TABLE}table-row"):
        cells: list[Raw] = []
        skipped = 0
        for cell in row:
            if cell.tag not in CELLS:
                continue
            raw = _cell(cell)
            repeated = _count(cell.get(f"{TABLE}number-columns-repeated"))
            if not raw:
                skipped += repeated
                continue
            cells.extend([""] * min(skipped, UNSEEN))
            cells.extend([raw] * min(repeated, UNSEEN))
            skipped = 0
            if len(cells) >= UNSEEN:
                break
        yield cells, _count(row.get(f"{TABLE}number-rows-repeated"))


def _count(repeated: str | None) -> int:
    return int(repeated) if repeated and repeated.isascii() and repeated.isdigit() and len(repeated) < 10 else 1


def _cell(cell: Any) -> Raw:
    text = "\n".join("".join(part.itertext()) for part in cell.findall(f"{TEXT}p")).strip()
    if cell.get(f"{TABLE}formula"):
        return [text, None, None, True]
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "date":
        written = cell.get(f"{OFFICE}date-value", "")[:10]
        return [text or written, None, _iso(written), False]
    if kind == "float":
        return [text, _float(cell.get(f"{OFFICE}value", "")), None, False] if text else ""
    return text


def _iso(written: str) -> str | None:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return None


def _float(written: str) -> float | None:
    try:
        number = float(written)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
