"""What really broke elsewhere, tried here: rights raised, records changed past their rules, words that are code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings

from panoh.access.clock import today
from panoh.access.entrances import Actor, entrances
from panoh.access.meanwhile import Seen
from panoh.access.models import Staff
from panoh.access.roles import roles
from panoh.access.tokens import acting_for
from panoh.casework import actions, models
from panoh.casework.models import ArrivalList, Case, Family, Grant, Person
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import BY_LAW, Home, client_of

pytestmark = pytest.mark.django_db

INJECTED = (
    "' or '1'='1", "1; update access_staff set role = 'coordinator'", "x') union select password from access_staff --",
    "F-0000-0000' and (select set_config('app.token', '0.0.9999999999.' || repeat('0', 64), false)) is not null --",
    "%27%20or%201=1", "\\'; drop table casework_family; --", "family__worker__password", "-opened_on,(select 1)",
)  # fmt: skip
NASTY = '<script>window.hurt=1</script><img src=x onerror="window.hurt=1">\'"{{7*7}}{% csrf_token %}${7*7}'


@pytest.fixture
def home() -> Home:
    return make.home()


@pytest.fixture
def stranger() -> Actor:
    return make.actor("caseworker", "South")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the accounts and of casework, as the operator sees them."""
    with acting_for(None):
        tables = [Staff, *(model for model in vars(models).values() if hasattr(model, "_meta"))]
        return {model._meta.label: sorted(model._default_manager.values_list(), key=str) for model in tables}


def send(client: Client, method: str, url: str, given: dict[str, Any]) -> Any:
    return client.generic(method, f"/api/v1{url}", json.dumps(given, default=str), content_type="application/json")


# --- raising one's own rights --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", [role.code for role in roles().values() if role.signs_in and role.code != "coordinator"]
)
def test_nobody_gives_themselves_or_others_a_role_an_agency_or_a_password(role: str) -> None:
    actor = make.actor(role, "North")
    client, me = client_of(actor), Staff.objects.get(pk=actor.staff_id)
    boss = make.hire("coordinator", "HQ")
    before = everything()
    tries = [
        send(client, "POST", "/staff", {"username": "own", "display_name": "O", "agency": me.agency.code,
                                        "role": "coordinator", "password": "seven green hills"}),
        send(client, "POST", f"/staff/{me.username}/password", {"password": "seven green hills"}),
        send(client, "POST", f"/staff/{me.username}/end", {}),
        send(client, "PUT", f"/staff/{me.username}", {"role": "coordinator"}),
        send(client, "PATCH", f"/staff/{me.username}", {"role": "coordinator", "agency": boss.agency.code}),
        client.post(f"/settings/staff/{me.username}/password/", {"password": "seven green hills", "role": "x"}),
    ]  # fmt: skip
    if role == "administrator":  # opens accounts, but never its own and none without a trace
        tries, before = tries[1:], everything()
    assert {answer.status_code for answer in tries} <= {403, 404, 405, 409}
    assert everything() == before
    assert Staff.objects.get(pk=me.pk).role == role


def test_a_field_that_no_form_asks_for_is_stored_nowhere(home: Home, stranger: Actor) -> None:
    """Every field of every table is added to changes of one's own file: none but the asked one changes."""
    client, person = client_of(home.me), home.mother
    extra = {
        field.attname: value
        for model in (Person, Family, Case, Staff)
        for field, value in (
            (field, 1) for field in model._meta.concrete_fields if field.attname not in ("sex", "nationality")
        )
    }
    extra |= {"worker": stranger.staff_id, "agency": stranger.agency_id, "role": "coordinator", "is_active": False}
    before = everything()
    seen = {"sex": "f", "nationality": "", "is_alone": False}
    given = {**extra, **seen, "nationality": "KG"}
    page = client.post(f"/people/{person.code}/correct/", {**given, "seen": Seen.of(seen)})
    api = send(client, "PUT", f"/people/{person.code}", {**given, "seen": {**seen, "nationality": "KG"}})
    assert (page.status_code, api.status_code) == (302, 204)
    after = everything()
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"casework.Person", "casework.FieldChange"}
    assert [{"nationality", "KG"} <= set(row) for row in after["casework.FieldChange"]] == [True]
    differ = [(a, b) for a, b in zip(before["casework.Person"], after["casework.Person"], strict=True) if a != b]
    assert [set(a) ^ set(b) for a, b in differ] == [{"", "KG"}]


def test_assigning_without_access_is_refused(home: Home) -> None:
    """Primero let a record be assigned, and a transition edited, by whoever could guess it."""
    supervisor = make.actor("supervisor", "South")
    mine = make.hire("caseworker", "South")
    client, code = client_of(supervisor), home.family.code
    given = {"worker": mine.username, "seen": {"worker": home.worker.username}}
    assert send(client, "POST", f"/families/{code}/worker", given).status_code == 404
    assert client.post(f"/families/{code}/worker/", {"worker": mine.pk}).status_code == 404
    with acting_for(supervisor.staff_id), connection.cursor() as cursor:
        cursor.execute("update casework_family set worker_id = %s where code = %s", [mine.pk, code])
        assert cursor.rowcount == 0


