"""Forms of indicators, their levels, periods and values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.access.wordings import Wording
from panoh.plan.actions.indicators import Measured
from panoh.plan.actions.reporting import Entry
from panoh.plan.models import Area, Every, Indicator, Level, PlanAction, Value
from panoh.plan.queries.indicators import place_key

CHOOSE = _("Choose")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WORDINGS = ("text", "unit", "method", "verification")


def long_text(**given: Any) -> forms.CharField:
    """Return a field for a longer text in the reader's own direction."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=10_000, **given)


def figure(**given: Any) -> forms.DecimalField:
    """Return a field for a figure; empty is not 0."""
    return forms.DecimalField(max_digits=18, decimal_places=4, required=False, localize=False, **given)


def language() -> str:
    """Return the language the reader writes in."""
    return (get_language() or "en").split("-")[0]


class IndicatorForm(forms.Form):
    """What is measured and how it is counted."""

    of = forms.ChoiceField(label=_("Shows the progress of"))
    number = forms.CharField(
        label=_("Number"), max_length=16, help_text=_("As in the plan's documents, such as 1.2-a.")
    )
    text = long_text(label=_("What is measured"))
    kind = forms.TypedChoiceField(label=_("Kind"), choices=Indicator.Kind.choices, coerce=int)
    measure = forms.TypedChoiceField(label=_("Measured as"), choices=Indicator.Measure.choices, coerce=int)
    unit = forms.CharField(label=_("Unit"), max_length=80, required=False, help_text=_("Such as: teachers, schools."))
    ascending = forms.BooleanField(label=_("More is better"), required=False, initial=True)
    every = forms.TypedChoiceField(label=_("How often"), choices=Every.choices, coerce=int, initial=Every.YEAR)
    over_periods = forms.TypedChoiceField(
        label=_("Across periods"), choices=Indicator.OverPeriods.choices, coerce=int, initial=2
    )
    over_countries = forms.TypedChoiceField(
        label=_("Across countries"), choices=Indicator.OverCountries.choices, coerce=int, initial=4,
        help_text=_("Where it is by numerators and denominators, countries report both."),
    )  # fmt: skip
    method = long_text(label=_("How it is counted"), required=False)
    verification = long_text(label=_("Means of verification"), required=False)
    breakdowns = forms.CharField(
        label=_("Broken down by"), required=False, max_length=400,
        help_text=_("Parts, with commas between them: girls, boys. No group so small that a person can be known."),
    )  # fmt: skip
    disclosure = forms.TypedChoiceField(label=_("Disclosure"), choices=Indicator.Disclosure.choices, coerce=int)

    def __init__(self, places: Sequence[PlanAction | Area], *args: Any, at: Indicator | None = None, **kw: Any) -> None:
        """at: the indicator that is changed; its wordings in other languages stay."""
        self.at = at
        if at is not None:
            told = {**Measured.of(at).told(), "breakdowns": ", ".join(at.breakdowns)}
            kw["initial"] = {**told, **{name: str(told[name]) for name in WORDINGS}}
        super().__init__(*args, **kw)
        if at is None:
            self.fields["of"].choices = [("", CHOOSE), *((place_key(place), str(place)[:120]) for place in places)]  # type: ignore[attr-defined]
        else:
            del self.fields["of"]

    @property
    def measured(self) -> Measured:
        """Return what was entered; the form is valid."""
        given = {name: said for name, said in self.cleaned_data.items() if name != "of"}
        for name in WORDINGS:
            before: Wording = getattr(self.at, name) if self.at else Wording()
            given[name] = before.worded(language(), given[name])
        parts = dict.fromkeys(part.strip()[:40] for part in given["breakdowns"].split(","))
        return Measured(**{**given, "breakdowns": tuple(part for part in parts if part)})


