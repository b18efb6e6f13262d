"""Steps that one asks for and another agrees to: closing a case, and opening it again."""

from __future__ import annotations

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotAllowed
from panoh.casework import guards
from panoh.casework.actions.cases import close, reopen, require_open
from panoh.casework.actions.notices import tell, tell_who_may
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Approval, Case, NoticeKind
from panoh.casework.models.cases import CLOSED
from panoh.casework.refusals import GuardsFail, NotNextStage
from panoh.casework.refusals_deciding import AskedAlready, NotTheAsker, NotWaiting, ReasonMissing
from panoh.casework.refusals_requests import NotYourOwn
from panoh.vault import actions as vault
from panoh.vault.queries import Group, open_parts

__all__ = ["agree_to_step", "ask_to_close", "ask_to_reopen", "decline_step", "take_back_step"]

Step, State = Approval.Step, Approval.State


@action("approval.ask")
def ask_to_close(actor: Actor, case: Case, *, reason: str, circumstance: str, note: str) -> Approval:
    """Ask another to close a case with this reason, circumstance and note.

    Raises:
        CaseClosed, Unknown, ReasonMissing, AskedAlready.
        GuardsFail: with a sentence for each thing that must be settled first.
    """
    require_open(case)
    chosen = catalogue().closing_reason(reason)
    catalogue().known("closing_circumstances", circumstance)
    lacking = guards.missing(case, chosen.guards)
    if lacking:
        raise GuardsFail(stage=catalogue().stage_numbered(CLOSED).label, missing=" ".join(lacking))
    return _ask(actor, case, Step.CLOSE, note, reason=reason, circumstance=circumstance)


@action("approval.ask")
def ask_to_reopen(actor: Actor, case: Case, *, to: str, why: str) -> Approval:
    """Ask another to take up a closed case again at a stage.

    Raises:
        NotNextStage, Unknown (the stage), ReasonMissing, AskedAlready.
    """
    stage, now = catalogue().stage(to), catalogue().stage_numbered(case.stage)
    if case.is_open or stage.code not in now.next:
        ahead = ", ".join(f"“{catalogue().stage(code).label}”" for code in now.next)
        raise NotNextStage(now=now.label, next=ahead)
    return _ask(actor, case, Step.REOPEN, why, to_stage=stage.code)


def _ask(actor: Actor, case: Case, step: str, words: str, **asked: str) -> Approval:
    if not words.strip():
        raise ReasonMissing
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # one at a time
    there = Approval.objects.filter(case=case, step=step, state=State.ASKED).first()
    if there:
        raise AskedAlready(approval=there.code)
    (kept,) = vault.keep_parts(case.family.papers_id, Group.TEXT, [words.strip()])
    approval = Approval.objects.create(case=case, step=step, words_id=kept, asked_by_id=actor.me, **asked)
    may = catalogue().approval(step).permission
    tell_who_may(may, NoticeKind.APPROVAL, approval.code, agency=case.family.agency_id, but=[actor.me])
    return approval


@action("approval.decide")
def agree_to_step(actor: Actor, approval: Approval) -> Approval:
    """Agree to what a colleague asked for, which takes the step.

    Raises:
        NotWaiting. NotYourOwn: the actor asked for it.
        NotAllowed: the rule wants somebody who may take this step.
        Whatever the step itself refuses.
    """
    approval = _decided(actor, approval, State.AGREED)
    words = open_parts([approval.words_id]).get(approval.words_id, "")
    if approval.step == Step.CLOSE:
        close(actor, approval.case, reason=approval.reason, circumstance=approval.circumstance, note=words)
    else:
        reopen(actor, approval.case, to=approval.to_stage)
    return approval


@action("approval.decide")
def decline_step(actor: Actor, approval: Approval, *, why: str) -> Approval:
    """Decline what a colleague asked for, with the reason.

    Raises:
        NotWaiting, ReasonMissing. NotYourOwn: the actor asked for it. NotAllowed.
    """
    if not why.strip():
        raise ReasonMissing
    return _decided(actor, approval, State.DECLINED, why)


@action("approval.ask")
def take_back_step(actor: Actor, approval: Approval) -> Approval:
    """Take back what one asked for.

    Raises:
        NotWaiting, NotTheAsker.
    """
    approval = _waiting(approval)
    if approval.asked_by_id != actor.staff_id:
        raise NotTheAsker
    approval.state = State.TAKEN_BACK
    approval.save(update_fields=["state"])
    return approval


def _decided(actor: Actor, approval: Approval, state: int, why: str = "") -> Approval:
    approval = _waiting(approval)
    if approval.asked_by_id == actor.staff_id:
        raise NotYourOwn
    if not actor.may(catalogue().approval(approval.step).permission):
        raise NotAllowed
    approval.state, approval.decided_by_id, approval.decided_on = state, actor.me, today()
    approval.answer_id = vault.keep_text(approval.case.family.papers_id, why)
    approval.save(update_fields=["state", "decided_by", "decided_on", "answer"])
    tell(approval.asked_by_id, NoticeKind.ANSWER, approval.code)
    return approval


def _waiting(approval: Approval) -> Approval:
    found = Approval.objects.select_for_update(of=("self",)).select_related("case__family", "case__person")
    approval = found.get(pk=approval.pk)
    if approval.state != State.ASKED:
        raise NotWaiting(code=approval.code, state=approval.get_state_display())
    return approval
