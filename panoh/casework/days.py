"""Which days a step can be of: what happened lies behind, near the file; what is due lies around today."""

from __future__ import annotations

from datetime import date, timedelta

from panoh.access.clock import today
from panoh.casework.models import Family
from panoh.casework.refusals import DayUnfit, InTheFuture

# A file may be opened some time after the first help; a date further back is a slip of the pen.
BEFORE_THE_FILE = timedelta(days=366)
LONG_DUE = timedelta(days=366)
FAR_AHEAD = timedelta(days=20 * 366)


def happened(on: date | None, since: date) -> date:
    """Return the day something happened, today if not said. since: the day the file or list was begun.

    Raises:
        InTheFuture.
        DayUnfit: more than a year before that.
    """
    on = on or today()
    if on > today():
        raise InTheFuture(on=on)
    if on < since - BEFORE_THE_FILE:
        raise DayUnfit(on=on, first=since - BEFORE_THE_FILE, last=today())
    return on


def happened_with(family: Family, on: date | None) -> date:
    """Return the day something happened in the work with a family; so with what is refused."""
    return happened(on, family.opened_on)


def due(on: date, *, latest: date | None = None) -> date:
    """Return the day by which something is to be done. latest: by when a rule wants it; then it lies not behind.

    Raises:
        DayUnfit: more than a year ago, or more than twenty years ahead.
    """
    first, last = (min(today(), latest), latest) if latest else (today() - LONG_DUE, today() + FAR_AHEAD)
    if not first <= on <= last:
        raise DayUnfit(on=on, first=first, last=last)
    return on