def test_a_grant_is_neither_prolonged_nor_widened_by_whom_it_was_given_to(home: Home) -> None:
    lawyer = make.hire("lawyer", "South")
    grant = actions.give_grant(
        home.me, home.family, to=lawyer, classes=[6], purpose="referral", until=today(), changes=True, basis=BY_LAW
    )
    client = client_of(Actor.of(lawyer))
    for url in (f"/grants/{grant.code}/end", f"/families/{home.family.code}/grants"):
        given = {"staff": lawyer.username, "classes": ["care"], "purpose": "referral", "until": today()}
        assert send(client, "POST", url, given).status_code == 403
    with acting_for(lawyer.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from casework_grant")
        before = cursor.fetchone()
    assert Grant.objects.get(pk=grant.pk).classes == grant.classes
    assert before is not None


# --- words that are code -------------------------------------------------------------------------------------------


def addresses() -> Iterator[str]:
    for entrance in entrances():
        if "<" not in entrance.path and "GET" in entrance.methods:
            yield "/" + entrance.path


@pytest.mark.parametrize("word", INJECTED)
def test_statements_in_addresses_filters_and_bodies_change_and_show_nothing(home: Home, word: str) -> None:
    client, before = client_of(home.me), everything()
    for url in addresses():
        answer = client.get(
            url, dict.fromkeys(("stage", "district", "worker", "need", "code", "page", "show", "after"), word)
        )
        assert answer.status_code < 500, url
        assert "pbkdf2" not in answer.content.decode(), url
    for url in ("/families/{}/", "/people/{}/", "/api/v1/families/{}", "/api/v1/people/{}"):
        assert client.get(url.format(word)).status_code in {404, 422, 400}, url
    assert send(client, "POST", "/find", {"text": word}).status_code in {200, 403}
    assert everything() == before


def test_a_token_smuggled_into_a_statement_is_none(home: Home) -> None:
    with acting_for(make.hire("caseworker", "South").pk), connection.cursor() as cursor:
        cursor.execute("select set_config('app.token', '0.0.9999999999.' || repeat('0', 64), false)")
        cursor.execute("select count(*) from casework_family")
        assert cursor.fetchone() == (0,)


def test_markup_in_every_text_stays_text(home: Home) -> None:
    client = client_of(home.me)
    code, person, case = home.family.code, home.mother.code, home.case.code
    name = {"text": NASTY, "kind": "nickname", "source": NASTY[:90]}
    sent = [
        client.post(f"/people/{person}/names/new/", name),
        client.post(
            f"/people/{person}/documents/new/", {"number": NASTY[:60], "kind": "passport", "source": NASTY[:90]}
        ),
        client.post(f"/people/{person}/addresses/new/", {"text": NASTY, "source": NASTY[:90]}),
        client.post(f"/families/{code}/notes/new/", {"text": NASTY}),
        client.post(f"/families/{code}/tasks/new/", {"kind": "call", "due": today().isoformat(), "words": NASTY}),
        client.post(f"/families/{code}/visits/new/", {"kind": "follow_up", "on": today().isoformat(), "report": NASTY}),
        client.post(f"/cases/{case}/assess/", {"on": today().isoformat(), "own_view": NASTY, "health": "1"}),
    ]
    assert [answer.status_code for answer in sent] == [302] * len(sent)
    for url in ("/", "/families/", f"/families/{code}/", f"/people/{person}/", f"/families/{code}/looked/"):
        shown = client.get(url).content.decode()
        assert "<script>window.hurt" not in shown, url
        assert "<img src=x" not in shown, url
    assert "&lt;script&gt;window.hurt" in client.get(f"/families/{code}/").content.decode()


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b"<html><script>alert(1)</script></html>"),
        ("list.html", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("../../../../tmp/owned.csv", "ФИО,Пол\nGavharova Sabo,жен\n".encode()),
        ("..\\..\\owned.xlsx", b"PK\x03\x04 no archive"),
        ("a\x00b.csv", "ФИО,Пол\nGavharova Sabo,жен\n".encode()),
        ("list.svg", b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>"),
    ],
)
def test_a_file_is_read_as_a_list_or_refused_and_never_served_nor_written_by_its_name(
    name: str, content: bytes
) -> None:
    client = client_of(make.actor("coordinator", "HQ"))
    answer = client.post("/api/v1/arrivals", {"file": SimpleUploadedFile(name, content), "sender": "ministry"})
    assert answer.status_code in {201, 400, 422, 409, 413, 415}, answer.content
    told = answer.content.decode()
    assert "root:" not in told
    assert not ArrivalList.objects.filter(sender__contains="..").exists()
    for entrance in entrances():
        assert "owned" not in entrance.path


# --- the way in ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "\t//evil.example"]
)
def test_signing_in_leads_to_no_other_site(target: str) -> None:
    staff = make.hire("caseworker", "North")
    staff.set_password("seven green hills")
    staff.save()
    given = {"login": staff.username, "password": "seven green hills", "next": target}
    answer = Client().post("/account/sign-in/", given)
    where = answer.get("Location", "/")
    assert where.startswith("/"), where
    assert not where.startswith(("//", "/\\")), where


@override_settings(ALLOWED_HOSTS=["panoh.example"])
def test_a_forged_host_is_refused_and_lands_in_no_link() -> None:
    for headers in ({"host": "evil.example"}, {"host": "panoh.example", "x-forwarded-host": "evil.example"}):
        answer = Client().get("/", headers=headers)
        assert "evil.example" not in answer.content.decode() + answer.get("Location", "")
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


def test_no_answer_may_be_kept_framed_or_sniffed(home: Home) -> None:
    client = client_of(home.me)
    for url in (*addresses(), f"/families/{home.family.code}/", "/api/v1/families", "/nothing/"):
        answer = client.get(url)
        assert "no-store" in answer["Cache-Control"], url
        assert answer["X-Frame-Options"] == "DENY", url
        assert answer["X-Content-Type-Options"] == "nosniff", url
        assert "default-src 'none'" in answer["Content-Security-Policy"], url
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", url
