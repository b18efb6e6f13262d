"""What states are called; one that is not named here is shown by its two letters (ISO 3166-1)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMES = {
    "AF": _("Afghanistan"),
    "KG": _("Kyrgyzstan"),
    "KZ": _("Kazakhstan"),
    "TJ": _("Tajikistan"),
    "TM": _("Turkmenistan"),
    "UZ": _("Uzbekistan"),
}


def state_name(code: str) -> str:
    """Return what a state is called."""
    return str(NAMES.get(code, code))
