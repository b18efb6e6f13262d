"""Forms of partners and parcels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.exchange.parcels.comparing import Compared
from panoh.exchange.parcels.documents import Thing

EXACT = {"spellcheck": "false", "autocomplete": "off", "autocapitalize": "none"}


class PartnerForm(forms.Form):
    """Another instance and its keys, as it shows them on its page."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Whose instance it is."))
    country = forms.RegexField(
        label=_("State for which it speaks"),
        regex=r"^[A-Z]{2}$",
        required=False,
        help_text=_("Two letters, such as KZ. Empty: the region."),
        widget=forms.TextInput(attrs={"maxlength": 2, "autocapitalize": "characters"}),
    )
    key = forms.CharField(
        label=_("Public key"), max_length=80, help_text=_("64 digits and letters."), widget=forms.TextInput(attrs=EXACT)
    )
    age_key = forms.CharField(
        label=_("Public key of age"),
        max_length=80,
        required=False,
        help_text=_("Begins with age1. With it, what you send is opened by the partner alone; without it, by anybody."),
        widget=forms.TextInput(attrs=EXACT),
    )


class ConfirmPartnerForm(forms.Form):
    """The check code as the partner read it out."""

    check_code = forms.CharField(
        label=_("Check code, as the partner read it out"),
        max_length=60,
        help_text=_(
            "Call somebody there whom you know, and let them read it from their page. Do not copy it from here."
        ),
        widget=forms.TextInput(attrs={**EXACT, "autocapitalize": "characters"}),
    )


class ReceiveForm(forms.Form):
    """A file that came."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The parcel as it came: a .panoh file. It is looked at first; nothing enters yet."),
        widget=forms.FileInput(attrs={"accept": ".panoh"}),
    )


class Sure(forms.Form):
    """A step that needs no words, only somebody who confirms it."""


class Chosen(forms.Form):
    """Things of a parcel that are ticked, by name."""

    things = forms.MultipleChoiceField(required=False)

    def __init__(self, things: Sequence[Thing], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["things"].choices = [(one.name, one.name) for one in things]  # type: ignore[attr-defined]


class TakeInForm(Chosen):
    """Conflicts in which what came is to stand."""

    def __init__(self, conflicts: Sequence[Compared], *args: Any, **kwargs: Any) -> None:
        super().__init__([one.thing for one in conflicts if one.can_be_taken], *args, **kwargs)
