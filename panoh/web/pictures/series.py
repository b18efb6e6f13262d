"""Figures over time, and figures by country, each beside where it began and where it is to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10
from typing import Protocol

from panoh.web.pictures.bars import RAIL

HEIGHT, TOP, BOTTOM, LEFT, RIGHT, STEP = 220, 18, 34, 60, 8, 62
LEAST_WIDTH, MOST_TICKS, CLOSE = 320, 5, 26


class SeriesRow(Protocol):
    """A time with its figure and target, where there is one."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def is_part(self) -> bool: ...


@dataclass(frozen=True)
class Dot:
    """A place in the picture with its words; of a figure, whether only some reported it and where its words go."""

    x: int
    y: int
    label: str
    is_part: bool = False
    is_below: bool = False


@dataclass(frozen=True)
class SeriesPicture:
    """A line of figures with gaps where none was reported; targets as short strokes, the baseline as a long one."""

    width: int
    height: int
    path: str
    dots: Sequence[Dot]
    targets: Sequence[Dot]
    baseline: int | None
    ticks: Sequence[Dot]
    labels: Sequence[Dot]


def series_picture(rows: Sequence[SeriesRow], baseline: Decimal | None) -> SeriesPicture:
    """Return the picture of figures over time; the scale holds 0, the figures, the targets and the baseline."""
    shown = [float(figure) for row in rows for figure in (row.value, row.target) if figure is not None]
    shown += [] if baseline is None else [float(baseline)]
    marks = _ticks(min([0.0, *shown]), max([0.0, *shown]))
    low, high = marks[0], marks[-1]

    def y(figure: float) -> int:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (high - figure) / (high - low))

    places = [LEFT + STEP // 2 + STEP * number for number in range(len(rows))]
    dots, targets, path, before = [], [], "", False
    for x, row in zip(places, rows, strict=True):
        if row.value is not None:
            at = y(float(row.value))
            is_below = row.target is not None and 0 <= at - y(float(row.target)) < CLOSE
            dots.append(Dot(x, at, _written(float(row.value)), row.is_part, is_below))
            path += f"{'L' if before else 'M'}{x} {dots[-1].y}"
        before = row.value is not None
        if row.target is not None:
            targets.append(Dot(x, y(float(row.target)), _written(float(row.target))))
    return SeriesPicture(
        max(LEAST_WIDTH, LEFT + STEP * len(rows) + RIGHT), HEIGHT, path, dots, targets,
        None if baseline is None else y(float(baseline)),
        [Dot(LEFT - 8, y(mark), _written(mark)) for mark in marks],
        [Dot(x, HEIGHT - BOTTOM + 20, row.label[:14]) for x, row in zip(places, rows, strict=True)],
    )  # fmt: skip


def _ticks(low: float, high: float) -> list[float]:
    """Return a few round numbers from at or below the lowest to at or above the highest."""
    if low == high:
        return [low, low + 1]
    rough = (high - low) / MOST_TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [step * number for number in range(floor(low / step), ceil(high / step) + 1)]


def _written(figure: float) -> str:
    return f"{figure:,.2f}".rstrip("0").rstrip(".").replace(",", " ")


class LevelRow(Protocol):
    """A country with its figure, where it began and where it is to be."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...


@dataclass(frozen=True)
class LevelBar:
    """One bar with its two marks, in thousandths of the rail; a mark that is nowhere is None."""

    label: str
    value: Decimal | None
    length: int
    baseline: Decimal | None
    baseline_at: int | None
    target: Decimal | None
    target_at: int | None


def level_bars(rows: Sequence[LevelRow]) -> list[LevelBar]:
    """Return a bar per row; the largest of all figures, baselines and targets fills the rail."""
    marked = [(row, _number(row, "baseline"), _number(row, "target")) for row in rows]
    largest = max((figure for row, *levels in marked for figure in (row.value, *levels) if figure), default=Decimal())

    def at(figure: Decimal | None) -> int | None:
        return None if figure is None or largest <= 0 else max(0, round(RAIL * figure / largest))

    return [
        LevelBar(row.label, row.value, at(row.value) or 0, baseline, at(baseline), target, at(target))
        for row, baseline, target in marked
    ]


def _number(row: LevelRow, name: str) -> Decimal | None:
    found: Decimal | None = getattr(getattr(row, name, None), "number", None)
    return found
