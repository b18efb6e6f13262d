"""What is sent twice is done once: by a form with its token, over the API with an Idempotency-Key."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from panoh.access.clock import now, today
from panoh.access.models import AuditEntry, Sending
from panoh.access.sendings import forget_sendings
from panoh.casework.models import Assistance, Note, Visit
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home


@pytest.fixture
def home(db: None) -> Home:
    return make.home()


def signed_in(home: Home) -> Client:
    client = Client()
    client.force_login(home.worker)
    return client


def token_of(page: str) -> str:
    return re.findall(r'name="once" value="(\w+)"', page)[-1]


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("note-new", {"text": "A note."}, Note),
        ("visit-new", {"kind": "follow_up", "report": "All well."}, Visit),
        ("assistance-new", {"service": "LEG-01", "quantity": "1", "unit": "session"}, Assistance),
    ],
)
def test_a_form_sent_twice_is_kept_once_and_answered_alike(home: Home, name: str, given: dict, kept: type) -> None:
    client, address = signed_in(home), reverse(name, args=[home.family.code])
    once = token_of(client.get(address).content.decode())
    sent = {**given, "case": home.case.code, "on": today().isoformat(), "once": once}
    first, second = client.post(address, sent), client.post(address, sent)
    assert (
        (second.status_code, second["Location"]) == (first.status_code, first["Location"]) == (302, first["Location"])
    )
    assert kept.objects.count() == 1
    assert "kept once" in client.get(second["Location"]).content.decode()


def test_other_words_under_an_old_token_are_kept_too(home: Home) -> None:
    client, address = signed_in(home), reverse("note-new", args=[home.family.code])
    for text in ("One.", "Two."):
        client.post(address, {"text": text, "once": "the same"})
    assert Note.objects.count() == 2


def test_a_refused_form_can_be_sent_again_and_its_refusal_stays_on_record(home: Home) -> None:
    client, address = signed_in(home), reverse("note-new", args=[home.family.code])
    assert client.post(address, {"text": " ", "once": "a token"}).status_code == 422
    assert not Sending.objects.exists()
    denied = client.post(reverse("family-assign", args=[home.family.code]), {"worker": "1", "once": "a token"})
    assert denied.status_code == 403
    assert AuditEntry.objects.filter(outcome=AuditEntry.Outcome.DENIED).count() == 1


def test_every_form_of_a_page_carries_a_token_of_its_own(home: Home) -> None:
    page = signed_in(home).get(reverse("note-new", args=[home.family.code])).content.decode()
    tokens = re.findall(r'name="once" value="(\w+)"', page)
    assert len(tokens) == len(set(tokens)) == page.count("csrfmiddlewaretoken")


def test_the_api_does_once_what_comes_twice_with_one_key(home: Home) -> None:
    client = signed_in(home)
    given = {"kind": "call", "due": today().isoformat(), "words": "Gavharova is ill."}
    address = f"/api/v1/families/{home.family.code}/tasks"
    first, second = (
        client.post(address, given, content_type="application/json", headers={"Idempotency-Key": "k1"}) for _ in "12"
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == {"code": first.json()["code"]}
    other = client.post(address, given, content_type="application/json", headers={"Idempotency-Key": "k2"})
    assert other.json()["code"] != first.json()["code"]
    assert "Gavharova" not in str(list(Sending.objects.values()))


def test_tokens_of_long_ago_are_forgotten(home: Home) -> None:
    signed_in(home).post(reverse("note-new", args=[home.family.code]), {"text": "One.", "once": "a token"})
    forget_sendings(now())
    assert not Sending.objects.exists()


def test_two_sendings_at_the_same_moment_are_kept_once(own_database: str) -> None:
    home = make.home()
    address, answers = reverse("note-new", args=[home.family.code]), []

    def send() -> None:
        answers.append(signed_in(home).post(address, {"text": "A note.", "once": "a token"}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [302] * 4
    assert Note.objects.count() == 1
