"""Forms that open a file in an emergency, and that review it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.casework.catalogue import catalogue
from panoh.casework.forms import CHOOSE, Words
from panoh.casework.models import Emergency


class EmergencyForm(forms.Form):
    """Which file, what kind of emergency, and what is happening."""

    code = forms.RegexField(
        r"^\s*[FPfp]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}\s*$", label=_("Code of the family or person"), max_length=20
    )
    kind = forms.ChoiceField(label=_("What kind of emergency"))
    reason = Words(label=_("What is happening, and what you need from the file"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", CHOOSE), *catalogue().choices("emergency_kinds")]  # type: ignore[attr-defined]
        self.fields["reason"].help_text = _("A sentence or two. Whoever leads the work reads it.")
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "dir": "ltr"}

    def clean_code(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()


class ReviewForm(forms.Form):
    """What a second person finds."""

    finding = forms.TypedChoiceField(
        label=_("What you find"), choices=Emergency.Finding.choices, coerce=int, widget=forms.RadioSelect
    )
    note = Words(label=_("Note"), required=False)
