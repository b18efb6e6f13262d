"""What the page of a list's columns shows: each column with what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.casework.models import ArrivalList, ArrivalRow
from panoh.casework.queries.lists import PAGE_ROWS, PURPOSE, ColumnLine, HowRead
from panoh.vault.queries import open_parts

__all__ = ["ColumnSeen", "columns_seen", "decisions_on"]

SAMPLES = 3


@dataclass(frozen=True)
class ColumnSeen:
    """A column of the file, what it was taken for, and the first different values that stand in it."""

    line: ColumnLine
    samples: Sequence[str]


def columns_seen(actor: Actor, arrivals: ArrivalList, read: HowRead) -> list[ColumnSeen]:
    """Return the columns in which something stands, by their heading, their field or a value of the first rows."""
    parts = list(arrivals.rows.order_by("sheet_row").values_list("facts_id", flat=True)[:PAGE_ROWS])
    opened = open_parts(parts)
    audit.write(actor, "list.see", about=arrivals.code, purpose=PURPOSE)
    found: dict[int, list[str]] = {}
    for part in parts:
        cells = opened[part]["cells"] if part in opened else {}
        for index, text in cells.items():
            samples = found.setdefault(int(index), [])
            if text and text not in samples and len(samples) < SAMPLES:
                samples.append(text)
    seen = [ColumnSeen(line, found.get(line.index, [])) for line in read.columns]
    return [one for one in seen if one.line.heading or one.line.field or one.samples]


def decisions_on(arrivals: ArrivalList) -> int:
    """Return on how many rows of a list somebody has decided."""
    return arrivals.rows.exclude(decision=ArrivalRow.Decision.NONE).count()
