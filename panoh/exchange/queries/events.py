"""Events, read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.exchange.models import (
    Decision,
    Event,
    EventBody,
    Lesson,
    Output,
    Participation,
    Proposal,
    Registration,
    Session,
    Statement,
)


@dataclass(frozen=True)
class EventShown:
    """An event with all that belongs to it; registrations only for its editors."""

    event: Event
    bodies: Sequence[EventBody]
    sessions: Sequence[Session]
    participants: Sequence[Participation]
    statements: Sequence[Statement]
    decisions: Sequence[Decision]
    outputs: Sequence[Output]
    side_events: Sequence[Event]
    proposals: Sequence[Proposal]
    lessons: Sequence[Lesson]
    registered: int | None


def events() -> QuerySet[Event]:
    """Return all events, the newest first."""
    return Event.objects.annotate(said=Count("statements")).order_by("-starts", "code")


def event_for(code: str) -> Event:
    """Return the event with this code.

    Raises:
        NotThere: there is none.
    """
    found = Event.objects.select_related("beside").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def event_shown(actor: Actor, event: Event) -> EventShown:
    """Return what the page of an event shows."""
    return EventShown(
        event,
        list(event.bodies.select_related("body")),
        list(event.sessions.order_by("day", "starts", "number")),
        list(event.participants.all()),
        list(event.statements.select_related("body")),
        list(event.decisions.all()),
        list(event.outputs.all()),
        list(event.side_events.all()),
        list(event.proposals.all()),
        list(event.lessons.defer("words", "plain", "spellings")),
        event.registrations.count() if actor.may("event.edit") else None,
    )


def part_of(event: Event, part: str, number: int) -> Any:
    """Return one part of an event by its kind, as it is called in the address, and its number.

    Raises:
        NotThere: the event has no such part.
    """
    found = getattr(event, part).filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def registrations(event: Event) -> QuerySet[Registration]:
    """Return who is registered for an event, by country and agency; for its editors."""
    return event.registrations.all()
