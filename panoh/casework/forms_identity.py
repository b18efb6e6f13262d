"""Forms about a person: what is corrected, and what is added to the identity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.meanwhile import EditForm
from panoh.casework.actions.families import KNOWN_PARTS, OLDEST_YEAR
from panoh.casework.forms import PARTS, PRECISIONS
from panoh.casework.models import Person
from panoh.vault.queries import Address, Contact, ContactKind, Document, DocumentKind, Name, NameKind, script_of


class PersonForm(EditForm):
    """What casework keeps of a person in the clear."""

    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices)
    nationality = forms.RegexField(
        label=_("Nationality (two letters, such as UZ)"),
        regex=r"^[A-Za-z]{2}$",
        required=False,
        error_messages={"invalid": _("Write the two letters of the country, such as UZ or KG.")},
    )
    is_alone = forms.BooleanField(label=_("A child without a parent or carer"), required=False)


class FactForm(forms.Form):
    """One more fact of a person's identity, with where it comes from."""

    source = forms.CharField(label=_("Where it was read or heard"), max_length=100)
    field_order = ("text", "kind", "number", "value", "safe_when", "source")

    def fact(self) -> Name | Document | Contact | Address:
        """Return the fact."""
        raise NotImplementedError


class NameForm(FactForm):
    """One more name of a person."""

    text = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    kind = forms.ChoiceField(label=_("Kind of name"), choices=NameKind.choices)

    def fact(self) -> Name:
        """Return the name, with its script."""
        return Name(script=script_of(self.cleaned_data["text"]), **self.cleaned_data)


class DocumentForm(FactForm):
    """A document that was seen."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    number = forms.CharField(label=_("Number"), max_length=60)

    def fact(self) -> Document:
        """Return the document."""
        return Document(**self.cleaned_data)


class ContactForm(FactForm):
    """A way to reach somebody."""

    kind = forms.ChoiceField(label=_("Kind of contact"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Number or address"), max_length=100)
    safe_when = forms.CharField(
        label=_("When it is safe to use"),
        max_length=100,
        required=False,
        help_text=_("Who else may answer, and what must not be said."),
    )

    def fact(self) -> Contact:
        """Return the contact."""
        return Contact(**self.cleaned_data)


class AddressForm(FactForm):
    """A place where somebody lives or comes from."""

    text = forms.CharField(label=_("Address"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))

    def fact(self) -> Address:
        """Return the address."""
        return Address(**self.cleaned_data)


class BirthParts(forms.Form):
    """A birth date, as well as it is known."""

    precision = forms.ChoiceField(label=_("How well is the date of birth known?"), choices=PRECISIONS)
    year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=OLDEST_YEAR)
    month = forms.IntegerField(label=_("Month of birth"), required=False, min_value=1, max_value=12)
    day = forms.IntegerField(label=_("Day of birth"), required=False, min_value=1, max_value=31)

    def clean(self) -> dict[str, Any]:
        """Check that the parts of the birth date fit how well it is known."""
        given = self.cleaned_data
        for part in self._known(given.get("precision", "unknown")):
            if given.get(part) is None and part not in self.errors:
                self.add_error(part, _("Fill this in, or say that less is known."))
        if not self.errors and given["precision"] != "unknown":
            self._check_day(self.birth())
        return given

    def _check_day(self, birth: Mapping[str, Any]) -> None:
        year = min(birth["year"], date.max.year)  # a year of eleven digits lies ahead too
        try:
            is_ahead = date(year, birth["month"] or 1, birth["day"] or 1) > today()
        except ValueError:
            self.add_error("day", _("This month has no such day."))
            return
        if is_ahead:
            self.add_error("year", _("This date lies in the future."))

    def birth(self) -> dict[str, Any]:
        """Return the precision, and the parts that belong to it; the others are None."""
        given = self.cleaned_data
        known = self._known(given["precision"])
        return {"precision": given["precision"], **{part: given[part] if part in known else None for part in PARTS}}

    @staticmethod
    def _known(precision: str) -> tuple[str, ...]:
        return PARTS[: KNOWN_PARTS[precision]]


class BirthForm(EditForm, BirthParts):
    """A birth date that is put right, with what says so."""

    source = forms.CharField(label=_("Where it was read or heard"), max_length=100)
