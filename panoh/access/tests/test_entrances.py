"""The one way in: each step and page asks for its permission and reach, and leaves its one line in the audit."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import resolve, reverse

import panoh
from panoh.access import actions
from panoh.access.actor import Actor, Reach
from panoh.access.clock import moved, today
from panoh.access.entrances import action, entrances, page
from panoh.access.models import Agency, AuditEntry, Staff
from panoh.access.refusals import NotAllowed, NotRight, NotThere, Unknown
from panoh.access.roles import roles
from panoh.web.embedded import parameters
from panoh.web.home import home

DONE, DENIED = AuditEntry.Outcome.DONE, AuditEntry.Outcome.DENIED


@dataclass(frozen=True)
class Filed:
    """A record of somebody's."""

    reach: Reach
    code: str = "F-0000-0001"


@action("family.edit")
def rename(actor: Actor, filed: Filed, *, agency: Agency, name: str) -> str:
    """A step like any other: it changes something, then may find that it is not right."""
    agency.name = name
    agency.save(update_fields=["name"])
    if not name.istitle():
        raise NotRight
    return name


def actor(role: str, agency: Agency, number: int = 1) -> Actor:
    name = f"{role}{number}"
    return Actor.of(Staff.objects.create_user(name, display_name=name, agency=agency, role=role))


@pytest.fixture
def ours(db: None) -> Agency:
    return Agency.objects.create(code="E1", name="Ours", kind=2)


@pytest.fixture
def theirs(db: None) -> Agency:
    return Agency.objects.create(code="E2", name="Theirs", kind=2)


def audit() -> list[tuple[str, int, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("step", "outcome", "about"))


def named(agency: Agency) -> str:
    return Agency.objects.get(pk=agency.pk).name


# --- a step ------------------------------------------------------------------------------------------------------


def test_a_step_that_is_done_is_one_entry_of_the_audit(ours: Agency) -> None:
    boss = actor("coordinator", ours)
    assert rename(boss, Filed(Reach(None, None)), agency=ours, name="Renamed") == "Renamed"
    assert audit() == [("family.edit", DONE, "F-0000-0001")]
    entry = AuditEntry.objects.get()
    assert (entry.staff_id, entry.role, entry.identities) == (boss.staff_id, "coordinator", [])


def test_a_step_without_a_record_is_filed_under_what_it_made(ours: Agency) -> None:
    made = actions.add_agency(actor("coordinator", ours), name="School 4", kind=Agency.Kind.SCHOOL)
    assert audit() == [("settings.edit", DONE, made.code)]


def test_two_agencies_never_have_one_code(ours: Agency) -> None:
    boss = actor("coordinator", ours)
    Agency.objects.create(code="A0007", name="Registered long ago", kind=2)
    codes = [actions.add_agency(boss, name=name, kind=Agency.Kind.SCHOOL).code for name in ("School 4", "School 5")]
    assert codes == ["A0008", "A0009"]


def test_without_the_permission_nothing_happens_and_the_audit_says_denied(ours: Agency) -> None:
    mine = actor("caseworker", ours)
    with pytest.raises(NotAllowed):
        actions.add_agency(mine, name="School 4", kind=Agency.Kind.SCHOOL)
    assert not Agency.objects.filter(name="School 4").exists()
    assert audit() == [("settings.edit", DENIED, "")]


def test_out_of_reach_is_answered_as_absent_and_the_audit_says_denied(ours: Agency, theirs: Agency) -> None:
    mine = actor("caseworker", ours)
    with pytest.raises(NotThere):
        rename(mine, Filed(Reach(ours.pk, None)), agency=ours, name="Renamed")
    assert named(ours) == "Ours"
    assert audit() == [("family.edit", DENIED, "F-0000-0001")]


def test_who_neither_reaches_nor_may_learns_only_that_nothing_is_there(ours: Agency, theirs: Agency) -> None:
    operator = Actor(None, None, "nobody", roles()["caseworker"].model_copy(update={"permissions": frozenset()}))
    with pytest.raises(NotThere):
        rename(operator, Filed(Reach(theirs.pk, 10**6)), agency=ours, name="Renamed")


def test_a_step_that_breaks_off_changes_nothing_and_is_not_in_the_audit(ours: Agency) -> None:
    boss = actor("coordinator", ours)
    with pytest.raises(NotRight):
        rename(boss, Filed(Reach(None, None)), agency=ours, name="not right")
    assert named(ours) == "Ours"
    assert audit() == []


@pytest.mark.parametrize(
    ("role", "reached"),
    [
        ("caseworker", {"own"}),
        ("supervisor", {"own", "colleague's", "nobody's"}),
        ("coordinator", {"own", "colleague's", "nobody's", "foreign", "unowned"}),
    ],
)
def test_a_role_reaches_as_far_as_its_scope(ours: Agency, theirs: Agency, role: str, reached: set[str]) -> None:
    me, colleague, stranger = actor(role, ours), actor("caseworker", ours, 2), actor("caseworker", theirs, 3)
    filed = {
        "own": Filed(Reach(ours.pk, me.staff_id)),
        "colleague's": Filed(Reach(ours.pk, colleague.staff_id)),
        "nobody's": Filed(Reach(ours.pk, None)),
        "foreign": Filed(Reach(theirs.pk, stranger.staff_id)),
        "unowned": Filed(Reach(None, None)),
    }
    assert {whose for whose, record in filed.items() if me.reaches(record)} == reached


def test_the_operator_is_nobody_and_does_no_step_that_must_be_somebodys() -> None:
    with pytest.raises(NotAllowed):
        _ = Actor.operator().me


def test_nobody_ends_their_own_account(ours: Agency) -> None:
    boss = actor("coordinator", ours)
    with pytest.raises(actions.NotYourself):
        actions.retire_staff(boss, Staff.objects.get(pk=boss.staff_id))
    assert Staff.objects.get(pk=boss.staff_id).is_active


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"role": "operator"}, Unknown),
        ({"role": "minister"}, Unknown),
        ({"username": "coordinator1"}, actions.NameTaken),
        ({"password": "12345678"}, actions.PasswordWeak),
        ({"password": "newcomer"}, actions.PasswordWeak),
    ],
)
def test_an_account_that_would_not_do_is_not_opened(ours: Agency, changed: dict[str, Any], refused: type) -> None:
    given = {"username": "newcomer", "display_name": "N", "role": "caseworker", "password": "seven green hills"}
    boss = actor("coordinator", ours)
    with pytest.raises(refused):
        actions.add_staff(boss, agency=ours, **{**given, **changed})
    assert Staff.objects.count() == 1


