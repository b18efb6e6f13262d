"""Forms by which the audit is searched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.account import Asked
from panoh.access.models import Staff
from panoh.access.steps import PURPOSES, WORDS

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AuditSearch(forms.Form):
    """What entries are looked for; what is left empty is not asked."""

    code = forms.CharField(label=_("Code of a record"), required=False, max_length=24)
    staff = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    step = forms.ChoiceField(label=_("What was done"), required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DAY)
    until = forms.DateField(label=_("To"), required=False, widget=DAY)
    denied = forms.BooleanField(label=_("Refused attempts only"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("all"))]
        staff = Staff.objects.values_list("pk", "display_name", "agency__name")
        self.fields["staff"].choices = [*everything, *((key, f"{name}, {agency}") for key, name, agency in staff)]  # type: ignore[attr-defined]
        for name, words in (("step", WORDS), ("purpose", PURPOSES)):
            told = sorted(((code, str(said)) for code, said in words.items()), key=lambda one: one[1])
            self.fields[name].choices = [*everything, *told]  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()

    @property
    def asked(self) -> Asked:
        """Return what is asked for; the form is valid."""
        return Asked(**self.cleaned_data)
