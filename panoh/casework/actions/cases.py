"""Steps that move a case: open, assign, to another stage, close, re-open."""

from __future__ import annotations

from datetime import date

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import Staff
from panoh.casework import guards
from panoh.casework.catalogue import Stage, catalogue
from panoh.casework.models import Case, Family, Person, StageChange, Task
from panoh.casework.models.cases import CLOSED
from panoh.casework.refusals import AlreadyOpen, BeforeTheLastStep, CaseClosed, GuardsFail, InTheFuture, NotNextStage
from panoh.vault import actions as vault

__all__ = ["assign_family", "close_case", "move_case", "open_case", "reopen_case"]


@action("case.open")
def open_case(actor: Actor, family: Family, person: Person, *, stage: str, on: date) -> Case:
    """Open the case of a person at a first stage.

    Raises:
        AlreadyOpen: the person has an open case.
    """
    there = Case.objects.filter(person=person, closed_on=None).first()
    if there:
        raise AlreadyOpen(case=there.code)
    case = Case.objects.create(person=person, family=family, stage=catalogue().stage(stage).number, opened_on=on)
    _record(case, None, case.stage, on, actor, "opened")
    return case


@action("case.assign")
def assign_family(actor: Actor, family: Family, *, worker: Staff) -> Family:
    """Make a colleague the family's lead worker, and the colleague's agency its lead agency."""
    family.worker, family.agency = worker, worker.agency
    family.save(update_fields=["worker", "agency"])
    Task.objects.filter(family=family, owner=None, done_on=None).update(owner=worker)
    return family


@action("case.move")
def move_case(actor: Actor, case: Case, *, to: str, on: date | None = None) -> Case:
    """Bring an open case to a next stage, if all that the stage asks for is there.

    Raises:
        CaseClosed, NotNextStage, InTheFuture, BeforeTheLastStep.
        GuardsFail: with a sentence for each thing that is missing.
    """
    case = _locked(case)
    _require_open(case)
    stage, on = catalogue().stage(to), _day(case, on)
    now = catalogue().stage_numbered(case.stage)
    if stage.code not in now.next or stage.number == CLOSED:
        raise NotNextStage(now=now.label, next=_labels(now))
    _require(case, stage.guards, stage)
    before, case.stage = case.stage, stage.number
    case.save(update_fields=["stage"])
    _record(case, before, case.stage, on, actor, "")
    return case


@action("case.close")
def close_case(actor: Actor, case: Case, *, reason: str, circumstance: str, note: str, on: date | None = None) -> Case:
    """Close a case with reason, circumstance and note; what must be settled first depends on the reason.

    Raises:
        CaseClosed, InTheFuture, BeforeTheLastStep, Unknown, GuardsFail.
    """
    case = _locked(case)
    _require_open(case)
    chosen = catalogue().closing_reason(reason)
    catalogue().known("closing_circumstances", circumstance)
    on = _day(case, on)
    last = catalogue().stage_numbered(CLOSED)
    text = vault.keep_words(case.person.identity_id, note)
    if text is None:
        raise GuardsFail(stage=last.label, missing=guards.CLOSING_FACTS)
    _require(case, chosen.guards, last)
    before, case.stage, case.closed_on = case.stage, CLOSED, on
    case.closing_reason, case.closing_circumstance, case.closing_note_id = reason, circumstance, text
    case.save()
    StageChange.objects.create(
        case=case, from_stage=before, to_stage=CLOSED, on=on, by_id=actor.staff_id,
        reason=reason, circumstance=circumstance, note_id=text,
    )  # fmt: skip
    return case


@action("case.reopen")
def reopen_case(actor: Actor, case: Case, *, to: str, on: date | None = None) -> Case:
    """Take up a closed case again at a stage; how it was closed stays in its history.

    Raises:
        NotNextStage: the case is open, or a closed case does not go to that stage.
        AlreadyOpen: the person has another open case.
    """
    case = _locked(case)
    stage, now, on = catalogue().stage(to), catalogue().stage_numbered(case.stage), _day(case, on)
    if case.is_open or stage.code not in now.next:
        raise NotNextStage(now=now.label, next=_labels(now))
    there = Case.objects.filter(person=case.person, closed_on=None).first()
    if there:
        raise AlreadyOpen(case=there.code)
    _record(case, CLOSED, stage.number, on, actor, case.closing_reason)
    case.stage, case.closed_on, case.closing_note = stage.number, None, None
    case.closing_reason = case.closing_circumstance = ""
    case.save()
    return case


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("person__identity", "family").get(pk=case.pk)


def _require_open(case: Case) -> None:
    if not case.is_open:
        raise CaseClosed(case=case.code)


def _require(case: Case, conditions: tuple[str, ...], stage: Stage) -> None:
    lacking = guards.missing(case, conditions)
    if lacking:
        raise GuardsFail(stage=stage.label, missing=" ".join(lacking))


def _day(case: Case, on: date | None) -> date:
    """Return the day of a step, which lies between the case's last step and today."""
    on = on or today()
    if on > today():
        raise InTheFuture(on=on)
    before = (
        StageChange.objects.filter(case=case).order_by("-on").values_list("on", flat=True).first() or case.opened_on
    )
    if on < before:
        raise BeforeTheLastStep(on=on, before=before)
    return on


def _labels(stage: Stage) -> str:
    return ", ".join(f"“{catalogue().stage(code).label}”" for code in stage.next)


def _record(case: Case, before: int | None, after: int, on: date, actor: Actor, reason: str) -> None:
    StageChange.objects.create(case=case, from_stage=before, to_stage=after, on=on, by_id=actor.staff_id, reason=reason)