def test_the_clock_that_was_moved_stands_right_again_afterwards() -> None:
    before = today()
    with moved(-30):
        assert (before - today()).days == 30
    with pytest.raises(KeyboardInterrupt), moved(-30):
        raise KeyboardInterrupt
    assert today() == before


# --- a page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed_in(ours: Agency) -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(Staff.objects.get(pk=actor(role, ours).staff_id))
        return client

    return sign_in


def test_a_page_that_a_role_may_not_see_says_so_in_a_sentence_and_in_the_audit(signed_in: Callable) -> None:
    answer = signed_in("caseworker").get(reverse("settings"))
    assert answer.status_code == 403
    assert str(NotAllowed()) in answer.content.decode()
    assert audit() == [("settings.see", DENIED, "")]


def test_no_page_is_kept_in_a_cache(signed_in: Callable) -> None:
    answer = signed_in("coordinator").get(reverse("settings"))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_an_address_taken_in_a_way_it_does_not_have_says_which_it_has(signed_in: Callable) -> None:
    answer = signed_in("coordinator").post(reverse("settings"))
    assert (answer.status_code, answer["Allow"]) == (405, "GET")


@pytest.mark.django_db
def test_who_did_not_sign_in_is_asked_to_and_brought_back() -> None:
    answer = Client().get(reverse("settings"))
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={reverse('settings')}")
    assert audit() == []


def test_an_account_that_was_ended_is_out_at_the_next_click(signed_in: Callable, ours: Agency) -> None:
    client, boss = signed_in("caseworker"), actor("coordinator", ours)
    assert client.get(reverse("today")).status_code == 200
    actions.retire_staff(boss, Staff.objects.get(username="caseworker1"))
    assert client.get(reverse("today")).status_code == 302


# --- the audit ---------------------------------------------------------------------------------------------------

each_change = pytest.mark.parametrize(
    "change", ["update access_auditentry set role = 'x'", "delete from access_auditentry", "truncate access_auditentry"]
)


