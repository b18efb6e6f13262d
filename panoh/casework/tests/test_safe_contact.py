"""Nobody reads a number before what must be minded, and each look at one is on record."""

from __future__ import annotations

import pytest
from django.db import connection

from panoh.access.models import AuditEntry
from panoh.casework import actions, queries
from panoh.casework.models import SafeContact
from panoh.casework.refusals_work import InstructionEmpty
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.vault.queries import Contact

pytestmark = pytest.mark.django_db

NUMBER = "+998 00 555 01 02"
CARE = {"when": "Mornings only.", "not_to": "Her husband's brother.", "how": " "}


@pytest.fixture
def reached(home: Home) -> Home:
    actions.add_fact(home.me, home.mother, fact=Contact("phone", NUMBER, "evenings", "herself"))
    return home


def test_a_number_stands_on_no_page_of_the_file_and_behind_what_must_be_minded(reached: Home) -> None:
    actions.set_safe_contact(reached.me, reached.mother, words=CARE)
    actions.set_safe_contact_of_family(reached.me, reached.family, words={"unsaid": "Not a word of the trip."})
    client, person = client_of(reached.me), f"/people/{reached.mother.code}/"
    for address in (person, f"/families/{reached.family.code}/", f"/api/v1{person.rstrip('/')}"):
        assert NUMBER not in client.get(address).content.decode(), address
    before = client.get(f"{person}reach/").content.decode()
    assert NUMBER not in before
    for words in ("Mornings only.", "brother.", "Not a word of the trip.", "I have read this"):
        assert words in before
    for _twice in range(2):
        shown = client.post(f"{person}reach/", {"once": "a token"}).content.decode()
        assert shown.index("Not a word of the trip.") < shown.index("Mornings only.") < shown.index(NUMBER)
    looks = AuditEntry.objects.filter(step="contact.read", about=reached.mother.code, staff=reached.worker)
    assert looks.count() == 2


def test_the_api_gives_the_instruction_with_the_numbers_and_puts_it_on_record(reached: Home) -> None:
    client, person = client_of(reached.me), f"/api/v1/people/{reached.mother.code}"
    given = client.put(f"{person}/safe-contact", {"how": "A message first."}, content_type="application/json")
    assert given.status_code == 204
    told = client.post(f"{person}/reach").json()
    assert told["instructions"][0]["words"] == {"how": "A message first."}
    assert [one["value"] for one in told["numbers"]] == [NUMBER]
    assert AuditEntry.objects.filter(step="contact.read").count() == 1


def test_without_an_instruction_the_page_asks_for_one(reached: Home) -> None:
    shown = client_of(reached.me).get(f"/people/{reached.mother.code}/reach/").content.decode()
    assert "Ask the family before you call the first time" in shown


def test_an_instruction_is_sealed_and_goes_with_the_person(reached: Home) -> None:
    actions.set_safe_contact(reached.me, reached.mother, words=CARE)
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(to_jsonb(c)::text, ' ') from casework_safecontact c")
        assert "Mornings" not in cursor.fetchone()[0]
    make.close(reached)
    actions.forget_person(reached.boss, reached.mother, reason="asked", confirmed=reached.mother.code)
    assert queries.instructions_for(reached.mother) == []


def test_an_empty_instruction_is_refused_and_the_old_one_stays(reached: Home) -> None:
    actions.set_safe_contact(reached.me, reached.mother, words=CARE)
    with pytest.raises(InstructionEmpty):
        actions.set_safe_contact(reached.me, reached.mother, words={"when": " "})
    assert queries.instructions_for(reached.mother)[0].words["when"] == "Mornings only."


def test_one_stands_for_each_and_a_form_brings_what_stands_there(reached: Home) -> None:
    client, address = client_of(reached.me), f"/families/{reached.family.code}/safe-contact/"
    for words in ("Ring twice.", "Ring three times."):
        assert client.post(address, {"how": words}).status_code == 302
    assert SafeContact.objects.count() == 1
    assert "Ring three times." in client.get(address).content.decode()
