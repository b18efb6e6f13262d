"""Forms of the public record: an operation, a figure as it was published, and why one is struck out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panoh.access.wordings import Wording
from panoh.plan.actions import Published
from panoh.plan.days import RoughDay
from panoh.plan.languages import LANGUAGES
from panoh.plan.models import Operation, PublishedFigure
from panoh.plan.refusals_figures import DayUnreadable
from panoh.plan.states import NAMES

CHOOSE = _("Choose…")
NOTHING_SMALLER = _(
    "Whole operations and countries only. What is published of a village, district, school or institution is not taken:"
    " so few people came home that it points at them."
)


class RoughDayField(forms.CharField):
    """A day, a month or a year."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("2021-03-16, or 2021-03 or 2021 if no more is known."))
        super().__init__(max_length=10, required=False, **kwargs)

    def clean(self, value: Any) -> RoughDay:
        """Return the day and how exactly it is known."""
        try:
            return RoughDay.read(super().clean(value))
        except DayUnreadable as refusal:
            raise ValidationError(str(refusal)) from refusal


class OperationForm(forms.Form):
    """Name an operation of a state, several together, or all its returns."""

    country = forms.ChoiceField(label=_("Country"), choices=[("", CHOOSE), *NAMES.items()])
    scope = forms.TypedChoiceField(
        label=_("What it is"), choices=Operation.Scope.choices, coerce=int, help_text=NOTHING_SMALLER
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the name"), choices=list(LANGUAGES.items()))
    code = forms.SlugField(label=_("Code"), max_length=32, help_text=_("Such as kg-meerim: country and name."))
    origin = forms.CharField(label=_("From where"), max_length=60, required=False, help_text=_("The country."))
    on = RoughDayField(label=_("When"))
    adds_up = forms.ModelMultipleChoiceField(
        label=_("Operations it adds up"), queryset=Operation.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("For several together or a country: its sum is checked."),
    )  # fmt: skip

    def named(self) -> dict[str, Any]:
        """Return what the step takes."""
        given = dict(self.cleaned_data)
        language = given.pop("language")
        origin = {language: given["origin"]} if given["origin"] else {}
        return {**given, "name": Wording({language: given["name"]}), "origin": Wording(origin)}


class FigureForm(forms.Form):
    """Record a figure as it was published."""

    measure = forms.TypedChoiceField(
        label=_("Who is counted"), choices=PublishedFigure.Measure.choices, coerce=int, help_text=NOTHING_SMALLER
    )
    value = forms.IntegerField(
        label=_("Number"), min_value=0, max_value=10_000_000, required=False,
        help_text=_("Leave it empty if the source says that nothing was announced; that is not 0."),
    )  # fmt: skip
    bound = forms.TypedChoiceField(label=_("How it is said"), choices=PublishedFigure.Bound.choices, coerce=int)
    as_of = RoughDayField(label=_("As of"))
    source = forms.CharField(label=_("Source"), max_length=400, required=False, help_text=_("The address."))
    published_on = RoughDayField(label=_("Published on"))
    quote = forms.CharField(
        label=_("In its words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The sentence that holds the figure; leave places out."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the source"), choices=[("", _("not said")), *LANGUAGES.items()], required=False
    )
    mark = forms.ChoiceField(label=_("How we know of it"), choices=PublishedFigure.Mark.choices)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )

    def published(self) -> Published:
        """Return the figure."""
        return Published(**self.cleaned_data)


class StrikeOutForm(forms.Form):
    """Why a figure counts no more."""

    because = forms.CharField(label=_("Why"), max_length=200, help_text=_("It stays to be read, struck out."))
