"""What is missing or odd among the figures of a period, each as a sentence, with what was answered to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from panoh.plan.figures import plain
from panoh.plan.models import GateAnswer, Level, Period, Value

# A figure that changed by more than half of the last one, or a percentage by more than 25 points, is looked at twice.
JUMP = Decimal("0.5")
JUMP_IN_POINTS = Decimal(25)
FULL = Decimal(100)


@dataclass(frozen=True)
class Oddity:
    """Something that must be mended or answered; key: what it is, stable from one reading to the next."""

    key: str
    sentence: str
    value: Value
    answer: GateAnswer | None = None


def oddities(period: Period) -> list[Oddity]:
    """Return what is missing or odd, in the order of indicators and countries."""
    levels = Prefetch("indicator__levels", Level.objects.all())
    values = period.values.select_related("indicator", "period").prefetch_related(levels)
    answers = {answer.key: answer for answer in period.gate_answers.select_related("by")}
    last = _last_figures(period)
    found: dict[str, Oddity] = {}
    for value in values.order_by("indicator__number", "country"):
        for key, sentence in _odd(value, last.get((value.indicator_id, value.country))):
            found.setdefault(key, Oddity(key, sentence, value, answers.get(key)))
    return list(found.values())


def _last_figures(period: Period) -> Mapping[tuple[int, str], Decimal]:
    """Return the last approved figure before the period, by indicator and country."""
    before = (
        Value.objects.filter(
            period__plan=period.plan_id, period__every=period.every, period__starts__lt=period.starts,
            state=Value.State.APPROVED,
        )
        .select_related("indicator")
        .order_by("period__starts")
    )  # fmt: skip
    return {(value.indicator_id, value.country): figure for value in before if (figure := value.figure) is not None}


def _odd(value: Value, last: Decimal | None) -> Iterator[tuple[str, str]]:
    named = {"what": str(value), "state": value.get_state_display()}
    if value.state == Value.State.NO_DATA:
        yield f"missing:{value.code}", _("%(what)s: not reported.") % named
    else:
        if value.state != Value.State.APPROVED:
            words = _("%(what)s: %(state)s, not approved. It is left out of what is published.")
            yield f"unapproved:{value.code}", words % named
        yield from _odd_figure(value, last, named)
    if value.indicator.is_number:
        yield from _odd_levels(value, named)


def _odd_figure(value: Value, last: Decimal | None, named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not value.source.strip():
        yield f"source:{value.code}", _("%(what)s: no source.") % named
    figure = value.figure
    if figure is None:
        return
    is_percent = value.indicator.measure == value.indicator.Measure.PERCENT
    told = {**named, "figure": plain(figure), "last": "" if last is None else plain(last)}
    if is_percent and not 0 <= figure <= FULL:
        yield f"percent:{value.code}", _("%(what)s: %(figure)s percent.") % told
    if last is not None and abs(figure - last) > (JUMP_IN_POINTS if is_percent else abs(last) * JUMP):
        yield f"jump:{value.code}", _("%(what)s: %(figure)s, and %(last)s in the period before.") % told
    if not is_percent and any(_number(part) > figure for part in value.parts.values()):
        yield f"parts:{value.code}", _("%(what)s: a part is larger than the whole.") % named


def _number(text: object) -> Decimal:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return Decimal()


def _odd_levels(value: Value, named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is missing of levels: once for an indicator that has no target, else for the country without one."""
    indicator, levels = value.indicator, list(value.indicator.levels.all())
    targets = [one for one in levels if one.kind == Level.Kind.TARGET and one.year == value.period.ends.year]
    mine = [one for one in targets if one.country in ("", value.country)]
    if not targets:
        yield f"target:{indicator.code}", _("%(what)s: no target for the year.") % {"what": indicator}
    elif not mine:
        yield f"target:{value.code}", _("%(what)s: no target for the year.") % named
    for level in (one for one in levels if one in mine or one.kind == Level.Kind.BASELINE):
        if level.country in ("", value.country) and not level.source.strip():
            words = _("%(what)s: the %(level)s of %(year)s has no source.")
            kind = level.get_kind_display()
            yield f"level-source:{level.pk}", words % {"what": indicator, "level": kind, "year": level.year}
