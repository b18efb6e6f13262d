"""Another role takes two people, ends on its day, and is never one that checks what the same person held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from psycopg.errors import CheckViolation, InsufficientPrivilege

from panoh.access.actions import NotYourself
from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry, RoleChange, Staff, WorkSession
from panoh.access.refusals import NotAllowed
from panoh.access.role_changes import (
    ChangeAbsent,
    ChangeAgreed,
    ChangeByTwo,
    ChangeOpen,
    DaysWrong,
    RoleAlready,
    RolesApart,
    agree_to_role,
    propose_role,
    refuse_role,
    withdraw_role,
)
from panoh.access.roles import apart, roles
from panoh.access.tests.changing import give_role
from panoh.access.tokens import acting_for
from tests.promises.test_sign_in import HOME, hire

pytestmark = pytest.mark.django_db

WHY = "She leads the team now."


@pytest.fixture
def people() -> tuple[Staff, Actor, Actor]:
    """Return a caseworker and two coordinators."""
    return hire(), Actor.of(hire("first", "coordinator")), Actor.of(hire("second", "coordinator"))


def propose(people: Any, role: str = "supervisor", **days: date) -> Staff:
    return propose_role(people[1], people[0], role=role, because=WHY, **days)


def in_the_database(staff: Staff) -> tuple[str, ...]:
    """Return which of three rights the database itself gives an account."""
    with acting_for(staff.pk), connection.cursor() as cursor:
        asked = ("identity.open", "case.assign", "settings.edit")
        cursor.execute("select " + ", ".join(f"app.may('{one}')" for one in asked))
        return tuple(name for name, may in zip(asked, cursor.fetchone(), strict=True) if may)


def refused(statement: str, *given: Any) -> None:
    """Find that the database refuses a statement, or that it finds no row to change."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
            assert not cursor.rowcount, statement
    except DatabaseError as error:
        assert isinstance(error.__cause__, InsufficientPrivilege | CheckViolation), error  # noqa: PT017


def test_one_proposes_another_agrees_and_the_role_is_in_force_at_once(people: Any) -> None:
    staff = people[0]
    client = Client()
    client.force_login(staff)
    assert client.get(HOME).status_code == 200
    propose(people)
    assert Actor.of(Staff.objects.get(pk=staff.pk)).role.code == "caseworker"
    assert in_the_database(staff) == ("identity.open",)
    agree_to_role(people[2], staff)
    assert Actor.of(Staff.objects.get(pk=staff.pk)).role.code == "supervisor"
    assert in_the_database(staff) == ("identity.open", "case.assign")
    assert not WorkSession.objects.filter(staff=staff, ended_at=None).exists()
    assert client.get(HOME)["Location"].startswith("/account/sign-in/"), "the session ended with the old role"


def test_neither_who_proposed_nor_whom_it_concerns_decides(people: Any) -> None:
    staff, first, second = people
    theirs = Staff.objects.get(pk=second.staff_id)
    with pytest.raises(NotYourself):
        propose_role(second, theirs, role="supervisor", because=WHY)
    with pytest.raises(NotAllowed):
        propose_role(Actor.of(staff), theirs, role="supervisor", because=WHY)
    propose(people)
    for step in (agree_to_role, refuse_role):
        with pytest.raises(ChangeByTwo):
            step(first, staff)
    propose_role(first, theirs, role="supervisor", because=WHY)
    for step in (agree_to_role, refuse_role):
        with pytest.raises(NotYourself):
            step(second, theirs)
    with pytest.raises(NotAllowed):
        agree_to_role(Actor.of(hire("admin", "administrator")), staff)
    with pytest.raises(ChangeAbsent):
        withdraw_role(second, staff)


