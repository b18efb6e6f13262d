"""A value on its way: entered, submitted, returned with a reason or approved by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.access.entrances import Actor, action
from panoh.plan.models import Indicator, Publication, Remark, Value
from panoh.plan.queries.tree import country_of
from panoh.plan.refusals_values import (
    AnotherCountrys,
    NothingToDecide,
    PeriodPublished,
    ReasonMissing,
    SourceMissing,
    SubmittedByYou,
    ValueEmpty,
    ValueLocked,
    ValueNotFitting,
    ValueOfRelease,
)

State = Value.State


@dataclass(frozen=True)
class Entry:
    """What is entered for a value; all of it empty says that there is no data."""

    number: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    words: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    source_kind: int | None = None
    source: str = ""
    source_url: str = ""
    note: str = ""

    @property
    def says_nothing(self) -> bool:
        """Tell whether there is neither figure nor words."""
        return (self.number, self.numerator, self.denominator, self.words) == (None, None, None, "")

    def check(self, indicator: Indicator) -> None:
        """Raise ValueNotFitting where the entry is not of the indicator's kind."""
        if indicator.is_ratio:
            how, fits = _("a numerator and a denominator above 0"), self.number is None and not self.words
            fits = fits and (self.numerator is None) == (self.denominator is None)
            fits = fits and (self.denominator is None or self.denominator > 0)
        elif indicator.is_number:
            how = indicator.get_measure_display()
            fits = (self.numerator, self.denominator, self.words) == (None, None, "")
        else:
            how, fits = _("words"), (self.number, self.numerator, self.denominator) == (None, None, None)
        if not fits or set(self.parts) - set(indicator.breakdowns):
            raise ValueNotFitting(how=how)


def _locked(value: Value) -> Value:
    """Return the row, held until the step is done.

    Raises:
        PeriodPublished: its period's figures are frozen.
    """
    found = Value.objects.select_for_update(of=("self",)).select_related("indicator", "period").get(pk=value.pk)
    if Publication.objects.filter(period=found.period_id).exists():
        raise PeriodPublished(period=found.period)
    return found


def _own(actor: Actor, value: Value) -> None:
    if not actor.may("joint.edit") and country_of(actor) != value.country:
        raise AnotherCountrys


def _say(actor: Actor, value: Value, kind: int, text: str = "") -> None:
    Remark.objects.create(value=value, kind=kind, text=text, by_id=actor.staff_id or 0)


@action("joint.report")
def enter_value(actor: Actor, value: Value, entry: Entry) -> Value:
    """Enter what a country reports, or that it has no data; it is submitted by a step of its own.

    Raises:
        AnotherCountrys: the actor speaks for another country.
        ValueLocked: it is submitted.
        ValueOfRelease: it came with a signed release.
        ValueNotFitting: the indicator is reported otherwise.
        SourceMissing: a figure has no source.
        PeriodPublished: its period's figures are frozen.
    """
    _own(actor, value)
    value = _locked(value)
    if value.is_reported:
        raise ValueLocked
    if value.is_of_release or entry.source_kind == Value.SourceKind.RELEASE:
        raise ValueOfRelease
    entry.check(value.indicator)
    if not entry.says_nothing and not (entry.source_kind and entry.source.strip()):
        raise SourceMissing
    _put(value, entry)
    value.state = State.NO_DATA if entry.says_nothing else State.IN_PROGRESS
    value.save()
    return value


def _put(value: Value, entry: Entry) -> None:
    value.number, value.numerator, value.denominator = entry.number, entry.numerator, entry.denominator
    value.words, value.parts, value.note = entry.words, dict(entry.parts), entry.note
    value.source_kind, value.source, value.source_url = entry.source_kind, entry.source, entry.source_url


@action("joint.report")
def submit_value(actor: Actor, value: Value) -> Value:
    """Submit a value: from now on it is locked, until another returns it.

    Raises:
        AnotherCountrys: the actor speaks for another country.
        ValueEmpty: nothing was entered.
        ValueLocked: it is submitted already.
        PeriodPublished: its period's figures are frozen.
    """
    _own(actor, value)
    value = _locked(value)
    if value.is_reported:
        raise ValueLocked
    if value.state == State.NO_DATA:
        raise ValueEmpty
    value.state, value.submitted_by_id, value.submitted_at = State.SUBMITTED, actor.staff_id, timezone.now()
    value.decided_by_id = value.decided_at = None
    value.save()
    _say(actor, value, Remark.Kind.SUBMITTED)
    return value


def _to_decide(actor: Actor, value: Value, *states: int) -> Value:
    value = _locked(value)
    if value.state not in states:
        raise NothingToDecide(state=value.get_state_display())
    if value.submitted_by_id == actor.staff_id:
        raise SubmittedByYou
    return value


@action("joint.approve")
def approve_value(actor: Actor, value: Value) -> Value:
    """Approve what another submitted.

    Raises:
        NothingToDecide: it was not submitted.
        SubmittedByYou: the actor submitted it.
        PeriodPublished: its period's figures are frozen.
    """
    value = _to_decide(actor, value, State.SUBMITTED)
    value.state, value.decided_by_id, value.decided_at = State.APPROVED, actor.staff_id, timezone.now()
    value.save()
    _say(actor, value, Remark.Kind.APPROVED)
    return value


@action("joint.approve")
def return_value(actor: Actor, value: Value, *, reason: str) -> Value:
    """Give a value back to be entered anew, even one that was approved, as long as it is not published.

    Raises:
        ReasonMissing: no reason is given.
        NothingToDecide: it was not submitted.
        SubmittedByYou: the actor submitted it.
        PeriodPublished: its period's figures are frozen.
    """
    if not reason.strip():
        raise ReasonMissing
    value = _to_decide(actor, value, State.SUBMITTED, State.APPROVED)
    value.state, value.decided_by_id, value.decided_at = State.RETURNED, actor.staff_id, timezone.now()
    value.save()
    _say(actor, value, Remark.Kind.RETURNED, reason.strip())
    return value


@action("joint.report")
def remark_on_value(actor: Actor, value: Value, *, text: str) -> Value:
    """Add a sentence to what is said about a value.

    Raises:
        ReasonMissing: there is no text.
        AnotherCountrys: the actor speaks for another country.
    """
    if not text.strip():
        raise ReasonMissing
    _own(actor, value)
    _say(actor, value, Remark.Kind.SAID, text.strip())
    return value


@action("joint.report")
def feed_value(actor: Actor, value: Value, entry: Entry, *, digest: str) -> Value:
    """Take a value from a signed statistics release and submit it; nobody changes it by hand after that.

    digest: SHA-256 of the release, whose signature the caller has checked.

    Raises:
        AnotherCountrys: the actor speaks for another country.
        ValueLocked: it is submitted.
        ValueNotFitting: the indicator is reported otherwise.
        ValueEmpty: the release has no figure for it.
        SourceMissing: the release is not named.
        PeriodPublished: its period's figures are frozen.
    """
    _own(actor, value)
    value = _locked(value)
    if value.is_reported:
        raise ValueLocked
    if entry.says_nothing:
        raise ValueEmpty
    if not entry.source.strip():
        raise SourceMissing
    entry.check(value.indicator)
    _put(value, entry)
    value.source_kind, value.digest = Value.SourceKind.RELEASE, digest
    value.state, value.submitted_by_id, value.submitted_at = State.SUBMITTED, actor.staff_id, timezone.now()
    value.decided_by_id = value.decided_at = None
    value.save()
    _say(actor, value, Remark.Kind.SUBMITTED)
    return value
