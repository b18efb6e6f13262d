"""Forms of programmes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency
from panoh.casework.forms import CHOOSE, Day, choices_of


class ProgrammeForm(forms.Form):
    """What an agency has to give, and in which time."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Of the budget, such as “School start”."))
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.filter(is_active=True))
    amount = forms.DecimalField(label=_("Budget"), max_digits=14, decimal_places=2)
    unit = forms.ChoiceField(label=_("Unit"), choices=lambda: choices_of("units", empty=CHOOSE))
    currency = forms.ChoiceField(
        label=_("Currency, for money"), required=False, choices=lambda: choices_of("currencies", empty="–")
    )
    since = Day(label=_("From"), initial=today)
    until = Day(label=_("Until"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].initial = actor.agency_id
