"""What countries reported, as files tell it: statuses of actions, and values of indicators that are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Prefetch
from django.utils.translation import get_language, override

from panoh.access.wordings import Wording
from panoh.plan.documents.figures import FigureTold, IndicatorFigures, PeriodFigures, Silence
from panoh.plan.documents.outline import StatusTold
from panoh.plan.figures import across_countries, of_value, plain
from panoh.plan.models import Indicator, Level, Period, Plan, Status, Value
from panoh.plan.states import state_name

__all__ = ["published_figures", "statuses_told"]

FEWEST_TOGETHER = 2  # a total of one country is that country's


def statuses_told(plan: Plan, language: str = "", *, public: bool = False) -> Mapping[str, Sequence[StatusTold]]:
    """Return the statuses of each action that has any, by its number; a country that did not report is there too.

    public: only what a public source says.
    """
    found = Status.objects.filter(action__plan=plan, action__until=None).select_related("action__plan")
    if public:
        found = found.exclude(evidence="")
    told: dict[str, dict[str, Status]] = {}
    concerned: dict[str, Sequence[str]] = {}
    for status in found.order_by("action_id", "country", "-on", "-pk").distinct("action_id", "country"):
        told.setdefault(status.action.code, {})[status.country] = status
        concerned[status.action.code] = [status.country] if public else status.action.concerns
    with override(language or get_language()):
        return {code: [_status(country, of) for country in _states(of, concerned[code])] for code, of in told.items()}


def _states(of: Mapping[str, Status], concerned: Sequence[str]) -> list[str]:
    return list(dict.fromkeys((*concerned, *of)))


def _status(country: str, of: Mapping[str, Status]) -> StatusTold:
    status = of.get(country)
    if status is None:
        return StatusTold(state_name(country))
    return StatusTold(state_name(country), str(status.get_state_display()), status.on)


def published_figures(plan: Plan) -> list[IndicatorFigures]:
    """Return the indicators that anything is published of, with the values of published periods."""
    periods = list(plan.periods.filter(publication__isnull=False).order_by("starts"))
    values = Value.objects.filter(period__in=periods).select_related("indicator")
    indicators = (
        plan.indicators.exclude(disclosure=Indicator.Disclosure.INSIDE)
        .filter(action__until=None)
        .select_related("action__plan", "area", "plan")
        .prefetch_related("levels", Prefetch("values", values, to_attr="public"))
    )
    told = (_indicator(one, [period for period in periods if period.every == one.every]) for one in indicators)
    return [one for one in told if one.periods]


def _indicator(of: Indicator, periods: Sequence[Period]) -> IndicatorFigures:
    levels = [level for level in of.levels.all() if not level.country or _shows_countries(of)]
    begun = [level for level in levels if level.kind == Level.Kind.BASELINE]
    year = max((level.year for level in begun), default=None)
    return IndicatorFigures(
        of.number,
        of.text,
        Indicator.Kind(of.kind).name.lower(),
        Indicator.Measure(of.measure).name.lower(),
        of.ascending,
        of.method,
        None if year is None else periods[0].starts.replace(year=year, month=1, day=1) if periods else None,
        [_level(level) for level in begun if level.year == year],
        [_period(of, period, levels) for period in periods],
        of.action.code if of.action else "",
        of.area.code if of.area else "",
    )


def _shows_countries(of: Indicator) -> bool:
    return bool(of.disclosure == Indicator.Disclosure.COUNTRIES)


def _level(level: Level) -> FigureTold:
    value = Silence.NOT_REPORTED if level.number is None else plain(level.number)
    return FigureTold(value, level.country)


def _period(of: Indicator, period: Period, levels: Sequence[Level]) -> PeriodFigures:
    values: list[Value] = of.public  # type: ignore[attr-defined]  # fetched with it
    mine = {value.country: value for value in values if value.period_id == period.pk}
    targets = [one for one in levels if one.kind == Level.Kind.TARGET and one.year == period.ends.year]
    actuals = [_actual(mine.get(country), country) for country in of.states] if _shows_countries(of) else []
    if of.over_countries != Indicator.OverCountries.NONE or not actuals:
        actuals.insert(0, _together(of, list(mine.values())))
    return PeriodFigures(period.starts, period.ends, [_level(one) for one in targets], actuals)


def _actual(value: Value | None, country: str) -> FigureTold:
    if value is None or value.state != Value.State.APPROVED:
        return FigureTold(Silence.NOT_REPORTED, country)
    if value.figure is not None:
        return FigureTold(plain(value.figure), country)
    return FigureTold(value.words or Silence.NOT_REPORTED, country, comment=Wording({"en": value.words}))


def _together(of: Indicator, values: Sequence[Value]) -> FigureTold:
    total = across_countries(of, [of_value(value, approved_only=True) for value in values])
    if not total.reported:
        return FigureTold(Silence.NOT_REPORTED)
    if total.figure is None or (not _shows_countries(of) and total.reported < FEWEST_TOGETHER):
        return FigureTold(Silence.SUPPRESSED)
    return FigureTold(plain(total.figure))
