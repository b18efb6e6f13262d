"""Taking over what is measured, for which times, and what a country reports; another decides on that here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotThere
from panoh.access.wordings import Wording
from panoh.plan.actions.indicators import FIXED, in_use, owe
from panoh.plan.actions.reporting import Entry
from panoh.plan.models import Indicator, Level, Period, Plan, PlanAction, Publication, Remark, Value
from panoh.plan.queries.indicators import place_for
from panoh.plan.refusals_values import ValueNotFitting

__all__ = [
    "give_back_indicator", "give_back_level", "give_back_period", "give_back_value", "take_over_indicator",
    "take_over_level", "take_over_period", "take_over_value", "why_no_indicator", "why_no_period", "why_no_value",
]  # fmt: skip

State = Value.State
PLAIN = ("kind", "measure", "ascending", "every", "disclosure", "over_periods", "over_countries")
TEXTS = ("text", "unit", "method", "verification")
Told = Mapping[str, Any]


def _figure(told: str) -> Decimal | None:
    return Decimal(told) if told else None


def _indicator(plan: str, number: str) -> Indicator | None:
    found = Indicator.objects.filter(plan__code=plan, number=number)
    return found.select_related("plan", "action__plan", "area").first()


def _period(told: Told) -> Period | None:
    return Period.objects.filter(plan__code=told["plan"], every=told["every"], starts=told["starts"]).first()


def _is_public(period: Period) -> bool:
    return Publication.objects.filter(period=period).exists()


def _forget_empty(values: Any) -> None:
    values.filter(state=State.NO_DATA, remarks=None, period__publication=None).delete()


# --- what is measured ----------------------------------------------------------------------------------------------


def why_no_indicator(told: Told) -> str:
    """Return why an indicator cannot be changed to this, or nothing."""
    here = _indicator(told["plan"], told["number"])
    if here is None or all(_fixed(getattr(here, name)) == _fixed(told[name]) for name in FIXED) or not in_use(here):
        return ""
    return _("Values were entered for it here as it is counted now.")


def _fixed(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else value


@action("parcel.receive")
def take_over_indicator(actor: Actor, told: Told) -> Indicator | None:
    """Measure what another instance measures, and owe it for its open periods; None where its place is not here."""
    plan = Plan.objects.filter(code=told["plan"]).exclude(state=Plan.State.DRAFT).first()
    if plan is None:
        return None
    try:
        place = place_for(plan, told["place"])
    except NotThere:
        return None
    made = plan.indicators.filter(number=told["number"]).first() or Indicator(plan=plan, number=told["number"])
    if made.pk and any(_fixed(getattr(made, name)) != _fixed(told[name]) for name in FIXED):
        _forget_empty(made.values)
    made.action, made.area = (place, None) if isinstance(place, PlanAction) else (None, place)
    for name in PLAIN:
        setattr(made, name, told[name])
    for name in TEXTS:
        setattr(made, name, Wording(told[name]))
    made.breakdowns = list(told["breakdowns"])
    made.save()
    for period in plan.periods.filter(every=made.every, publication=None):
        owe(period, [made])
    return made


@action("parcel.receive")
def give_back_indicator(actor: Actor, plan: str, number: str) -> None:
    """Take out an indicator that came from another instance, with what is owed for it."""
    found = Indicator.objects.get(plan__code=plan, number=number)
    _forget_empty(found.values)
    found.delete()


def why_no_period(told: Told) -> str:
    """Return why a period cannot be changed to this, or nothing."""
    here = _period(told)
    return _("The figures of this period are public here, and do not change.") if here and _is_public(here) else ""


@action("parcel.receive")
def take_over_period(actor: Actor, told: Told) -> Period | None:
    """Ask for a time that another instance asks for; None where its plan is not in force here."""
    plan = Plan.objects.filter(code=told["plan"]).exclude(state=Plan.State.DRAFT).first()
    if plan is None:
        return None
    given = {"name": told["name"], "ends": date.fromisoformat(told["ends"]), "due": date.fromisoformat(told["due"])}
    period, made = Period.objects.update_or_create(
        plan=plan, every=told["every"], starts=date.fromisoformat(told["starts"]), defaults=given
    )
    if made:
        owe(period)
    return period


@action("parcel.receive")
def give_back_period(actor: Actor, told: Told) -> bool:
    """Take out a period that came from another instance, with what is owed for it; say no where it is worked on."""
    found = Period.objects.get(plan__code=told["plan"], every=told["every"], starts=told["starts"])
    if found.gate_answers.exists():
        return False
    _forget_empty(found.values)
    found.delete()
    return True


def _level(told: Told) -> Mapping[str, Any]:
    """Return by which columns a level is known."""
    year = {"year": told["year"]} if told["kind"] == Level.Kind.TARGET else {}
    whose = {"indicator__plan__code": told["plan"], "indicator__number": told["indicator"]}
    return {**whose, "kind": told["kind"], "country": told["country"], **year}


@action("parcel.receive")
def take_over_level(actor: Actor, told: Told) -> Level | None:
    """Say where an indicator began or is to be as another instance says it; None where it is not measured here."""
    of = _indicator(told["plan"], told["indicator"])
    if of is None or (told["country"] and told["country"] not in of.states):
        return None
    made = Level.objects.filter(**_level(told)).first() or Level(
        indicator=of, kind=told["kind"], country=told["country"]
    )
    made.year, made.number = told["year"], _figure(told["figure"])
    made.source, made.note = told["source"], told["note"]
    made.save()
    return made


@action("parcel.receive")
def give_back_level(actor: Actor, told: Told) -> None:
    """Take out a level that came from another instance."""
    Level.objects.get(**_level(told)).delete()


# --- what a country reports ----------------------------------------------------------------------------------------


def _value(told: Told) -> Value | None:
    found = Value.objects.select_for_update(of=("self",)).select_related("indicator", "period")
    return found.filter(**_whose(told)).first()


def _whose(told: Told) -> Mapping[str, Any]:
    return {
        "indicator__plan__code": told["plan"], "indicator__number": told["indicator"], "country": told["country"],
        "period__every": told["every"], "period__starts": told["starts"],
    }  # fmt: skip


def _entry(told: Told) -> Entry:
    plain = {name: told[name] for name in ("words", "source_kind", "source", "source_url", "note")}
    return Entry(
        _figure(told["figure"]), _figure(told["numerator"]), _figure(told["denominator"]), parts=dict(told["parts"]),
        **plain,
    )  # fmt: skip


def why_no_value(told: Told) -> str:
    """Return why a value that came cannot stand here, or nothing."""
    of, period = _indicator(told["plan"], told["indicator"]), _period(told)
    if of is None or period is None:
        return ""
    if told["country"] not in of.states or of.every != period.every:
        return _("This country is not asked for it here.")
    if _is_public(period):
        return _("The figures of this period are public here, and do not change.")
    try:
        _entry(told).check(of)
    except ValueNotFitting as refusal:
        return str(refusal)
    here = Value.objects.filter(**_whose(told)).first()
    if here and here.state == State.APPROVED:
        return _("It is approved here. Return it with a reason, then take in what comes anew.")
    if here and here.state == State.IN_PROGRESS:
        return _("Somebody is entering it here.")
    if here and not _follows(here, told):
        return _("It came with a signed statistics release, and changes with the next one.")
    return ""


def _follows(here: Value, told: Told) -> bool:
    """Tell whether the release that a value came with allows these words after it."""
    return not here.is_of_release or (bool(told["digest"]) and told["digest"] != here.digest)


@action("parcel.receive")
def take_over_value(actor: Actor, told: Told) -> Value | None:
    """Submit what a country reports elsewhere, so that another approves it here; None where it is not asked for."""
    of, period = _indicator(told["plan"], told["indicator"]), _period(told)
    if of is None or period is None or told["country"] not in of.states:
        return None
    value = _value(told) or Value.objects.create(indicator=of, period=period, country=told["country"])
    _open(value)
    entry = _entry(told)
    for name in ("number", "numerator", "denominator", "words", "source_kind", "source", "source_url", "note"):
        setattr(value, name, getattr(entry, name))
    value.parts, value.digest, value.state = dict(entry.parts), told["digest"], State.SUBMITTED
    value.submitted_by_id, value.submitted_at = actor.me, timezone.now()
    value.decided_by_id = value.decided_at = None
    value.save()
    Remark.objects.create(value=value, kind=Remark.Kind.SUBMITTED, by_id=actor.me)
    return value


def _open(value: Value) -> None:
    """Unlock a value that was submitted: it is locked, or empty, again before the step is over."""
    value.state = State.IN_PROGRESS
    value.save(update_fields=("state",))


@action("parcel.receive")
def give_back_value(actor: Actor, told: Told, before: Told | None) -> bool:
    """Put a value back to what was submitted before, or to none; say no where it was decided on, or is public."""
    value = _value(told)
    if value is None or value.state != State.SUBMITTED or _is_public(value.period):
        return False
    if (before is None and value.is_of_release) or (before is not None and not _follows(value, before)):
        return False
    if before is not None:
        return take_over_value(actor, before) is not None
    _open(value)
    blank = Value(pk=value.pk, code=value.code, indicator=value.indicator, period=value.period, country=value.country)
    blank.save(force_update=True)
    return True