class LevelForm(forms.Form):
    """Where an indicator began, or where it is to be."""

    kind = forms.TypedChoiceField(label=_("What"), choices=Level.Kind.choices, coerce=int, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("Country"), required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    number = figure(label=_("Figure"), help_text=_("Left empty for a baseline: there is no figure. That is not 0."))
    source = forms.CharField(label=_("Source"), max_length=400, required=False)
    note = long_text(label=_("Note"), required=False)

    def __init__(self, countries: Sequence[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a target without a figure."""
        if self.cleaned_data.get("kind") == Level.Kind.TARGET and self.cleaned_data.get("number") is None:
            self.add_error("number", _("A target is a figure. Enter it."))
        return self.cleaned_data


class PeriodForm(forms.Form):
    """A time that countries report on."""

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("Such as 2026, or first half of 2026."))
    every = forms.TypedChoiceField(label=_("For what is reported"), choices=Every.choices, coerce=int, initial=3)
    starts = forms.DateField(label=_("From"), widget=DAY)
    ends = forms.DateField(label=_("Until"), widget=DAY)
    due = forms.DateField(label=_("Reports are due"), widget=DAY)


def _short(said: object) -> object:
    """Return a figure without zeros that say nothing, and anything else as it is."""
    return f"{said.normalize():f}" if isinstance(said, Decimal) else said


class ValueForm(forms.Form):
    """What a country reports; only the fields of the indicator's kind are there."""

    number = figure(label=_("Figure"))
    numerator = figure(label=_("Numerator"))
    denominator = figure(label=_("Denominator"))
    words = long_text(label=_("In words"), required=False)
    source_kind = forms.TypedChoiceField(
        label=_("Kind of source"), coerce=int, empty_value=None, required=False,
        choices=[("", CHOOSE), *(one for one in Value.SourceKind.choices if one[0] != Value.SourceKind.RELEASE)],
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=400, required=False, help_text=_("Its name, number and date.")
    )
    source_url = forms.URLField(label=_("Where it can be read"), max_length=400, required=False, assume_scheme="https")
    note = long_text(label=_("Note"), required=False, help_text=_("Name no person who is helped."))

    def __init__(self, value: Value, *args: Any, **kwargs: Any) -> None:
        kept = {name: _short(getattr(value, name)) for name in self.base_fields}
        kept |= {f"part-{n}": value.parts.get(part) for n, part in enumerate(value.indicator.breakdowns)}
        super().__init__(*args, **{**kwargs, "initial": kept})
        indicator = value.indicator
        self.parts = {f"part-{n}": part for n, part in enumerate(indicator.breakdowns)}
        wanted = {"words"}
        if indicator.is_number:
            wanted = {"numerator", "denominator"} if indicator.is_ratio else {"number"}
        for name in {"number", "numerator", "denominator", "words"} - wanted:
            del self.fields[name]
        if "number" in self.fields and str(indicator.unit):
            self.fields["number"].help_text = str(indicator.unit)
        for name, part in self.parts.items():
            self.fields[name] = figure(label=_("Of them: %(part)s") % {"part": part})
        first = [name for name in self.fields if name in wanted]
        self.order_fields([*first, *self.parts, "source_kind", "source", "source_url", "note"])

    @property
    def entry(self) -> Entry:
        """Return what was entered; the form is valid."""
        given = {name: said for name, said in self.cleaned_data.items() if name not in self.parts}
        parts = {part: str(said) for name, part in self.parts.items() if (said := self.cleaned_data[name]) is not None}
        return Entry(**given, parts=parts)


class SaidForm(forms.Form):
    """A sentence: a reason, a remark or an answer."""

    text = long_text(label=_("Text"))

    def __init__(self, label: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class DecisionForm(forms.Form):
    """Approve a value, or return it with a reason."""

    decision = forms.ChoiceField(choices=(("approve", _("approve")), ("return", _("return"))))
    reason = forms.CharField(required=False, max_length=10_000)


class GateAnswerForm(forms.Form):
    """What is answered to something missing or odd."""

    key = forms.CharField(max_length=40)
    text = forms.CharField(max_length=10_000)
