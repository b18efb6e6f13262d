"""Steps of a case conference: call it, write down each point, note dissent, end it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from panoh.access.entrances import Actor, action
from panoh.access.models import Agency, Staff
from panoh.access.refusals import NotThere
from panoh.casework import days
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Conference, ConferencePoint, Family, Participant, Task
from panoh.casework.refusals import OwnerCannotOpen
from panoh.casework.refusals_deciding import AgendaEmpty, ConferenceEmpty, NotWaiting, OwnerAndDay, ReasonMissing
from panoh.vault import actions as vault
from panoh.vault.queries import Group

__all__ = [
    "Invited", "call_conference", "cancel_conference", "end_conference", "record_dissent", "record_point",
]  # fmt: skip

State = Conference.State


@dataclass(frozen=True)
class Invited:
    """Who is to take part: as what, and which colleague or agency if it is one of ours."""

    role: str
    staff: Staff | None = None
    agency: Agency | None = None


@action("conference.hold")
def call_conference(
    actor: Actor, family: Family, *, on: date, why: str, domains: Iterable[str], invited: Iterable[Invited]
) -> Conference:
    """Call a conference about a family: the domains on its agenda, and who takes part.

    Raises:
        DayUnfit, ReasonMissing, AgendaEmpty, Unknown (a domain, a role).
    """
    agenda, people = sorted(set(domains)), list(invited)
    if not why.strip():
        raise ReasonMissing
    if not agenda or not people:
        raise AgendaEmpty
    conference = Conference.objects.create(
        family=family, on=days.due(on), why_id=_kept(family, why), called_by_id=actor.me
    )
    for code in agenda:
        kind = catalogue().domain(code).field_class
        ConferencePoint.objects.create(conference=conference, domain=code, field_class=kind)
    for one in people:
        role = catalogue().known("participant_roles", one.role)
        Participant.objects.create(conference=conference, role=role, staff=one.staff, agency=one.agency)
    return conference


@action("conference.hold")
def record_point(
    actor: Actor,
    conference: Conference,
    *,
    point: ConferencePoint,
    talk: str,
    decision: str = "",
    owner: Staff | None = None,
    due: date | None = None,
) -> ConferencePoint:
    """Write down what was said of one domain and what was decided, which becomes the owner's task by a day.

    Raises:
        NotWaiting: the conference is over. NotThere: the point is another's. ReasonMissing: nothing was said.
        OwnerAndDay: a decision without them, or they without one. OwnerCannotOpen, DayUnfit.
    """
    conference = _called(conference)
    point = ConferencePoint.objects.select_for_update().get(pk=point.pk)
    if point.conference_id != conference.pk:
        raise NotThere
    if point.words_id:
        raise NotWaiting(code=conference.code, state=conference.get_state_display())
    if not talk.strip():
        raise ReasonMissing
    if bool(decision.strip()) != (owner is not None and due is not None) or (owner is None) != (due is None):
        raise OwnerAndDay
    family = conference.family
    told = {"talk": talk.strip(), "decision": decision.strip()}
    point.words_id = vault.keep_parts(family.papers_id, Group.TEXT, [told], field_class=point.field_class)[0]
    if owner and due:
        if not Actor.of(owner).reaches(family):
            raise OwnerCannotOpen(name=owner, family=family.code)
        # The words are the point's class to read; the task bears its code alone.
        point.task = Task.objects.create(family=family, kind="conference", due=days.due(due), owner=owner)
    point.save(update_fields=["words", "task"])
    return point


@action("conference.hold")
def record_dissent(actor: Actor, conference: Conference, *, participant: Participant, words: str) -> Participant:
    """Write down that somebody saw it otherwise, in words.

    Raises:
        NotWaiting: the conference is over, or it is written down already. NotThere. ReasonMissing.
    """
    conference = _called(conference)
    participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if participant.conference_id != conference.pk:
        raise NotThere
    if participant.dissent_id:
        raise NotWaiting(code=conference.code, state=conference.get_state_display())
    if not words.strip():
        raise ReasonMissing
    participant.dissent_id = vault.keep_text(conference.family.papers_id, words)
    participant.save(update_fields=["dissent"])
    return participant


@action("conference.hold")
def end_conference(actor: Actor, conference: Conference) -> Conference:
    """End a conference: what it said stays as it is.

    Raises:
        NotWaiting: it is over, or its day has not come. ConferenceEmpty.
    """
    conference = _called(conference)
    days.happened_with(conference.family, conference.on)
    if not conference.points.filter(words__isnull=False).exists():
        raise ConferenceEmpty
    conference.state = State.HELD
    conference.save(update_fields=["state"])
    return conference


@action("conference.hold")
def cancel_conference(actor: Actor, conference: Conference, *, because: str) -> Conference:
    """Cancel a conference that was called, with the reason; it stays in the file.

    Raises:
        NotWaiting. Unknown (why).
    """
    conference = _called(conference)
    conference.state, conference.cancelled_because = State.CANCELLED, catalogue().known("cancel_reasons", because)
    conference.save(update_fields=["state", "cancelled_because"])
    return conference


def _kept(family: Family, words: str) -> UUID:
    return vault.keep_parts(family.papers_id, Group.TEXT, [words.strip()])[0]


def _called(conference: Conference) -> Conference:
    conference = Conference.objects.select_for_update(of=("self",)).select_related("family").get(pk=conference.pk)
    if conference.state != State.CALLED:
        raise NotWaiting(code=conference.code, state=conference.get_state_display())
    return conference
