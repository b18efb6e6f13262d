"""An indicator with a period that asks for it, for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.plan.actions.indicators import Measured, add_indicator, open_period, set_level
from panoh.plan.actions.reporting import Entry, approve_value, enter_value, submit_value
from panoh.plan.models import Indicator, Level, Period, Plan, Value
from panoh.plan.tests.make import english, worker

YEAR = 3


def second(role: str = "secretariat") -> Actor:
    """Return a colleague in the same role, so that two can check each other."""
    first = Staff.objects.get(pk=worker(role).staff_id)
    staff, _made = Staff.objects.get_or_create(
        username=f"second.{role}", defaults={"display_name": "Second", "agency": first.agency, "role": role}
    )
    return Actor.of(staff)


def indicator(plan: Plan, number: str = "1.1.1-a", **more: Any) -> Indicator:
    """Return an indicator of the first action: a sum over countries, unless told otherwise."""
    told = {"over_countries": Indicator.OverCountries.SUM, **more}
    measured = Measured(number, english("Schools that take part"), **told)
    return add_indicator(worker("secretariat"), plan, measured, of=plan.actions.get(code="1.1.1", until=None))


def period(plan: Plan, year: int = 2025) -> Period:
    """Return a year that is asked for."""
    days = {"starts": date(year, 1, 1), "ends": date(year, 12, 31), "due": date(year + 1, 3, 1)}
    return open_period(worker("secretariat"), plan, name=str(year), every=YEAR, **days)


def value(asked: Period, country: str, of: Indicator | None = None) -> Value:
    """Return what a country owes."""
    found = asked.values.filter(country=country, **({"indicator": of} if of else {}))
    return found.select_related("indicator", "period").get()


def entry(number: int | str | None = 5, **more: Any) -> Entry:
    figure = None if number is None else Decimal(number)
    return Entry(number=figure, **{"source_kind": 1, "source": "Report of the ministry, 2026", **more})


def submitted(asked: Period, country: str, number: int | str = 5, of: Indicator | None = None) -> Value:
    """Return a value its own focal point submitted."""
    by = worker("focal_point", country)
    return submit_value(by, enter_value(by, value(asked, country, of), entry(number)))


def approved(asked: Period, country: str, number: int | str = 5, of: Indicator | None = None) -> Value:
    """Return a value that was approved."""
    return approve_value(worker("secretariat"), submitted(asked, country, number, of))


def target(of: Indicator, year: int = 2025, number: int = 10, country: str = "") -> Level:
    told = {"kind": Level.Kind.TARGET, "country": country, "year": year, "number": Decimal(number)}
    return set_level(worker("secretariat"), of, **told, source="The plan, annex 2")
