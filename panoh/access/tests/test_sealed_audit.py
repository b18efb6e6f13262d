"""The audit is sealed batch by batch: nobody waits for it, nobody is left out, and nobody else makes a seal."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from panoh.access import audit, checkpoints
from panoh.access.checkpoints import Checkpoint, checkpoint, checkpoint_when_due, public_key, read_key, read_lines
from panoh.access.clock import moved
from panoh.access.entrances import Actor
from panoh.access.jobs import seal_every_few_minutes
from panoh.access.models import AuditEntry
from panoh.access.seals import newest_seal, oldest_unsealed, seal_all
from panoh.access.tests.sealed import connected, entries, sealed, verified

ENTRY = (
    "insert into access_auditentry (role, step, outcome, about, purpose, identities)"
    " values ('caseworker', %s, 1, '', '', '{}')"
)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.PANOH_AUDIT_FILE, settings.PANOH_AUDIT_KEY_FILE = tmp_path / "checkpoints", tmp_path / "key"
    return tmp_path


@pytest.fixture
def other(own_database: str) -> Iterator[Callable[[str], psycopg.Connection[Any]]]:
    """Give what opens further connections in a role; all are closed at the end."""
    with contextlib.ExitStack() as opened:
        yield lambda role: opened.enter_context(connected(own_database, role))


def write(*steps: str) -> None:
    for step in steps or ("family.see",):
        audit.write(Actor.operator(), step)


Other = Callable[[str], psycopg.Connection[Any]]


# --- sealing -----------------------------------------------------------------------------------------------------


def test_every_entry_is_sealed_once_and_verified(own_database: str) -> None:
    write(*("family.see",) * 7)
    assert oldest_unsealed()
    assert (sealed(7), seal_all(), oldest_unsealed()) == (7, 0, None)
    write()
    assert sealed(1) == 1
    checkpoint()
    found = verified()
    assert (found.entries, found.unsealed, found.checkpoints, found.faults) == (8, 0, 1, [])


def test_a_long_audit_is_sealed_in_batches_of_at_most_5000(own_database: str) -> None:
    entries(12_001)
    assert sealed(12_001) == 12_001
    checkpoint()
    assert (newest_seal().number, verified().faults) == (3, [])


def test_who_ends_late_is_sealed_later_though_its_number_is_lower(other: Other) -> None:
    late, quick = other("app"), other("app")
    late.execute(ENTRY, ["late"])
    quick.execute(ENTRY, ["quick"])
    quick.commit()
    assert seal_all() == 0, "an older transaction still runs: what it writes would be missing"
    late.commit()
    late.execute(ENTRY, ["late again"])
    quick.execute(ENTRY, ["quick again"])
    quick.commit()
    assert sealed(2) == 2, "all that ended before the one that runs now"
    late.commit()
    assert sealed(2) == 2
    checkpoint()
    assert (verified().faults, verified().unsealed) == ([], 0)


def test_an_entry_whose_number_is_lower_than_all_that_is_sealed_is_sealed_too(other: Other) -> None:
    """The number is drawn before the transaction has one of its own: others may write and be sealed in between."""
    late = other("app")
    (number,) = late.execute("select nextval('access_auditentry_id_seq')").fetchone()
    late.commit()
    write("family.see", "person.see")
    assert sealed(2) == 2
    owner = other("owner")
    owner.execute(
        "insert into access_auditentry (id, role, step, outcome, about, purpose, identities)"
        " values (%s, 'caseworker', 'late', 1, '', '', '{}')",
        [number],
    )
    owner.commit()
    assert sealed(1) == 1
    checkpoint()
    assert (verified().faults, verified().unsealed) == ([], 0)


def test_what_was_undone_leaves_a_hole_that_is_no_fault(other: Other) -> None:
    undone = other("app")
    for _ in range(3):
        write()
        undone.execute(ENTRY, ["undone"])
        undone.rollback()
    assert sealed(3) == 3
    checkpoint()
    assert verified().faults == []


def test_a_transaction_of_another_database_holds_nothing_up(own_database: str) -> None:
    with connected("postgres", "super") as elsewhere:
        elsewhere.execute("select pg_current_xact_id()")
        write()
        assert sealed(1) == 1


def test_a_database_restored_into_another_server_goes_on(other: Other) -> None:
    """There the transactions are counted from the beginning again: what is old has numbers yet to come."""
    write("family.see", "person.see")
    forger = other("super")
    forger.execute("set session_replication_role = replica")
    forger.execute("update access_auditentry set xid = (xid::text::bigint + 5000000000)::text::xid8")
    forger.commit()
    assert sealed(2) == 2
    write("person.find")
    forger.execute("update access_auditentry set xid = '5000000900' where step = 'person.find'")
    forger.commit()
    write("case.move")
    assert verified(no_checkpoint=True).unsealed == 2
    assert sealed(2) == 2
    write("case.close")
    assert sealed(1) == 1
    checkpoint()
    assert (verified().faults, verified().entries) == ([], 5)


def test_writers_do_not_wait_for_each_other_nor_for_a_sealing(other: Other) -> None:
    sealing, *writers = other("app"), *(other("app") for _ in range(4))
    write()
    (first,) = sealing.execute("select seal_audit()").fetchone()
    for one in writers:
        one.execute("set local lock_timeout = '1ms'")
        one.execute(ENTRY, ["family.see"])
    for one in reversed(writers):
        one.commit()
    sealing.commit()
    assert sealed(5 - first) == 5 - first
    checkpoint()
    assert verified().faults == []


def test_two_that_seal_at_once_make_one_chain(other: Other) -> None:
    first, second = other("app"), other("app")
    write()
    (done,) = first.execute("select seal_audit()").fetchone()
    second.execute("set local lock_timeout = '1ms'")
    with pytest.raises(psycopg.errors.LockNotAvailable):
        second.execute("select seal_audit()")
    first.commit()
    assert sealed(1 - done) == 1 - done
    assert (newest_seal().number, seal_all()) == (1, 0)


# --- rights ------------------------------------------------------------------------------------------------------

BLANK = "role, step, outcome, about, purpose, identities) values"
FORGED = [
    "insert into access_auditseal select 2, ids, entries, until_xid, until_id, sealed_at, digests, digest"
    " from access_auditseal",
    "update access_auditseal set sealed_at = now()",
    "delete from access_auditseal",
    "truncate access_auditseal",
    "drop table access_auditseal",
    "alter table access_auditseal disable trigger all",
    "update access_auditentry set about = ''",
    "delete from access_auditentry",
    "truncate access_auditentry",
    f"insert into access_auditentry (id, {BLANK} (9, '', '', 1, '', '', '{{}}')",
    f"insert into access_auditentry (at, {BLANK} (now(), '', '', 1, '', '', '{{}}')",
    f"insert into access_auditentry (xid, {BLANK} ('9', '', '', 1, '', '', '{{}}')",
    "create or replace function seal_audit() returns integer language sql as 'select 0'",
]


def test_the_application_neither_forges_nor_changes_a_seal_nor_an_entry(other: Other) -> None:
    write()
    sealed(1)
    app = other("app")
    for statement in FORGED:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement)
        app.rollback()
    assert (newest_seal().entries, AuditEntry.objects.count()) == (1, 1)


def test_the_owner_too_is_refused_while_the_triggers_stand(other: Other) -> None:
    write()
    sealed(1)
    owner = other("owner")
    for table, column in (("access_auditseal", "number"), ("access_auditentry", "outcome")):
        for statement in (f"update {table} set {column} = 1", f"delete from {table}", f"truncate {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="can only be added to"):
                owner.execute(statement)
            owner.rollback()


# --- checkpoints -------------------------------------------------------------------------------------------------


def test_a_checkpoint_is_a_line_outside_the_database_that_only_the_owner_of_the_file_reads(
    own_database: str, files: Path
) -> None:
    write()
    sealed(1)
    signed = checkpoint()
    lines = (files / "checkpoints").read_text().splitlines()
    assert json.loads(lines[0])["digest"] == newest_seal().digest.hex() == signed.digest
    assert {(files / name).stat().st_mode & 0o777 for name in ("checkpoints", "key")} == {0o600}
    assert list(read_lines(files / "checkpoints")) == [signed]
    assert signed.key == public_key()


def test_what_a_power_cut_left_half_is_passed_over_and_the_next_line_stands_for_itself(
    own_database: str, files: Path
) -> None:
    write()
    sealed(1)
    first = checkpoint()
    with (files / "checkpoints").open("a") as opened:
        opened.write('{"number": 1, "dig')
    second = checkpoint()
    assert list(read_lines(files / "checkpoints")) == [first, second]


def test_the_job_seals_and_signs_once_a_day(own_database: str, files: Path) -> None:
    seal_every_few_minutes(0)
    assert not (files / "checkpoints").exists(), "there is nothing to sign yet"
    write()
    for _ in range(3):
        seal_every_few_minutes(0)
    with moved(1):
        seal_every_few_minutes(0)
    first, second = read_lines(files / "checkpoints")
    assert isinstance(first, Checkpoint)
    assert isinstance(second, Checkpoint)
    assert (first.number, second.number, second.entries) == (1, 1, 1)
    assert checkpoint_when_due() is None


def test_nothing_is_signed_before_something_is_sealed(own_database: str) -> None:
    with pytest.raises(checkpoints.NothingSealed):
        checkpoint()


@pytest.mark.parametrize("text", ["", "abc", "zz" * 32, "00" * 31])
def test_a_key_that_is_none_is_refused(files: Path, text: str) -> None:
    (files / "key").touch(0o600)
    (files / "key").write_text(text)
    with pytest.raises(checkpoints.AuditKeyWrong):
        public_key()
    with pytest.raises(checkpoints.AuditKeyWrong):
        read_key(text or "x")


def test_a_key_that_others_can_read_or_that_is_not_there_is_refused(files: Path) -> None:
    with pytest.raises(checkpoints.AuditKeyMissing):
        read_key()
    public_key()
    (files / "key").chmod(0o640)
    with pytest.raises(checkpoints.AuditKeyUnsafe):
        read_key()


def test_a_day_is_due_after_a_day_whatever_the_clock_of_the_worker(own_database: str) -> None:
    assert timedelta(hours=23) < checkpoints.DUE_AFTER < timedelta(days=1)
