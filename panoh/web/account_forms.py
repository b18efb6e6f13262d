"""Forms around one's own account, and its recovery."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access.models import Recovery


def _password(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, **more)


class UnlockForm(forms.Form):
    """The password of whoever locked the session."""

    password = _password(gettext_lazy("Password"), "current-password")


class ProposeForm(forms.Form):
    """Why somebody cannot get in."""

    reason = forms.TypedChoiceField(
        label=gettext_lazy("Reason"), choices=Recovery.Reason.choices, coerce=int, widget=forms.RadioSelect
    )


class RecoverForm(forms.Form):
    """Both halves of the code, and the new password."""

    username = forms.CharField(label=gettext_lazy("User name"), max_length=60)
    first_half = forms.CharField(
        label=gettext_lazy("First half of the code"),
        max_length=40,
        help_text=gettext_lazy("From the colleague who proposed it, such as 7K3Q-XM2D-9ABC."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    second_half = forms.CharField(
        label=gettext_lazy("Second half of the code"),
        max_length=40,
        help_text=gettext_lazy("From the colleague who agreed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = _password(
        gettext_lazy("New password"), "new-password", help_text=gettext_lazy("A sentence with spaces is good.")
    )
    again = _password(gettext_lazy("The same once more"), "new-password")

    def clean_again(self) -> str:
        """Refuse two that differ."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise ValidationError(_("The two passwords are not the same."))
        return again


class GovernmentForm(forms.Form):
    """The identity of an account at the government's provider."""

    identity = forms.CharField(
        label=gettext_lazy("Government identity"),
        max_length=190,
        required=False,
        help_text=gettext_lazy("Exactly as the provider names the person; empty: sign-in by password only."),
    )