@each_change
def test_the_application_can_neither_change_nor_remove_an_entry(ours: Agency, change: str) -> None:
    actions.add_agency(actor("coordinator", ours), name="School 4", kind=Agency.Kind.SCHOOL)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert len(audit()) == 1


@each_change
@pytest.mark.django_db
def test_even_the_owner_of_the_tables_is_stopped_by_a_trigger(change: str) -> None:
    owner = {**parameters(home(), "owner"), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**owner) as own, own.transaction(force_rollback=True):
        own.execute("set constraints all immediate")
        own.execute(
            "insert into access_auditentry (role, step, outcome, about, purpose, identities)"
            " values ('operator', 'x', 1, '', '', '{}')"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only be added to"):
            own.execute(change)


# --- every address -----------------------------------------------------------------------------------------------


def test_each_page_is_reached_at_its_own_address() -> None:
    """No page stands behind another one, such as “new” behind a code."""
    for entrance in entrances():
        address = re.sub(r"<int:\w+>", "1", re.sub(r"<(?:str|slug):\w+>", "some", entrance.path))
        assert resolve(f"/{address}").url_name == entrance.name, entrance.path


def test_two_pages_never_share_a_name() -> None:
    taken = entrances()[0]
    with pytest.raises(RuntimeError, match=taken.name):
        page("elsewhere/", name=taken.name, needs=taken.needs)(taken.view)
    assert taken in entrances()


# --- every permission --------------------------------------------------------------------------------------------


def steps() -> Iterator[tuple[str, str]]:
    """Return the name and the permission of every business step of the program."""
    for found in pkgutil.walk_packages(panoh.__path__, "panoh."):
        if ".actions" in found.name:
            module = importlib.import_module(found.name)
            for name, step in vars(module).items():
                if hasattr(step, "permission") and step.__module__ == module.__name__:
                    yield f"{module.__name__}.{name}", step.permission


def held() -> set[str]:
    return set().union(*(role.permissions for role in roles().values()))


def test_the_walk_finds_the_steps_of_every_room() -> None:
    found = dict(steps())
    assert len(found) > 35
    assert {"panoh.access.actions.add_agency", "panoh.casework.actions.cases.close_case"} <= set(found)


def test_every_step_and_page_is_open_to_some_role() -> None:
    assert {name: permission for name, permission in steps() if permission not in held()} == {}
    assert {entrance.path: entrance.needs for entrance in entrances() if entrance.needs not in held()} == {}


def test_every_permission_of_a_role_opens_something() -> None:
    asked = {permission for _, permission in steps()} | {entrance.needs for entrance in entrances()}
    # Asked within a step: of what names leave with, and of a child who goes to an institution.
    asked |= {"export.approve-names", "placement.approve-institution"}
    asked |= {"complaint.read", "complaint.read-officers", "right.watch"}  # asked for by the database
    assert held() - asked == {"register.link", "vault.keep"}, "the vault asks for these itself"


def test_whoever_takes_a_step_on_a_page_may_see_that_page() -> None:
    """A role that may act on families sees them; the operator acts at the command line alone."""
    sees = {
        "family.": "family.see",
        "case.": "family.see",
        "person.": "person.see",
        "list.": "list.see",
        "joint.": "joint.see",
        "review.": "joint.see",
        "figure.": "joint.see",
        "exchange.": "exchange.see",
        "event.": "exchange.see",
        "lesson.": "exchange.see",
        "proposal.": "exchange.see",
        "position.": "exchange.see",
        "report.": "exchange.see",
        "parcel.": "exchange.see",
        "audit.": "audit.search",
        "account.": "account.see",
        "glass.review": "glass.review",
        "lawful.count": "lawful.count",
        "lawful.": "lawful.see",
        "role.": "role.see",
        "right.": "right.see",
        "retention.": "retention.see",
        "complaint.take": "today.see",
        "complaint.": "complaint.see",
    }
    for role in roles().values():
        for permission in role.permissions if role.signs_in else ():
            needed = next((see for start, see in sees.items() if permission.startswith(start)), "today.see")
            assert needed in role.permissions, (role.code, permission)


def test_nobody_signs_in_with_the_role_of_the_operator() -> None:
    assert [role.code for role in roles().values() if not role.signs_in] == ["operator"]
    seen = {permission for permission in roles()["operator"].permissions if permission.endswith(".see")}
    assert seen == {"exchange.see", "joint.see"}, "what states agreed and told each other; nobody's file"
