"""How values are put together over countries and over periods. What was not reported is never counted as 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from panoh.plan.models import Indicator, Value

Figures = Sequence[Decimal]


def _average(figures: Figures) -> Decimal:
    return sum(figures, Decimal()) / len(figures)


def _sum(figures: Figures) -> Decimal:
    return sum(figures, Decimal())


OVER_COUNTRIES: Mapping[int, Callable[[Figures], Decimal]] = {
    Indicator.OverCountries.SUM: _sum,
    Indicator.OverCountries.AVERAGE: _average,
}
OVER_PERIODS: Mapping[int, Callable[[Figures], Decimal]] = {
    Indicator.OverPeriods.SUM: _sum,
    Indicator.OverPeriods.AVERAGE: _average,
    Indicator.OverPeriods.LATEST: lambda figures: figures[-1],
    Indicator.OverPeriods.MAX: max,
}


def plain(figure: Decimal) -> str:
    """Return a figure to two places, without zeros that say nothing."""
    return f"{round(figure, 2).normalize():f}"


@dataclass(frozen=True)
class Total:
    """A figure and of how many it is: `reported` of `of` values; numerator and denominator where it is a ratio."""

    figure: Decimal | None
    reported: int
    of: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_whole(self) -> bool:
        """Tell whether everybody reported."""
        return self.reported == self.of


def of_value(value: Value, *, approved_only: bool = False) -> Total:
    """Return what one value adds: nothing unless it is submitted (approved, if only those count)."""
    counts = value.state == Value.State.APPROVED if approved_only else value.is_reported
    if not counts or value.figure is None:
        return Total(None, 0, 1)
    return Total(value.figure, 1, 1, value.numerator, value.denominator)


def across_countries(indicator: Indicator, totals: Iterable[Total]) -> Total:
    """Return what the countries reported together, by the indicator's formula; no figure where there is no formula."""
    found = list(totals)
    return _together(indicator, found, OVER_COUNTRIES.get(indicator.over_countries), ratio=indicator.is_ratio)


def across_periods(indicator: Indicator, totals: Iterable[Total]) -> Total:
    """Return what was reported over several periods, the oldest first; the latest says how many reported it."""
    found = list(totals)
    if indicator.over_periods == Indicator.OverPeriods.LATEST:
        found = [total for total in found if total.figure is not None][-1:] or found
    is_sum = indicator.over_periods == Indicator.OverPeriods.SUM
    return _together(indicator, found, OVER_PERIODS[indicator.over_periods], ratio=indicator.is_ratio and is_sum)


def _together(
    indicator: Indicator, totals: Sequence[Total], formula: Callable[[Figures], Decimal] | None, *, ratio: bool
) -> Total:
    reported, of = sum(total.reported for total in totals), sum(total.of for total in totals)
    figures = [total.figure for total in totals if total.figure is not None]
    if not figures:
        return Total(None, reported, of)
    if ratio:
        numerator = _sum([total.numerator for total in totals if total.numerator is not None])
        denominator = _sum([total.denominator for total in totals if total.denominator is not None])
        hundred = 100 if indicator.measure == Indicator.Measure.PERCENT else 1
        figure = numerator / denominator * hundred if denominator else None
        return Total(figure, reported, of, numerator, denominator)
    return Total(formula(figures) if formula else None, reported, of)
