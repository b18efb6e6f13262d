"""Saying what is measured, where it began, where it is to be, and for which times it is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from panoh.access.entrances import Actor, action
from panoh.access.wordings import Wording
from panoh.plan.models import Area, Indicator, Level, Period, Plan, PlanAction, Value
from panoh.plan.queries.tree import country_of
from panoh.plan.refusals import NotOfThisPlan
from panoh.plan.refusals_values import (
    AnotherCountrys,
    CountryNotOfPlan,
    DaysOutOfOrder,
    IndicatorInUse,
    IndicatorNumberTaken,
    OnlyNumbersTogether,
    PeriodThere,
    ValueEmpty,
)

NUMBERS = (Indicator.Measure.UNIT, Indicator.Measure.PERCENT)
# What the values entered so far were entered for.
FIXED = ("measure", "every", "over_periods", "over_countries", "breakdowns")


@dataclass(frozen=True)
class Measured:
    """An indicator in full, apart from what it measures the work of."""

    number: str
    text: Wording
    kind: int = Indicator.Kind.OUTPUT
    measure: int = Indicator.Measure.UNIT
    ascending: bool = True
    unit: Wording = field(default_factory=Wording)
    method: Wording = field(default_factory=Wording)
    verification: Wording = field(default_factory=Wording)
    every: int = 3
    breakdowns: tuple[str, ...] = ()
    disclosure: int = Indicator.Disclosure.COUNTRIES
    over_periods: int = Indicator.OverPeriods.LATEST
    over_countries: int = Indicator.OverCountries.NONE

    @classmethod
    def of(cls, indicator: Indicator) -> Measured:
        """Return an indicator as it stands."""
        told = {part.name: getattr(indicator, part.name) for part in fields(cls)}
        return cls(**{**told, "breakdowns": tuple(told["breakdowns"])})

    def told(self) -> Mapping[str, Any]:
        """Return it by column."""
        return {**{part.name: getattr(self, part.name) for part in fields(self)}, "breakdowns": list(self.breakdowns)}


def _check(plan: Plan, measured: Measured, but: int = 0) -> None:
    if measured.measure not in NUMBERS and measured.over_countries != Indicator.OverCountries.NONE:
        raise OnlyNumbersTogether
    if plan.indicators.filter(number=measured.number).exclude(pk=but).exists():
        raise IndicatorNumberTaken(number=measured.number)


def in_use(indicator: Indicator) -> bool:
    """Tell whether values were entered for it as it is counted now."""
    used = ~Q(state=Value.State.NO_DATA) | Q(remarks__isnull=False) | Q(period__publication__isnull=False)
    return indicator.values.filter(used).exists()


@action("joint.edit")
def add_indicator(actor: Actor, plan: Plan, measured: Measured, *, of: PlanAction | Area) -> Indicator:
    """Say how it is seen whether an action or an area comes on; open periods of its rhythm ask for it at once.

    Raises:
        NotOfThisPlan: the action or area is of another plan.
        IndicatorNumberTaken: another indicator has the number.
        OnlyNumbersTogether: words have a formula over countries.
    """
    place = of.plan_id if isinstance(of, PlanAction) else of.pillar.plan_id
    if place != plan.pk:
        raise NotOfThisPlan
    _check(plan, measured)
    whose = {"action": of} if isinstance(of, PlanAction) else {"area": of}
    made = Indicator.objects.create(plan=plan, **whose, **measured.told())
    for period in plan.periods.filter(every=made.every, publication=None):
        owe(period, [made])
    return made


@action("joint.edit")
def edit_indicator(actor: Actor, indicator: Indicator, measured: Measured) -> Indicator:
    """Change what an indicator says; how it is counted stays once values were entered.

    Raises:
        IndicatorInUse: values were entered for it as it is counted now.
        IndicatorNumberTaken: another indicator has the number.
        OnlyNumbersTogether: words have a formula over countries.
    """
    _check(indicator.plan, measured, but=indicator.pk)
    now, then = Measured.of(indicator), measured
    if any(getattr(now, name) != getattr(then, name) for name in FIXED):
        if in_use(indicator):
            raise IndicatorInUse
        indicator.values.all().delete()
    for name, said in measured.told().items():
        setattr(indicator, name, said)
    indicator.save()
    for period in indicator.plan.periods.filter(every=indicator.every, publication=None):
        owe(period, [indicator])
    return indicator


@action("joint.report")
def set_level(
    actor: Actor,
    indicator: Indicator,
    *,
    kind: int,
    country: str,
    year: int,
    number: Decimal | None,
    source: str = "",
    note: str = "",
) -> Level:
    """Say where an indicator began or is to be, in place of what was said before.

    Raises:
        ValueEmpty: a target has no figure.
        CountryNotOfPlan: the country does not report it.
        AnotherCountrys: the actor speaks for another country.
    """
    if kind == Level.Kind.TARGET and number is None:
        raise ValueEmpty
    if country and country not in indicator.states:
        raise CountryNotOfPlan
    if not actor.may("joint.edit") and (not country or country != country_of(actor)):
        raise AnotherCountrys
    said = {"number": number, "source": source, "note": note}
    if kind == Level.Kind.BASELINE:
        level, _made = Level.objects.update_or_create(
            indicator=indicator, kind=kind, country=country, defaults={**said, "year": year}
        )
    else:
        level, _made = Level.objects.update_or_create(
            indicator=indicator, kind=kind, country=country, year=year, defaults=said
        )
    return level


@action("joint.edit")
def open_period(actor: Actor, plan: Plan, *, name: str, every: int, starts: date, ends: date, due: date) -> Period:
    """Ask the countries for all that is reported in this rhythm: an empty value for each indicator and country.

    Raises:
        DaysOutOfOrder: it ends before it begins, or is due before it ends.
        PeriodThere: one of this rhythm begins on that day.
    """
    if not starts < ends <= due:
        raise DaysOutOfOrder
    if plan.periods.filter(every=every, starts=starts).exists():
        raise PeriodThere
    period = Period.objects.create(plan=plan, name=name, every=every, starts=starts, ends=ends, due=due)
    owe(period)
    return period


def owe(period: Period, indicators: Iterable[Indicator] | None = None) -> None:
    """Make the empty rows that wait for what countries report, of all that is in force; those that are there stay."""
    if indicators is None:
        in_force = Q(action=None) | Q(action__until=None)
        found = period.plan.indicators.filter(in_force, every=period.every)
        indicators = found.select_related("action__plan", "plan")
    Value.objects.bulk_create(
        (
            Value(period=period, indicator=indicator, country=country)
            for indicator in indicators
            for country in indicator.states
        ),
        ignore_conflicts=True,
    )
