"""Forms of the files that a plan is handed out in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panoh.plan.documents.iati import checked_identifier
from panoh.plan.queries import bodies
from panoh.plan.refusals_documents import ReporterUnknown


class IatiForm(forms.Form):
    """Who reports to IATI."""

    reporter = forms.ChoiceField(label=_("Organisation that reports"))
    identifier = forms.CharField(
        label=_("Its identifier in IATI"), max_length=80,
        help_text=_("Such as XM-DAC-41122; org-id.guide says which list an organisation is on."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose…")), *((body.code, str(body)) for body in bodies())]
        self.fields["reporter"].choices = choices  # type: ignore[attr-defined]

    def clean_identifier(self) -> str:
        """Return the identifier."""
        try:
            return checked_identifier(self.cleaned_data["identifier"])
        except ReporterUnknown as refusal:
            raise ValidationError(str(refusal)) from refusal
