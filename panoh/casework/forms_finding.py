"""Forms by which a person is looked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.queries import districts
from panoh.casework.actions.families import OLDEST_YEAR
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import LongSelect
from panoh.casework.models import Person
from panoh.casework.queries import Asked
from panoh.casework.queries.families import PURPOSE

TYPED = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}


class FindForm(forms.Form):
    """What is known of somebody: a name, a paper's number or a code; the rest brings the likely ones nearer."""

    text = forms.CharField(
        label=_("Name, number of a paper, or code"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={**TYPED, "dir": "auto", "autofocus": True}),
        help_text=_("Any script, any order: Сумая Юсупова, Yusupova Sumayya, سمية يوسف."),
    )
    birth_year = forms.IntegerField(label=_("Birth year"), required=False, min_value=OLDEST_YEAR)
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    district = forms.TypedChoiceField(
        label=_("District"), required=False, coerce=int, empty_value=None, widget=LongSelect
    )
    purpose = forms.ChoiceField(
        label=_("Why you look"), required=False, choices=lambda: catalogue().choices("purposes"), initial=PURPOSE
    )
    everywhere = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_year"].max_value = today().year  # type: ignore[attr-defined]
        any_one = ("", _("not known"))
        self.fields["sex"].choices = [any_one, *Person.Sex.choices[:2]]  # type: ignore[attr-defined]
        self.fields["district"].choices = [any_one, *((place.pk, str(place)) for place in districts())]  # type: ignore[attr-defined]

    def clean_purpose(self) -> str:
        """Return why somebody looks: the help they give, when nothing else is said."""
        return str(self.cleaned_data["purpose"] or PURPOSE)

    @property
    def asked(self) -> Asked:
        """Return what is asked for; the form is valid."""
        given = self.cleaned_data
        return Asked(given["text"], given["birth_year"], given["sex"], given["district"])


class PurposeForm(forms.Form):
    """Why somebody asks who leads the work with a person out of their care."""

    code = forms.CharField(max_length=24, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("Why you ask"), choices=lambda: [("", _("Choose…")), *catalogue().choices("purposes")]
    )
