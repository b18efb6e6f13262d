"""One action of the plan: what each country reported, its milestones, and what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.plan.models import ActionBody, Funding, Milestone, Pillar, PlanAction, Reached, Status
from panoh.plan.queries.tree import country_of
from panoh.plan.states import state_name


@dataclass(frozen=True)
class CountryShown:
    """What a country reported on an action, the latest first; may_report: whether the reader speaks for it."""

    country: str
    history: Sequence[Status]
    may_report: bool

    @property
    def latest(self) -> Status | None:
        """Return the report that counts."""
        return self.history[0] if self.history else None

    @property
    def earlier(self) -> Sequence[Status]:
        """Return the reports before it."""
        return self.history[1:]

    @property
    def name(self) -> str:
        """Return what the country is called."""
        return state_name(self.country)


@dataclass(frozen=True)
class MilestoneShown:
    """A milestone, who reached it, and the countries that have not; waiting holds an empty one for all together."""

    milestone: Milestone
    reached: Sequence[Reached]
    waiting: Sequence[str]


@dataclass(frozen=True)
class YearShown:
    """The money of one year in one currency: budget, what funders plan and what was paid; None is not reported."""

    year: int
    currency: str
    budget: Decimal | None
    promised: Decimal | None
    paid: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """Return what the budget lacks."""
        return None if self.budget is None else self.budget - (self.promised or Decimal(0))


@dataclass(frozen=True)
class ActionShown:
    """An action with all that is known of it; edits: whether the reader edits the plan."""

    action: PlanAction
    also: Sequence[Pillar]
    bodies: Sequence[ActionBody]
    parts: Sequence[PlanAction]
    countries: Sequence[CountryShown]
    milestones: Sequence[MilestoneShown]
    funding: Sequence[Funding]
    years: Sequence[YearShown]
    edits: bool

    @property
    def speaks_for(self) -> list[str]:
        """Return the countries for which the reader may report."""
        return [one.country for one in self.countries if one.may_report]

    @property
    def may_report(self) -> bool:
        """Tell whether the reader may report for any country."""
        return bool(self.speaks_for)


def action_shown(actor: Actor, action: PlanAction) -> ActionShown:
    """Return what the page of an action shows."""
    by_country: dict[str, list[Status]] = defaultdict(list)
    for status in action.statuses.select_related("by__agency", "action"):
        by_country[status.country].append(status)
    speaks = country_of(actor) if actor.may("joint.report") else ""
    edits = actor.may("joint.edit")
    shown = [CountryShown(code, by_country[code], edits or code == speaks) for code in action.concerns]
    funding = list(action.funding.select_related("funder"))
    return ActionShown(
        action,
        list(action.also_serves.all()),
        list(action.bodies.select_related("body")),
        list(action.parts.filter(until=None)),
        shown,
        [_milestone(action, one) for one in action.milestones.prefetch_related("reached")],
        funding,
        _years(funding),
        edits,
    )


def _milestone(action: PlanAction, milestone: Milestone) -> MilestoneShown:
    reached = list(milestone.reached.all())
    done = {one.country for one in reached}
    wanted = action.concerns if milestone.for_each else [""]
    return MilestoneShown(milestone, reached, [code for code in wanted if code not in done])


def _years(funding: Sequence[Funding]) -> list[YearShown]:
    found: dict[tuple[int, str], list[Funding]] = defaultdict(list)
    for one in funding:
        found[one.year, one.currency].append(one)
    return [
        YearShown(
            year,
            currency,
            _sum(one.planned for one in rows if one.funder_id is None),
            _sum(one.planned for one in rows if one.funder_id is not None),
            _sum(one.paid for one in rows),
        )
        for (year, currency), rows in sorted(found.items())
    ]


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    told = [one for one in amounts if one is not None]
    return sum(told, Decimal(0)) if told else None


def milestone_for(action: PlanAction, number: int) -> Milestone:
    """Return a milestone of an action.

    Raises:
        NotThere: it is of another, or of none.
    """
    found = action.milestones.select_related("action__plan").filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def reached_for(action: PlanAction, number: int, country: str) -> Reached:
    """Return the record that a country, or all together, reached a milestone.

    Raises:
        NotThere: it was not reached.
    """
    milestone = milestone_for(action, number)
    for record in milestone.reached.all():
        if record.country == country:
            record.milestone = milestone
            return record
    raise NotThere


def funding_for(action: PlanAction, number: int) -> Funding:
    """Return a record of money of an action.

    Raises:
        NotThere: it is of another, or of none.
    """
    found = action.funding.select_related("action__plan").filter(pk=number).first()
    if found is None:
        raise NotThere
    return found