def test_the_database_changes_a_role_in_no_other_way(people: Any) -> None:
    staff, first, second = people
    propose(people)
    change = "update access_rolechange set state = 2, decided_at = now(), decided_by_id = %s where staff_id = %s"
    for bearer in (first.me, staff.pk):
        with acting_for(bearer):
            refused(change, bearer, staff.pk)
            refused(change, second.me, staff.pk)
            refused("update access_staff set role = 'coordinator' where id = %s", staff.pk)
            refused(
                "update access_staff set changed_role = 'coordinator', changed_from = now() where id = %s", staff.pk
            )
            refused("update access_staff set agency_id = agency_id + 1 where id = %s", staff.pk)
            refused("delete from access_rolechange")
            refused("insert into app.apart values ('a', 'b')")
    with acting_for(second.me):
        refused("update access_rolechange set to_role = 'coordinator' where staff_id = %s", staff.pk)
        refused(change.replace("set", "set ends_on = null, to_role = 'coordinator',"), second.me, staff.pk)
    with acting_for(staff.pk):
        propose_it = (
            "insert into access_rolechange (staff_id, from_role, to_role, because, starts_on, state, proposed_by_id)"
            " values (%s, 'coordinator', 'supervisor', '', app.today(), %s, %s)"
        )
        refused(propose_it, second.me, 1, staff.pk)
        refused(propose_it, second.me, 2, first.me)
        new = 'insert into access_staff select (jsonb_populate_record(s, \'{"id": 987654, "username": "puppet"}\')).*'
        refused(f"{new} from access_staff s where id = %s", first.me)
    assert in_the_database(staff) == ("identity.open",)


def test_an_account_that_was_ended_is_not_opened_again_by_a_statement(people: Any) -> None:
    Staff.objects.filter(pk=people[0].pk).update(is_active=False)
    refused("update access_staff set is_active = true where id = %s", people[0].pk)


def test_a_role_until_a_day_gives_way_to_the_one_before(people: Any) -> None:
    staff = people[0]
    propose(people, ends_on=today() + timedelta(days=7))
    agree_to_role(people[2], staff)
    with moved(7):
        assert staff.role_now == "supervisor"
        assert staff.is_lent
    client = Client()
    client.force_login(staff)
    assert client.get(HOME).status_code == 200
    with moved(8):
        assert Actor.of(Staff.objects.get(pk=staff.pk)).role.code == "caseworker"
        assert client.get(HOME).status_code == 302, "the session ended with the role it was begun in"


def test_the_database_itself_ends_it_on_its_day(people: Any) -> None:
    staff, first, second = people
    for since, until, rights in ((-9, -1, ["identity.open"]), (-9, 0, ["identity.open", "case.assign"])):
        with acting_for(first.me):
            RoleChange.objects.create(
                staff=staff, from_role="caseworker", to_role="supervisor", because=WHY, proposed_by_id=first.me,
                starts_on=today() + timedelta(since), ends_on=today() + timedelta(until),
            )  # fmt: skip
        agree_to_role(second, staff)
        assert list(in_the_database(staff)) == rights


def test_a_role_from_a_day_on_waits_for_it_and_nothing_comes_between(people: Any) -> None:
    staff = people[0]
    propose(people, starts_on=today() + timedelta(days=2))
    agree_to_role(people[2], staff)
    assert in_the_database(staff) == ("identity.open",)
    assert Actor.of(staff).role.code == "caseworker"
    with pytest.raises(ChangeAgreed):
        propose(people, "lawyer")
    with moved(2):
        assert Actor.of(staff).role.code == "supervisor"


def test_after_a_change_for_good_a_lent_role_gives_way_to_that_one(people: Any) -> None:
    staff = people[0]
    give_role(staff, "supervisor")
    propose(people, "regional_coordinator", ends_on=today())
    agree_to_role(people[2], staff)
    assert staff.role_now == "regional_coordinator"
    with moved(1):
        assert staff.role_now == "supervisor"


