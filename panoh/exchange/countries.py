"""States by their two letters, those of the region first."""

from __future__ import annotations

from functools import cache

from panoh.exchange.reading.known import state_name
from panoh.exchange.reading.words import table

REGION = ("KZ", "KG", "TJ", "TM", "UZ")


@cache
def country_names() -> dict[str, str]:
    """Return what each state is called, those of the region first and then by name."""
    names = {code: state_name(code) for code in table("states")}
    rest = sorted(set(names) - set(REGION), key=lambda code: names[code])
    return {code: names[code] for code in (*REGION, *rest)}


def country_name(code: str) -> str:
    """Return what a state is called; the letters themselves if no state has them, nothing for none."""
    return country_names().get(code, code)
