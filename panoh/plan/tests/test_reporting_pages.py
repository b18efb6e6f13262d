"""A focal point sees what is owed, enters and submits it; another decides on it and publishes."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.plan.models import Indicator, Value
from panoh.plan.tests.make import adopted, worker
from panoh.plan.tests.measured import indicator, period, second, submitted, target, value

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Staff.objects.get(pk=actor.staff_id))
    return client


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_a_focal_point_sees_what_its_country_owes_enters_it_and_submits_it() -> None:
    plan = adopted()
    indicator(plan)
    asked = period(plan)
    client, owed = client_of(worker("focal_point", "UZ")), value(asked, "UZ")
    page = text(client, f"/periods/{asked.code}/")
    assert "What UZ owes for 2025" in page
    assert "1 value is still to be submitted" in page or "1 value is late" in page
    told = {"number": "0", "source_kind": "1", "source": "Report 2026"}
    assert client.post(f"/values/{owed.code}/enter/", told).status_code == 302
    assert "Submit: lock it" in text(client, f"/values/{owed.code}/")
    assert client.post(f"/values/{owed.code}/submit/").status_code == 302
    assert "Everything is submitted" in text(client, f"/periods/{asked.code}/")
    assert client.post(f"/values/{owed.code}/enter/", told).status_code == 409
    assert client.post(f"/values/{value(asked, 'KZ').code}/enter/", told).status_code == 403
    assert value(asked, "UZ").figure == 0


def test_an_empty_figure_is_no_data_and_says_so_on_the_page() -> None:
    plan = adopted()
    of = indicator(plan)
    asked = period(plan)
    client = client_of(worker("focal_point", "UZ"))
    client.post(f"/values/{value(asked, 'UZ').code}/enter/", {"number": "", "note": "The register was not kept."})
    page = text(client, f"/indicators/{of.code}/?country=UZ")
    assert "not reported" in page
    assert value(asked, "UZ").state == Value.State.NO_DATA


def test_a_colleague_returns_a_value_with_a_reason_and_approves_the_next_one() -> None:
    plan = adopted()
    indicator(plan)
    asked = period(plan)
    owed = submitted(asked, "UZ")
    client = client_of(worker("secretariat"))
    assert "wait for a decision" in text(client, f"/periods/{asked.code}/decide/")
    assert client.post(f"/values/{owed.code}/decide/", {"decision": "return", "reason": ""}).status_code == 422
    assert client.post(f"/values/{owed.code}/decide/", {"decision": "return", "reason": "Which?"}).status_code == 302
    submitted(asked, "UZ", 7)
    assert "Which?" in text(client, f"/periods/{asked.code}/decide/")
    client.post(f"/values/{owed.code}/decide/", {"decision": "approve"})
    assert value(asked, "UZ").state == Value.State.APPROVED


def test_figures_become_public_after_each_oddity_is_answered() -> None:
    plan = adopted()
    of = indicator(plan)
    target(of)
    asked = period(plan)
    submitted(asked, "UZ")
    client, gate = client_of(worker("secretariat")), f"/periods/{asked.code}/publication/"
    assert "3 things are missing or odd" in text(client, gate)
    assert client.post(f"/periods/{asked.code}/publish/").status_code == 409
    api = client.get(f"/api/v1/periods/{asked.code}/gate").json()
    for odd in api["oddities"]:
        client.post(gate, {"key": odd["key"], "text": "Asked; it is so."})
    assert "Nothing stands in the way" in text(client, gate)
    assert "become public" in text(client, f"/periods/{asked.code}/publish/")
    client.post(f"/periods/{asked.code}/publish/")
    assert "Published on" in text(client, gate)


def test_pages_say_when_there_is_nothing_yet() -> None:
    plan = adopted()
    client = client_of(worker("secretariat"))
    assert "Nothing is measured yet" in text(client, f"/joint-plan/{plan.code}/indicators/")
    assert "No period was opened yet" in text(client, f"/joint-plan/{plan.code}/periods/")
    of = indicator(plan)
    assert "Nothing was asked for yet" in text(client, f"/indicators/{of.code}/")
    asked = period(plan)
    assert "Nothing waits for a decision" in text(client, f"/periods/{asked.code}/decide/")


def test_an_indicator_is_made_and_changed_on_its_form_and_keeps_other_languages() -> None:
    plan = adopted()
    client = client_of(worker("secretariat"))
    told = {
        "of": "1.1.2", "number": "x", "text": "Teachers", "kind": "1", "measure": "1", "every": "3", "unit": "people",
        "over_periods": "2", "over_countries": "1", "breakdowns": "women, men", "disclosure": "1", "ascending": "on",
    }  # fmt: skip
    assert client.post(f"/joint-plan/{plan.code}/indicators/new/", told).status_code == 302
    made = Indicator.objects.get(number="x")
    assert (made.breakdowns, str(made.action.code)) == (["women", "men"], "1.1.2")
    client.post(f"/indicators/{made.code}/change/", {**told, "text": "Учителя"}, headers={"Accept-Language": "ru"})
    made.refresh_from_db()
    assert "Teachers" in made.text.values() or "Учителя" in made.text.values()
    day = {"name": "2026", "every": "3", "starts": "2026-01-01", "ends": "2026-12-31", "due": "2027-03-01"}
    assert client.post(f"/joint-plan/{plan.code}/periods/new/", {**day, "due": "2026-03-01"}).status_code == 422
    assert client.post(f"/joint-plan/{plan.code}/periods/new/", day).status_code == 302
    assert "Of them: women" in text(client, f"/values/{value(plan.periods.get(), 'UZ').code}/enter/")
    level = {"kind": "2", "country": "", "year": "2026", "number": "40", "source": "Annex"}
    assert client.post(f"/indicators/{made.code}/levels/new/", {**level, "number": ""}).status_code == 422
    assert client.post(f"/indicators/{made.code}/levels/new/", level).status_code == 302
    assert "Annex" in text(client, f"/indicators/{made.code}/")


def test_the_api_does_what_the_pages_do() -> None:
    adopted()
    by = client_of(worker("secretariat"))

    def send(client: Client, method: str, url: str, body: dict) -> tuple[int, dict]:
        answer = client.generic(method, f"/api/v1/{url}", json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json() if answer.content else {}

    told = {"of": "4/4.1", "number": "r", "text": {"en": "Laws"}, "measure": "percent", "over_countries": "ratio"}
    status, made = send(by, "POST", "joint-plan/jpoa/indicators", told)
    assert (status, made["of"], made["over_countries"]) == (201, "4/4.1", "ratio")
    days = {"name": "2026", "starts": "2026-01-01", "ends": "2026-12-31", "due": "2027-03-01"}
    status, asked = send(by, "POST", "joint-plan/jpoa/periods", days)
    assert status == 201
    uz = client_of(worker("focal_point", "UZ"))
    owed = uz.get(f"/api/v1/periods/{asked['code']}").json()
    assert (owed["country"], owed["values"][0]["state"], owed["values"][0]["figure"]) == ("UZ", "no_data", None)
    code = owed["values"][0]["code"]
    entered = {"numerator": 1, "denominator": 4, "source_kind": "dataset", "source": "Register"}
    assert send(uz, "PUT", f"values/{code}", {**entered, "number": 3})[0] == 422
    assert float(send(uz, "PUT", f"values/{code}", entered)[1]["figure"]) == 25
    assert send(uz, "POST", f"values/{code}/submit", {})[1]["state"] == "submitted"
    assert send(uz, "POST", f"values/{code}/decision", {"decision": "approve"})[0] == 403
    assert send(by, "POST", f"values/{code}/decision", {"decision": "approve"})[1]["state"] == "approved"
    shown = by.get(f"/api/v1/indicators/{made['code']}").json()
    assert (float(shown["overall"]["figure"]), shown["overall"]["reported"], shown["overall"]["of"]) == (25, 1, 3)
    level = {"kind": "target", "year": 2026, "number": 50, "source": "Annex"}
    assert send(by, "POST", f"indicators/{made['code']}/levels", level)[0] == 201
    assert second().staff_id
