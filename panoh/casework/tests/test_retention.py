"""How long a file is kept, who lets it be destroyed, and what a dump taken afterwards still says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.catalogue import load
from panoh.casework.catalogue_checks import DataFileWrong
from panoh.casework.models import Disposal, DisposalItem, Forgetting, Person
from panoh.casework.queries.retention import Due, disposal_for, due_people, retention_page
from panoh.casework.refusals import NothingChosen
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.refusals_rights import DisposalDecided, HeldBack, NoFileOfCode, NotDue
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.vault.actions import forget_again
from panoh.vault.broker import ENVIRONMENT
from panoh.vault.keyring import make_keyring, write_keyring
from panoh.vault.models import DataKey, SealedPart
from panoh.vault.queries import brought_back

pytestmark = pytest.mark.django_db

MISTAKE_DAYS = 40
TEXTS = ("Her sister lives by the mill.", "The boy has a cough.", "All is said.")


@pytest.fixture(autouse=True)
def keys_of_its_own(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    settings.PANOH_KEYRING_FILE = tmp_path / "keyring.json"
    settings.PANOH_FORGOTTEN_FILE = tmp_path / "forgotten"
    write_keyring(settings.PANOH_KEYRING_FILE, make_keyring())


@pytest.fixture
def officer() -> Actor:
    return make.actor("protection_officer", "Coordination")


@pytest.fixture
def home() -> Iterator[Home]:
    """Give a family that was closed forty days ago as a mistake: its month is over."""
    home = make.home()
    actions.write_note(home.boss, home.family, text=TEXTS[0])
    actions.record_need(home.boss, home.case, domain="health", urgency=3, words=TEXTS[1])
    make.close(home, "mistake")
    with moved(MISTAKE_DAYS):
        yield home


def due_of(home: Home, actor: Actor | None = None, *, days: int = 0) -> dict[str, Due]:
    with acting_for((actor or home.boss).staff_id):
        found = due_people(until=today() + timedelta(days))
    return {one.person: one for one in found}


def proposed(home: Home) -> Disposal:
    return actions.propose_disposal(home.boss, people=[home.mother.code, home.child.code])


def destroyed(home: Home, officer: Actor) -> Disposal:
    disposal = actions.agree_disposal(officer, proposed(home))
    return actions.carry_out(home.boss, disposal)


# --- when --------------------------------------------------------------------------------------------------------


def test_closing_starts_the_clock_and_who_has_no_case_goes_with_the_family(home: Home) -> None:
    closed = home.again().closed_on
    due = due_of(home)
    assert set(due) == {home.mother.code, home.child.code}
    assert {one.retention_class for one in due.values()} == {"mistake"}
    assert closed is not None
    assert all(one.due_on > closed + timedelta(27) for one in due.values())


def test_nothing_is_due_while_anybody_of_the_family_is_helped(home: Home) -> None:
    actions.open_case(home.boss, home.family, home.child, stage="reception", on=today())
    assert due_of(home, days=10_000) == {}


@pytest.mark.parametrize(("age", "years"), [(2, 3 + 19 - 2), (16, 6), (40, 5), (None, 3 + 19)])
def test_a_child_is_kept_for_years_after_its_eighteenth_and_the_unknown_as_newborns(
    age: int | None, years: int
) -> None:
    home = make.home()
    opened = home.case.opened_on
    born = {"birth_year": None, "birth_precision": 3} if age is None else {"birth_year": opened.year - age}
    Person.objects.filter(pk=home.mother.pk).update(**born)
    make.close(home, "not_found")
    one = due_of(home, days=20_000)[home.mother.code]
    assert one.retention_class == "helped"
    assert one.due_on.year == opened.year + years


def test_the_last_class_fits_every_file(tmp_path: Path) -> None:
    entry = '[[retention_class]]\ncode = "a"\nlabel = "A"\nmonths = 1\nclosing_reasons = ["mistake"]\n'
    (tmp_path / "retention.toml").write_text(entry)
    with pytest.raises(DataFileWrong, match="must fit every file"):
        load(tmp_path)


# --- who ---------------------------------------------------------------------------------------------------------


def test_the_officer_sees_codes_and_days_and_opens_no_file(home: Home, officer: Actor) -> None:
    shown = client_of(officer).get("/retention/").content.decode()
    assert home.mother.code in shown
    assert "Gavharova" not in shown
    assert client_of(officer).get(f"/people/{home.mother.code}/").status_code == 403


def test_a_worker_asks_neither_the_page_nor_the_database(home: Home) -> None:
    assert client_of(home.me).get("/retention/").status_code == 403
    with pytest.raises(DatabaseError, match="does not look after"), transaction.atomic():
        due_of(home, home.me)


def test_who_proposes_does_not_agree_and_nothing_is_destroyed_before(home: Home, officer: Actor) -> None:
    disposal = proposed(home)
    with pytest.raises(NotYourOwn):
        actions.agree_disposal(home.boss, disposal)
    with pytest.raises(DisposalDecided):
        actions.carry_out(home.boss, disposal)
    with acting_for(home.boss.staff_id), pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(state=4, done_at="2026-01-01T00:00Z")
    actions.decline_disposal(officer, disposal)
    assert not Forgetting.objects.exists()
    assert set(due_of(home)) == {home.mother.code, home.child.code}


@pytest.mark.parametrize("change", ["decided_by_id = 1, state = 2, decided_at = now()", "proposed_by_id = 1"])
def test_no_statement_puts_another_name_under_a_disposal(home: Home, change: str) -> None:
    proposed(home)
    with acting_for(home.boss.staff_id), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(f"update casework_disposal set {change}")


def test_only_who_is_due_can_be_proposed(home: Home) -> None:
    live = make.home(home.boss, at="South")
    with pytest.raises(NotDue, match=live.mother.code):
        actions.propose_disposal(home.boss, people=[home.mother.code, live.mother.code])
    with pytest.raises(NothingChosen):
        actions.propose_disposal(home.boss, people=[])


# --- holds -------------------------------------------------------------------------------------------------------


def test_what_the_officer_holds_back_nobody_destroys(home: Home, officer: Actor) -> None:
    disposal = actions.agree_disposal(officer, proposed(home))
    hold = actions.hold_back(officer, code=home.child.code, reason="A court asks for it.")
    done = actions.carry_out(home.boss, disposal)
    with acting_for(officer.staff_id):
        assert {item.left_out for item in DisposalItem.objects.filter(disposal=done)} == {"held"}
    with pytest.raises(HeldBack):
        actions.forget_person(home.boss, home.mother, reason="asked", confirmed=home.mother.code)
    with acting_for(home.boss.staff_id), pytest.raises(DatabaseError, match="held back"), transaction.atomic():
        Forgetting.objects.create(person=home.mother, by_id=home.boss.me, reason="asked", parts=0, masters=[1])
    actions.end_hold(officer, hold)
    assert destroyed(home, officer).state == Disposal.State.DONE


def test_why_a_file_is_held_is_sealed_and_read_by_officers_alone(home: Home, officer: Actor) -> None:
    actions.hold_back(officer, code=home.family.code, reason="A court asks for it.")
    other = make.actor("protection_officer", "South")
    assert "A court asks" in client_of(other).get("/retention/").content.decode()
    assert "A court asks" not in client_of(home.boss).get("/retention/").content.decode()
    with acting_for(home.boss.staff_id):
        assert retention_page(home.boss).holds
    with pytest.raises(NotAllowed):
        actions.hold_back(home.boss, code=home.family.code, reason="Because.")
    with pytest.raises(NoFileOfCode):
        actions.hold_back(officer, code="F-0000-0000", reason="Because.")


# --- what is destroyed, and what stays ---------------------------------------------------------------------------


def test_after_the_disposal_no_key_of_the_family_is_left_and_nothing_that_was_written(
    home: Home, officer: Actor
) -> None:
    keys = set(DataKey.objects.filter(pk__in=[home.family.papers_id]).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("select id from vault_datakey where file = %s", [home.family.pk])
        keys |= {row[0] for row in cursor.fetchall()}
    assert SealedPart.objects.filter(key__in=keys).exclude(sealed=b"").count() >= 5
    destroyed(home, officer)
    assert not SealedPart.objects.filter(key__in=keys).exclude(sealed=b"").exists()
    assert not DataKey.objects.filter(pk__in=keys).exclude(wrapped=b"").exists()
    with connection.cursor() as cursor:
        told = ""
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"select coalesce(string_agg(t::text, ' '), '') from {table} t")
            told += cursor.fetchone()[0]
    assert not [text for text in (*TEXTS, "Gavharov", "Nodira") if text in told]


def test_the_papers_stay_while_somebody_of_the_family_is_still_known(home: Home, officer: Actor) -> None:
    disposal = actions.propose_disposal(home.boss, people=[home.mother.code])
    actions.carry_out(home.boss, actions.agree_disposal(officer, disposal))
    assert SealedPart.objects.filter(key=home.family.papers_id).exclude(sealed=b"").exists()


def test_counts_and_certificates_stay(home: Home, officer: Actor) -> None:
    counts = "select stage, cases from app.stage_counts() order by 1"
    with connection.cursor() as cursor:
        cursor.execute(counts)
        before = cursor.fetchall()
    done = destroyed(home, officer)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        assert cursor.fetchall() == before
    certificate = queries.certificate_of(home.boss, home.mother)
    assert certificate.reason_label == "The time for which the file is kept is over"
    with acting_for(officer.staff_id):
        assert all(item.forgotten_on for item in disposal_for(officer, done.code).items.all())


def test_a_restored_backup_brings_no_papers_back(
    home: Home, officer: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    papers = DataKey.objects.get(pk=home.family.papers_id)
    with django_capture_on_commit_callbacks(execute=True):
        destroyed(home, officer)
    papers.save()
    assert brought_back() == 1
    forget_again(Actor.operator())
    assert bytes(DataKey.objects.get(pk=papers.pk).wrapped) == b""


# --- the way through the pages -----------------------------------------------------------------------------------


def test_two_people_destroy_through_the_pages_and_over_the_api_it_reads_the_same(home: Home, officer: Actor) -> None:
    boss, other = client_of(home.boss), client_of(officer)
    boss.post("/retention/new/", {"people": [home.mother.code, home.child.code]})
    with acting_for(officer.staff_id):
        code = Disposal.objects.get().code
    assert boss.post(f"/retention/{code}/agree/").status_code == 403
    assert other.post(f"/retention/{code}/agree/").status_code == 302
    assert "Nobody can bring this back" in boss.get(f"/retention/{code}/destroy/").content.decode()
    boss.post(f"/retention/{code}/destroy/")
    told = other.get(f"/api/v1/retention/{code}").json()
    assert told["state"] == "done"
    assert {item["person"] for item in told["items"]} == {home.mother.code, home.child.code}
    assert "destroyed on" in boss.get(f"/retention/{code}/").content.decode()
