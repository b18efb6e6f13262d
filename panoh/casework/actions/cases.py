"""Steps that move a case: open, assign, to another stage, close, re-open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from panoh.access.actions import retire_staff
from panoh.access.clock import now as instant
from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.meanwhile import Seen, require_unchanged
from panoh.access.models import Staff
from panoh.access.queries import staff_of
from panoh.access.refusals import NotAllowed, NotNow, NotRight, Refusal, Unknown
from panoh.casework import guards
from panoh.casework.actions.history import keep_changes
from panoh.casework.actions.merging import require_own_file
from panoh.casework.actions.notices import tell
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import Stage
from panoh.casework.days import happened_with
from panoh.casework.models import Case, Family, Grant, NoticeKind, Person, PlanItem, Referral, StageChange, Task, Visit
from panoh.casework.models.cases import CLOSED
from panoh.casework.queries.work import has_something_of, work_of
from panoh.casework.refusals import (
    AlreadyOpen,
    BeforeTheLastStep,
    CaseClosed,
    GuardsFail,
    NotNextStage,
    NotOfThisFamily,
    WorkLeft,
)
from panoh.casework.refusals_deciding import NeedsAnother
from panoh.casework.rhythms import assess_by, kind_for, next_due
from panoh.vault import actions as vault
from panoh.vault.refusals import Forgotten

__all__ = [
    "assign_family", "close_case", "end_account", "move_case", "move_family", "open_case", "reopen_case",
]  # fmt: skip


@action("case.open")
def open_case(actor: Actor, family: Family, person: Person, *, stage: str, on: date) -> Case:
    """Open the case of a person at a first stage.

    Raises:
        NotOfThisFamily: the person does not live in it now.
        AlreadyOpen: the person has an open case.
        InTheFuture.
        NotNextStage: the stage is the last one.
        JoinedAlready: the person goes on in another file.
        Forgotten: there is nobody any more whose case it would be.
    """
    require_own_file(person)
    if not person.memberships.filter(family=family, until=None).exists():
        raise NotOfThisFamily
    first = catalogue().stage(stage)
    if first.number == CLOSED:
        raise NotNextStage(now=first.label, next=", ".join(f"“{one.label}”" for one in catalogue().stages[:-1]))
    on = happened_with(family, on)
    Person.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).first()  # one at a time
    there = Case.objects.filter(person=person, closed_on=None).first()
    if there:
        raise AlreadyOpen(case=there.code)
    assessed = next_due(kind_for(person), first.number, last=None, since=on)
    case = Case.objects.create(person=person, family=family, stage=first.number, opened_on=on, assess_by=assessed)
    _record(case, None, case.stage, on, actor, "opened")
    return case


@action("case.assign")
def assign_family(actor: Actor, family: Family, *, worker: Staff, seen: Seen | None = None) -> Family:
    """Make a colleague the family's lead worker, and the colleague's agency its lead agency.

    What is open and nobody's, or somebody's who cannot open the file any more, becomes the new lead worker's.

    Raises:
        ChangedMeanwhile.
        NotAllowed: the colleague is of another agency, and the actor's role does not reach there.
        Unknown: the account is ended.
    """
    if not worker.is_active:
        raise Unknown(word=worker.username, what=_("colleagues"))
    if not staff_of(actor).filter(pk=worker.pk).exists():
        raise NotAllowed
    now = {"worker": held(family).worker}
    require_unchanged(actor, seen, now=now, given={"worker": worker}, about=family.code, step="case.assign")
    keep_changes(actor, family, now, {"worker": worker})
    if worker != now["worker"]:  # who stood in did so for the former one
        standing_in = Grant.objects.filter(family=family, absence__isnull=False, ended_at=None)
        standing_in.update(ended_at=instant(), ended_by=actor.me)
    family.worker, family.agency = worker, worker.agency
    family.save(update_fields=["worker", "agency"])
    if worker.pk != actor.staff_id and worker != now["worker"]:
        tell(worker.pk, NoticeKind.FILE, family.code)
    hand_over(family)
    return family


@action("settings.edit")
def end_account(actor: Actor, staff: Staff, *, to: Staff | None = None) -> Staff:
    """End a colleague's account and hand its families to another; what else it had falls to the families' lead workers.

    Raises:
        WorkLeft: it leads families or has something to do, and nobody is named who takes over.
        NotYourself: the account is the actor's own.
        Unknown: the one who takes over has an ended account.
    """
    work = work_of(staff)
    if to is None and any(work.values()):
        raise WorkLeft(name=staff, **work)
    retire_staff(actor, staff)
    for family in Family.objects.filter(worker=staff).select_related("agency"):
        if to is not None:
            assign_family(actor, family, worker=to)
    for family in Family.objects.filter(worker__isnull=False).filter(has_something_of(staff)).distinct():
        hand_over(family)
    return staff


def held(family: Family) -> Family:
    """Return a family as it stands in the table, held until the step ends.

    Raises:
        NotAllowed: the file is only open to the actor by a grant.
    """
    # Nothing is joined: what a row that changed while we waited leads to would be that of before.
    found = Family.objects.select_for_update().filter(pk=family.pk).first()
    if found is None:
        raise NotAllowed
    return found


def hand_over(family: Family) -> None:
    """Give the lead worker what is open in the family and belongs to nobody who can open its file."""
    if family.worker is None:
        return
    steps = PlanItem.objects.filter(need__case__family=family, outcome="")
    tasks = Task.objects.filter(family=family, done_on=None)
    visits = Visit.objects.filter(family=family, made_on=None, cancelled_on=None)
    kinds = ((steps, "responsible"), (tasks, "owner"), (visits, "by"))
    owners = {owner for found, field in kinds for owner in found.values_list(field, flat=True).distinct()}
    able = [staff for staff in Staff.objects.filter(pk__in=owners - {None}, is_active=True) if _reaches(staff, family)]
    for found, field in kinds:
        found.exclude(**{f"{field}__in": able}).update(**{field: family.worker})


def _reaches(staff: Staff, family: Family) -> bool:
    return Actor.of(staff).reaches(family)


@action("case.move")
def move_case(actor: Actor, case: Case, *, to: str, on: date | None = None) -> Case:
    """Bring an open case to a next stage, if all that the stage asks for is there.

    Raises:
        CaseClosed, NotNextStage, InTheFuture, BeforeTheLastStep.
        GuardsFail: with a sentence for each thing that is missing.
    """
    case = _locked(case)
    require_open(case)
    stage, on = catalogue().stage(to), _day(case, on)
    now = catalogue().stage_numbered(case.stage)
    if stage.code not in now.next or stage.number == CLOSED:
        raise NotNextStage(now=now.label, next=_labels(now))
    _require(case, stage.guards, stage)
    before, case.stage = case.stage, stage.number
    case.assess_by = assess_by(case, since=on)
    case.save(update_fields=["stage", "assess_by"])
    _record(case, before, case.stage, on, actor, "")
    return case


@action("case.move")
def move_family(
    actor: Actor, family: Family, *, cases: Iterable[Case], to: str, on: date | None = None
) -> tuple[list[Case], list[tuple[Case, Refusal]]]:
    """Bring several cases of one family to a next stage in one transaction.

    Returns:
        The cases that went, and those that stay with why.

    Raises:
        NotOfThisFamily: one of the cases is led elsewhere.
    """
    went: list[Case] = []
    stay: list[tuple[Case, Refusal]] = []
    for case in cases:
        if case.family_id != family.pk:
            raise NotOfThisFamily
        try:
            went.append(move_case(actor, case, to=to, on=on))
        except (NotNow, NotRight) as why:
            stay.append((case, why))
    return went, stay


@action("case.close")
def close_case(actor: Actor, case: Case, *, reason: str, circumstance: str, note: str, on: date | None = None) -> Case:
    """Close a case with reason, circumstance and note; what must be settled first depends on the reason.

    Raises:
        CaseClosed, InTheFuture, BeforeTheLastStep, Unknown, GuardsFail.
        NeedsAnother: the actor leads the family, so that another agrees.
    """
    require_another("close", actor, case.family, reason=reason)
    return close(actor, case, reason=reason, circumstance=circumstance, note=note, on=on)


def require_another(step: str, actor: Actor, family: Family, *, reason: str = "") -> None:
    """Refuse a step that nobody takes alone, by the country's rule.

    Raises:
        NeedsAnother.
    """
    rule = next((one for one in catalogue().approvals if one.code == step), None)
    if rule and reason not in rule.excepted and (rule.needed == "always" or actor.staff_id == (family.worker_id or 0)):
        raise NeedsAnother(step=rule.label)


def close(actor: Actor, case: Case, *, reason: str, circumstance: str, note: str, on: date | None = None) -> Case:
    """Close a case, by one whom nobody must agree with or once somebody did; raises what `close_case` does."""
    case = _locked(case)
    require_open(case)
    chosen = catalogue().closing_reason(reason)
    catalogue().known("closing_circumstances", circumstance)
    on = _day(case, on)
    if on < case.opened_on:
        raise BeforeTheLastStep(on=on, before=case.opened_on)
    last = catalogue().stage_numbered(CLOSED)
    text = _closing_note(case, note)
    lacking = guards.missing(case, chosen.guards)
    if text is None:
        lacking.insert(0, str(guards.CLOSING_FACTS))
    if text is None or lacking:
        raise GuardsFail(stage=last.label, missing=" ".join(lacking))
    before, case.stage, case.closed_on = case.stage, CLOSED, on
    case.closing_reason, case.closing_circumstance, case.closing_note_id = reason, circumstance, text
    case.save()
    Referral.objects.filter(case=case, state__in=[Referral.State.SENT, Referral.State.ACCEPTED]).update(
        state=Referral.State.WITHDRAWN, taken_back_because="case_closed", ended_on=today()
    )
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
        NotAllowed: the person lives in a family now that the actor does not reach.
        JoinedAlready: the person goes on in another file.
        Forgotten: there is nobody any more whose case it would be.
        NeedsAnother: the actor leads the family, so that another agrees.
    """
    require_another("reopen", actor, case.family)
    return reopen(actor, case, to=to, on=on)


