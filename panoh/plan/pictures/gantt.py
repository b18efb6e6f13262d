"""A timeline: a bar for each action from its first to its last day, and a diamond for each milestone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from panoh.access.clock import today
from panoh.plan.queries.progress import Timed

LABEL, WIDE, ROW, TOP = 92, 860, 26, 26
MOST_YEARS_NAMED = 12


@dataclass(frozen=True)
class Gantt:
    """The whole picture: size, years with their place, today's place (None: outside), and what stands for actions.

    rows: as text, for a template would take longer for them than all the rest of the page.
    """

    width: int
    height: int
    years: Sequence[tuple[float, int]]
    now: float | None
    rows: SafeString


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
        middle = TOP + ROW * place + ROW // 2
        starts, ends = one.action.starts, one.action.ends
        rows.append(f'<text x="0" y="{middle}" dy="4">{escape(one.action.code)}</text>')
        if starts or ends:
            begun, ended = at(starts or first), at((ends or last) + timedelta(1))
            width = max(2, round(ended - begun, 1))
            css = "run" if ends else "run open"
            rows.append(f'<rect class="{css}" x="{begun}" y="{middle - 7}" width="{width}" height="14" rx="2"/>')
        rows += [f'<path class="point" d="M{at(point.due)} {middle - 7}l7 7-7 7-7-7z"/>' for point in one.milestones]
    now = at(today()) if first <= today() <= last else None
    drawn = mark_safe("".join(rows))  # noqa: S308  # numbers, and codes that are escaped
    return Gantt(LABEL + WIDE + 8, TOP + ROW * len(found) + 8, years, now, drawn)
