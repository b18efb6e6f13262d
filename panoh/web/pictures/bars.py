"""Horizontal bars beside their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

RAIL = 1000


class BarRow(Protocol):
    """A figure to show: its words and a number that is not negative."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> float: ...


@dataclass(frozen=True)
class Bar:
    """One bar: its length in thousandths of the rail, and that of the part of it that is set apart."""

    label: str
    value: float
    length: int
    url: str
    part: float = 0
    part_length: int = 0


def bars(rows: Sequence[BarRow]) -> list[Bar]:
    """Return a bar per row in the given order; the largest value fills the rail, and none but zero is invisible."""
    largest = max((row.value for row in rows), default=0)
    return [_bar(row, largest) for row in rows]


def _bar(row: BarRow, largest: float) -> Bar:
    part: float = getattr(row, "part", 0)
    url = str(getattr(row, "url", "") or "")
    return Bar(row.label, row.value, _length(row.value, largest), url, part, _length(part, largest))


def _length(value: float, largest: float) -> int:
    if value <= 0 or largest <= 0:
        return 0
    return max(8, round(RAIL * value / largest))
