"""Steps of care: plan, help, visit, note, remind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.fields import COMPANIONS, FieldClass
from panoh.access.meanwhile import Seen, require_unchanged
from panoh.access.models import Agency, Staff
from panoh.access.refusals import NotAllowed
from panoh.casework import days
from panoh.casework.actions.assessing import settle_need
from panoh.casework.actions.cases import require_open
from panoh.casework.actions.history import keep_changes
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened_with
from panoh.casework.models import Assistance, Case, Family, Need, Note, PlanItem, Programme, Task, Visit
from panoh.casework.queries.timeline import amount
from panoh.casework.refusals import (
    AlreadySettled,
    AmountMissing,
    NoteEmpty,
    NotOfThisFamily,
    OwnerCannotOpen,
)
from panoh.casework.refusals_programmes import BudgetSpent, ProgrammeUnfit
from panoh.casework.refusals_referrals import GivenBefore
from panoh.vault import actions as vault

__all__ = [
    "cancel_task", "cancel_visit", "change_step", "correct_assistance", "do_task", "give_assistance",
    "make_visit", "plan_step", "plan_visit", "set_task", "settle_step", "write_note",
]  # fmt: skip

SAME_WITHIN_DAYS = 90

# What the notes of a profession are that others may read: of a psychologist's, those on psychosocial help.
OWN_CLASS: Mapping[FieldClass | None, FieldClass] = {sealed: kind for kind, sealed in COMPANIONS.items()}


@action("plan.write")
def plan_step(
    actor: Actor,
    need: Need,
    *,
    service: str,
    provider: Agency | None = None,
    responsible: Staff | None = None,
    due: date | None = None,
) -> PlanItem:
    """Plan which service answers a need. Without an owner and a date the plan of an urgent need stays incomplete.

    Raises:
        CaseClosed, AlreadySettled (the need), DayUnfit, Unknown (the service), OwnerCannotOpen.
    """
    require_open(need.case)
    _require_able(responsible, need.case.family)
    if need.settled_on:
        raise AlreadySettled(on=need.settled_on)
    return PlanItem.objects.create(
        need=need,
        service=catalogue().known("services", service),
        provider=provider,
        responsible=responsible,
        due=due and days.due(due),
        planned_on=today(),
    )


@action("plan.write")
def change_step(
    actor: Actor,
    step: PlanItem,
    *,
    service: str,
    provider: Agency | None = None,
    responsible: Staff | None = None,
    due: date | None = None,
    seen: Seen | None = None,
) -> PlanItem:
    """Put a step right that is still open: what, by whom, who sees to it and by when.

    Raises:
        ChangedMeanwhile.
        CaseClosed, Unknown (the service).
        AlreadySettled: the step has ended.
    """
    require_open(step.need.case)
    step = PlanItem.objects.select_for_update(of=("self",)).select_related("need__case__family").get(pk=step.pk)
    if step.outcome:
        raise AlreadySettled(on=step.outcome_on)
    given = {"service": service, "provider": provider, "responsible": responsible, "due": due}
    now = {name: getattr(step, name) for name in given}
    require_unchanged(actor, seen, now=now, given=given, about=step.code, step="plan.write")
    keep_changes(actor, step, now, given)
    step.service = catalogue().known("services", service)
    step.provider, step.responsible, step.due = provider, responsible, due
    step.save(update_fields=["service", "provider", "responsible", "due"])
    return step


@action("plan.write")
def settle_step(actor: Actor, step: PlanItem, *, outcome: str, on: date | None = None) -> PlanItem:
    """Record how a step ended; when it was done and nothing else is planned for its need, the need is met.

    Raises:
        AlreadySettled, InTheFuture, DayUnfit, Unknown (the outcome).
    """
    step = (
        # The need with it: of its last two steps, ended at once, the second must see the first.
        PlanItem.objects.select_for_update(of=("self", "need")).select_related("need__case__family").get(pk=step.pk)
    )
    if step.outcome:
        raise AlreadySettled(on=step.outcome_on)
    step.outcome, step.outcome_on = (
        catalogue().known("step_outcomes", outcome),
        happened_with(step.need.case.family, on),
    )
    step.save(update_fields=["outcome", "outcome_on"])
    if outcome == "done" and not step.need.steps.filter(outcome="").exists() and not step.need.settled_on:
        settle_need(actor, step.need, met=True, on=step.outcome_on)
    return step


@action("assistance.give")
def give_assistance(
    actor: Actor,
    case: Case,
    *,
    service: str,
    quantity: Decimal,
    unit: str,
    currency: str = "",
    on: date | None = None,
    agency: Agency | None = None,
    step: PlanItem | None = None,
    programme: Programme | None = None,
    although: str = "",
) -> Assistance:
    """Record help that was given: what, how much, when, by which agency (the actor's own if not said).

    programme: out of which it is given. although: why, where another agency gave the same in the last 90 days.

    Raises:
        CaseClosed, InTheFuture, DayUnfit, AmountMissing, Unknown.
        GivenBefore: another agency gave the same, and it is not said why it is given again.
        NotOfThisFamily: the step of the plan is another case's.
        ProgrammeUnfit, BudgetSpent: the programme gives something else, at another time, or has less left.
    """
    require_open(case)
    if quantity <= 0 or (unit == "money") != bool(currency):
        raise AmountMissing
    if currency:
        catalogue().known("currencies", currency)
    if step and step.need.case_id != case.pk:
        raise NotOfThisFamily
    by = agency.pk if agency else actor.agency_id
    day = happened_with(case.family, on)
    before = given_before(case, service=catalogue().known("services", service), agency_id=by, day=day)
    if before and not although:
        raise GivenBefore(agency=before[0], on=before[1])
    if programme:
        require_left(programme, quantity, unit=unit, currency=currency, day=day)
    return Assistance.objects.create(
        case=case,
        step=step,
        service=service,
        field_class=catalogue().service(service).field_class,
        quantity=quantity,
        unit=catalogue().known("units", unit),
        currency=currency,
        given_on=day,
        programme=programme,
        agency_id=by,  # type: ignore[misc]  # the operator is no `me`
        by_id=actor.me,
        although=catalogue().known("twice_reasons", although) if before else "",
    )


def require_left(programme: Programme, quantity: Decimal, *, unit: str, currency: str, day: date) -> None:
    """Refuse what a programme does not give; it is held, so that nobody else gives the same rest.

    Raises:
        ProgrammeUnfit, BudgetSpent.
    """
    with connection.cursor() as cursor:
        cursor.execute("select app.hold_programme(%s)", [programme.pk])
        spent: Decimal = cursor.fetchone()[0]
    programme.refresh_from_db()
    last = min(programme.until, programme.ended_on or programme.until)
    if not programme.fits(unit=unit, currency=currency) or not programme.since <= day <= last:
        words = programme.currency or catalogue().label("units", programme.unit)
        raise ProgrammeUnfit(programme=programme, unit=words, since=programme.since, until=last)
    left = programme.left(spent)
    if quantity > left:
        raise BudgetSpent(programme=programme, left=amount(left, programme.unit, programme.currency))


def given_before(case: Case, *, service: str, agency_id: int | None, day: date) -> tuple[str, date] | None:
    """Return which other agency gave a family the same in the 90 days before, and when; whoever may see it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select agency, on_day from app.same_help(%s, %s, %s, %s)",
            [case.pk, service, day - timedelta(SAME_WITHIN_DAYS), agency_id],
        )
        found: tuple[str, date] | None = cursor.fetchone()
        return found


