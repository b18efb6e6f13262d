"""What countries owe for a period, what waits for a decision, and one value with what was said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.plan.models import Period, Plan, Publication, Remark, Value
from panoh.plan.queries.gate import Oddity, oddities
from panoh.plan.queries.tree import country_of

State = Value.State


def periods_of(plan: Plan) -> QuerySet[Period]:
    """Return the periods of a plan, the newest first."""
    return plan.periods.select_related("publication").order_by("-starts", "every")


def period_for(code: str) -> Period:
    """Return the period with this code.

    Raises:
        NotThere: there is none.
    """
    found = Period.objects.select_related("plan", "publication__by").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def publication_of(period: Period) -> Publication | None:
    """Return when the figures of a period became public, if they did."""
    return Publication.objects.select_related("by").filter(period=period).first()


@dataclass(frozen=True)
class CountryProgress:
    """How many of a country's values are in which state; value and part are what a bar shows."""

    label: str
    counts: Mapping[int, int]

    @property
    def value(self) -> int:
        """Return how many are owed."""
        return sum(self.counts.values())

    @property
    def part(self) -> int:
        """Return how many are submitted or approved."""
        return self.counts[State.SUBMITTED] + self.counts[State.APPROVED]


@dataclass(frozen=True)
class PeriodShown:
    """A period: one country's values in full, and how far each country is."""

    period: Period
    publication: Publication | None
    country: str
    values: Sequence[Value]
    countries: Sequence[CountryProgress]
    is_late: bool
    may_enter: bool
    waiting: int

    @property
    def open(self) -> int:
        """Return how many of the country's values are still owed."""
        return sum(not value.is_reported for value in self.values)


def period_shown(actor: Actor, period: Period, country: str = "") -> PeriodShown:
    """Return what is owed for a period: by the country asked for, else by the actor's own, else by the first."""
    mine = country_of(actor)
    counted: dict[str, Counter[int]] = {state: Counter() for state in period.plan.states}
    for row in period.values.order_by().values("country", "state").annotate(n=Count("pk")):
        counted.setdefault(row["country"], Counter())[row["state"]] = row["n"]
    shown = country if country in counted else mine if mine in counted else next(iter(counted))
    values = period.values.filter(country=shown).select_related("indicator", "period").order_by("indicator__number")
    publication = publication_of(period)
    return PeriodShown(
        period, publication, shown, list(values),
        [CountryProgress(state, counts) for state, counts in counted.items()],
        publication is None and period.due < today(),
        publication is None and actor.may("joint.report") and (actor.may("joint.edit") or shown == mine),
        sum(counts[State.SUBMITTED] for counts in counted.values()),
    )  # fmt: skip


def waiting_values(period: Period) -> QuerySet[Value]:
    """Return the values of a period that wait for a decision, with the last return of each."""
    returns = Prefetch("remarks", Remark.objects.select_related("by"))
    values = period.values.filter(state=State.SUBMITTED).select_related("indicator", "period", "submitted_by")
    return values.prefetch_related(returns).order_by("indicator__number", "country")


def value_for(code: str) -> Value:
    """Return the value with this code.

    Raises:
        NotThere: there is none.
    """
    related = ("indicator__plan", "indicator__action__plan", "period", "submitted_by", "decided_by")
    found = Value.objects.select_related(*related).filter(code=code).first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class ValueShown:
    """A value, what was said about it, and what can be done with it now."""

    value: Value
    remarks: Sequence[Remark]
    is_published: bool
    may_enter: bool
    may_submit: bool
    may_decide: bool
    may_return: bool
    may_say: bool


def value_shown(actor: Actor, value: Value) -> ValueShown:
    """Return what a value's page shows."""
    is_published = publication_of(value.period) is not None
    is_own = actor.may("joint.report") and (actor.may("joint.edit") or country_of(actor) == value.country)
    is_open = is_own and not is_published and not value.is_reported
    is_others = actor.may("joint.approve") and not is_published and value.submitted_by_id != actor.staff_id
    return ValueShown(
        value, list(value.remarks.select_related("by")), is_published,
        may_enter=is_open and not value.is_of_release,
        may_submit=is_open and value.state != State.NO_DATA,
        may_decide=is_others and value.state == State.SUBMITTED,
        may_return=is_others and value.is_reported,
        may_say=is_own,
    )  # fmt: skip


@dataclass(frozen=True)
class Gate:
    """What stands between the figures of a period and the public."""

    period: Period
    publication: Publication | None
    oddities: Sequence[Oddity]
    approved: int
    of: int

    @property
    def open(self) -> int:
        """Return how many things are neither mended nor answered."""
        return sum(odd.answer is None for odd in self.oddities)


def gate(period: Period) -> Gate:
    """Return the gate of a period; after publication, what was answered then."""
    of = period.values.count()
    return Gate(
        period, publication_of(period), oddities(period), period.values.filter(state=State.APPROVED).count(), of
    )
