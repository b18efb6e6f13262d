"""Events, what belongs to them and what was said there."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import Max, Model

from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotThere
from panoh.access.wordings import Wording
from panoh.exchange.actions.checking import kept
from panoh.exchange.models import (
    Body,
    Decision,
    Event,
    EventBody,
    Output,
    Participation,
    Registration,
    Session,
    Statement,
)

M = TypeVar("M", bound=Model)

PARTS: Final[dict[str, type[Model]]] = {
    "bodies": EventBody, "sessions": Session, "participants": Participation, "registrations": Registration,
    "outputs": Output, "decisions": Decision, "statements": Statement,
}  # fmt: skip


@action("event.edit")
def add_event(
    actor: Actor,
    *,
    title: Wording,
    kind: int,
    mode: int = Event.Mode.IN_PERSON,
    rules: int = Event.Rules.ON_RECORD,
    state: int = Event.State.PLANNED,
    starts: date | None = None,
    ends: date | None = None,
    place: str = "",
    moderator: str = "",
    beside: Event | None = None,
    meeting_link: str = "",
) -> Event:
    """Enter an event.

    Raises:
        EntryNotRight: something does not fit its field.
    """
    return kept(Event(
        title=title, kind=kind, mode=mode, rules=rules, state=state, starts=starts, ends=ends, place=place,
        moderator=moderator, beside=beside, meeting_link=meeting_link,
    ))  # fmt: skip


@action("event.edit")
def edit_event(actor: Actor, /, event: Event, **fields: Any) -> Event:
    """Change an event; closed afterwards, it forgets who said what.

    Raises:
        EntryNotRight: something does not fit its field.
    """
    return _changed(event, fields)


@action("event.edit")
def add_statement(
    actor: Actor,
    event: Event,
    *,
    act: str,
    text: str,
    speaker: str = "",
    body: Body | None = None,
    country: str = "",
    quote: str = "",
) -> Statement:
    """Enter what somebody said; by whom is left out of what was said under the rule that it is not to be told.

    Raises:
        EntryNotRight: something does not fit its field.
    """
    if event.rules != Event.Rules.ON_RECORD:
        speaker, body, country, quote = "", None, "", ""
    return kept(Statement(event=event, act=act, text=text, speaker=speaker, body=body, country=country, quote=quote))


@action("event.edit")
def add_part(actor: Actor, event: Event, part: str, /, **fields: Any) -> Model:
    """Add a body, session, count of participants, registration, paper, decision or statement to an event.

    Raises:
        EntryNotRight: something does not fit its field, or it is entered already.
    """
    made = PARTS[part](event=event, **fields)
    if isinstance(made, Session | Decision):
        last = type(made)._default_manager.filter(event=event).aggregate(last=Max("number"))["last"]
        made.number = (last or 0) + 1
    return kept(made)


@action("event.edit")
def change_part(actor: Actor, event: Event, part: str, number: int, /, **fields: Any) -> Model:
    """Change what belongs to an event.

    Raises:
        NotThere: the event has no such part.
        EntryNotRight: something does not fit its field.
    """
    return _changed(_part(event, part, number), fields)


@action("event.edit")
def remove_part(actor: Actor, event: Event, part: str, number: int) -> None:
    """Take out what was entered by mistake.

    Raises:
        NotThere: the event has no such part.
    """
    _part(event, part, number).delete()


@action("event.purge")
def purge_registrations(actor: Actor) -> int:
    """Destroy the registrations of events that are over for 90 days, and return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("select app.purge_registrations()")
        (gone,) = cursor.fetchone()
    return int(gone)


def _part(event: Event, part: str, number: int) -> Model:
    found = PARTS[part]._default_manager.filter(event=event, pk=number).first()
    if found is None:
        raise NotThere
    return found


def _changed(record: M, fields: dict[str, Any]) -> M:
    for name, value in fields.items():
        setattr(record, name, value)
    return kept(record)