@action("assistance.give")
def correct_assistance(
    actor: Actor, given: Assistance, *, because: str, instead: Mapping[str, Any] | None = None
) -> Assistance | None:
    """Mark a record of help as wrong, and record what is right instead of it; the wrong one stays to be seen.

    instead: what `give_assistance` takes; None when nothing was given at all.

    Raises:
        AlreadySettled: it was corrected before.
        Unknown (why it was wrong), and whatever `give_assistance` raises.
    """
    wrong = Assistance.objects.select_for_update(of=("self",)).select_related("case__family", "step").get(pk=given.pk)
    if wrong.wrong_on:
        raise AlreadySettled(on=wrong.wrong_on)
    wrong.wrong_because = catalogue().known("correction_reasons", because)
    wrong.wrong_on, wrong.wrong_by_id = today(), actor.me
    wrong.save(update_fields=["wrong_because", "wrong_on", "wrong_by"])
    if instead is None:
        return None
    right = give_assistance(actor, wrong.case, step=wrong.step, **instead)
    right.replaces = wrong
    right.save(update_fields=["replaces"])
    return right


@action("visit.record")
def plan_visit(actor: Actor, family: Family, *, kind: str, on: date, by: Staff | None = None) -> Visit:
    """Plan a visit for a day, for oneself or a colleague.

    Raises:
        OwnerCannotOpen, DayUnfit, Unknown (the kind).
    """
    _require_able(by, family)
    return Visit.objects.create(
        family=family,
        kind=catalogue().known("visit_kinds", kind),
        planned_on=days.due(on),
        by_id=by.pk if by else actor.me,
    )


