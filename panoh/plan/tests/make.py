"""A small plan for tests: two pillars, an area each, three actions, and those who work with it."""

from __future__ import annotations

from datetime import date

from panoh.access.entrances import Actor
from panoh.access.models import Agency, Staff
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.actions import Wanted
from panoh.plan.models import Plan

STATES = ("KZ", "UZ", "TJ")


def worker(role: str, country: str = "") -> Actor:
    """Return somebody in this role, of an agency that speaks for the state."""
    agency, _made = Agency.objects.get_or_create(
        code=f"PL{country}", defaults={"name": f"Office of {country or 'all'}", "kind": 1, "country": country}
    )
    staff, _made = Staff.objects.get_or_create(
        username=f"{role}.{country or 'all'}",
        defaults={"display_name": f"{role} {country}", "agency": agency, "role": role},
    )
    return Actor.of(staff)


def english(text: str) -> Wording:
    return Wording({"en": text})


def plan(code: str = "jpoa") -> Plan:
    """Return a draft of a plan."""
    by = worker("secretariat")
    made = actions.begin_plan(by, code=code, title=english("Joint Plan"), states=STATES)
    for number, title in ((1, "Conditions"), (4, "Rights")):
        pillar = actions.add_pillar(by, made, number=number, title=english(title))
        actions.add_area(by, pillar, code=f"{number}.1", title=english(f"Area {number}.1"))
    for area, number, text in (("1.1", "1.1.1", "Dialogue"), ("1.1", "1.1.2", "Resilience"), ("4.1", "4.1.1", "Law")):
        actions.add_action(by, made, Wanted(area, number, english(text)))
    return made


def adopted(code: str = "jpoa") -> Plan:
    """Return a plan in force."""
    return actions.adopt_plan(worker("secretariat"), plan(code), on=date(2022, 3, 3), at="Tashkent")
