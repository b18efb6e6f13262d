"""Events, read."""

from __future__ import annotations

from django.db.models import QuerySet

from panoh.access.refusals import NotThere
from panoh.exchange.models import Event


def events() -> QuerySet[Event]:
    """Return all events, the newest first."""
    return Event.objects.all()


def event_for(code: str) -> Event:
    """Return the event with this code.

    Raises:
        NotThere: there is none.
    """
    found = Event.objects.filter(code=code).first()
    if found is None:
        raise NotThere
    return found
