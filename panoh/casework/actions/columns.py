"""What the columns of a sender mean: said by hand, remembered, and used when its next list is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.casework.models import ArrivalList, ColumnMemory
from panoh.casework.reading import Column, Grid, ReadList, surmise, understand, unread
from panoh.casework.reading.columns import NAMES
from panoh.casework.reading.headings import LOOKED_AT_ROWS
from panoh.casework.reading.refusals import HeaderMissing, NameColumnMissing, NamesNotSaid
from panoh.casework.reading.words import fold
from panoh.vault import actions as vault

__all__ = ["remember_column", "remember_said", "understood"]

UNTOLD = (HeaderMissing, NameColumnMissing, NamesNotSaid)


def understood(
    grid: Grid,
    *,
    kind: str | None = None,
    sender: str = "",
    columns: Mapping[int, str] | None = None,
    can_wait: bool = False,
) -> ReadList:
    """Return a file as understood with what is said by hand of its columns, else with what is remembered of its sender.

    can_wait: if nobody can tell which column is which, its rows wait until somebody says so; else it is refused.

    Raises:
        FileUnreadable: one of its kinds.
    """
    try:
        if columns:
            return understand(grid, today=today(), kind=kind, columns=columns)
        return _as_remembered(grid, kind, sender)
    except UNTOLD as why:
        if not can_wait:
            raise
        return unread(grid, why, today=today(), kind=kind)


@action("list.decide")
def remember_column(actor: Actor, arrivals: ArrivalList, *, heading: str, field: str) -> ColumnMemory:
    """Remember what a column of this sender means, for its next lists."""
    return _remember(arrivals.sender, heading, field)


def remember_said(sender: str, columns: Sequence[Column], said: Collection[int]) -> None:
    """Remember what was said by hand of columns (places from 0) that have a heading; without a sender, nothing.

    What the heading says as well is not remembered, and takes the place of what was remembered otherwise.
    """
    if not sender:
        return
    for column in columns:
        if column.index not in said or not column.heading.strip():
            continue
        if column.how == "by hand":
            _remember(sender, column.heading, column.field or "")
        else:
            known = ColumnMemory.objects.filter(sender=sender, heading=_mark(column.heading))
            known.update(field=column.field or "")


def _remember(sender: str, heading: str, field: str) -> ColumnMemory:
    return ColumnMemory.objects.update_or_create(sender=sender, heading=_mark(heading), defaults={"field": field})[0]


def _as_remembered(grid: Grid, kind: str | None, sender: str) -> ReadList:
    found = ColumnMemory.objects.filter(sender=sender) if sender else ()
    known = {bytes(row.heading): row.field for row in found}
    if not known:
        return understand(grid, today=today(), kind=kind)
    alone = surmise(grid, today=today())
    if alone.header is None:
        said = _remembered_heading(grid, known)
    else:
        said = _remembered_of(known, ((column.index, column.heading) for column in alone.columns))
    return understand(grid, today=today(), kind=kind, columns=said)


def _remembered_heading(grid: Grid, known: Mapping[bytes, str]) -> dict[int, str]:
    """Return what is remembered of the row, among the first, that looks most like headings seen before."""
    rows = (_remembered_of(known, ((i, cell.text) for i, cell in enumerate(row))) for row in grid.rows[:LOOKED_AT_ROWS])
    best = max(rows, key=len, default={})
    return best if NAMES & set(best.values()) else {}


def _remembered_of(known: Mapping[bytes, str], headings: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return field by column, each field once: of two columns remembered alike, the left one holds it."""
    said: dict[int, str] = {}
    for index, heading in headings:
        field = known.get(_mark(heading)) if heading.strip() else None
        if field is not None and (not field or field not in said.values()):
            said[index] = field
    return said


def _mark(heading: str) -> bytes:
    return vault.fingerprint(fold(heading).encode())