def reopen(actor: Actor, case: Case, *, to: str, on: date | None = None) -> Case:
    """Take up a closed case, by one whom nobody must agree with or once somebody did; raises as `reopen_case` does."""
    require_own_file(case.person)
    case = _locked(case)
    stage, now, on = catalogue().stage(to), catalogue().stage_numbered(case.stage), _day(case, on)
    if case.is_open or stage.code not in now.next:
        raise NotNextStage(now=now.label, next=_labels(now))
    there = Case.objects.filter(person=case.person, closed_on=None).first()
    if there:
        raise AlreadyOpen(case=there.code)
    now_in = case.person.memberships.filter(until=None).select_related("family").first()
    if now_in and not actor.reaches(now_in.family):
        raise NotAllowed
    case.family = now_in.family if now_in else case.family
    _record(case, CLOSED, stage.number, on, actor, case.closing_reason)
    case.stage, case.closed_on, case.closing_note = stage.number, None, None
    case.closing_reason = case.closing_circumstance = ""
    case.assess_by = None
    case.assess_by = assess_by(case, since=on)
    case.save()
    return case


def _closing_note(case: Case, note: str) -> UUID | None:
    try:
        return vault.keep_words(case.person.identity_id, note)
    except Forgotten:
        return vault.keep_text(case.family.papers_id, note)


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("person__identity", "family").get(pk=case.pk)


def require_open(case: Case) -> None:
    """Raise CaseClosed unless work with the case goes on."""
    if not case.is_open:
        raise CaseClosed(case=case.code)


def _require(case: Case, conditions: tuple[str, ...], stage: Stage) -> None:
    lacking = guards.missing(case, conditions)
    if lacking:
        raise GuardsFail(stage=stage.label, missing=" ".join(lacking))


def _day(case: Case, on: date | None) -> date:
    """Return the day of a step: not in the future, and not before the last; a case may be opened on paper later."""
    on = happened_with(case.family, on)
    changes = StageChange.objects.filter(case=case).exclude(reason="opened")
    last = changes.order_by("-on").values_list("on", flat=True).first()
    if last and on < last:
        raise BeforeTheLastStep(on=on, before=last)
    return on


def _labels(stage: Stage) -> str:
    return ", ".join(f"“{catalogue().stage(code).label}”" for code in stage.next)


def _record(case: Case, before: int | None, after: int, on: date, actor: Actor, reason: str) -> None:
    StageChange.objects.create(case=case, from_stage=before, to_stage=after, on=on, by_id=actor.staff_id, reason=reason)
