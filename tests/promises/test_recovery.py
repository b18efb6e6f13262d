"""Who lost password or factor gets in by two colleagues, neither of whom can get in instead."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from panoh.access.actions import NotYourself
from panoh.access.entrances import Actor
from panoh.access.first_steps import let_in_again
from panoh.access.models import AuditEntry, Recovery, Staff
from panoh.access.recovery import (
    MOST_TRIES,
    OthersCan,
    RecoveryAbsent,
    RecoveryByTwo,
    RecoveryOpen,
    RecoveryWrong,
    agree_to_recovery,
    propose_recovery,
    recover,
    stop_recovery,
)
from panoh.access.refusals import NotAllowed
from tests.promises.test_sign_in import HOME, OTHER, PASSWORD, give_app, hire, sign_in

pytestmark = pytest.mark.django_db

LOST = Recovery.Reason.BOTH_LOST


@pytest.fixture
def people() -> tuple[Staff, Actor, Actor]:
    """Return somebody who lost the phone, and two coordinators."""
    lost = hire()
    give_app(lost)
    return lost, Actor.of(hire("first", "coordinator")), Actor.of(hire("second", "coordinator"))


def halves(people: tuple[Staff, Actor, Actor]) -> dict[str, str]:
    lost, first, second = people
    one = propose_recovery(first, lost, reason=LOST)
    return {"first_half": one.text, "second_half": agree_to_recovery(second, lost).text}


def test_two_colleagues_let_somebody_in_whose_old_factor_and_sessions_end(people: Any, settings: Any) -> None:
    settings.PANOH_SECOND_FACTOR = True
    lost = people[0]
    session = Client()
    session.force_login(lost)
    session.get(HOME)
    given = {"username": lost.username, **halves(people), "password": OTHER, "again": OTHER}
    client = Client()
    assert client.post("/account/recover/", given)["Location"] == "/account/sign-in/"
    assert client.get(HOME)["Location"].startswith("/account/sign-in/"), "it signs nobody in"
    assert session.get(HOME)["Location"].startswith("/account/sign-in/")
    assert not Authenticator.objects.filter(user=lost).exists()
    assert sign_in(lost.username, PASSWORD)[1].status_code == 200, "the old password is refused"
    client, _ = sign_in(lost.username, OTHER)
    assert client.get(HOME)["Location"].startswith("/account/second-factor/")
    with pytest.raises(RecoveryWrong):
        recover(lost.username, first_half=given["first_half"], second_half=given["second_half"], password=PASSWORD)


def test_everybody_concerned_sees_it(people: Any) -> None:
    lost, first, second = people
    recover(lost.username, **halves(people), password=OTHER)
    steps = dict(AuditEntry.objects.filter(about=lost.code).values_list("step", "staff"))
    assert steps["account.recovery-proposed"] == first.staff_id
    assert steps["account.recovery-agreed"] == second.staff_id
    assert steps["account.recovered"] == lost.pk
    client, _ = sign_in(lost.username, OTHER)
    shown = client.get("/account/").content.decode()
    assert "proposed the recovery of the account" in shown
    assert "agreed to the recovery of the account" in shown


def test_the_person_neither_proposes_nor_agrees_and_no_colleague_does_both(people: Any) -> None:
    lost, first, second = people
    with pytest.raises(NotYourself):
        propose_recovery(first, Staff.objects.get(pk=first.staff_id), reason=LOST)
    with pytest.raises(NotAllowed):
        propose_recovery(Actor.of(lost), Staff.objects.get(pk=first.staff_id), reason=LOST)
    with pytest.raises(RecoveryAbsent):
        agree_to_recovery(second, lost)
    propose_recovery(first, lost, reason=LOST)
    with pytest.raises(RecoveryOpen):
        propose_recovery(second, lost, reason=LOST)
    with pytest.raises(RecoveryByTwo):
        agree_to_recovery(first, lost)
    theirs = Staff.objects.get(pk=second.staff_id)
    propose_recovery(first, theirs, reason=LOST)
    with pytest.raises(NotYourself):
        agree_to_recovery(second, theirs)


@pytest.mark.parametrize("who", ["proposed_by", "agreed_by"])
def test_the_database_itself_refuses_one_person_twice(people: Any, who: str) -> None:
    lost, first, _second = people
    propose_recovery(first, lost, reason=LOST)
    for same in (lost.pk, first.staff_id) if who == "agreed_by" else (lost.pk,):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recovery.objects.update(**{f"{who}_id": same})


def test_one_half_alone_opens_nothing_and_ten_tries_are_all(people: Any) -> None:
    lost = people[0]
    right = halves(people)
    for _ in range(MOST_TRIES):
        with pytest.raises(RecoveryWrong):
            recover(lost.username, first_half=right["first_half"], second_half=right["first_half"], password=OTHER)
    with pytest.raises(RecoveryWrong):
        recover(lost.username, **right, password=OTHER)
    assert Authenticator.objects.filter(user=lost).exists()


def test_the_code_holds_fifteen_minutes_and_what_nobody_agreed_to_three_days(people: Any) -> None:
    lost, first, second = people
    right = halves(people)
    Recovery.objects.update(agreed_at=timezone.now() - timedelta(minutes=16))
    with pytest.raises(RecoveryWrong):
        recover(lost.username, **right, password=OTHER)
    propose_recovery(first, lost, reason=LOST)
    Recovery.objects.filter(closed_at=None).update(proposed_at=timezone.now() - timedelta(hours=73))
    with pytest.raises(RecoveryAbsent):
        agree_to_recovery(second, lost)


def test_a_stopped_recovery_opens_nothing(people: Any) -> None:
    lost, first, _second = people
    right = halves(people)
    stop_recovery(first, lost)
    with pytest.raises(RecoveryWrong):
        recover(lost.username, **right, password=OTHER)


def test_a_code_is_read_however_it_is_written(people: Any) -> None:
    right = {name: text.lower().replace("-", " ").replace("0", "o") for name, text in halves(people).items()}
    recover(people[0].username, **right, password=OTHER)


def test_a_half_is_shown_once_and_stands_nowhere_in_the_database(people: Any) -> None:
    lost, first, second = people
    client = Client()
    client.force_login(Staff.objects.get(pk=first.staff_id))
    page = client.post(f"/settings/staff/{lost.username}/recover/", {"reason": "1"}).content.decode()
    (half,) = re.findall(r'<p class="half code">([\w-]+)</p>', page)
    other = Client()
    other.force_login(Staff.objects.get(pk=second.staff_id))
    assert half not in other.get(f"/recoveries/{lost.username}/agree/").content.decode()
    page = other.post(f"/recoveries/{lost.username}/agree/").content.decode()
    assert half not in page
    assert half.encode() not in bytes(Recovery.objects.get().first_half)
    assert "second half" in page
    client = Client()
    client.force_login(lost)
    assert "somebody into this account" in client.get("/account/").content.decode()


def test_the_operator_lets_in_the_first_coordinator_and_nobody_whom_two_colleagues_could(people: Any) -> None:
    lost, first, second = people
    with pytest.raises(OthersCan):
        let_in_again(lost.username)
    Staff.objects.filter(pk=second.staff_id).update(is_active=False)
    alone, one, two = let_in_again("first")
    recover("first", first_half=one, second_half=two, password=OTHER)
    assert alone.pk == first.staff_id
    assert AuditEntry.objects.filter(step="account.recovery-agreed", role="operator", about=alone.code).exists()
