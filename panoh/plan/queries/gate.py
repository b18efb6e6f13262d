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
    return [
        Oddity(key, sentence, value, answers.get(key))
        for value in values.order_by("indicator__number", "country")
        for kind, sentence in _odd(value, last.get((value.indicator_id, value.country)))
        for key in [f"{kind}:{value.code}"]
    ]


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
        yield "missing", _("%(what)s: not reported.") % named
    else:
        if value.state != Value.State.APPROVED:
            yield "unapproved", _("%(what)s: %(state)s, not approved. It is left out of what is published.") % named
        yield from _odd_figure(value, last, named)
    if value.indicator.is_number:
        yield from _odd_levels(value, named)


def _odd_figure(value: Value, last: Decimal | None, named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not value.source.strip():
        yield "source", _("%(what)s: no source.") % named
    figure = value.figure
    if figure is None:
        return
    is_percent = value.indicator.measure == value.indicator.Measure.PERCENT
    told = {**named, "figure": plain(figure), "last": "" if last is None else plain(last)}
    if is_percent and not 0 <= figure <= FULL:
        yield "percent", _("%(what)s: %(figure)s percent.") % told
    if last is not None and abs(figure - last) > (JUMP_IN_POINTS if is_percent else abs(last) * JUMP):
        yield "jump", _("%(what)s: %(figure)s, and %(last)s in the period before.") % told
    if not is_percent and any(_number(part) > figure for part in value.parts.values()):
        yield "parts", _("%(what)s: a part is larger than the whole.") % named


def _number(text: object) -> Decimal:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return Decimal()


def _odd_levels(value: Value, named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    mine = [level for level in value.indicator.levels.all() if level.country in ("", value.country)]
    targets = [
        level for level in mine if level.kind == Level.Kind.TARGET and level.year == value.period.ends.year
    ]  # fmt: skip
    if not targets:
        yield "target", _("%(what)s: no target for the year.") % named
    if any(not level.source.strip() for level in mine if level.kind == Level.Kind.BASELINE or level in targets):
        yield "level-source", _("%(what)s: baseline or target without a source.") % named
