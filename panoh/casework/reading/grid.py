"""A file as a grid of cells, parsed in a child process that may take only so much memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from panoh.casework.reading.headings import best_header, forget
from panoh.casework.reading.refusals import (
    REFUSALS,
    FileEmpty,
    FileTooLarge,
    FileUnreadable,
    SheetMissing,
    TookTooLong,
    UnpacksTooLarge,
)

MOST_MEGABYTES = 20
MEGABYTE = 1024 * 1024
WALL_SECONDS = 30
MOST_ANSWER_BYTES = 96 * MEGABYTE
SOURCE = Path(__file__).resolve().parents[3]
# The child sees none of the settings and keys of the server.
KEPT_ENVIRONMENT = (
    "PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words as they stood, the number or date behind them, and whether a formula makes it."""

    text: str = ""
    number: float | None = None
    day: date | None = None
    is_formula: bool = False

    @property
    def is_filled(self) -> bool:
        """Tell whether there is something in the cell."""
        return bool(self.text) or self.is_formula or self.number is not None


EMPTY = Cell()


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet, from sheet row 1; blank rows are empty lists.

    form: "xlsx", "ods", "csv" or "html"; encoding and delimiter: of texts only; sheets: the names of all sheets that
    are shown, this one among them; damaged_letters: how many letters could not be made out.
    """

    sheet: str
    rows: list[list[Cell]]
    form: str
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    damaged_letters: int = 0
    file_name: str = ""

    @property
    def how(self) -> str:
        """Return how the file was read, for people: "csv, cp1251, ;"."""
        delimiter = {"\t": "tab"}.get(self.delimiter, self.delimiter)
        return ", ".join(part for part in (self.form, self.encoding, delimiter) if part)


def read_grid(content: bytes, *, file_name: str, sheet: str | None = None) -> Grid:
    """Return the sheet of a file that looks most like a list, or the one named.

    file_name: kept for its words only; what the file is, its content tells.

    Raises:
        FileUnreadable: one of its kinds, with a sentence on how to mend the file.
    """
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        raise FileTooLarge(megabytes=f"{len(content) / MEGABYTE:,.0f}", most=MOST_MEGABYTES)
    if not content.strip(b"\0 \t\r\n"):
        raise FileEmpty
    answer = _from_child(content)
    if "refusal" in answer:
        raise REFUSALS[answer["refusal"]](**answer["details"])
    raw = _chosen([found for found in answer["sheets"] if found["rows"]], sheet)
    forget()
    return Grid(
        sheet=raw["name"],
        rows=[[_cell(cell) for cell in row] for row in raw["rows"]],
        form=raw["form"],
        encoding=raw["encoding"],
        delimiter=raw["delimiter"],
        sheets=tuple(found["name"] for found in answer["sheets"]),
        damaged_letters=raw["damaged_letters"],
        file_name=file_name,
    )


def _from_child(content: bytes) -> dict[str, Any]:
    """Return the answer of the child; the file goes in by pipe, so nothing of it stands on the disk or in a log."""
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ} | {"PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "panoh.casework.reading.child"]
    with subprocess.Popen(  # noqa: S603  # our own module, no shell
        command,
        cwd=SOURCE,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        clock = threading.Timer(WALL_SECONDS, child.kill)
        feeder = threading.Thread(target=_feed, args=(child, content), daemon=True)
        clock.start()
        feeder.start()
        try:
            output = child.stdout.read(MOST_ANSWER_BYTES + 1) if child.stdout else b""
            if len(output) > MOST_ANSWER_BYTES:
                child.kill()
                raise UnpacksTooLarge
            returned = child.wait()
        finally:
            clock.cancel()
            child.kill()
            feeder.join()
    if returned < 0:  # stopped by a limit
        raise TookTooLong
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError as error:
        raise FileUnreadable from error
    return answer


def _feed(child: subprocess.Popen[bytes], content: bytes) -> None:
    with suppress(OSError):  # the child may have stopped before it read everything
        if child.stdin:
            child.stdin.write(content)
            child.stdin.close()


def _chosen(sheets: list[dict[str, Any]], wanted: str | None) -> dict[str, Any]:
    if wanted is not None:
        for sheet in sheets:
            if sheet["name"] == wanted:
                return sheet
        raise SheetMissing(sheet=wanted, sheets=", ".join(f"“{sheet['name']}”" for sheet in sheets))

    def worth(sheet: dict[str, Any]) -> tuple[float, int]:
        texts = [[cell if isinstance(cell, str) else str(cell[0]) for cell in row] for row in sheet["rows"][:60]]
        header = best_header(texts)
        return (header.score if header else 0.0, min(len(sheet["rows"]), 3))

    return max(sheets, key=worth)


def _cell(raw: str | list[Any]) -> Cell:
    if isinstance(raw, str):
        return Cell(raw) if raw else EMPTY
    text, number, day, is_formula = raw
    return Cell(text, number, date.fromisoformat(day) if day else None, is_formula)
