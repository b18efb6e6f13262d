"""The operator lets the first person in, and whoever forgot the password; nothing else."""

from __future__ import annotations

import pytest

from panoh.access.actions import NameTaken, PasswordWeak, retire_staff
from panoh.access.actor import Actor
from panoh.access.first_steps import (
    AccountEnded,
    AgencyUnknown,
    NameWrong,
    StaffUnknown,
    UsernameWrong,
    agency_called,
    open_account,
    set_password,
)
from panoh.access.models import Agency, AuditEntry, Staff
from panoh.access.refusals import Refusal, Unknown

pytestmark = pytest.mark.django_db
PASSWORD = "olma-anor-behi-uzum"


def first(username: str = "nodira", **more: str) -> Staff:
    given = {"display_name": "Nodira", "agency": "National coordination", "agency_kind": "ministry"}
    return open_account(username, **{**given, "role": "coordinator", "password": PASSWORD, **more})


def test_the_first_coordinator_can_sign_in_and_belongs_to_the_first_agency() -> None:
    staff = first()
    assert (staff.agency.code, staff.agency.kind, staff.role) == ("A0001", Agency.Kind.MINISTRY, "coordinator")
    assert Staff.objects.get(username="nodira").check_password(PASSWORD)


@pytest.mark.parametrize("word", ["A0001", "National coordination"])
def test_an_agency_that_is_there_is_found_by_code_and_name(word: str) -> None:
    there = first().agency
    assert first("akmal", agency=word, agency_kind="").agency == there
    assert agency_called(word) == there


def test_each_step_is_in_the_audit_as_the_operators() -> None:
    first()
    set_password("nodira", PASSWORD[::-1])
    entries = AuditEntry.objects.values_list("staff", "role", "outcome")
    assert list(entries) == [(None, "operator", AuditEntry.Outcome.DONE)] * 4


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"username": "Nodira"}, UsernameWrong),
        ({"username": "nodira\n"}, UsernameWrong),
        ({"username": "n"}, UsernameWrong),
        ({"display_name": " "}, NameWrong),
        ({"display_name": "N" * 121}, NameWrong),
        ({"agency": "A" * 121}, NameWrong),
        ({"agency_kind": ""}, AgencyUnknown),
        ({"agency_kind": "kingdom"}, Unknown),
        ({"role": "operator"}, Unknown),
        ({"role": "boss"}, Unknown),
        ({"password": "short"}, PasswordWeak),
        ({"username": "nodira-nodira", "password": "nodira-nodira"}, PasswordWeak),
        ({"password": ""}, PasswordWeak),
    ],
)
def test_what_is_wrong_is_refused_and_leaves_no_account_and_no_agency(
    wrong: dict[str, str], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        first(**wrong)
    assert (Staff.objects.count(), Agency.objects.count()) == (0, 0)


def test_a_user_name_is_given_once() -> None:
    first()
    with pytest.raises(NameTaken):
        first()


def test_a_new_password_replaces_the_old_one_and_ends_its_sessions() -> None:
    before = first().get_session_auth_hash()
    set_password("nodira", PASSWORD[::-1])
    staff = Staff.objects.get(username="nodira")
    assert not staff.check_password(PASSWORD)
    assert staff.check_password(PASSWORD[::-1])
    assert staff.get_session_auth_hash() != before


def test_a_weak_password_leaves_the_old_one() -> None:
    first()
    with pytest.raises(PasswordWeak):
        set_password("nodira", "12345")
    assert Staff.objects.get(username="nodira").check_password(PASSWORD)


def test_nobody_unknown_and_nobody_who_left_gets_a_password() -> None:
    with pytest.raises(StaffUnknown, match="akmal"):
        set_password("akmal", PASSWORD)
    retire_staff(Actor.of(first("akmal")), first())
    with pytest.raises(AccountEnded, match="nodira"):
        set_password("nodira", PASSWORD)
