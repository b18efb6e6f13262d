"""Forms of the settings: agencies and accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.forms import DAY
from panoh.access.models import Agency, District, Staff
from panoh.access.queries import all_roles
from panoh.access.roles import why_apart


class AgencyForm(forms.Form):
    """A new agency."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.TypedChoiceField(label=_("Kind"), choices=Agency.Kind.choices, coerce=int)
    district = forms.ModelChoiceField(label=_("District"), queryset=District.objects.all(), required=False)


class NothingMore(forms.Form):
    """A step that needs no words, only somebody who confirms it."""


class AgeKeyForm(forms.Form):
    """The public key of an agency."""

    age_key = forms.CharField(
        label=_("Public key"),
        required=False,
        max_length=80,
        help_text=_("Made by the agency itself with age; it begins with age1. Leave it empty to take the key away."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )


class PasswordForm(forms.Form):
    """A new first password for a colleague."""

    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput,
        strip=False,
        help_text=_("At least 12 characters; hand it over in person. It is for one sign-in within 72 hours."),
    )


class HandOverForm(forms.Form):
    """Who takes over the work of an account that ends."""

    to = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=Staff.objects.none(),
        help_text=_("Leads the families from now on; tasks, steps and visits go along."),
    )

    def __init__(self, others: Sequence[Staff], work: Mapping[str, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Staff.objects.filter(pk__in=[staff.pk for staff in others])  # type: ignore[attr-defined]
        if not any(work.values()):
            del self.fields["to"]


class StaffForm(forms.Form):
    """A new account."""

    username = forms.RegexField(
        label=_("User name"), regex=r"^[a-z0-9._-]{2,60}$", help_text=_("Small letters, digits, dot, dash.")
    )
    display_name = forms.CharField(label=_("Name shown to colleagues"), max_length=120)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.filter(is_active=True))
    role = forms.ChoiceField(label=_("Role"))
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput,
        strip=False,
        help_text=_("At least 12 characters; hand it over in person. It is for one sign-in within 72 hours."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, role.label) for role in all_roles()]  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.ChoiceField(label=_("New role"))
    starts_on = forms.DateField(label=_("From"), initial=today, widget=DAY)
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DAY,
        help_text=_("The last day; then the role so far is back. Empty: for good."),
    )
    because = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Whoever decides reads it."))

    def __init__(self, now: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.code, role.label) for role in all_roles() if role.code != now and not why_apart(now, role.code)
        ]
