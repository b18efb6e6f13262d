"""Events and what was said at them."""

from __future__ import annotations

from datetime import date

from panoh.access.entrances import Actor, action
from panoh.access.wordings import Wording
from panoh.exchange.models import Event, Statement
from panoh.plan.models import Body


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
    """Enter an event."""
    return Event.objects.create(
        title=title, kind=kind, mode=mode, rules=rules, state=state, starts=starts, ends=ends, place=place,
        moderator=moderator, beside=beside, meeting_link=meeting_link,
    )  # fmt: skip


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
    """Enter what somebody said; by whom is left out of what was said under the rule that it is not to be told."""
    if event.rules != Event.Rules.ON_RECORD:
        speaker, body, country, quote = "", None, "", ""
    return Statement.objects.create(
        event=event, act=act, text=text, speaker=speaker, body=body, country=country, quote=quote
    )
