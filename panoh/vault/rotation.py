"""Renewing the master keys while people work: a new one, every data key wrapped anew by it, the old ones destroyed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import Now

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.vault import finding
from panoh.vault.keyring import NO_MASTER, Keyring, is_given, keyring
from panoh.vault.masters import (
    master_keys,
    put_keyring,
    with_new_master,
    with_new_search,
    without_masters,
    without_older_searches,
)
from panoh.vault.models import DESTROYED, DataKey, MasterKey
from panoh.vault.refusals import MasterRetired, MastersInUse, RotationRunning, SealBroken, SearchesInUse
from panoh.vault.sealing import Wrapped
from panoh.vault.transit import BEFORE_FIRST

BATCH = 2000
REST_SECONDS = 0.2
PATIENCE_SECONDS = 60
# Any number, the same in each process: who holds this lock renews the keys.
LOCK = 0x70616E6F68

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Master:
    """A master key, by number: can it still open, and how many data keys it wraps."""

    number: int
    is_current: bool
    is_held: bool
    data_keys: int
    made_at: datetime | None
    retired_at: datetime | None


@dataclass(frozen=True)
class Keys:
    """What `panoh keyring status` tells."""

    masters: list[Master]
    searches: list[int]
    search: int


@dataclass(frozen=True)
class Rewrapped:
    """How a renewal went. resumed: one begun before was gone on with. left: data keys that do not open at all."""

    current: int
    resumed: bool
    rewrapped: int
    left: int
    seconds: float


def keys() -> Keys:
    """Return every master key that this database or this machine knows, with what it wraps."""
    masters, ring = master_keys(), keyring()
    current, held, counts = masters.current(), masters.numbers(), _counts()
    known = {row.number: row for row in MasterKey.objects.all()}
    return Keys(
        [
            Master(
                number=number,
                is_current=number == current,
                is_held=number in held,
                data_keys=counts.get(number, 0),
                made_at=known[number].made_at if number in known else None,
                retired_at=known[number].retired_at if number in known else None,
            )
            for number in sorted({*held, *counts, *known})
        ],
        sorted(ring.searches),
        ring.search,
    )


def use_master(number: int) -> None:
    """Have it known that a master key wraps something in this transaction: until its end it is not destroyed.

    Raises:
        MasterRetired: it was taken out of use.
    """
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute("select retired_at from vault_masterkey where number = %s for share", [number])
            if row := cursor.fetchone():
                break
            cursor.execute("insert into vault_masterkey (number) values (%s) on conflict do nothing", [number])
    if row and row[0] is not None:
        raise MasterRetired(number=number)


# --- renewing ----------------------------------------------------------------------------------------------------


def rotate(progress: Progress = lambda done, total: None) -> Rewrapped:
    """Make a new master key and wrap every data key by it; or go on where a renewal before was stopped.

    Many short transactions: others read and write meanwhile. What they have locked comes later.

    Raises:
        RotationRunning: another command does the same just now.
        KeyringGiven: a new master key is due, and the keyring stands in the environment.
        KeyringChanged; KeyServiceSilent, KeyServiceRefused.
    """
    began = time.monotonic()
    with _alone():
        current = master_keys().current()
        resumed = _waiting(current) > 0 or (is_given() and not MasterKey.objects.filter(number=current).exists())
        if not resumed:
            master_keys().renew(above=_highest())
            _note("keyring.rotate")
        current = master_keys().current()
        with transaction.atomic():
            use_master(current)
        total = _waiting(current)
        done = _rewrap_all(current, total, progress)
        return Rewrapped(current, resumed, done, _waiting(current), round(time.monotonic() - began, 1))


def rotate_search() -> int:
    """Add a new search key and let it blind what comes; return its number. The index is to be keyed anew after it.

    Raises:
        KeyringGiven, KeyringChanged.
    """
    before = keyring()
    after = with_new_search(before)
    put_keyring(before, after)
    _note("keyring.rotate-search")
    return after.search


def retire() -> list[int]:
    """Destroy the master keys that nothing is wrapped by any more; return their numbers.

    Backups made while they were in use do not open any more with the keys in use.

    Raises:
        MastersInUse: data keys are wrapped by older ones; none was destroyed.
        KeyringGiven: they stand in the environment.
        RotationRunning, KeyringChanged; KeyServiceSilent, KeyServiceRefused.
    """
    with _alone(), transaction.atomic():
        masters = master_keys()
        current, held = masters.current(), masters.numbers()
        known = MasterKey.objects.filter(retired_at=None).exclude(number=current)
        old = sorted({*held, *known.values_list("number", flat=True)} - {current})
        MasterKey.objects.bulk_create([MasterKey(number=number) for number in old], ignore_conflicts=True)
        MasterKey.objects.filter(number__in=old).update(retired_at=Now())  # waits for whoever wraps by one of them
        in_use = {number: count for number, count in _counts().items() if number != current}
        if in_use:
            raise MastersInUse(counts=", ".join(f"{number}: {count}" for number, count in sorted(in_use.items())))
        if dropped := [number for number in old if number in held]:
            masters.drop(dropped)
        if old:
            _note("keyring.retire")
        return old


def retire_searches() -> list[int]:
    """Destroy the search keys that no row of the index was made by; return their numbers.

    A row that comes back with a restored backup is found again once the index was made anew.

    Raises:
        SearchesInUse: rows were made by older ones; none was destroyed.
        KeyringGiven: they stand in the environment.
        RotationRunning, KeyringChanged.
    """
    with _alone():
        ring = keyring()
        rows = Counter[int]()
        for (_, number), count in finding.standing().items():
            rows[number] += count
        if in_use := {number: count for number, count in rows.items() if number != ring.search}:
            raise SearchesInUse(counts=", ".join(f"{number}: {count}" for number, count in sorted(in_use.items())))
        old = sorted(set(ring.searches) - {ring.search})
        if old:
            put_keyring(ring, without_older_searches(ring))
            _note("keyring.retire-search")
        return old


def keyring_to_put_in_place(*, search: bool = False, retired: bool = False) -> Keyring:
    """Return the keyring that the operator is to put into the environment in place of the one there."""
    ring = keyring()
    if search:
        return without_older_searches(ring) if retired else with_new_search(ring)
    if retired:
        return without_masters(ring, [number for number in ring.masters if number != master_keys().current()])
    return with_new_master(ring, above=_highest())


def _rewrap_all(current: int, total: int, progress: Progress) -> int:
    """Pass over the data keys until none waits but those that do not open, or that somebody holds for very long."""
    done, patience = 0, time.monotonic() + PATIENCE_SECONDS
    progress(done, total)
    while True:
        renewed = broken = 0
        after = UUID(int=0)
        while batch := _rewrap_batch(current, after):
            renewed, broken, after = renewed + batch.renewed, broken + batch.broken, batch.last
            progress(min(done + renewed, total), total)
        done += renewed
        if renewed:
            patience = time.monotonic() + PATIENCE_SECONDS
        if _waiting(current) <= broken or time.monotonic() > patience:
            return done
        time.sleep(REST_SECONDS)


@dataclass(frozen=True)
class _Batch:
    renewed: int
    broken: int
    last: UUID


def _rewrap_batch(current: int, after: UUID) -> _Batch | None:
    """Wrap some data keys anew, in the order of their ids after this one; None when there are no more."""
    with transaction.atomic(), connection.cursor() as cursor:
        use_master(current)
        cursor.execute(
            "select id, master, wrapped from vault_datakey where id > %s and master <> %s and wrapped <> ''"
            " order by id limit %s for update skip locked",
            [after, current, BATCH],
        )
        rows = [(key_id, (master, bytes(wrapped))) for key_id, master, wrapped in cursor.fetchall()]
        if not rows:
            return None
        renewed = list(_rewrapped(rows))
        cursor.execute(
            "update vault_datakey set master = new.master, wrapped = new.wrapped"
            " from unnest(%s::uuid[], %s::smallint[], %s::bytea[]) as new (id, master, wrapped)"
            " where vault_datakey.id = new.id",
            [[one for one, _ in renewed], [one[0] for _, one in renewed], [one[1] for _, one in renewed]],
        )
        return _Batch(len(renewed), len(rows) - len(renewed), rows[-1][0])


def _rewrapped(rows: list[tuple[UUID, Wrapped]]) -> Iterator[tuple[UUID, Wrapped]]:
    """Give each data key wrapped by the current master key; one that does not open is left out, not all with it."""
    try:
        yield from zip([key_id for key_id, _ in rows], master_keys().rewrap([one for _, one in rows]), strict=True)
    except SealBroken:
        if len(rows) > 1:
            half = len(rows) // 2
            yield from _rewrapped(rows[:half])
            yield from _rewrapped(rows[half:])


def _waiting(current: int) -> int:
    return DataKey.objects.exclude(wrapped=DESTROYED).exclude(master=current).count()


def _counts() -> dict[int, int]:
    living = DataKey.objects.exclude(wrapped=DESTROYED).values_list("master")
    return dict(living.annotate(Count("pk")).order_by())


def _highest() -> int:
    known = MasterKey.objects.filter(number__lte=BEFORE_FIRST).values_list("number", flat=True)
    return max(known, default=NO_MASTER)


def _note(step: str) -> None:
    audit.write(Actor.operator(), step)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold off others that renew keys; the lock goes with the connection, so a killed command leaves none."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise RotationRunning
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
