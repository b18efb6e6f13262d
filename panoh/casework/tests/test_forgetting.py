"""Forgetting a person: who may, when not, what is destroyed, what stays, and what the certificate says."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry, Staff
from panoh.access.refusals import NotAllowed, Unknown
from panoh.access.roles import roles
from panoh.casework import actions, queries
from panoh.casework.models import Case, Forgetting, StageChange
from panoh.casework.refusals import AlreadyForgotten, CaseStillOpen, CodeDiffers, NotForgotten
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home
from panoh.vault import ledger, rotation
from panoh.vault.broker import ENVIRONMENT
from panoh.vault.keyring import make_keyring, write_keyring
from panoh.vault.models import DataKey, Identity, SealedPart
from panoh.vault.queries import IdentityFacts, brought_back, open_identity
from panoh.vault.refusals import Forgotten

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys_of_its_own(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    settings.PANOH_KEYRING_FILE = tmp_path / "keyring.json"
    settings.PANOH_FORGOTTEN_FILE = tmp_path / "forgotten"
    write_keyring(settings.PANOH_KEYRING_FILE, make_keyring())


@pytest.fixture
def home() -> Home:
    return make.home()


@pytest.fixture
def closed(home: Home) -> Home:
    actions.record_need(home.boss, home.case, domain="papers", urgency=3, words="Her own words.")
    make.close(home, "mistake")
    return home


def forget(home: Home, reason: str = "asked", **given: Any) -> Forgetting:
    given.setdefault("confirmed", home.mother.code)
    return actions.forget_person(home.boss, home.mother, reason=reason, **given)


def facts_of(home: Home) -> IdentityFacts:
    return open_identity(home.boss, home.mother.identity_id, purpose="service_delivery")


# --- who, and when not -------------------------------------------------------------------------------------------


def test_only_a_coordinator_forgets_a_person(closed: Home) -> None:
    assert [code for code, role in roles().items() if "person.forget" in role.permissions] == ["coordinator"]
    for role in ("caseworker", "supervisor"):
        one = closed.me if role == "caseworker" else make.actor(role, "North")
        with pytest.raises(NotAllowed):
            actions.forget_person(one, closed.mother, reason="asked", confirmed=closed.mother.code)
    assert facts_of(closed).known_as == "Gavharova Nodira"


def test_nobody_is_forgotten_while_people_work_with_them(home: Home) -> None:
    with pytest.raises(CaseStillOpen, match=f"Case {home.case.code} is open: .* Close it first"):
        forget(home)
    assert facts_of(home).known_as == "Gavharova Nodira"
    assert not Forgetting.objects.exists()


@pytest.mark.parametrize("typed", ["", "P-0000-0000", "the child's"])
def test_whoever_types_another_code_forgets_nobody(closed: Home, typed: str) -> None:
    with pytest.raises(CodeDiffers, match=closed.mother.code):
        forget(closed, confirmed=closed.child.code if typed == "the child's" else typed)
    assert facts_of(closed).known_as == "Gavharova Nodira"


def test_a_code_typed_in_small_letters_is_the_code(closed: Home) -> None:
    assert forget(closed, confirmed=f" {closed.mother.code.lower()} ").person == closed.mother


@pytest.mark.parametrize("reason", ["", "bored", "brought_back"])
def test_a_reason_of_the_list_is_asked_for(closed: Home, reason: str) -> None:
    with pytest.raises(Unknown):
        forget(closed, reason)
    assert not Forgetting.objects.exists()


def test_a_person_is_forgotten_once(closed: Home) -> None:
    forget(closed)
    with pytest.raises(AlreadyForgotten):
        forget(closed)
    assert Forgetting.objects.count() == 1


# --- what is destroyed, and what stays ---------------------------------------------------------------------------


def test_who_it_was_is_gone_and_the_history_stays_under_the_code(closed: Home) -> None:
    changes = StageChange.objects.filter(case__person=closed.mother).count()
    done = forget(closed)
    assert facts_of(closed) == IdentityFacts()
    key = Identity.objects.get(pk=closed.mother.identity_id).key_id
    assert bytes(DataKey.objects.get(pk=key).wrapped) == b""
    assert not SealedPart.objects.filter(key=key).exclude(sealed=b"").exists()
    assert done.parts == SealedPart.objects.filter(key=key).count() == 5
    # names, birth, by what she is found, need, closing note
    assert StageChange.objects.filter(case__person=closed.mother).count() == changes
    assert Case.objects.get(person=closed.mother).needs.count() == 1
    child = open_identity(closed.boss, closed.child.identity_id, purpose="service_delivery")
    assert child.known_as == "Gavharov Temur"


def test_nothing_is_opened_any_more_on_somebody_who_was_forgotten(closed: Home) -> None:
    forget(closed)
    with pytest.raises(Forgotten):
        actions.open_case(closed.boss, closed.family, closed.mother, stage="reception", on=today())
    with pytest.raises(Forgotten):
        actions.reopen_case(closed.boss, closed.case, to="reception")
    assert not Case.objects.filter(person=closed.mother, closed_on=None).exists()


def test_the_file_of_a_forgotten_person_and_of_the_family_can_still_be_opened(closed: Home) -> None:
    forget(closed)
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=closed.boss.staff_id))
    for address in (
        reverse("person", args=[closed.mother.code]),
        reverse("family", args=[closed.family.code]),
        reverse("families"),
        reverse("today"),
    ):
        shown = client.get(address)
        assert shown.status_code == 200
        assert "Gavharova" not in shown.content.decode()
    assert (
        reverse("person-forgotten", args=[closed.mother.code])
        in client.get(reverse("person", args=[closed.mother.code])).content.decode()
    )


def test_forgetting_is_on_record_with_the_code_and_without_a_name(closed: Home) -> None:
    forget(closed)
    entries = AuditEntry.objects.filter(step__in=["person.forget", "identity.forget"]).order_by("pk")
    assert [(entry.step, entry.about) for entry in entries] == [
        ("identity.forget", ""),
        ("person.forget", closed.mother.code),
    ]


# --- the certificate ---------------------------------------------------------------------------------------------


def test_the_certificate_names_the_code_the_day_the_reason_and_who_did_it_and_nobody_else(closed: Home) -> None:
    forget(closed, "legal_order")
    found = queries.certificate_of(closed.boss, closed.mother)
    assert (found.code, found.by, found.reason) == (closed.mother.code, closed.boss.name, "legal_order")
    assert (found.reason_label, found.masters) == ("A lawful order to erase", [1])
    with connection.cursor() as cursor:
        cursor.execute("select t::text from casework_forgetting t")
        assert "avhar" not in str(cursor.fetchall())


def test_a_person_who_was_not_forgotten_has_no_certificate(closed: Home) -> None:
    with pytest.raises(NotForgotten):
        queries.certificate_of(closed.boss, closed.mother)


@pytest.mark.parametrize("change", ["update casework_forgetting set reason = 'x'", "delete from casework_forgetting"])
def test_a_certificate_is_never_changed(closed: Home, change: str) -> None:
    forget(closed)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)


def test_the_certificate_says_that_backups_open_until_the_keys_of_their_time_are_destroyed(closed: Home) -> None:
    forget(closed)
    assert queries.certificate_of(closed.boss, closed.mother).backups_closed_at is None
    rotation.rotate()
    assert queries.certificate_of(closed.boss, closed.mother).backups_closed_at is None
    rotation.retire()
    assert queries.certificate_of(closed.boss, closed.mother).backups_closed_at is not None


def test_who_is_forgotten_after_a_renewal_and_before_the_old_key_is_destroyed_waits_for_both(closed: Home) -> None:
    rotation.rotate()
    assert forget(closed).masters == [1, 2]
    rotation.retire()
    assert queries.certificate_of(closed.boss, closed.mother).backups_closed_at is None
    rotation.rotate()
    rotation.retire()
    assert queries.certificate_of(closed.boss, closed.mother).backups_closed_at is not None


def test_the_page_forgets_and_shows_the_certificate_to_print(closed: Home) -> None:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=closed.boss.staff_id))
    address = reverse("person-forget", args=[closed.mother.code])
    assert address in client.get(reverse("person", args=[closed.mother.code])).content.decode()
    asked = client.get(address).content.decode()
    assert "Backups made before can still be opened until the operator renews the keys." in asked
    wrong = client.post(address, {"reason": "asked", "confirmed": "P-0000-0000"})
    assert (wrong.status_code, "What you typed is not" in wrong.content.decode()) == (422, True)
    done = client.post(address, {"reason": "asked", "confirmed": closed.mother.code}, follow=True)
    shown = done.content.decode()
    assert done.redirect_chain == [(reverse("person-forgotten", args=[closed.mother.code]), 302)]
    assert "Certificate of forgetting" in shown
    assert "the keys in use can open it" in shown
    assert "avharova" not in shown
    rotation.rotate()
    rotation.retire()
    assert "no key in use opens a backup" in client.get(done.request["PATH_INFO"]).content.decode()


def test_the_api_forgets_and_gives_the_same_certificate(closed: Home) -> None:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=closed.boss.staff_id))
    address = f"/api/v1/people/{closed.mother.code}"
    given = {"reason": "asked", "confirmed": closed.mother.code}
    done = client.post(f"{address}/forget", given, content_type="application/json")
    assert done.status_code == 200
    assert done.json() == client.get(f"{address}/forgotten").json()
    assert done.json()["backups_closed_at"] is None


def test_the_reasons_are_the_closed_list_of_the_data_file() -> None:
    file = Path(actions.__file__).parents[1] / "data" / "options.toml"
    listed = [entry["code"] for entry in tomllib.loads(file.read_text())["forgetting_reason"]]
    assert listed == ["asked", "retention_ended", "entered_by_mistake", "legal_order"]


# --- the ledger --------------------------------------------------------------------------------------------------

Commits = Callable[..., Any]


def restore(home: Home) -> Callable[[], None]:
    """Return what puts the rows of the person's identity back as they are now, as a restored backup does."""
    key = Identity.objects.get(pk=home.mother.identity_id).key
    parts = list(SealedPart.objects.filter(key=key))

    def put_back() -> None:
        key.save()
        SealedPart.objects.bulk_update(parts, ["sealed"])

    return put_back