@action("visit.record")
def make_visit(actor: Actor, family: Family, *, kind: str, on: date, report: str, visit: Visit | None = None) -> Visit:
    """Record a visit that was made, planned before or not, with what was seen.

    Raises:
        InTheFuture, DayUnfit, Unknown (the kind), NotOfThisFamily.
        AlreadySettled: the planned visit was made already.
    """
    if visit and visit.family_id != family.pk:
        raise NotOfThisFamily
    visit = visit and Visit.objects.select_for_update().get(pk=visit.pk)
    if visit and (visit.made_on or visit.cancelled_on):
        raise AlreadySettled(on=visit.made_on or visit.cancelled_on)
    made = visit or Visit(family=family)
    made.kind, made.made_on, made.by_id = catalogue().known("visit_kinds", kind), happened_with(family, on), actor.me
    made.report_id = vault.keep_text(family.papers_id, report)
    made.save()
    return made


@action("visit.record")
def cancel_visit(actor: Actor, visit: Visit, *, because: str) -> Visit:
    """Take a planned visit off the plan, with the reason; it stays in the family's timeline.

    Raises:
        AlreadySettled: it was made or cancelled already.
        Unknown (why).
    """
    visit = Visit.objects.select_for_update(of=("self",)).select_related("family").get(pk=visit.pk)
    if visit.made_on or visit.cancelled_on:
        raise AlreadySettled(on=visit.made_on or visit.cancelled_on)
    visit.cancelled_because, visit.cancelled_on = catalogue().known("cancel_reasons", because), today()
    visit.save(update_fields=["cancelled_because", "cancelled_on"])
    return visit


@action("note.write")
def write_note(
    actor: Actor, family: Family, *, text: str, case: Case | None = None, for_profession: bool = False
) -> Note:
    """Add a note to a family's file, or to one person's case in it; it is sealed and never changed.

    for_profession: only the writer's profession reads it, whoever else may open the file.

    Raises:
        NotOfThisFamily: the case is led in another family.
        NoteEmpty.
        NotAllowed: the writer's role has no profession that seals notes.
    """
    if case and case.family_id != family.pk:
        raise NotOfThisFamily
    if for_profession and actor.role.seals is None:
        raise NotAllowed
    kind = actor.role.seals if for_profession and actor.role.seals else OWN_CLASS.get(actor.role.seals, FieldClass.CARE)
    if case:
        kept = vault.keep_words(case.person.identity_id, text, field_class=kind)
    else:
        kept = vault.keep_text(family.papers_id, text, field_class=kind)
    if kept is None:
        raise NoteEmpty
    return Note.objects.create(
        family=family, case=case, text_id=kept, field_class=kind, by_id=actor.me, written_at=now()
    )


@action("task.write")
def set_task(
    actor: Actor,
    family: Family,
    *,
    kind: str,
    due: date,
    owner: Staff | None = None,
    case: Case | None = None,
    words: str = "",
) -> Task:
    """Remind a colleague (the lead worker if not said) of something to do by a day.

    Raises:
        NotOfThisFamily, DayUnfit, Unknown (the kind), OwnerCannotOpen.
    """
    if case and case.family_id != family.pk:
        raise NotOfThisFamily
    _require_able(owner, family)
    return Task.objects.create(
        family=family,
        case=case,
        kind=catalogue().known("task_kinds", kind),
        due=days.due(due),
        owner_id=owner.pk if owner else family.worker_id,
        words_id=vault.keep_text(family.papers_id, words),
    )


@action("task.write")
def do_task(actor: Actor, task: Task, *, on: date | None = None) -> Task:
    """Say that a task is done.

    Raises:
        AlreadySettled.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("family").get(pk=task.pk)
    if task.done_on:
        raise AlreadySettled(on=task.done_on)
    task.done_on, task.done_by_id = happened_with(task.family, on), actor.staff_id
    task.save(update_fields=["done_on", "done_by"])
    return task


@action("task.write")
def cancel_task(actor: Actor, task: Task, *, because: str) -> Task:
    """Take a task off the list undone, with the reason; it stays in the family's timeline.

    Raises:
        AlreadySettled: it was done or cancelled already.
        Unknown (why).
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("family").get(pk=task.pk)
    if task.done_on:
        raise AlreadySettled(on=task.done_on)
    task.cancelled_because = catalogue().known("cancel_reasons", because)
    task.done_on, task.done_by_id = today(), actor.staff_id
    task.save(update_fields=["cancelled_because", "done_on", "done_by"])
    return task


def _require_able(owner: Staff | None, family: Family) -> None:
    """Refuse to give something to do to somebody who could not open the family's file."""
    if owner is not None and not Actor.of(owner).reaches(family):
        raise OwnerCannotOpen(name=owner, family=family.code)
