"""Whoever opens a file looks for a purpose of the list, and the account of it says which."""

from __future__ import annotations

import pytest
from django.test import Client

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import AuditEntry, Staff
from panoh.casework import actions, queries
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home

pytestmark = pytest.mark.django_db


def plain(someone: Actor) -> Client:
    """Return a client that says no purpose by itself."""
    client = Client()
    client.force_login(Staff.objects.get(pk=someone.staff_id))
    return client


def said(someone: Actor, home: Home) -> list[str]:
    about = [home.family.code, home.mother.code]
    looks = AuditEntry.objects.filter(staff=someone.staff_id, step="identity.open", about__in=about)
    return list(looks.order_by("pk").values_list("purpose", flat=True))


def address(home: Home) -> str:
    return f"/families/{home.family.code}/"


def test_who_leads_helps_and_who_was_let_in_looks_for_what_they_were_let_in_for(home: Home) -> None:
    lawyer = make.actor("lawyer", "South")
    actions.give_grant(
        home.me, home.family, to=Staff.objects.get(pk=lawyer.staff_id), classes=[FieldClass.LEGAL],
        purpose="placement_decision", until=today(), basis=make.BY_LAW,
    )  # fmt: skip
    breaker = make.actor("caseworker", "South")
    actions.break_glass(breaker, home.family.code, kind="danger", reason="Somebody stands at her door and shouts.")
    told = {}
    for someone in (home.me, lawyer, breaker, make.actor("supervisor", "North")):
        shown = plain(someone).get(address(home))
        assert "Why you look" in shown.content.decode()
        told[someone.role.code, someone.agency] = said(someone, home)
    assert told == {
        ("caseworker", "North"): ["service_delivery"], ("lawyer", "South"): ["placement_decision"],
        ("caseworker", "South"): ["emergency"], ("supervisor", "North"): ["supervision"],
    }  # fmt: skip


def test_who_reaches_a_file_by_role_alone_is_asked_before_anything_of_it_is_shown(home: Home) -> None:
    client = plain(home.boss)
    for where in (address(home), f"/people/{home.mother.code}/", f"/families/{home.family.code}/notes/new/"):
        asked = client.get(where)
        assert asked.status_code == 200
        assert "Why do you open this file?" in asked.content.decode()
        assert "Gavhar" not in asked.content.decode()
        assert make.agency("North").name not in asked.content.decode()
    assert said(home.boss, home) == []
    given = {"purpose": "complaint", "back": f"/people/{home.mother.code}/"}
    answer = client.post(f"{address(home)}purpose/", given)
    assert answer["Location"] == f"/people/{home.mother.code}/"
    for where in (answer["Location"], address(home)):
        assert "Gavharova" in client.get(where).content.decode(), "asked once for a visit"
    assert said(home.boss, home) == ["complaint", "complaint"]
    other = make.home(home.boss)
    assert "Why do you open this file?" in client.get(address(other)).content.decode(), "and for one file"


def test_after_four_hours_it_is_asked_again_and_what_was_begun_is_still_taken(home: Home) -> None:
    client = plain(home.boss)
    client.post(f"{address(home)}purpose/", {"purpose": "audit"})
    with moved(1):
        assert "Why do you open this file?" in client.get(address(home)).content.decode()
        assert client.post(f"{address(home)}notes/new/", {"text": "Written since yesterday."}).status_code == 302


def test_a_purpose_can_be_changed_and_is_of_the_list(home: Home) -> None:
    client = plain(home.me)
    assert client.post(f"{address(home)}purpose/", {"purpose": "curiosity"}).status_code == 422
    client.post(f"{address(home)}purpose/", {"purpose": "correction"})
    assert "to put the file right" in client.get(address(home)).content.decode()
    assert said(home.me, home) == ["correction"]


@pytest.mark.parametrize("back", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example/", ""])
def test_the_question_leads_back_to_the_file_and_never_elsewhere(home: Home, back: str) -> None:
    answer = plain(home.me).post(f"{address(home)}purpose/", {"purpose": "audit", "back": back})
    assert answer["Location"] == address(home)


def test_a_file_out_of_reach_asks_for_no_purpose(home: Home) -> None:
    stranger = plain(make.actor("supervisor", "South"))
    for where in (address(home), f"{address(home)}purpose/"):
        assert stranger.get(where).status_code == 404


def test_a_program_says_it_in_a_header_or_is_told_to(home: Home) -> None:
    client = plain(home.boss)
    for where in (f"/api/v1/families/{home.family.code}", f"/api/v1/people/{home.mother.code}"):
        missing = client.get(where)
        assert (missing.status_code, missing.json()["code"]) == (428, "access.purpose-missing")
        assert "X-Purpose" in missing.json()["message"]
        assert client.get(where, headers={"X-Purpose": "curiosity"}).status_code == 422
        assert client.get(where, headers={"X-Purpose": "audit"}).status_code == 200
    assert said(home.boss, home) == ["audit", "audit"]


def test_a_list_of_families_opens_names_as_an_overview(home: Home) -> None:
    plain(home.me).get("/families/")
    assert AuditEntry.objects.filter(staff=home.worker, step="identity.open").latest("pk").purpose == "overview"
    assert queries.purpose_for(home.boss, home.family) == "supervision", "of a job, which stands at no door"
