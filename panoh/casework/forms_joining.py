"""Forms of the review queue, of joining two files, and of answering a relative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.casework.catalogue import catalogue
from panoh.casework.models import Suggestion

DECISIONS = [(state.value, state.label) for state in Suggestion.State if state != Suggestion.State.OPEN]


class PairDecisionForm(forms.Form):
    """What was decided on a pair, and how it stood on the page where it was decided."""

    decision = forms.TypedChoiceField(choices=DECISIONS, coerce=int)
    was = forms.TypedChoiceField(choices=Suggestion.State.choices, coerce=int)


class KeepForm(forms.Form):
    """Which of two files goes on."""

    keep = forms.ChoiceField(label=_("Which file goes on"), widget=forms.RadioSelect)

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = people  # type: ignore[attr-defined]


class SamePersonForm(forms.Form):
    """The code of another record that may be the same person."""

    other = forms.RegexField(
        label=_("Code of the other file"),
        regex=r"^\s*[PRpr]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}\s*$",
        max_length=16,
        help_text=_("Of a person (P-…) or of a tracing request (R-…)."),
        error_messages={"invalid": _("Write the code as it stands in the file, such as P-7K3Q-XM2D.")},
    )

    def clean_other(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["other"]).strip().upper()


class AnswerForm(forms.Form):
    """What a relative was told, and whether the person who was found agreed."""

    consent = forms.ChoiceField(
        label=_("Did the person who was found agree?"),
        widget=forms.RadioSelect,
        choices=lambda: catalogue().choices("tracing_consents"),
    )
    told = forms.CharField(
        label=_("What the relative was told"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        help_text=_("Sealed. Tell no more than the person agreed to."),
    )
