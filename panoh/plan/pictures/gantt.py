"""A timeline: a bar for each action from its first to its last day, and a diamond for each milestone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from panoh.access.clock import today
from panoh.plan.queries.progress import Timed

LABEL, WIDE, ROW, TOP = 92, 860, 26, 26
MOST_YEARS_NAMED = 12


@dataclass(frozen=True)
class GanttRow:
    """One action: where its line is, its bar (no width: no days of its own) and where its milestones stand."""

    code: str
    middle: float
    x: float
    width: float
    has_end: bool
    diamonds: Sequence[str]


@dataclass(frozen=True)
class Gantt:
    """The whole picture: size, years with their place, today's place (None: outside), and a row for each action."""

    width: int
    height: int
    years: Sequence[tuple[float, int]]
    now: float | None
    rows: Sequence[GanttRow]


def gantt(found: Sequence[Timed]) -> Gantt | None:
    """Return the picture, or None when nothing has a place in time."""
    days = [
        day
        for one in found
        for day in (one.action.starts, one.action.ends, *(point.due for point in one.milestones))
        if day
    ]
    if not days:
        return None
    first, last = date(min(days).year, 1, 1), date(max(*days, today()).year, 12, 31)
    scale = WIDE / (last - first + timedelta(1)).days

    def at(day: date) -> float:
        return round(LABEL + (day - first).days * scale, 1)

    step = 1 + (last.year - first.year) // MOST_YEARS_NAMED
    years = [(at(date(year, 1, 1)), year) for year in range(first.year, last.year + 1, step)]
    rows = []
    for place, one in enumerate(found):
        middle = TOP + ROW * place + ROW / 2
        starts, ends = one.action.starts, one.action.ends
        begun = at(starts or first) if starts or ends else LABEL
        ended = at((ends or last) + timedelta(1)) if starts or ends else begun
        diamonds = [_diamond(at(point.due), middle) for point in one.milestones]
        rows.append(
            GanttRow(one.action.code, middle, begun, max(2, round(ended - begun, 1)) if starts or ends else 0,
                     ends is not None, diamonds)
        )  # fmt: skip
    now = at(today()) if first <= today() <= last else None
    return Gantt(LABEL + WIDE + 8, TOP + ROW * len(found) + 8, years, now, rows)


def _diamond(x: float, y: float) -> str:
    return f"M{x} {y - 7}l7 7-7 7-7-7z"
