"""States by their two letters (ISO 3166-1)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

__all__ = ["STATES", "state_name"]

STATES = {
    "KZ": _("Kazakhstan"),
    "KG": _("Kyrgyzstan"),
    "TJ": _("Tajikistan"),
    "TM": _("Turkmenistan"),
    "UZ": _("Uzbekistan"),
}


def state_name(code: str) -> str:
    """Return the name of a state of the region; of another, its letters."""
    return str(STATES.get(code, code))
