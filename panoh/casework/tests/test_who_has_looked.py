"""Whoever may see a record sees who has looked and why; the data-protection officer searches all, and counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panoh.access import account, audit
from panoh.access.account import Asked
from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import Agency, AuditEntry, Staff
from panoh.access.roles import roles
from panoh.access.steps import PURPOSES, WORDS
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.queries.looking import looks_at_family, looks_at_person
from panoh.casework.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> make.Home:
    return make.home()


@pytest.fixture
def officer() -> Actor:
    return make.actor("protection_officer", "Coordination")


def whats(page: account.Page) -> list[str]:
    return [look.what for look in page.looks]


# --- one record --------------------------------------------------------------------------------------------------


def test_the_family_says_who_looked_why_and_when_the_newest_first(home: make.Home) -> None:
    need = home.need()
    queries.family_file(home.me, home.family)
    first, second, *_ = looks_at_family(home.boss, home.family).looks
    assert (first.what, first.why, first.who) == ("read names", "to help the person", home.me.name)
    assert (first.role, first.agency, first.about) == ("Caseworker", "North", home.family.code)
    assert (second.what, second.about) == ("recorded needs", home.case.code)
    assert need.code not in {look.about for look in (first, second)}


def test_a_refused_look_is_told_as_refused(home: make.Home) -> None:
    stranger = make.client_of(make.actor("caseworker", "South"))
    assert stranger.get(f"/families/{home.family.code}/").status_code == 404
    newest = looks_at_family(home.me, home.family).looks[0]
    assert newest.is_denied
    assert newest.what == "was refused: opened the page"


def test_a_person_says_who_opened_the_name_from_whatever_page(home: make.Home) -> None:
    queries.families_page(home.me, page=1)
    queries.family_file(home.me, home.family)
    looks = looks_at_person(home.me, home.mother).looks
    assert [(look.about, look.names) for look in looks[:2]] == [(home.family.code, 2), ("", 1)]
    assert "" not in {look.about for look in looks_at_person(home.me, home.child).looks}


def test_that_somebody_asked_who_has_looked_is_on_record_too(home: make.Home) -> None:
    looks_at_family(home.me, home.family)
    assert whats(looks_at_family(home.boss, home.family))[0] == "looked up who has looked"


def test_a_long_account_is_told_25_at_a_time_there_and_back(home: make.Home) -> None:
    for number in range(60):
        audit.write(home.me, "family.see", about=home.family.code, purpose=f"p{number}")
    first = looks_at_family(home.me, home.family)
    second = looks_at_family(home.me, home.family, after=first.older or 0)
    third = looks_at_family(home.me, home.family, after=second.older or 0)
    told = [look.why for page in (first, second, third) for look in page.looks if look.why.startswith("p")]
    assert told == [f"p{number}" for number in reversed(range(60))]
    assert (first.newer, third.older) == (None, None)
    assert looks_at_family(home.me, home.family, before=second.newer or 0).looks == first.looks


def test_the_pages_lead_there_and_name_nobody_who_is_helped(home: make.Home) -> None:
    client = make.client_of(home.me)
    for address in (f"/families/{home.family.code}/", f"/people/{home.mother.code}/"):
        assert f'href="{address}looked/"' in client.get(address).content.decode()
        shown = client.get(f"{address}looked/").content.decode()
        assert "to supervise the work" in shown
        assert "Gavharova" not in shown


def test_the_same_is_told_over_the_api(home: make.Home) -> None:
    queries.family_file(home.me, home.family)
    for path in (f"families/{home.family.code}", f"people/{home.mother.code}"):
        told = make.client_of(home.me).get(f"/api/v1/{path}/looked").json()
        assert told["looks"][0]["why"] == "to help the person"
        assert told["newer"] is None


# --- the search --------------------------------------------------------------------------------------------------


def test_a_search_finds_by_record_person_step_purpose_refusal_and_days(officer: Actor) -> None:
    someone, other = make.actor("caseworker", "North"), make.actor("caseworker", "South")
    audit.write(someone, "family.see", about="F-1")
    audit.write(other, "identity.open", about="F-2", purpose="supervision")
    audit.write(other, "family.see", about="F-1", denied=True)
    asked = {
        "F-1": (Asked(code="F-1"), 2),
        "who": (Asked(staff=other.staff_id), 2),
        "step": (Asked(step="identity.open"), 1),
        "purpose": (Asked(purpose="supervision"), 1),
        "refused": (Asked(denied=True), 1),
        "today": (Asked(code="F-1", step="family.see", since=today(), until=today()), 2),
        "tomorrow": (Asked(code="F-1", since=today() + timedelta(days=1)), 0),
        "all of it": (Asked("F-1", other.staff_id, "family.see", "", True, today(), today()), 1),
    }
    assert {name: len(account.search(officer, one).looks) for name, (one, _) in asked.items()} == {
        name: number for name, (_, number) in asked.items()
    }


def test_each_search_is_an_entry_that_says_for_which_record(officer: Actor) -> None:
    account.search(officer, Asked(code="F-1"))
    last = AuditEntry.objects.latest("pk")
    assert (last.step, last.about, last.purpose, last.staff_id) == ("audit.search", "F-1", account.PURPOSE, officer.me)


def test_the_officer_comes_to_the_audit_and_to_nothing_else(officer: Actor) -> None:
    staff = Staff.objects.get(pk=officer.staff_id)
    staff.set_password("seven green hills")
    staff.save()
    client = Client()
    answer = client.post("/account/sign-in/", {"login": staff.username, "password": "seven green hills"})
    assert answer["Location"] == "/audit/"
    shown = client.get("/audit/").content.decode()
    assert 'href="/families/"' not in shown
    assert 'href="/"' not in shown
    refused = client.get("/families/")
    assert refused.status_code == 403
    assert 'href="/audit/">Go to Audit' in refused.content.decode()


def test_the_page_of_the_search_shows_what_was_found_and_says_when_nothing_fits(officer: Actor) -> None:
    audit.write(make.actor("caseworker", "North"), "family.see", about="F-1", denied=True)
    client = make.client_of(officer)
    assert "was refused: opened the page" in client.get("/audit/?code=f-1&denied=on").content.decode()
    assert "No entry fits." in client.get("/audit/?code=F-2").content.decode()
    wrong = client.get("/audit/?since=yesterday")
    assert (wrong.status_code, "Mend what is marked" in wrong.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "part", ["after=x", "before=-1", f"after={'9' * 5000}", "after=٣", "before=999999999999999999"]
)
def test_a_part_of_the_list_that_is_none_breaks_nothing(officer: Actor, part: str) -> None:
    assert make.client_of(officer).get(f"/audit/?{part}").status_code == 200


def test_the_search_is_there_over_the_api(officer: Actor) -> None:
    someone = make.hire("caseworker", "North")
    audit.write(Actor.of(someone), "family.see", about="F-1")
    client = make.client_of(officer)
    told = client.get(f"/api/v1/audit?staff={someone.username}&since=0001-01-01&until=9999-12-31").json()
    assert [look["about"] for look in told["looks"]] == ["F-1"]
    assert client.get("/api/v1/audit?staff=nobody").status_code == 404
    assert client.get("/api/v1/audit/report?month=9999-12-31").json()["totals"][0]["value"] == 0


# --- the report --------------------------------------------------------------------------------------------------


def test_the_report_counts_acts_by_role_purpose_and_agency(officer: Actor, home: make.Home) -> None:
    before = account.report(officer, today())
    workers = [make.actor("caseworker", "North") for _ in range(2)]
    for worker in workers:
        audit.write(worker, "identity.open", purpose="supervision", identities=[home.mother.identity_id])
    audit.write(workers[0], "person.find")
    audit.write(workers[0], "family.see", denied=True)
    after = account.report(officer, today())
    grown = [new.value - old.value for old, new in zip(before.totals, after.totals, strict=True)]
    assert grown == [2, 2, 1, 1]
    assert [(one.label, one.value) for one in after.by_purpose if one.label == "to supervise the work"] == [
        ("to supervise the work", 2)
    ]
    assert ("Caseworker", 2) in [(one.label, one.value) for one in after.by_role]
    assert ("North", 2) in [(one.label, one.value) for one in after.by_agency]
    assert [one.part for one in after.steps if one.label == "opened the page"] == [1]


def test_no_figure_is_one_persons(officer: Actor) -> None:
    alone = [make.actor("caseworker", "North"), make.actor("supervisor", "South")]
    for one in alone:
        audit.write(one, "identity.open", purpose="supervision")
    told = account.report(officer, today())
    assert [(one.label, one.value) for one in told.by_agency] == [("of one person each, together", 2)]
    assert [(one.label, one.value) for one in told.by_role] == [("of one person each, together", 2)]
    shown = make.client_of(officer).get("/audit/report/").content.decode()
    assert not any(one.name in shown for one in alone)


def test_the_report_of_another_month_holds_nothing_of_this_one(officer: Actor) -> None:
    audit.write(officer, "person.find")
    with moved(70):
        told = account.report(officer, today())
    assert [figure.value for figure in told.totals] == [0, 0, 0, 0]


def test_report_and_search_take_few_questions_however_long_the_account_is(officer: Actor) -> None:
    agency = Agency.objects.get(name="Coordination")
    for number in range(30):
        audit.write(make.actor("caseworker", agency.name), "identity.open", about=f"F-{number}")
    for most, ask in ((2, lambda: account.report(officer, today())), (2, lambda: account.search(officer, Asked()))):
        with CaptureQueriesContext(connection) as asked:
            ask()
        assert len(asked) <= most


# --- words -------------------------------------------------------------------------------------------------------


def test_every_step_and_every_purpose_has_words_for_the_reader() -> None:
    assert set().union(*(role.permissions for role in roles().values())) - set(WORDS) == set()
    given = {account.PURPOSE, queries.families.PURPOSE, queries.tracing.PURPOSE, queries.joining.PURPOSE}
    assert ({entry.code for entry in catalogue().purposes} | given | {"correction"}) - set(PURPOSES) == set()


def test_nobody_reads_in_the_audit_what_a_step_was_about_but_its_code(home: make.Home) -> None:
    actions.write_note(home.me, home.family, text="Zumradkhanova said")
    assert "Zumradkhanova" not in str(list(AuditEntry.objects.values()))
