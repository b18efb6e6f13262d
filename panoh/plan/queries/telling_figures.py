"""Indicators, periods, levels and values, told so that another instance can take them over word for word."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from panoh.access.wordings import Wording
from panoh.plan.models import Indicator, Level, Period, Plan, Value
from panoh.plan.queries.indicators import place_key

__all__ = ["Names", "indicators_told", "levels_told", "named", "periods_told", "plain_figure", "values_told"]

OF_AN_INDICATOR = (
    "number", "kind", "measure", "ascending", "every", "breakdowns", "disclosure", "over_periods", "over_countries",
)  # fmt: skip
TEXTS = ("text", "unit", "method", "verification")
FIGURES = ("number", "numerator", "denominator")
REPORTED = (Value.State.SUBMITTED, Value.State.APPROVED)
ENTERED = (*REPORTED, Value.State.RETURNED)
Names = Collection[tuple[str, str]]  # of a plan, and a number within it


def plain_figure(figure: Decimal | None) -> str:
    """Return a figure as it travels; none is empty."""
    return "" if figure is None else f"{figure.normalize():f}"


def named(found: QuerySet[Any], names: Names, way: str) -> QuerySet[Any]:
    """Return those of the indicators with these names."""
    numbers = {number for _plan, number in names}
    return found.filter(**{f"{way}plan__code__in": {plan for plan, _number in names}, f"{way}number__in": numbers})


def indicators_told(names: Names | None = None) -> list[dict[str, Any]]:
    """Return the indicators of what is in force, or those with these names."""
    every = Indicator.objects.exclude(plan__state=Plan.State.DRAFT).select_related("plan", "action", "area__pillar")
    in_force = Q(action=None) | Q(action__until=None)
    found = every.filter(in_force) if names is None else named(every, names, "")
    return [
        {
            "plan": one.plan.code, "place": place_key(one.action or one.area),
            **{name: getattr(one, name) for name in OF_AN_INDICATOR},
            **{name: _said(getattr(one, name)) for name in TEXTS},
        }
        for one in found.order_by("plan_id", "number")
    ]  # fmt: skip


def _said(text: Wording) -> list[tuple[str, str]]:
    return list(text.items())


def periods_told(plans: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Return the periods of the plans in force, or of these plans."""
    found = Period.objects.exclude(plan__state=Plan.State.DRAFT).select_related("plan")
    if plans is not None:
        found = found.filter(plan__code__in=plans)
    return [
        {"plan": one.plan.code, **{name: getattr(one, name) for name in ("name", "every", "starts", "ends", "due")}}
        for one in found.order_by("plan_id", "starts", "every")
    ]


def levels_told(country: str = "", names: Names | None = None) -> list[dict[str, Any]]:
    """Return where indicators began and are to be: for one country, for all of them, or of these indicators."""
    found = Level.objects.exclude(indicator__plan__state=Plan.State.DRAFT).select_related("indicator__plan")
    if country:
        found = found.filter(country=country)
    if names is not None:
        found = named(found, names, "indicator__")
    return [
        {
            "plan": one.indicator.plan.code, "indicator": one.indicator.number, "figure": plain_figure(one.number),
            **{name: getattr(one, name) for name in ("kind", "country", "year", "source", "note")},
        }
        for one in found.order_by("indicator_id", "kind", "country", "year")
    ]  # fmt: skip


def values_told(country: str = "", names: Names | None = None) -> list[dict[str, Any]]:
    """Return what a country submitted, approved here or not; or all that was submitted of these indicators.

    What was returned stands among the latter, as it was submitted.
    """
    found = Value.objects.exclude(indicator__plan__state=Plan.State.DRAFT).select_related("indicator__plan", "period")
    if names is None:
        found = found.filter(country=country, state__in=REPORTED)
    else:
        found = named(found.filter(state__in=ENTERED), names, "indicator__")
    return [
        {
            "plan": one.indicator.plan.code, "indicator": one.indicator.number, "every": one.period.every,
            "starts": one.period.starts, "country": one.country, "figure": plain_figure(one.number),
            "numerator": plain_figure(one.numerator), "denominator": plain_figure(one.denominator),
            "parts": sorted((name, str(part)) for name, part in one.parts.items()),
            **{name: getattr(one, name) for name in ("words", "source_kind", "source", "source_url", "digest", "note")},
        }
        for one in found.order_by("indicator_id", "period__starts", "country")
    ]  # fmt: skip
