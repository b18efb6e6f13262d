"""Whoever rules the database alters the audit: each way is found, and where it happened is said."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import transaction

from panoh.access import audit
from panoh.access.checkpoints import checkpoint
from panoh.access.entrances import Actor
from panoh.access.policies_audit import CONTENT, HEADER
from panoh.access.tests.sealed import connected, sealed, verified

MUTATIONS = 1000
BATCHES, EACH = 6, 5


@pytest.fixture
def forger(own_database: str, settings: Any, tmp_path: Path) -> Iterator[psycopg.Cursor[Any]]:
    """Give a superuser whom no trigger holds, in a database of sealed entries; the last batches are signed."""
    settings.PANOH_AUDIT_FILE, settings.PANOH_AUDIT_KEY_FILE = tmp_path / "checkpoints", tmp_path / "key"
    for batch in range(BATCHES):
        with transaction.atomic():  # so that one seal holds them all
            for one in range(EACH):
                purpose = "service_delivery" if one % 2 else ""
                audit.write(Actor.operator(), "identity.open", about=f"F-{batch}-{one}", purpose=purpose)
        sealed(EACH)
        if batch in {1, BATCHES - 1}:
            checkpoint()
    with connected(own_database, "super") as connection:
        connection.execute("set session_replication_role = replica")
        connection.commit()
        yield connection.cursor()
        connection.rollback()


def found(cursor: psycopg.Cursor[Any]) -> set[tuple[str, int | None, tuple[int, ...]]]:
    return {(fault.kind, fault.batch, fault.entries) for fault in verified(cursor).faults}


NEW = "insert into access_auditentry (id, at, xid, role, step, outcome, about, purpose, identities)"


SWAP = "; ".join(
    f"update access_auditentry set id = {new} where id = {old}" for new, old in ((-1, 7), (7, 13), (13, -1))
)
COPY = "select 999, at, xid, role, step, outcome, 'F-X', purpose, identities from access_auditentry where id = 7"
LAST = "delete from access_auditseal where number = 6; delete from access_auditentry where id > 25"
DONE: list[tuple[str, set[tuple[str, int | None, tuple[int, ...]]]]] = [
    ("update access_auditentry set about = 'F-X' where id = 7", {("altered", 2, (7,))}),
    (
        "update access_auditentry set about = 'F-X' where id in (7, 8, 12)",
        {("altered", 2, (7, 8)), ("altered", 3, (12,))},
    ),
    ("update access_auditentry set at = at + interval '1 microsecond' where id = 7", {("altered", 2, (7,))}),
    ("delete from access_auditentry where id = 7", {("removed", 2, (7,))}),
    (f"{NEW} {COPY}", {("inserted", None, (999,))}),
    (SWAP, {("reordered", 2, (7,)), ("reordered", 3, (13,))}),
    ("update access_auditentry set id = 999 where id = 7", {("reordered", 2, (7,))}),
    ("delete from access_auditseal where number = 3", {("seal-removed", 3, ())}),
    ("update access_auditseal set sealed_at = now() where number = 3", {("seal-altered", 3, ())}),
    ("update access_auditseal set digest = sha256('') where number = 3", {("seal-altered", 3, ())}),
    (LAST, {("cut", 6, ())}),
    ("delete from access_auditseal; delete from access_auditentry", {("cut", 1, ())}),
]


@pytest.mark.parametrize(("statements", "expected"), DONE, ids=range(len(DONE)))
def test_what_was_done_is_told_with_batch_and_entries(
    forger: psycopg.Cursor[Any], statements: str, expected: set[tuple[str, int | None, tuple[int, ...]]]
) -> None:
    assert found(forger) == set()
    forger.execute(statements)
    assert found(forger) == expected


def test_the_sentence_says_what_and_where(forger: psycopg.Cursor[Any]) -> None:
    forger.execute("delete from access_auditentry where id in (7, 9)")
    (fault,) = verified(forger).faults
    assert fault.says.startswith("Batch 2, sealed at 20")
    assert fault.says.endswith(": 2 entries were removed: 7, 9.")


def test_a_chain_that_was_sealed_anew_is_told_by_the_checkpoints(forger: psycopg.Cursor[Any]) -> None:
    forger.execute("update access_auditentry set about = 'F-X' where id = 22")
    reseal(forger, 5)
    assert found(forger) == {("resealed", 6, ())}
    forger.execute("delete from access_auditentry where id = 2")
    reseal(forger, 1)
    assert found(forger) == {("resealed", 2, ())}


def test_a_rolled_back_database_is_told_by_the_checkpoints(forger: psycopg.Cursor[Any]) -> None:
    forger.execute("delete from access_auditseal where number > 3; delete from access_auditentry where id > 15")
    (fault,) = verified(forger).faults
    assert (fault.kind, fault.batch) == ("cut", 4)
    assert "ends with batch 3" in fault.says
    assert "knows batch 6 and 30 entries; 15 are left" in fault.says


def test_a_back_dated_entry_at_the_end_is_told(forger: psycopg.Cursor[Any]) -> None:
    forger.execute(
        "insert into access_auditentry (at, role, step, outcome, about, purpose, identities)"
        " values (now() - interval '2 days', 'caseworker', 'family.see', 1, '', '', '{}') returning id"
    )
    number = forger.fetchone()[0]
    assert found(forger) == {("backdated", None, (number,))}
    forger.connection.commit()
    sealed(1)
    assert found(forger) == {("backdated", BATCHES + 1, (number,))}


def test_a_second_entry_of_the_same_number_is_told(forger: psycopg.Cursor[Any]) -> None:
    forger.execute("alter table access_auditentry drop constraint access_auditentry_pkey")
    forger.execute(
        f"{NEW} select id, at, xid, role, step, outcome, 'F-X', purpose, identities from access_auditentry where id = 7"
    )
    assert found(forger) == {("altered", 2, (7,))}


def test_without_a_checkpoint_nothing_vouches_for_the_audit(forger: psycopg.Cursor[Any], settings: Any) -> None:
    settings.PANOH_AUDIT_FILE.unlink()
    assert found(forger) == {("no-checkpoint", None, ())}


@pytest.mark.parametrize("name", ["number", "digest", "entries", "sealed_at", "signed_at", "key", "signature"])
def test_an_altered_line_of_the_checkpoints_is_told(forger: psycopg.Cursor[Any], settings: Any, name: str) -> None:
    first, last = settings.PANOH_AUDIT_FILE.read_text().splitlines()
    told = json.loads(last)
    changed = told[name] - 1 if isinstance(told[name], int) else told[name].translate(str.maketrans("123", "231"))
    settings.PANOH_AUDIT_FILE.write_text(f"{first}\n{json.dumps({**told, name: changed})}\n")
    assert {kind for kind, _batch, _entries in found(forger)} == {"unsigned"}


def test_lines_signed_by_another_key_are_told(forger: psycopg.Cursor[Any], settings: Any) -> None:
    settings.PANOH_AUDIT_KEY_FILE.unlink()
    checkpoint()
    kinds = [fault.kind for fault in verified(forger).faults]
    assert kinds == ["unsigned", "unsigned"]


# --- a thousand ways ---------------------------------------------------------------------------------------------

SEALED = BATCHES * EACH
CHANGES = {
    "at": "at - interval '1 microsecond' * {n}",
    "staff_id": "coalesce(staff_id, 0) + {n}",
    "role": "role || '{n}'",
    "step": "substr(step, 2)",
    "outcome": "outcome + {n}",
    "about": "about || ' '",
    "purpose": "case purpose when '' then 'x' else '' end",
    "identities": "identities || array[gen_random_uuid()]",
    "xid": "(xid::text::bigint + {n})::text::xid8",
}
SEAL_CHANGES = {
    "ids": "ids + int8multirange(int8range(1000, 1001))",
    "until_xid": "(until_xid::text::bigint + {n})::text::xid8",
    "until_id": "until_id + {n}",
    "sealed_at": "sealed_at + interval '1 microsecond'",
    "digests": "set_byte(digests, {n}, (get_byte(digests, {n}) + 1) % 256)",
    "digest": "set_byte(digest, {n} % 32, (get_byte(digest, {n} % 32) + 1) % 256)",
    "number": "number + 1000",
}


def alter_a_column(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    column, change = rng.choice(list(CHANGES.items()))
    change = change.format(n=rng.randint(1, 9))
    cursor.execute(f"update access_auditentry set {column} = {change} where id = {rng.randint(1, SEALED)}")


def alter_a_seal(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    column, change = rng.choice(list(SEAL_CHANGES.items()))
    change = change.format(n=rng.randint(1, 99))
    cursor.execute(f"update access_auditseal set {column} = {change} where number = {rng.randint(1, BATCHES)}")


def remove(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    numbers = rng.sample(range(1, SEALED + 1), rng.randint(1, 3))
    cursor.execute("delete from access_auditentry where id = any(%s)", [numbers])


def remove_a_seal(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    cursor.execute("delete from access_auditseal where number = %s", [rng.randint(1, BATCHES)])


def insert(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    values = "at, xid, role, step, outcome, 'F-X', purpose, identities from access_auditentry where id = %s"
    cursor.execute(f"{NEW} select %s, {values}", [rng.choice([-1, 0, 500, 10**12]), rng.randint(1, SEALED)])


def swap_numbers(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    one, other = rng.sample(range(1, SEALED + 1), 2)
    for change in ((-1, one), (one, other), (other, -1)):
        cursor.execute("update access_auditentry set id = %s where id = %s", change)


def swap_contents(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    one, other = rng.sample(range(1, SEALED + 1), 2)
    columns = ", ".join(CHANGES)
    cursor.execute(
        f"update access_auditentry e set ({columns}) = (select {columns} from access_auditentry o where o.id ="
        f" case e.id when {one} then {other} else {one} end) where e.id in ({one}, {other})"
    )


def cut_the_tail(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    left = rng.randint(0, BATCHES - 1)
    cursor.execute("delete from access_auditseal where number > %s", [left])
    if rng.random() < 0.5:
        cursor.execute("delete from access_auditentry where id > %s", [left * EACH])


def reseal_after_a_change(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    number = rng.randint(1, SEALED)
    if rng.random() < 0.5:
        cursor.execute("delete from access_auditentry where id = %s", [number])
    else:
        cursor.execute("update access_auditentry set about = 'F-X' where id = %s", [number])
    reseal(cursor, (number - 1) // EACH + 1)


def roll_back_and_go_on(cursor: psycopg.Cursor[Any], rng: random.Random) -> None:
    """An older state is put in place, and people go on: other entries under the same numbers, sealed as they come."""
    left = rng.randint(0, BATCHES - 1)
    cursor.execute("delete from access_auditseal where number > %s", [left])
    cursor.execute("update access_auditentry set about = 'F-X', at = now() where id > %s", [left * EACH])
    reseal(cursor, left + 1)


RESEAL = f"""
    insert into access_auditseal select m.*, sha256(
        coalesce((select digest from access_auditseal where number = m.number - 1), decode(repeat('00', 32), 'hex'))
        || convert_to({HEADER}, 'UTF8') || '\\x00' || digests
    ) from (
        select %s::bigint as number, range_agg(int8range(e.id, e.id, '[]')) as ids, count(*)::int as entries,
            max(e.xid) as until_xid, 0::bigint as until_id, now() as sealed_at,
            string_agg({CONTENT}, '' order by e.id) as digests
        from access_auditentry e where e.id between %s and %s
    ) m
"""


def reseal(cursor: psycopg.Cursor[Any], first: int) -> None:
    """Seal anew from a batch on, as the function does, and without the key of the checkpoints."""
    for number in range(first, BATCHES + 1):
        cursor.execute("delete from access_auditseal where number = %s", [number])
        bounds = [(number - 1) * EACH + 1, number * EACH]
        cursor.execute(RESEAL, [number, *bounds])


Mutation = Callable[[psycopg.Cursor[Any], random.Random], None]
WAYS: list[Mutation] = [
    alter_a_column, alter_a_column, alter_a_column, alter_a_seal, remove, remove_a_seal, insert, swap_numbers,
    swap_contents, cut_the_tail, reseal_after_a_change, roll_back_and_go_on,
]  # fmt: skip


def test_of_a_thousand_ways_to_alter_the_audit_a_thousand_are_found(forger: psycopg.Cursor[Any]) -> None:
    missed = []
    for seed in range(MUTATIONS):
        rng = random.Random(seed)
        way = rng.choice(WAYS)
        way(forger, rng)
        if not verified(forger).faults:
            missed.append((seed, way.__name__))
        forger.connection.rollback()
    assert missed == []
    assert verified(forger).faults == []
