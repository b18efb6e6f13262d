"""A text with few marks: paragraphs, "## " headings, "- " lists and "| a | b |" tables whose first row is the head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

Kind = Literal["heading", "list", "table", "paragraph"]


@dataclass(frozen=True)
class Block:
    """A piece of a text: lines of a heading, list or paragraph; head and rows of a table."""

    kind: Kind
    lines: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default=())

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Return the rows of a table, each cell beside the head of its column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


def blocks(text: str) -> list[Block]:
    """Return a text as blocks; whatever has no mark is a paragraph."""
    found: list[Block] = []
    for kind, lines in groupby((line.strip() for line in text.splitlines()), key=_kind):
        if kind is not None:
            found += _read(kind, list(lines))
    return found


def _kind(line: str) -> Kind | None:
    if not line:
        return None
    if line.startswith("## "):
        return "heading"
    if line.startswith("- "):
        return "list"
    return "table" if line.startswith("|") and line.endswith("|") and len(line) > 1 else "paragraph"


def _read(kind: Kind, lines: Sequence[str]) -> Iterable[Block]:
    if kind == "heading":
        return [Block(kind, [line[3:].strip()]) for line in lines]
    if kind == "list":
        return [Block(kind, [line[2:].strip() for line in lines])]
    if kind == "table":
        head, *rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
        return [Block(kind, head=head, rows=[_as_wide(row, len(head)) for row in rows])]
    return [Block(kind, lines)]


def _as_wide(row: Sequence[str], cells: int) -> list[str]:
    """Return a row with as many cells as the head has; what is too much goes into the last."""
    whole = [*row[: cells - 1], " ".join(row[cells - 1 :])] if len(row) > cells else list(row)
    return whole + [""] * (cells - len(whole))


def heading(text: str) -> str:
    """Return a line that is a heading."""
    return f"## {_flat(text)}"


def bullets(items: Iterable[object]) -> str:
    """Return lines that are a list."""
    return "\n".join(f"- {_flat(item)}" for item in items)


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Return lines that are a table; a bar within a cell is written as a stroke."""
    return "\n".join("| " + " | ".join(_flat(cell).replace("|", "/") for cell in row) + " |" for row in (head, *rows))


def _flat(text: object) -> str:
    return " ".join(str(text).split())
