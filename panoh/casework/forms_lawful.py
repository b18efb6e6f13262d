"""Forms of the register of lawful requests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.fields import OPEN, FieldClass
from panoh.casework.actions.lawful import BY_HAND
from panoh.casework.forms import CHOOSE, Day, Words
from panoh.casework.models import LawfulRequest

OPEN_CHOICES = [(kind.value, kind.label) for kind in OPEN]


class LawfulForm(forms.Form):
    """Record what an authority asks for."""

    authority_kind = forms.TypedChoiceField(
        label=_("Kind of authority"), coerce=int, choices=[("", CHOOSE), *LawfulRequest.Authority.choices]
    )
    authority = forms.CharField(label=_("Authority"), max_length=200)
    reference = forms.CharField(label=_("Reference"), max_length=200)
    received_on = Day(label=_("Received on"))
    legal_basis = Words(label=_("Legal basis"), help_text=_("As the request names it."))
    about = forms.CharField(
        label=_("Person"),
        required=False,
        max_length=12,
        help_text=_("The code of the one person it is about, such as P-7K3Q-XM2D. A request that is about several, or"
                    " for a list, is recorded without a code and refused with that."),
    )  # fmt: skip
    asked = forms.TypedMultipleChoiceField(
        label=_("What is asked for"), coerce=int, choices=OPEN_CHOICES, widget=forms.CheckboxSelectMultiple
    )

    def clean_about(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["about"]).strip().upper()


class LawfulReviewForm(forms.Form):
    """What a lawyer finds of a request."""

    is_lawful = forms.TypedChoiceField(
        label=_("Is it lawful?"),
        choices=(("1", _("yes, within what is ticked below")), ("0", _("no"))),
        coerce=lambda word: word == "1",
        widget=forms.RadioSelect,
    )
    scope = forms.TypedMultipleChoiceField(
        label=_("The least that answers it"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    basis = Words(label=_("On which legal basis you find so"))

    def __init__(self, request: LawfulRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [(kind, FieldClass(kind).label) for kind in request.asked]  # type: ignore[attr-defined]


class LawfulRefusalForm(forms.Form):
    """Why nothing is given after all."""

    because = forms.ChoiceField(label=_("Why"), choices=[("", CHOOSE), *((one.value, one.label) for one in BY_HAND)])


class NoticeForm(forms.Form):
    """When the person was told."""

    on = Day(label=_("Told on"))


class PostponeForm(forms.Form):
    """Until when the person is not told, why, and who ordered it."""

    until = Day(label=_("Until"), help_text=_("On that day it comes up again."))
    reason = Words(label=_("Why"))
    ordered_by = forms.CharField(label=_("Ordered by"), max_length=200)
