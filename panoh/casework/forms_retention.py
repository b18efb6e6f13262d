"""Forms of retention: which of those that are due are proposed, and why a file is held back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.casework.forms import Words


class _Due(forms.MultipleChoiceField):
    """Whoever is offered; the step says in words what is wrong with somebody who is not due any more."""

    def valid_value(self, value: str) -> bool:
        """Take any code."""
        return True


class ProposeForm(forms.Form):
    """Whose files are proposed to be destroyed, of those that are due."""

    people = _Due(label=_("Whose time has come"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, offered: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(offered)  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """Which file is held back, and why."""

    code = forms.CharField(
        label=_("Code of a family or person"), max_length=12, help_text=_("The whole family's file is kept then.")
    )
    reason = Words(label=_("Why"), rows=3, help_text=_("Sealed: only data-protection officers read it."))

    def clean_code(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()