def test_who_was_forgotten_is_forgotten_again_after_a_restore(
    closed: Home, django_capture_on_commit_callbacks: Commits
) -> None:
    put_back = restore(closed)
    with django_capture_on_commit_callbacks(execute=True):
        forget(closed)
    put_back()
    assert facts_of(closed).known_as == "Gavharova Nodira"
    assert brought_back() == 1
    assert actions.forget_again(Actor.operator()) == 1
    assert facts_of(closed) == IdentityFacts()
    assert (brought_back(), actions.forget_again(Actor.operator())) == (0, 0)


def test_a_backup_without_the_certificate_gets_one_that_says_how_it_came(
    closed: Home, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ledger.add([Identity.objects.get(pk=closed.mother.identity_id).key_id])
    assert actions.forget_again(Actor.operator()) == 1
    found = queries.certificate_of(closed.boss, closed.mother)
    assert (found.by, found.reason_label) == (
        "",
        "Forgotten before; a restored backup had brought the identity back",
    )
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=closed.boss.staff_id))
    shown = client.get(reverse("person-forgotten", args=[closed.mother.code])).content.decode()
    assert "the operator of the machine" in shown


def test_a_step_that_is_undone_leaves_nobody_in_the_ledger(
    closed: Home, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                forget(closed)
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
    assert ledger.forgotten() == set()


def test_a_ledger_that_was_lost_is_written_again_from_the_database(closed: Home) -> None:
    forget(closed)  # the ledger is only written at the end of the transaction, which this test never reaches
    assert ledger.forgotten() == set()
    actions.forget_again(Actor.operator())
    assert ledger.forgotten() == {Identity.objects.get(pk=closed.mother.identity_id).key_id}


def test_the_ledger_holds_ids_only_for_its_owners_eyes_and_outlives_a_power_cut(settings: Any) -> None:
    one, other = uuid4(), uuid4()
    ledger.add([one])
    file = Path(settings.PANOH_FORGOTTEN_FILE)
    file.write_bytes(file.read_bytes() + str(uuid4())[:20].encode())
    ledger.add([other])
    assert ledger.forgotten() == {one, other}
    assert file.stat().st_mode & 0o777 == 0o600


def test_only_the_operator_forgets_again(closed: Home) -> None:
    with pytest.raises(NotAllowed):
        actions.forget_again(closed.boss)
