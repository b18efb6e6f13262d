"""The generated text of a summary: what editions, indicators and reviews say about a plan's years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panoh.plan.documents.light import bullets, heading, table
from panoh.plan.figures import Total, across_countries, across_periods, of_value, plain
from panoh.plan.models import (
    ActionPoint,
    Change,
    Finding,
    Indicator,
    Level,
    Plan,
    PlanAction,
    Revision,
    Status,
    Value,
)


@dataclass(frozen=True)
class Years:
    """A plan in a time."""

    plan: Plan
    starts: date
    ends: date


def _about(years: Years) -> Iterator[str]:
    plan = years.plan
    told = {"title": plan.title, "states": ", ".join(plan.states), "n": len(plan.states)}
    yield _("%(title)s is a plan of %(n)s countries: %(states)s.") % told
    if plan.edition:
        yield _("It is in force in edition %(edition)s.") % {"edition": plan.edition}
    if plan.source:
        yield _("It is published at %(source)s.") % {"source": plan.source}


def _editions(years: Years) -> Iterator[str]:
    found = years.plan.revisions.filter(
        state=Revision.State.ADOPTED, adopted_on__gte=years.starts, adopted_on__lte=years.ends
    ).prefetch_related("changes__action")
    if not found:
        yield _("No edition was adopted in this time.")
    for revision in found:
        told = {"n": revision.edition, "day": date_format(revision.adopted_on or years.ends), "at": revision.adopted_at}
        yield heading(_("Edition %(n)s") % told)
        yield (_("Adopted on %(day)s in %(at)s.") if revision.adopted_at else _("Adopted on %(day)s.")) % told
        changes = list(revision.changes.all())
        if changes:
            yield bullets(_change(change) for change in changes)


def _change(change: Change) -> str:
    after, before = change.after or {}, change.before or {}
    told = {"kind": change.get_kind_display(), "number": after.get("code") or before.get("code", "")}
    told["text"] = str(change.action.text) if change.action else ""
    cited = f" ({change.asked_for_in})" if change.asked_for_in else ""
    return _("%(number)s %(text)s: %(kind)s") % told + cited


def _actions(years: Years) -> Iterator[str]:
    actions = (
        PlanAction.objects.filter(plan=years.plan, until=None)
        .select_related("area__pillar")
        .prefetch_related("bodies__body")
        .order_by("area__pillar__number", "area__code", "code")
    )
    if not actions:
        yield _("The plan has no action.")
    shown: object = None
    for action in actions:
        if action.area.pillar_id != shown:
            shown = action.area.pillar_id
            yield heading(str(action.area.pillar))
        who = ", ".join(str(part) for part in action.bodies.all())
        yield bullets([f"{action}{f' ({who})' if who else ''}"])


def _statuses(years: Years) -> Iterator[str]:
    """Say of each action what each country reported last until the end of the time, and who reported nothing."""
    reported = Status.objects.filter(action__plan=years.plan, action__until=None, on__lte=years.ends)
    last = reported.order_by("action_id", "country", "-on", "-pk").distinct("action_id", "country")
    told: dict[int, dict[str, Status]] = defaultdict(dict)
    for one in last:
        told[one.action_id][one.country] = one
    if not told:
        yield _("No country reported on an action.")
        return
    yield _("What each country reported last, and when. Not reported is not the same as not started.")
    actions = years.plan.actions.filter(until=None).select_related("area__pillar", "plan")
    shown: object = None
    for action in actions.order_by("area__pillar__number", "area__code", "code"):
        if action.area.pillar_id != shown:
            shown = action.area.pillar_id
            yield heading(str(action.area.pillar))
        yield bullets([f"{action.code}: {_reported(action, told[action.pk])}"])


def _reported(action: PlanAction, told: Mapping[str, Status]) -> str:
    """Return the countries by what they reported, in the order of the statuses."""
    parts = []
    for state in Status.State:
        of = (told[country] for country in action.concerns if country in told and told[country].state == state)
        who = ", ".join(f"{one.country} ({date_format(one.on, 'SHORT_DATE_FORMAT')})" for one in of)
        parts += [f"{state.label} – {who}"] if who else []
    silent = ", ".join(country for country in action.concerns if country not in told)
    return "; ".join([*parts, _("not reported – %(who)s") % {"who": silent}] if silent else parts)


def _indicators(years: Years) -> Iterator[str]:
    indicators = list(
        years.plan.indicators.select_related("action__plan", "plan").prefetch_related("levels", "values__period")
    )
    if not indicators:
        yield _("Nothing was measured.")
        return
    yield _("Only approved values are counted. What was not reported is not counted as 0.")
    head = [_("Indicator"), _("Baseline"), _("Target"), _("Figure"), _("Reported")]
    yield table(head, [_measured(one, years) for one in indicators])


def _measured(indicator: Indicator, years: Years) -> Sequence[str]:
    values = [
        value for value in indicator.values.all()
        if value.period.starts >= years.starts and value.period.ends <= years.ends
    ]  # fmt: skip
    for value in values:
        value.indicator = indicator
    total = across_periods(indicator, _by_period(indicator, values))
    levels = [level for level in indicator.levels.all() if not level.country and level.number is not None]
    baseline, target = (
        [level for level in levels if level.kind == kind] for kind in (Level.Kind.BASELINE, Level.Kind.TARGET)
    )
    figure = _("not put together") if total.reported and indicator.over_countries == 4 else _("not reported")
    return [
        str(indicator), _level(baseline), _level(target),
        f"{plain(total.figure)} {indicator.unit}".strip() if total.figure is not None else figure,
        _("%(n)s of %(of)s values") % {"n": total.reported, "of": total.of},
    ]  # fmt: skip


def _by_period(indicator: Indicator, values: Sequence[Value]) -> list[Total]:
    periods = sorted({value.period for value in values}, key=lambda period: period.starts)
    return [
        across_countries(indicator, [of_value(value, approved_only=True) for value in values if value.period == period])
        for period in periods
    ]


def _level(levels: Sequence[Level]) -> str:
    return f"{plain(levels[-1].number)} ({levels[-1].year})" if levels and levels[-1].number is not None else "–"


def _reviews(years: Years) -> Iterator[str]:
    found = list(
        years.plan.reviews.filter(ends__gte=years.starts, starts__lte=years.ends)
        .order_by("starts")
        .prefetch_related("findings__action", "findings__area", "points__body")
    )
    if not found:
        yield _("No review was held in this time.")
    for review in found:
        yield heading(str(review))
        told = {"kind": review.get_kind_display(), "state": review.get_state_display()}
        if review.met_on:
            told |= {"day": date_format(review.met_on), "at": review.met_at or "–"}
            yield _("%(kind)s; meeting on %(day)s (%(at)s).") % told
        else:
            yield _("%(kind)s; %(state)s.") % told
        findings = list(review.findings.all())
        if findings:
            yield bullets(
                f"{one.code} {one.action or one.area}: {one.text} ({one.get_kind_display()})" for one in findings
            )
        points = list(review.points.all())
        if points:
            done = sum(point.state == ActionPoint.State.VERIFIED for point in points)
            counted = {"n": done, "of": len(points)}
            yield _("%(n)s of %(of)s action points are done and verified.") % counted


def _left(years: Years) -> Iterator[str]:
    plan = years.plan
    late = [point for point in ActionPoint.objects.filter(review__plan=plan).select_related("body") if point.is_overdue]
    if late:
        text = ngettext("%(n)s action point is late:", "%(n)s action points are late:", len(late))
        yield text % {"n": len(late)}
        yield bullets(f"{point} ({point.body}, {date_format(point.due)})" for point in late)
    cited = Change.objects.filter(revision__plan=plan).values("asked_for_in")
    asking = list(Finding.objects.filter(review__plan=plan, asks_for_change=True).exclude(code__in=cited))
    if asking:
        yield _("Findings that ask for a change of the plan, which no revision cites yet:")
        yield bullets(f"{one.code} {one.text}" for one in asking)
    if not late and not asking:
        yield _("No action point is late, and every finding that asks for a change is cited by a revision.")


@dataclass(frozen=True)
class SectionKind:
    """A section: its key, its heading, and how its text is made."""

    key: str
    heading: str | Promise
    write: Callable[[Years], Iterator[str]]


SECTIONS = (
    SectionKind("about", gettext_lazy("The plan and its countries"), _about),
    SectionKind("editions", gettext_lazy("How the plan was renewed"), _editions),
    SectionKind("actions", gettext_lazy("What was agreed to be done"), _actions),
    SectionKind("statuses", gettext_lazy("How far each country is"), _statuses),
    SectionKind("indicators", gettext_lazy("What was reached, in figures"), _indicators),
    SectionKind("reviews", gettext_lazy("What the reviews found"), _reviews),
    SectionKind("left", gettext_lazy("What is left to do"), _left),
)


def written(kind: SectionKind, years: Years) -> str:
    """Return the generated text of a section in the language that is active."""
    pieces, text = list(kind.write(years)), ""
    for before, piece in zip(["", *pieces], pieces, strict=False):
        is_list_going_on = before.startswith("- ") and piece.startswith("- ")
        text += ("\n" if is_list_going_on else "\n\n") + piece if text else piece
    return text
