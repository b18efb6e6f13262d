"""Sign-in holds: the list of ways in that are tried on every such system, each tried here, and none succeeds."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from panoh.access.actions import add_staff, end_sessions_of, give_password, retire_staff
from panoh.access.entrances import Actor
from panoh.access.models import Agency, AuditEntry, Staff, WorkSession
from panoh.access.session_store import SessionStore
from panoh.access.tests.changing import give_role
from panoh.web import settings as kept
from panoh.web.second_factor import Factors

pytestmark = pytest.mark.django_db

PASSWORD = "nine tall poplars"
OTHER = "seven green hills"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SIGN_IN, HOME = "/account/sign-in/", "/"


def forget_tries() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from access_cache")


def hire(username: str = "malika", role: str = "caseworker", password: str = PASSWORD) -> Staff:
    agency = Agency.objects.get_or_create(code="A0001", name="Social service", kind=2)[0]
    return Staff.objects.create_user(username, password, display_name="M. B.", agency=agency, role=role)


def sign_in(username: str = "malika", password: str = PASSWORD, client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.post(SIGN_IN, {"login": username, "password": password})


def give_app(staff: Staff) -> Authenticator:
    return Authenticator.objects.create(user=staff, type="totp", data={"secret": Factors().encrypt(SEED)})


def code(steps_ago: int = 0) -> str:
    return format_hotp_value(hotp_value(SEED, int(time.time()) // 30 - steps_ago))


def entries(step: str, **more: Any) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(step=step, **more))


@pytest.fixture
def demanded(settings: Any) -> None:
    """Let the second factor be demanded, as outside a demonstration."""
    settings.PANOH_SECOND_FACTOR = True


# --- password ----------------------------------------------------------------------------------------------------


def test_a_right_password_opens_and_a_new_session_has_a_new_id() -> None:
    hire()
    client = Client()
    client.get(SIGN_IN)
    planted = SessionStore()
    planted["x"] = 1
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    _, answer = sign_in(client=client)
    assert answer.status_code == 302
    assert client.get(HOME).status_code == 200
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
    assert not SessionStore().exists(str(planted.session_key)), "what was planted before is no session any more"
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    assert stranger.get(HOME).status_code == 302


def test_unknown_ended_and_wrong_answer_in_the_same_words() -> None:
    hire()
    retire_staff(Actor.of(hire("boss", "coordinator")), hire("gone"))
    off = hire("off")
    Staff.objects.filter(pk=off.pk).update(is_active=False)
    told = set()
    for username, password in (("nobody", PASSWORD), ("gone", PASSWORD), ("off", PASSWORD), ("malika", "wrong words")):
        _, answer = sign_in(username, password)
        text = answer.content.decode().replace(username, "…")
        told.add((answer.status_code, re.sub(r"\b[A-Za-z0-9]{64}\b", "token", text)))
    assert len(told) == 1


def test_unknown_ended_and_wrong_take_the_same_time(settings: Any) -> None:
    settings.PASSWORD_HASHERS = kept.PASSWORD_HASHERS  # a cheap one would hide that it was left out
    hire()
    retire_staff(Actor.of(hire("boss", "coordinator")), hire("gone"))
    took: dict[str, list[float]] = {"malika": [], "nobody": [], "gone": []}
    client = Client()
    for _ in range(15):  # in turn, so that whatever else the machine does meets all alike
        for username, times in took.items():
            forget_tries()
            began = time.perf_counter()
            sign_in(username, "wrong words here", client)
            times.append(time.perf_counter() - began)
    medians = {username: statistics.median(times) for username, times in took.items()}
    assert max(medians.values()) < 1.6 * min(medians.values()), medians


def test_a_failed_try_is_on_record_without_the_name_that_was_tried() -> None:
    staff = hire()
    sign_in("malika", "wrong words")
    sign_in("secret-in-the-wrong-box", "wrong words")
    tries = AuditEntry.objects.filter(step="account.sign-in", outcome=AuditEntry.Outcome.DENIED).order_by("pk")
    assert [(entry.staff_id, entry.about) for entry in tries] == [(staff.pk, staff.code), (None, "")]


def test_signing_in_and_out_is_on_record() -> None:
    staff = hire()
    client, _ = sign_in()
    client.get(HOME)
    client.post("/account/sign-out/")
    assert [entry.staff_id for step in ("account.sign-in", "account.sign-out") for entry in entries(step)] == [
        staff.pk
    ] * 2


def test_after_five_wrong_tries_the_right_password_waits_for_them_and_for_nobody_else() -> None:
    hire()
    hire("other")
    for _ in range(5):
        sign_in("malika", "wrong words")
    assert sign_in("malika")[1].status_code == 200, "refused, for now"
    assert sign_in("other")[1].status_code == 302


def test_a_new_password_is_kept_by_argon2id_and_an_older_one_until_its_next_use() -> None:
    assert kept.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"  # at Django's own cost
    staff = hire()
    assert staff.password.startswith("argon2$argon2id$")
    Staff.objects.filter(pk=staff.pk).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt", 1000))
    assert sign_in()[1].status_code == 302
    staff.refresh_from_db()
    assert staff.password.startswith("argon2$argon2id$")


def test_a_password_given_by_somebody_else_opens_nothing_but_the_page_to_choose_ones_own() -> None:
    boss = hire("boss", "coordinator")
    add_staff(
        Actor.of(boss), username="new", display_name="New", agency=boss.agency, role="caseworker", password=PASSWORD
    )
    client, _ = sign_in("new")
    assert client.get("/families/")["Location"].startswith("/account/password/")
    refused = client.get("/api/v1/families")
    assert (refused.status_code, refused.json()["code"]) == (403, "access.password-first")
    given = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert "only you know" in client.post("/account/password/", given).content.decode()
    assert client.post("/account/password/", given | {"password1": OTHER, "password2": OTHER}).status_code == 302
    assert client.get(HOME).status_code == 302, "signed out"
    assert sign_in("new", OTHER, client)[1].status_code == 302
    assert client.get(HOME).status_code == 200
    assert len(entries("account.password")) == 1


def test_a_given_password_that_was_not_used_within_three_days_opens_nothing() -> None:
    boss, staff = hire("boss", "coordinator"), hire()
    give_password(Actor.of(boss), staff, password=OTHER)
    Staff.objects.filter(pk=staff.pk).update(password_given_at=timezone.now() - timedelta(hours=73))
    client, answer = sign_in("malika", OTHER)
    assert "72 hours" in answer.content.decode()
    assert client.get(HOME).status_code == 302


# --- sessions ----------------------------------------------------------------------------------------------------


def ways_to_end() -> dict[str, Any]:
    def change_role(staff: Staff, boss: Actor, client: Client) -> None:
        give_role(staff, "supervisor")

    def change_password(staff: Staff, boss: Actor, client: Client) -> None:
        given = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
        other = sign_in()[0]
        other.get(HOME)
        assert other.post("/account/password/", given).status_code == 302

    def elsewhere(staff: Staff, boss: Actor, client: Client) -> None:
        other = sign_in()[0]
        other.get(HOME)
        assert other.post("/account/sessions/", {"session": "others"}).status_code == 302

    def backdate(**fields: timedelta) -> Any:
        def back(staff: Staff, boss: Actor, client: Client) -> None:
            WorkSession.objects.update(**{name: timezone.now() - ago for name, ago in fields.items()})

        return back

    return {
        "sign-out": lambda staff, boss, client: client.post("/account/sign-out/"),
        "sign-out elsewhere": elsewhere,
        "password change": change_password,
        "role change": change_role,
        "end of account": lambda staff, boss, client: retire_staff(boss, staff),
        "a colleague who may": lambda staff, boss, client: end_sessions_of(boss, staff),
        "a new first password": lambda staff, boss, client: give_password(boss, staff, password=OTHER),
        "half an hour of rest": backdate(seen_at=timedelta(minutes=31)),
        "twelve hours": backdate(began_at=timedelta(hours=12, minutes=1)),
    }


@pytest.mark.parametrize("way", ways_to_end())
def test_a_session_ends_by(way: str) -> None:
    staff, boss = hire(), Actor.of(hire("boss", "coordinator"))
    client, _ = sign_in()
    assert client.get(HOME).status_code == 200
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    ways_to_end()[way](staff, boss, client)
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert again.get(HOME)["Location"].startswith(SIGN_IN)
    assert again.get("/api/v1/families").status_code == 401


def test_a_cookie_stands_nowhere_in_the_table_of_sessions_and_nothing_in_it_can_be_read() -> None:
    hire()
    client, _ = sign_in()
    client.get(HOME)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with connection.cursor() as cursor:
        cursor.execute("select s::text from django_session s")
        rows = " ".join(row[0] for row in cursor.fetchall())
    assert rows
    assert cookie not in rows
    assert "malika" not in rows
    assert "work_session" not in rows
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get().session_key
    assert thief.get(HOME).status_code == 302, "what stands in the table is no cookie"


def test_a_session_is_kept_found_cycled_removed_and_cleared_as_django_does_it() -> None:
    store = SessionStore()
    store["a"] = 1
    store.save()
    key = str(store.session_key)
    assert store.exists(key)
    assert SessionStore(key)["a"] == 1
    store.cycle_key()
    assert not store.exists(key)
    assert SessionStore(store.session_key)["a"] == 1
    store.set_expiry(-1)
    store.save()
    SessionStore.clear_expired()
    assert not Session.objects.exists()
    store.delete()
    assert SessionStore(key).get("a") is None


def test_a_row_of_somebody_elses_session_put_under_ones_own_key_holds_nothing() -> None:
    mine, theirs = SessionStore(), SessionStore()
    for store, value in ((mine, "mine"), (theirs, "theirs")):
        store["whose"] = value
        store.save()
    first, second = Session.objects.order_by("pk")
    Session.objects.filter(pk=first.pk).update(session_data=second.session_data)
    assert {SessionStore(store.session_key).get("whose") for store in (mine, theirs)} & {None}


def test_ones_own_page_tells_the_devices_and_marks_this_one() -> None:
    hire()
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"})
    sign_in(client=phone)
    phone.get(HOME)
    client, _ = sign_in()
    shown = client.get("/account/").content.decode()
    assert "Firefox on Android" in shown
    assert shown.count("this one") == 1
    assert "140.0" not in json.dumps(list(WorkSession.objects.values_list("device")))
    number = WorkSession.objects.get(device="Firefox/Android").pk
    assert client.post("/account/sessions/", {"session": str(number)}).status_code == 302
    assert phone.get(HOME).status_code == 302
    assert client.get(HOME).status_code == 200


def test_nobody_ends_a_session_of_somebody_else() -> None:
    hire()
    hire("other")
    client, _ = sign_in()
    other, _ = sign_in("other")
    client.get(HOME)
    other.get(HOME)
    number = WorkSession.objects.get(staff__username="other").pk
    assert client.post("/account/sessions/", {"session": str(number)}).status_code == 404
    assert other.get(HOME).status_code == 200


# --- lock --------------------------------------------------------------------------------------------------------


def test_a_locked_session_answers_only_the_page_that_unlocks_it() -> None:
    hire()
    client, _ = sign_in()
    client.get(HOME)
    client.post("/account/lock/")
    for address in ("/", "/families/", "/account/", "/account/password/"):
        assert client.get(address)["Location"].startswith("/account/unlock/"), address
    refused = client.get("/api/v1/families")
    assert (refused.status_code, refused.json()["code"]) == (403, "access.locked")
    assert client.get("/families/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/unlock/"
    assert client.post("/account/unlock/", {"password": "wrong words"}).status_code == 422
    assert client.get(HOME).status_code == 302
    assert client.post("/account/unlock/", {"password": PASSWORD, "next": "/families/"})["Location"] == "/families/"
    assert client.get(HOME).status_code == 200


def test_after_ten_minutes_without_a_sign_of_life_the_server_locks_by_itself() -> None:
    hire()
    client, _ = sign_in()
    client.get(HOME)
    WorkSession.objects.update(seen_at=timezone.now() - timedelta(minutes=9))
    assert client.post("/account/seen/").status_code == 204
    assert client.get(HOME).status_code == 200
    WorkSession.objects.update(seen_at=timezone.now() - timedelta(minutes=11))
    assert client.get(HOME)["Location"].startswith("/account/unlock/")


def test_unlocking_leads_nowhere_else() -> None:
    hire()
    client, _ = sign_in()
    client.get(HOME)
    client.post("/account/lock/")
    answer = client.post("/account/unlock/", {"password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/"


# --- second factor -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("role", ["caseworker", "supervisor", "coordinator"])
def test_without_a_second_factor_only_its_enrolment_opens(role: str) -> None:
    hire(role=role)
    client, _ = sign_in()
    for address in ("/", "/families/", "/account/", "/account/second-factor/codes/"):
        assert client.get(address)["Location"].startswith("/account/second-factor/?"), address
    refused = client.get("/api/v1/families")
    assert (refused.status_code, refused.json()["code"]) == (403, "access.second-factor-first")
    assert client.get("/account/second-factor/").status_code == 200
    assert client.get("/account/second-factor/app/").status_code == 200
    assert client.post("/account/sign-out/").status_code == 302


@pytest.mark.usefixtures("demanded")
def test_after_the_password_the_code_is_asked_for_and_each_opens_once() -> None:
    give_app(hire())
    client, answer = sign_in()
    assert answer["Location"] == "/account/sign-in/code/"
    assert client.get(HOME).status_code == 302, "the password alone signs nobody in"
    assert client.post("/account/sign-in/code/", {"code": "000000"}).status_code == 200
    used = code()
    assert client.post("/account/sign-in/code/", {"code": used}).status_code == 302
    assert client.get(HOME).status_code == 200
    forget_tries()  # what is remembered for half a minute only
    again, _ = sign_in()
    assert again.post("/account/sign-in/code/", {"code": used}).status_code == 200
    assert again.post("/account/sign-in/code/", {"code": code(1)}).status_code == 200, "nor one from before it"
    assert again.get(HOME).status_code == 302
    assert len(entries("account.factor", outcome=AuditEntry.Outcome.DENIED)) == 3


@pytest.mark.usefixtures("demanded")
def test_five_wrong_codes_close_the_door_for_a_while() -> None:
    give_app(hire())
    client, _ = sign_in()
    for _ in range(5):
        client.post("/account/sign-in/code/", {"code": "000000"})
    assert client.post("/account/sign-in/code/", {"code": code()}).status_code == 200
    assert client.get(HOME).status_code == 302


@pytest.mark.usefixtures("demanded")
def test_a_recovery_code_opens_once() -> None:
    staff = hire()
    give_app(staff)
    seed = Factors().encrypt("00" * 40)
    paper = Authenticator.objects.create(user=staff, type="recovery_codes", data={"seed": seed, "used_mask": 0})
    slip = paper.wrap().get_unused_codes()[0]
    for status in (302, 200):
        client, _ = sign_in()
        assert client.post("/account/sign-in/code/", {"code": slip}).status_code == status


@pytest.mark.usefixtures("demanded")
def test_a_session_without_the_factor_of_its_owner_is_asked_for_it() -> None:
    staff = hire()
    give_app(staff)
    client = Client()
    client.force_login(staff)
    assert client.get(HOME)["Location"].startswith("/account/again/code/")
    assert client.get("/api/v1/families").status_code == 403
    assert client.post("/account/again/code/", {"code": code()}).status_code == 302
    assert client.get(HOME).status_code == 200


@pytest.mark.usefixtures("demanded")
def test_the_last_factor_stays_while_the_role_needs_one() -> None:
    staff = hire()
    give_app(staff)
    client, _ = sign_in()
    client.post("/account/sign-in/code/", {"code": code()})
    session = client.session
    session["account_authentication_methods"] = [
        one | {"at": one["at"] - 301} for one in session["account_authentication_methods"]
    ]
    session.save()
    assert client.get("/account/second-factor/app/remove/")["Location"].startswith("/account/again/")
    client.post("/account/again/", {"password": PASSWORD})
    assert "Set up another one first" in client.post("/account/second-factor/app/remove/").content.decode()
    assert Authenticator.objects.filter(user=staff, type="totp").exists()


@pytest.mark.usefixtures("demanded")
def test_a_password_given_by_a_coordinator_does_not_get_past_the_factor() -> None:
    staff, boss = hire(), hire("boss", "coordinator")
    give_app(staff)
    give_password(Actor.of(boss), staff, password=OTHER)
    client, answer = sign_in("malika", OTHER)
    assert answer["Location"] == "/account/sign-in/code/"
    assert client.get(HOME).status_code == 302
    assert Authenticator.objects.filter(user=staff).exists()


def test_a_seed_sealed_by_another_secret_fits_no_code(settings: Any) -> None:
    staff = hire()
    Authenticator.objects.create(user=staff, type="totp", data={"secret": "AAAA"})
    client, _ = sign_in()
    empty = format_hotp_value(hotp_value("", int(time.time()) // 30))
    assert client.post("/account/sign-in/code/", {"code": empty}).status_code == 200
    assert client.get(HOME).status_code == 302


# --- demonstration and production --------------------------------------------------------------------------------


def read_settings(**variables: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PANOH_")}
    home = {"PANOH_HOME": os.environ["PANOH_HOME"], "PANOH_PG_FAST": "1"}
    told = "from panoh.web import settings as s; print(s.PANOH_SECOND_FACTOR, s.ALLOWED_HOSTS)"
    run = subprocess.run(
        [sys.executable, "-c", told], env=kept | home | variables, capture_output=True, text=True, check=False
    )
    return run.stdout.strip() or run.stderr.strip().splitlines()[-1]


def test_production_always_demands_the_second_factor_and_a_demonstration_when_it_is_told_to() -> None:
    assert read_settings(PANOH_HOSTS="panoh.example") == "True ['panoh.example']"
    assert read_settings(PANOH_DEMO="0", PANOH_DEMO_SECOND_FACTOR="0").startswith("True")
    assert read_settings(PANOH_DEMO="1").startswith("False")
    assert read_settings(PANOH_DEMO="1", PANOH_DEMO_SECOND_FACTOR="1").startswith("True")


def test_a_demonstration_answers_on_this_machine_only() -> None:
    assert read_settings(PANOH_DEMO="1") == "False ['localhost', '127.0.0.1', '[::1]']"
    assert "this machine only" in read_settings(PANOH_DEMO="1", PANOH_HOSTS="panoh.example")
