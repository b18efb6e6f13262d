"""An indicator with its values: by period, by country, together, beside where it began and where it is to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.plan.figures import Total, across_countries, across_periods, of_value
from panoh.plan.models import Area, Indicator, Level, Period, Plan, PlanAction, Value
from panoh.plan.queries.tree import country_of


def indicators_of(plan: Plan) -> QuerySet[Indicator]:
    """Return the indicators of a plan, by number."""
    return plan.indicators.select_related("action", "area__pillar").order_by("number")


def indicator_for(code: str) -> Indicator:
    """Return the indicator with this code.

    Raises:
        NotThere: there is none.
    """
    found = Indicator.objects.select_related("plan", "action__plan", "area__pillar").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def measurable(plan: Plan) -> Sequence[PlanAction | Area]:
    """Return what an indicator can be about: areas and actions in force, in the plan's order."""
    actions = PlanAction.objects.filter(until=None).select_related("plan")
    areas = Area.objects.filter(pillar__plan=plan).select_related("pillar").prefetch_related(
        Prefetch("actions", actions)
    )  # fmt: skip
    places: list[PlanAction | Area] = []
    for area in areas:
        places += [area, *area.actions.all()]
    return places


def place_key(place: PlanAction | Area | None) -> str:
    """Return how an action or area is named where either can stand; numbers of areas repeat among pillars."""
    if place is None:
        return ""
    return place.code if isinstance(place, PlanAction) else f"{place.pillar.number}/{place.code}"


def place_for(plan: Plan, number: str) -> PlanAction | Area:
    """Return the action of a plan with this number, or the area with its pillar's before it: "1/1.2".

    Raises:
        NotThere: there is none.
    """
    for place in measurable(plan):
        if place_key(place) == number:
            return place
    raise NotThere


@dataclass(frozen=True)
class Point:
    """One period: what was reported, of how many, and what was aimed at."""

    label: str
    total: Total
    target: Decimal | None

    @property
    def value(self) -> Decimal | None:
        """Return the figure, if there is one."""
        return self.total.figure

    @property
    def is_part(self) -> bool:
        """Tell whether only some reported."""
        return not self.total.is_whole


@dataclass(frozen=True)
class CountryRow:
    """One country: its figure over all periods, where it began, where it is to be, and its values by period."""

    label: str
    total: Total
    baseline: Level | None
    target: Level | None
    values: Sequence[Value | None]

    @property
    def value(self) -> Decimal | None:
        """Return the figure, if there is one."""
        return self.total.figure


@dataclass(frozen=True)
class IndicatorShown:
    """What the indicator's page shows; country: whose points these are, empty for all together."""

    indicator: Indicator
    country: str
    periods: Sequence[Period]
    points: Sequence[Point]
    baseline: Level | None
    countries: Sequence[CountryRow]
    overall: Total
    levels: Sequence[Level]
    mine: str

    @property
    def baseline_figure(self) -> Decimal | None:
        """Return the figure of the baseline, if there is one."""
        return self.baseline.number if self.baseline else None


def indicator_shown(actor: Actor, indicator: Indicator, country: str = "") -> IndicatorShown:
    """Return an indicator with its values; where countries are not put together, one country's points are shown."""
    mine, states = country_of(actor), indicator.states
    if country not in states:
        country = ""
    if not country and indicator.over_countries == Indicator.OverCountries.NONE:
        country = mine if mine in states else states[0]
    found = list(indicator.values.select_related("period", "indicator").order_by("period__starts", "country"))
    periods = list({value.period_id: value.period for value in found}.values())
    cells = {(value.period_id, value.country): value for value in found}
    levels = list(indicator.levels.all())
    points = [_point(indicator, period, country, cells, levels) for period in periods]
    rows = [_country(indicator, state, periods, cells, levels) for state in states]
    together = [
        across_countries(indicator, [of_value(value) for value in found if value.period_id == period.pk])
        for period in periods
    ]
    return IndicatorShown(
        indicator, country, periods, points, _level(levels, Level.Kind.BASELINE, country), rows,
        across_periods(indicator, together), levels, mine,
    )  # fmt: skip


Cells = Mapping[tuple[int, str], Value]


def _level(levels: Sequence[Level], kind: int, country: str, year: int | None = None) -> Level | None:
    """Return the baseline, or the target of a year (of the last year, if none is named)."""
    fitting = [level for level in levels if level.kind == kind and level.country == country]
    return next((level for level in reversed(fitting) if year in (None, level.year)), None)


def _point(indicator: Indicator, period: Period, country: str, cells: Cells, levels: Sequence[Level]) -> Point:
    if country:
        value = cells.get((period.pk, country))
        total = of_value(value) if value else Total(None, 0, 1)
    else:
        total = across_countries(indicator, [of_value(value) for (pk, _), value in cells.items() if pk == period.pk])
    target = _level(levels, Level.Kind.TARGET, country, period.ends.year)
    return Point(period.name, total, target.number if target else None)


def _country(
    indicator: Indicator, country: str, periods: Sequence[Period], cells: Cells, levels: Sequence[Level]
) -> CountryRow:
    values = [cells.get((period.pk, country)) for period in periods]
    return CountryRow(
        country,
        across_periods(indicator, [of_value(value) for value in values if value]),
        _level(levels, Level.Kind.BASELINE, country),
        _level(levels, Level.Kind.TARGET, country),
        values,
    )