@pytest.mark.parametrize(("role", "days", "refusal"), [
    ("caseworker", {}, RoleAlready),
    ("supervisor", {"starts_on": today() - timedelta(1)}, DaysWrong),
    ("supervisor", {"starts_on": today() + timedelta(2), "ends_on": today() + timedelta(1)}, DaysWrong),
    ("protection_officer", {}, RolesApart),
])  # fmt: skip
def test_what_makes_no_sense_is_refused(
    people: Any, role: str, days: dict[str, date], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        propose(people, role, **days)


def test_one_change_at_a_time_waits_and_a_refused_or_withdrawn_one_changes_nothing(people: Any) -> None:
    staff, first, second = people
    propose(people)
    with pytest.raises(ChangeOpen):
        propose(people, "lawyer")
    refuse_role(second, staff)
    propose(people, "lawyer")
    withdraw_role(first, staff)
    assert Staff.objects.get(pk=staff.pk).role_now == "caseworker"
    with pytest.raises(ChangeAbsent):
        agree_to_role(second, staff)


def test_whoever_it_concerns_sees_who_proposed_and_who_agreed(people: Any) -> None:
    staff, first, second = people
    propose(people, starts_on=today() + timedelta(days=2))
    client = Client()
    client.force_login(staff)
    assert "proposed the role Supervisor for you" in client.get("/account/").content.decode()
    agree_to_role(second, staff)
    steps = dict(AuditEntry.objects.filter(about=staff.code).values_list("step", "staff"))
    assert steps["role.proposed"] == first.me
    assert steps["role.agreed"] == second.me
    shown = client.get("/account/").content.decode()
    assert "your role is Supervisor" in shown
    assert "agreed to another role for the account" in shown


def test_who_may_decide_finds_it_on_the_page(people: Any) -> None:
    staff, first, second = people
    pages = {one.me: Client() for one in (first, second)}
    for number, client in pages.items():
        client.force_login(Staff.objects.get(pk=number))
    assert "Nothing waits" in pages[first.me].get("/roles/").content.decode()
    given = {"role": "supervisor", "starts_on": today().isoformat(), "because": WHY}
    assert pages[first.me].post(f"/settings/staff/{staff.username}/role/", given).status_code == 302
    assert "Withdraw" in pages[first.me].get("/roles/").content.decode()
    assert WHY in pages[second.me].get(f"/roles/changes/{staff.username}/agree/").content.decode()
    assert pages[second.me].post(f"/roles/changes/{staff.username}/agree/").status_code == 302
    assert Staff.objects.get(pk=staff.pk).role_now == "supervisor"


# --- roles that check each other -----------------------------------------------------------------------------------


def pairs() -> Iterator[tuple[str, str]]:
    for pair in apart():
        for other in pair.others:
            yield from ((pair.role, other), (other, pair.role))


def test_every_pair_is_of_roles_there_are_and_says_why() -> None:
    assert {role for pair in pairs() for role in pair} <= set(roles())
    assert all(len(pair.because) > 30 for pair in apart())


@pytest.mark.parametrize(("one", "other"), sorted(pairs()))
def test_no_account_goes_from_a_role_to_one_that_checks_it(people: Any, one: str, other: str) -> None:
    staff, first = hire("anybody", one), people[1]
    with pytest.raises(RolesApart):
        propose_role(first, staff, role=other, because=WHY)
    with acting_for(first.me):
        refused(
            "insert into access_rolechange (staff_id, from_role, to_role, because, starts_on, state, proposed_by_id)"
            " values (%s, %s, %s, '', app.today(), 1, %s)", staff.pk, one, other, first.me,
        )  # fmt: skip


def test_no_detour_by_a_third_role_leads_there(people: Any) -> None:
    staff = hire("watcher", "protection_officer")
    give_role(staff, "statistician")
    with pytest.raises(RolesApart):
        propose_role(people[1], staff, role="coordinator", because=WHY)


def test_nobody_has_an_account_of_each(people: Any) -> None:
    agency = people[0].agency
    Staff.objects.filter(pk=people[0].pk).update(email="malika@agency.example")
    with pytest.raises(DatabaseError), transaction.atomic():
        Staff.objects.create_user(
            "twice", display_name="M. B.", agency=agency, role="protection_officer", email="Malika@agency.example"
        )
    twice = Staff.objects.create_user(
        "twice", display_name="M", agency=agency, role="lawyer", email="Malika@agency.example"
    )
    with pytest.raises(RolesApart):
        propose_role(people[1], twice, role="protection_officer", because=WHY)


def test_the_same_is_done_over_the_api(people: Any) -> None:
    staff, first, second = people
    clients = {one.me: Client(headers={"Accept": "application/json"}) for one in (first, second)}
    for number, client in clients.items():
        client.force_login(Staff.objects.get(pk=number))

    def post(who: Actor, path: str, body: Any = None) -> int:
        return clients[who.me].post(f"/api/v1/{path}", body or {}, content_type="application/json").status_code

    assert post(first, f"staff/{staff.username}/role", {"role": "supervisor", "because": WHY}) == 204
    (told,) = clients[second.me].get("/api/v1/roles/changes").json()
    assert (told["username"], told["to_role"], told["because"]) == (staff.username, "supervisor", WHY)
    assert post(first, f"roles/changes/{staff.username}/agree") == 409
    assert post(second, f"roles/changes/{staff.username}/agree") == 204
    assert Staff.objects.get(pk=staff.pk).role_now == "supervisor"
