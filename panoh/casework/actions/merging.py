"""Steps on two files of one person: propose to join, agree, decline, undo. No row goes, no seal is broken.

Rows are locked in one order everywhere: suggestion, merge, people by number, cases by number, membership.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.refusals import Unknown
from panoh.casework.models import Case, Membership, Merge, Person, StageChange, Suggestion, Task
from panoh.casework.models.cases import CLOSED
from panoh.casework.queries.merging import left_open, two_of
from panoh.casework.refusals import (
    JoinedAlready,
    MergeNotWaiting,
    NotTheSame,
    OneAlready,
    SecondColleagueNeeded,
    StillJoined,
    WorkGoesOnThere,
)
from panoh.vault import actions as vault
from panoh.vault.refusals import Forgotten

__all__ = ["agree_to_merge", "decline_merge", "propose_merge", "require_own_file", "undo_merge"]

REASON, CIRCUMSTANCE = "merged", "unknown"
DAYS_TO_TAKE_OVER = 7


@action("person.merge")
def propose_merge(actor: Actor, suggestion: Suggestion, *, keep: Person) -> Merge:
    """Join the file of the other person to the one to keep; where both have an open case, propose it to a colleague.

    Raises:
        NotTheSame: nobody decided so.
        StillJoined: it is proposed or done already. OneAlready: by another way.
        JoinedAlready: one of the two was joined to a third this very moment.
        WorkGoesOnThere: only the file that would not be kept has an open case.
        Unknown: the person to keep is neither of the two.
    """
    suggestion = _locked(suggestion)
    if suggestion.state != Suggestion.State.SAME:
        raise NotTheSame
    live = suggestion.merges.filter(state__in=[Merge.State.PROPOSED, Merge.State.JOINED]).first()
    if live:
        raise StillJoined(merge=live.code)
    two = two_of(suggestion)
    if two[0] == two[1]:
        raise OneAlready
    if keep not in two:
        raise Unknown(word=keep.code, what=_("people of this pair"))
    merged = two[1] if keep == two[0] else two[0]
    merge = Merge(suggestion=suggestion, kept=keep, merged=merged, proposed_by_id=actor.me)
    cases = _lock_two(merge)
    merge.both_open = len(cases) == 2
    if merge.both_open:
        merge.save()
    else:
        _join(merge, cases)
    return merge


@action("person.merge")
def agree_to_merge(actor: Actor, merge: Merge) -> Merge:
    """Agree, as a second colleague, that two files with an open case each are joined; it takes effect now.

    Raises:
        MergeNotWaiting, JoinedAlready, WorkGoesOnThere.
        SecondColleagueNeeded: the actor proposed it.
    """
    merge = _waiting(merge)
    if merge.proposed_by_id == actor.me:
        raise SecondColleagueNeeded
    merge.agreed_by_id = actor.me
    _join(merge, _lock_two(merge))
    return merge


@action("person.merge")
def decline_merge(actor: Actor, merge: Merge) -> Merge:
    """Do not join, or take one's own proposal back; the pair counts as not sure from now on.

    Raises:
        MergeNotWaiting.
    """
    merge = _waiting(merge)
    merge.state = Merge.State.DECLINED
    _end(actor, merge)
    _decide(merge, Suggestion.State.UNSURE, actor.me)
    return merge


@action("person.merge")
def undo_merge(actor: Actor, merge: Merge) -> Merge:
    """Part two files again: membership, case and all else of the merged person stand as before; the pair is open anew.

    Raises:
        MergeNotWaiting: it is not joined now.
    """
    merge = _again(merge)
    if merge.state != Merge.State.JOINED:
        raise MergeNotWaiting(state=merge.get_state_display())
    _lock_people(merge)
    merge.state = Merge.State.UNDONE
    _end(actor, merge)
    if merge.case_id and merge.case_stage is not None:
        _open_again(actor, merge.case_id, merge.case_stage)
    if merge.membership_id:
        Membership.objects.filter(pk=merge.membership_id).update(until=None)
    if merge.task_id:
        Task.objects.filter(pk=merge.task_id, done_on=None).update(done_on=today(), done_by=actor.me)
    _decide(merge, Suggestion.State.OPEN, None)
    return merge


def require_own_file(person: Person) -> None:
    """Require that something can be opened on a person; until the step ends, nobody can join or forget it.

    Raises:
        JoinedAlready: the file leads to another's.
        Forgotten.
    """
    locked = Person.objects.select_for_update(of=("self",), no_key=True).select_related("forgetting")
    if hasattr(locked.get(pk=person.pk), "forgetting"):
        raise Forgotten
    merge = Merge.objects.filter(merged=person, state=Merge.State.JOINED).select_related("kept").first()
    if merge:
        raise JoinedAlready(person=person.code, kept=merge.kept.code)


# --- locks -------------------------------------------------------------------------------------------------------


def _locked(suggestion: Suggestion) -> Suggestion:
    return Suggestion.objects.select_for_update(of=("self",)).select_related("person", "other").get(pk=suggestion.pk)


def _again(merge: Merge) -> Merge:
    _locked(merge.suggestion)
    people = ("kept", "merged__identity", "suggestion")
    return Merge.objects.select_for_update(of=("self",)).select_related(*people).get(pk=merge.pk)


def _waiting(merge: Merge) -> Merge:
    merge = _again(merge)
    if merge.state != Merge.State.PROPOSED:
        raise MergeNotWaiting(state=merge.get_state_display())
    return merge


def _lock_people(merge: Merge) -> None:
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=[merge.kept_id, merge.merged_id]).order_by("pk"))


def _lock_two(merge: Merge) -> dict[int, Case]:
    """Return the open cases by person; both people stand for themselves, and nobody else can join them meanwhile."""
    _lock_people(merge)
    two = [merge.kept_id, merge.merged_id]
    away = Merge.objects.filter(merged__in=two, state=Merge.State.JOINED).select_related("kept", "merged").first()
    if away:
        raise JoinedAlready(person=away.merged.code, kept=away.kept.code)
    found = Case.objects.select_for_update(of=("self",)).filter(person__in=two, closed_on=None)
    cases = {case.person_id: case for case in found.select_related("family").order_by("pk")}
    if set(cases) == {merge.merged_id}:
        raise WorkGoesOnThere(case=cases[merge.merged_id].code, person=merge.merged.code)
    return cases


# --- what joining changes ----------------------------------------------------------------------------------------


def _join(merge: Merge, cases: dict[int, Case]) -> None:
    merge.state, merge.joined_at = Merge.State.JOINED, now()
    if merge.merged_id in cases:
        _close(merge, cases[merge.merged_id], goes_on=cases[merge.kept_id])
    living = Membership.objects.select_for_update().filter(person=merge.merged_id, until=None).first()
    if living:
        living.until = today()
        living.save(update_fields=["until"])
    merge.membership = living
    merge.save()


def _close(merge: Merge, case: Case, *, goes_on: Case) -> None:
    text = _("The work goes on in case %(case)s: both files are one person's.") % {"case": goes_on.code}
    try:
        note = vault.keep_words(merge.merged.identity_id, text)
    except Forgotten:
        note = vault.keep_text(case.family.papers_id, text)
    if left_open(case).is_something:
        merge.task = Task.objects.create(
            family=goes_on.family,
            case=goes_on,
            kind="take_over",
            due=today() + timedelta(days=DAYS_TO_TAKE_OVER),
            owner_id=goes_on.family.worker_id,
            words_id=vault.keep_text(goes_on.family.papers_id, case.code),
        )
    merge.case, merge.case_stage = case, case.stage
    case.stage, case.closed_on, case.closing_note_id = CLOSED, today(), note
    case.closing_reason, case.closing_circumstance = REASON, CIRCUMSTANCE
    case.save()
    StageChange.objects.create(
        case=case, from_stage=merge.case_stage, to_stage=CLOSED, on=today(), note_id=note,
        by_id=merge.agreed_by_id or merge.proposed_by_id, reason=REASON, circumstance=CIRCUMSTANCE,
    )  # fmt: skip


def _open_again(actor: Actor, case_id: int, stage: int) -> None:
    case = Case.objects.select_for_update().get(pk=case_id)
    case.stage, case.closed_on, case.closing_note = stage, None, None
    case.closing_reason = case.closing_circumstance = ""
    case.save()
    StageChange.objects.create(
        case=case, from_stage=CLOSED, to_stage=case.stage, on=today(), by_id=actor.me, reason=REASON
    )


def _end(actor: Actor, merge: Merge) -> None:
    merge.ended_by_id, merge.ended_at = actor.me, now()
    merge.save(update_fields=["state", "ended_by", "ended_at"])


def _decide(merge: Merge, state: int, by: int | None) -> None:
    Suggestion.objects.filter(pk=merge.suggestion_id).update(
        state=state, decided_by=by, decided_at=now() if by else None
    )
