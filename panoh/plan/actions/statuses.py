"""Reporting on actions: each country on its own, with a source, and with evidence of what is done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.wordings import Wording
from panoh.plan.models import Body, Funding, Milestone, Plan, PlanAction, Reached, Status
from panoh.plan.queries.tree import country_of
from panoh.plan.refusals import (
    ActionInUse,
    AmountMissing,
    CountryNotConcerned,
    DayToCome,
    DoneNeedsEvidence,
    EvidenceInPart,
    NothingToReportOn,
    NotYourCountry,
    ReachedAlready,
    ReachedEach,
    ReachedTogether,
)


def _may_report(actor: Actor, act: PlanAction, country: str) -> None:
    """Refuse who does not speak for the country (none: for all together), or a country that is not concerned."""
    if not actor.may("joint.edit") and (not country or country != country_of(actor)):
        raise NotYourCountry
    if country and country not in act.concerns:
        raise CountryNotConcerned(number=act.code, countries=", ".join(act.concerns))


def _happened(on: date) -> date:
    if on > today():
        raise DayToCome(on=on)
    return on


@action("joint.report")
def report_status(
    actor: Actor,
    act: PlanAction,
    *,
    country: str,
    state: int,
    source: str,
    on: date | None = None,
    note: str = "",
    evidence_kind: str = "",
    evidence: str = "",
    evidence_on: date | None = None,
) -> Status:
    """Report what has become of an action in a country; earlier reports stay.

    on: the day for which this holds, today if none is given.

    Raises:
        NotYourCountry: the actor's agency speaks for another.
        CountryNotConcerned: the action is not about this country.
        NothingToReportOn: the plan is not in force, or the action was dropped.
        DoneNeedsEvidence: nothing shows that it is done.
        EvidenceInPart: kind, address or day of the evidence is missing.
        DayToCome: one of the days is still to come.
    """
    _may_report(actor, act, country)
    if act.plan.state != Plan.State.IN_FORCE or act.until is not None:
        raise NothingToReportOn
    given = [evidence_kind, evidence, evidence_on]
    if any(given) and not all(given):
        raise EvidenceInPart
    if state == Status.State.DONE and not any(given):
        raise DoneNeedsEvidence
    return Status.objects.create(
        action=act, country=country, state=state, on=_happened(on or today()), note=note, source=source,
        evidence_kind=evidence_kind, evidence=evidence, evidence_on=evidence_on and _happened(evidence_on),
        by_id=actor.staff_id or None,
    )  # fmt: skip


# --- milestones --------------------------------------------------------------------------------------------------


@action("joint.edit")
def add_milestone(actor: Actor, act: PlanAction, *, text: Wording, due: date, for_each: bool = True) -> Milestone:
    """Set a day by which something of an action is due, for each country or for all together."""
    return Milestone.objects.create(action=act, text=text, due=due, for_each=for_each)


@action("joint.edit")
def remove_milestone(actor: Actor, milestone: Milestone) -> None:
    """Take a milestone away that nobody has reached.

    Raises:
        ActionInUse: somebody reached it.
    """
    if milestone.reached.exists():
        raise ActionInUse(number=milestone.action.code)
    milestone.delete()


@action("joint.report")
def reach_milestone(actor: Actor, milestone: Milestone, *, country: str = "", on: date, source: str) -> Reached:
    """Record that a country, or all together, reached a milestone.

    Raises:
        NotYourCountry: the actor's agency speaks for another, or for no one country.
        CountryNotConcerned: the action is not about this country.
        ReachedEach, ReachedTogether: the milestone is the other way round.
        ReachedAlready: it is recorded.
        DayToCome: the day is still to come.
    """
    _may_report(actor, milestone.action, country)
    if milestone.for_each and not country:
        raise ReachedEach
    if country and not milestone.for_each:
        raise ReachedTogether
    if milestone.reached.filter(country=country).exists():
        raise ReachedAlready
    return Reached.objects.create(
        milestone=milestone, country=country, on=_happened(on), source=source, by_id=actor.staff_id or None
    )


@action("joint.report")
def take_back_reached(actor: Actor, reached: Reached) -> None:
    """Take back that a milestone was reached.

    Raises:
        NotYourCountry: the actor's agency speaks for another.
    """
    _may_report(actor, reached.milestone.action, reached.country)
    reached.delete()


# --- money -------------------------------------------------------------------------------------------------------


@action("joint.report")
def record_funding(
    actor: Actor,
    act: PlanAction,
    *,
    year: int,
    currency: str,
    source: str,
    funder: Body | None = None,
    country: str = "",
    planned: Decimal | None = None,
    paid: Decimal | None = None,
) -> Funding:
    """Record the budget of an action in a year, or what a funder gives; what stood there for the same is replaced.

    Raises:
        NotYourCountry: the actor's agency speaks for another, or for no one country.
        CountryNotConcerned: the action is not about this country.
        AmountMissing: neither what is planned nor what was paid is said.
    """
    _may_report(actor, act, country)
    if planned is None and paid is None:
        raise AmountMissing
    recorded, _made = Funding.objects.update_or_create(
        action=act, year=year, funder=funder, country=country, currency=currency,
        defaults={"planned": planned, "paid": paid, "source": source, "by_id": actor.staff_id or None},
    )  # fmt: skip
    return recorded


@action("joint.report")
def take_out_funding(actor: Actor, funding: Funding) -> None:
    """Take a record of money out.

    Raises:
        NotYourCountry: the actor's agency speaks for another, or for no one country.
    """
    _may_report(actor, funding.action, funding.country)
    funding.delete()
