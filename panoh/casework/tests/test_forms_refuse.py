"""What a form or an address cannot take is answered with a sentence, never with a fault; what was entered stays."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import entrances
from panoh.access.models import Staff
from panoh.access.roles import roles
from panoh.casework import actions, queries
from panoh.casework.forms import Day
from panoh.casework.models import Note, Visit
from panoh.casework.refusals import InTheFuture
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home
from panoh.vault import actions as vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Home:
    return make.home()


@pytest.fixture
def client(home: Home) -> Client:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=home.boss.staff_id))
    return client


def test_an_address_with_a_letter_that_no_code_has_answers_as_an_absent_one(client: Client) -> None:
    for entrance in entrances():
        if "<str:" not in entrance.path or entrance.needs not in roles()["coordinator"].permissions:
            continue
        address = "/" + entrance.path
        for word in ("<str:code>", "<str:job_code>", "<str:username>"):
            address = address.replace(word, "%00")
        method = client.post if entrance.methods == ("POST",) else client.get
        assert method(address.replace("<int:number>", "1")).status_code == 404, address


@pytest.mark.parametrize("year", ["99999999999", "10000", "2199"])
def test_a_year_of_birth_that_cannot_be_is_said_to_lie_ahead(client: Client, home: Home, year: str) -> None:
    given = {"precision": "year", "year": year, "source": "herself"}
    answer = client.post(reverse("person-birth", args=[home.mother.code]), given)
    assert answer.status_code == 422
    assert "lies in the future" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("note-new", {"text": "A note\0"}),
        ("task-new", {"kind": "call", "due": "2026-01-01\0", "words": "x\0"}),
        ("visit-new", {"kind": "follow_up\0", "on": "2026-01-01", "report": "\0", "planned": "\0"}),
        ("family-assign", {"worker": "1\0"}),
        ("family-district", {"district": "\0"}),
        ("assistance-new", {"case": "\0", "quantity": "1\0", "unit": "\0", "agency": "\0"}),
    ],
)
def test_a_letter_that_cannot_be_kept_is_answered_with_a_sentence(
    client: Client, home: Home, name: str, given: dict[str, Any]
) -> None:
    answer = client.post(reverse(name, args=[home.family.code]), given)
    assert answer.status_code == 422
    assert not Note.objects.exists()


def test_the_day_of_a_note_is_the_day_where_it_was_written(home: Home) -> None:
    late_evening = datetime(2026, 3, 4, 20, 30, tzinfo=UTC)  # the next day in Tashkent
    text = vault.keep_text(home.family.papers_id, "Written after midnight.")
    Note.objects.create(family=home.family, text_id=text, by=home.worker, written_at=late_evening)
    events = queries.family_file(home.me, home.family).events
    assert [str(event.at) for event in events if "midnight" in event.text] == ["2026-03-05"]


@pytest.mark.parametrize("written", ["2026-01-11", "11.01.2026", "11/01/2026", " 11.1.2026 "])
def test_a_day_is_read_with_the_day_first(written: str) -> None:
    assert Day().clean(written) == date(2026, 1, 11)


@pytest.mark.parametrize("written", ["01/13/2026", "11 Jan", "2026", "11.01.26"])
def test_a_day_in_another_order_is_asked_for_and_not_guessed(written: str) -> None:
    with pytest.raises(ValidationError, match="day first"):
        Day().clean(written)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("visit-new", {"kind": "follow_up", "on": "1926-01-11", "report": "All well."}),
        ("visit-new", {"kind": "follow_up", "on": "", "next_on": "2926-01-11"}),
        ("task-new", {"kind": "call", "due": "2926-01-11"}),
        ("task-new", {"kind": "call", "due": "1926-01-11"}),
        ("assistance-new", {"service": "LEG-01", "quantity": "1", "unit": "session", "on": "1926-01-11"}),
    ],
)
def test_a_day_of_another_century_is_refused_with_the_days_that_can_be(
    client: Client, home: Home, name: str, given: dict[str, str]
) -> None:
    sent = {**given, "case": home.case.code, "on": given.get("on") or today().isoformat()}
    answer = client.post(reverse(name, args=[home.family.code]), sent)
    assert answer.status_code == 422
    assert re.search(r"11 January [12]926 cannot be meant. Enter a day from \d+ [A-Z]", answer.content.decode())
    assert not Visit.objects.exists()


def test_a_refusal_writes_days_as_people_do(home: Home) -> None:
    ahead = today() + timedelta(days=1)
    with pytest.raises(InTheFuture) as refused:
        actions.make_visit(home.me, home.family, kind="follow_up", on=ahead, report="")
    assert str(refused.value).startswith(f"{ahead.day} {ahead:%B %Y} lies in the future")
