"""A small plan for tests: two pillars, an area each, three actions, and those who work with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from panoh.access.entrances import Actor
from panoh.access.models import Agency, Staff
from panoh.access.tokens import acting_for
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.actions import Wanted
from panoh.plan.models import Plan

STATES = ("KZ", "UZ", "TJ")


def worker(role: str, country: str = "") -> Actor:
    """Return somebody in this role, of an agency that speaks for the state."""
    with acting_for(None):  # who opens accounts
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


def lived_in(code: str = "jpoa") -> Plan:
    """Return a plan in force on which a country reported, with a milestone, money, and the next edition in work."""
    by, focal, made = worker("secretariat"), worker("focal_point", "KZ"), adopted(code)
    act = made.actions.select_related("plan").get(code="1.1.1")
    actions.report_status(focal, act, country="KZ", state=2, on=date(2024, 1, 1), source="ministry", note="Begun")
    for country in ("KZ", "UZ"):
        milestone = actions.add_milestone(by, act, text=english(f"Meeting in {country}"), due=date(2024, 5, 14))
    actions.reach_milestone(focal, milestone, country="KZ", on=date(2024, 5, 14), source="news")
    donor = actions.add_body(by, code="donor", name=english("Donor"), kind=6)
    actions.name_bodies(by, act, parts={1: [donor], 3: [donor]})
    actions.record_funding(by, act, year=2026, currency="USD", country="KZ", planned=Decimal(500), source="law")
    actions.record_funding(by, act, year=2026, currency="USD", funder=donor, planned=Decimal(200), source="letter")
    revision = actions.begin_revision(by, made)
    law = actions.Wanted("4.1", "4.1.1", english("Law and child justice"))
    law_now = made.actions.select_related("plan", "area", "parent").get(code="4.1.1")
    actions.propose_change(by, revision, of=law_now, to=law, asked_for_in="PR-1", because="Asked by two countries.")
    return made
