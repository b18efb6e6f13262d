"""Steps of retention: propose what is due, agree, destroy; and hold a file back, as its officer does."""

from __future__ import annotations

from collections.abc import Iterable

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.casework.actions.forgetting import forget_with_joined
from panoh.casework.models import Disposal, DisposalItem, Person, RetentionHold
from panoh.casework.queries.retention import due_people, file_to_hold
from panoh.casework.refusals import NothingChosen
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.refusals_rights import (
    DisposalDecided,
    HeldAlready,
    HeldBack,
    HoldEnded,
    NotDue,
    ProposedAlready,
    SayMore,
    TooManyAtOnce,
)
from panoh.vault.actions import keep_parts, make_key
from panoh.vault.queries import Group

__all__ = ["agree_disposal", "carry_out", "decline_disposal", "end_hold", "hold_back", "propose_disposal"]

MOST_PEOPLE = 50
REASON = "retention_ended"
State = Disposal.State


@action("retention.propose")
def propose_disposal(actor: Actor, *, people: Iterable[str]) -> Disposal:
    """Propose that what is kept of these people (codes) is destroyed; a second person looks at it.

    Raises:
        NothingChosen, TooManyAtOnce.
        NotDue, HeldBack, ProposedAlready: naming the first person it is so of.
    """
    codes = sorted(set(people))
    if not codes:
        raise NothingChosen
    if len(codes) > MOST_PEOPLE:
        raise TooManyAtOnce(most=MOST_PEOPLE)
    due = {one.person: one for one in due_people(until=today())}
    for code in codes:
        if code not in due:
            raise NotDue(person=code)
        if due[code].is_held:
            raise HeldBack
    open_ones = DisposalItem.objects.filter(disposal__state__in=[State.PROPOSED, State.AGREED], about__in=codes)
    if there := open_ones.select_related("disposal").first():
        raise ProposedAlready(person=there.about, disposal=there.disposal.code)
    disposal = Disposal.objects.create(proposed_by_id=actor.me)
    DisposalItem.objects.bulk_create(
        DisposalItem(
            disposal=disposal, person_id=due[code].number, about=code, retention_class=due[code].retention_class,
            due_on=due[code].due_on,
        )
        for code in codes
    )  # fmt: skip
    return disposal


@action("retention.agree")
def agree_disposal(actor: Actor, disposal: Disposal) -> Disposal:
    """Agree that it is destroyed.

    Raises:
        NotYourOwn, DisposalDecided.
    """
    return _decide(actor, disposal, State.AGREED)


@action("retention.agree")
def decline_disposal(actor: Actor, disposal: Disposal) -> Disposal:
    """Keep it for now; it can be proposed anew.

    Raises:
        NotYourOwn, DisposalDecided.
    """
    return _decide(actor, disposal, State.DECLINED)


def _decide(actor: Actor, disposal: Disposal, state: int) -> Disposal:
    disposal = _held(disposal, State.PROPOSED)
    if disposal.proposed_by_id == actor.staff_id:
        raise NotYourOwn
    disposal.state, disposal.decided_by_id, disposal.decided_at = state, actor.me, now()
    disposal.save(update_fields=["state", "decided_by", "decided_at"])
    return disposal


@action("person.forget")
def carry_out(actor: Actor, disposal: Disposal) -> Disposal:
    """Destroy what was agreed to, person by person; whoever is not due any more or is held back is left out.

    Raises:
        DisposalDecided: nobody agreed yet, or it is done.
    """
    disposal = _held(disposal, State.AGREED)
    due = {one.number: one for one in due_people(until=today())}
    for item in DisposalItem.objects.filter(disposal=disposal).order_by("pk"):
        one = due.get(item.person_id)
        if one is None:
            item.left_out = DisposalItem.LeftOut.LIVE
        elif one.is_held:
            item.left_out = DisposalItem.LeftOut.HELD
        else:
            forget_with_joined(actor, Person.objects.select_for_update().get(pk=item.person_id), REASON)
            item.forgotten_on = today()
        item.save(update_fields=["left_out", "forgotten_on"])
    disposal.state, disposal.done_at = State.DONE, now()
    disposal.save(update_fields=["state", "done_at"])
    return disposal


@action("retention.hold")
def hold_back(actor: Actor, *, code: str, reason: str) -> RetentionHold:
    """Keep a family's file, named by the family's or a person's code, whatever its time; why is sealed.

    Raises:
        SayMore, HeldAlready.
        NoFileOfCode: nobody has this code.
    """
    if not reason.strip():
        raise SayMore
    family, named = file_to_hold(code)
    if RetentionHold.objects.filter(family_id=family, ended_at=None).exists():
        raise HeldAlready(family=named)
    key = make_key("request")
    (words,) = keep_parts(key, Group.TEXT, [reason.strip()], field_class=FieldClass.FILE)
    return RetentionHold.objects.create(
        family_id=family, about=named, key_id=key, reason_id=words, set_by_id=actor.me
    )  # fmt: skip


@action("retention.hold")
def end_hold(actor: Actor, hold: RetentionHold) -> RetentionHold:
    """Let a file's time run again.

    Raises:
        HoldEnded.
    """
    hold = RetentionHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.ended_at:
        raise HoldEnded
    hold.ended_by_id, hold.ended_at = actor.me, now()
    hold.save(update_fields=["ended_by", "ended_at"])
    return hold


def _held(disposal: Disposal, state: int) -> Disposal:
    disposal = Disposal.objects.select_for_update(of=("self",)).get(pk=disposal.pk)
    if disposal.state != state:
        raise DisposalDecided(disposal=disposal.code, state=disposal.get_state_display())
    return disposal
