"""Is the audit still what was sealed and signed: what was altered, removed, inserted or put elsewhere, and where."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.checkpoints import Checkpoint, is_signed
from panoh.access.policies_audit import CONTENT, HEADER

__all__ = ["Fault", "Verified", "verify", "verify_database"]

DIGEST_BYTES = 32
TOLD_AT_MOST = 10
STRAYS_AT_MOST = 10_000
AT_ONCE = 10  # seals asked for in one statement
# No transaction of ours takes longer; an entry that says it is older than that, beside what is sealed, is back-dated.
LONGEST_TRANSACTION = timedelta(hours=12)

Kind = Literal[
    "altered", "removed", "inserted", "reordered", "backdated",
    "seal-altered", "seal-removed", "cut", "resealed", "unsigned", "no-checkpoint",
]  # fmt: skip


class Cursor(Protocol):
    """A cursor of Django's or of psycopg's; one transaction of it sees one state of the tables."""

    def execute(self, query: Any, params: Any = None, /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. entries: numbers of the entries; batch: the seal they belong to."""

    kind: Kind
    says: str
    batch: int | None = None
    entries: tuple[int, ...] = ()


@dataclass
class Verified:
    """What was looked at, and what is wrong; unsealed: entries that are yet to be sealed."""

    entries: int = 0
    batches: int = 0
    unsealed: int = 0
    checkpoints: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class _Seal:
    number: int
    ids: str
    entries: int
    until: tuple[str, int]
    header: str
    digests: bytes
    digest: bytes
    found: bytes
    earliest: datetime | None
    sealed_at: datetime

    def digest_after(self, before: bytes) -> bytes:
        return hashlib.sha256(before + self.header.encode() + b"\0" + self.digests).digest()

    def numbers(self) -> list[int] | None:
        """Return the numbers of the entries, or None if there cannot be as many as digests."""
        ranges = [part.split(",") for part in self.ids.strip("{}[)").split("),[")]
        size = sum(int(until) - int(first) for first, until in ranges)
        if not size == self.entries == len(self.digests) / DIGEST_BYTES:
            return None
        return [number for first, until in ranges for number in range(int(first), int(until))]


@dataclass(frozen=True)
class _Place:
    """A place whose entry is not what was sealed: the digest that was kept, and the one found (None if it is empty)."""

    batch: int
    number: int
    kept: bytes
    found: bytes | None


Progress = Callable[[int, int], None]


def verify_database(
    checkpoints: Sequence[Checkpoint | int],
    keys: Sequence[Ed25519PublicKey],
    progress: Progress = lambda done, total: None,
) -> Verified:
    """Verify the audit as it stands at one moment, while people work."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        return verify(cursor, checkpoints, keys, progress)


def verify(
    cursor: Cursor,
    checkpoints: Sequence[Checkpoint | int],
    keys: Sequence[Ed25519PublicKey],
    progress: Progress = lambda done, total: None,
) -> Verified:
    """Compare entries with seals, seals with their chain, and the chain with the checkpoints.

    checkpoints: as read from their file, with the number of each line that is none.
    """
    result, places, known = Verified(), list[_Place](), dict[int, _Seal]()
    settled: datetime | None = None  # when everything that could be was sealed
    cursor.execute("select coalesce(max(number), 0) from access_auditseal")
    ((total,),) = cursor.fetchall()
    before = [bytes(DIGEST_BYTES)]  # what the next seal may be chained to: as kept, and as it should be
    for seal in _seals(cursor):
        missing = seal.number - (max(known) if known else 0) - 1
        if missing:
            result.faults.append(_seals_missing(seal.number - missing, seal.number - 1))
        elif all(seal.digest_after(digest) != seal.digest for digest in before):
            result.faults.append(_seal_altered(seal))
        before = list(dict.fromkeys([seal.digest, *(seal.digest_after(digest) for digest in before)]))[:3]
        if seal.found != seal.digests:
            places += _places(cursor, seal)
        if settled and seal.earliest and seal.earliest < settled - LONGEST_TRANSACTION:
            result.faults += _backdated(cursor, settled, seal)
        settled = seal.sealed_at if seal.until[1] == 0 else settled
        result.batches, result.entries = result.batches + 1, result.entries + seal.entries
        known[seal.number] = _without_digests(seal)
        progress(seal.number, total)
    newest = known[max(known)] if known else None
    strays = [] if any(fault.kind == "seal-removed" for fault in result.faults) else _strays(cursor, newest)
    result.faults += _entries_wrong(places, strays, known)
    result.unsealed = _unsealed(cursor)
    if settled and newest:
        result.faults += _backdated(cursor, settled, None, newest)
    result.faults += _against(checkpoints, keys, known, result)
    return result


# --- seals and entries -------------------------------------------------------------------------------------------

SEALS = f"""
    select s.number, s.ids::text, s.entries, s.until_xid::text, s.until_id, {HEADER}, s.digests, s.digest,
        found.digests, found.earliest, s.sealed_at
    from access_auditseal s cross join lateral (
        select coalesce(string_agg({CONTENT}, '' order by e.id), '') as digests, min(e.at) as earliest
        from unnest(s.ids) as run join access_auditentry e on e.id >= lower(run) and e.id < upper(run)
    ) found where s.number > %s order by s.number limit {AT_ONCE}
"""  # noqa: S608  # no word of it comes from outside
ENTRIES = f"""
    select e.id, {CONTENT} from unnest(%s::int8multirange) as run
    join access_auditentry e on e.id >= lower(run) and e.id < upper(run) order by e.id
"""  # noqa: S608
SEALED = "(select coalesce(range_agg(ids), '{}') from access_auditseal)"
# An entry in no seal that the next sealing would not take: its transaction is older than what is sealed.
STRAYS = f"""
    select e.id, {CONTENT}, e.at from access_auditentry e where not e.id <@ {SEALED}
    and (e.xid, e.id) <= (%s::xid8, %s)
    and not (%s::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) and e.xid < pg_snapshot_xmax(pg_current_snapshot()))
    order by e.id limit {STRAYS_AT_MOST}
"""  # noqa: S608


def _seals(cursor: Cursor) -> Iterator[_Seal]:
    number = 0
    while True:
        cursor.execute(SEALS, [number])
        rows = cursor.fetchall()
        for number, ids, entries, xid, last, header, digests, digest, found, earliest, sealed_at in rows:
            yield _Seal(
                number, ids, entries, (xid, last), header, bytes(digests), bytes(digest), bytes(found), earliest,
                sealed_at,
            )  # fmt: skip
        if len(rows) < AT_ONCE:
            return


def _without_digests(seal: _Seal) -> _Seal:
    return _Seal(**{**seal.__dict__, "digests": b"", "found": b""})


def _places(cursor: Cursor, seal: _Seal) -> Iterator[_Place]:
    numbers = seal.numbers()
    if numbers is None:  # the seal itself was altered, which is told already
        return
    cursor.execute(ENTRIES, [seal.ids])
    found: dict[int, list[bytes]] = defaultdict(list)  # several only where somebody dropped the primary key
    for number, digest in cursor.fetchall():
        found[number].append(bytes(digest))
    for place, number in enumerate(numbers):
        kept = seal.digests[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES]
        if found[number] != [kept]:
            other = [digest for digest in found[number] if digest != kept] or found[number]
            yield _Place(seal.number, number, kept, other[0] if other else None)


def _strays(cursor: Cursor, newest: _Seal | None) -> list[tuple[int, bytes, datetime]]:
    if newest is None:
        return []
    cursor.execute(STRAYS, [*newest.until, newest.until[0]])
    return [(number, bytes(digest), at) for number, digest, at in cursor.fetchall()]


def _unsealed(cursor: Cursor) -> int:
    cursor.execute(f"select count(*) from access_auditentry e where not e.id <@ {SEALED}")  # noqa: S608
    ((number,),) = cursor.fetchall()
    return int(number)


def _entries_wrong(
    places: Sequence[_Place], strays: Sequence[tuple[int, bytes, datetime]], known: dict[int, _Seal]
) -> Iterator[Fault]:
    """Tell by the digests what became of each entry: one that stands elsewhere was moved, not altered."""
    where = {place.found: place.number for place in places if place.found} | {digest: one for one, digest, _ in strays}
    sealed = {place.kept for place in places}
    grouped: dict[tuple[Kind, int], list[_Place]] = defaultdict(list)
    for place in places:
        kind: Kind = "reordered" if place.kept in where else "altered" if place.found else "removed"
        grouped[kind, place.batch].append(place)
    for (kind, batch), wrong in grouped.items():
        numbers = tuple(place.number for place in wrong)
        moved = [f"{place.number} → {where[place.kept]}" for place in wrong if kind == "reordered"]
        yield Fault(kind, _sentence(kind, known[batch], moved or numbers), batch, numbers)
    if new := [(number, at) for number, digest, at in strays if digest not in sealed]:
        numbers = tuple(number for number, _at in new)
        says = ngettext(
            "Entry %(ids)s was inserted among what was sealed already; it says it was written at %(at)s.",
            "%(n)s entries were inserted among what was sealed already: %(ids)s; the first says it was written at"
            " %(at)s.",
            len(new),
        )
        told = {"n": len(new), "ids": _listed(numbers), "at": _time(min(at for _number, at in new))}
        yield Fault("inserted", says % told, None, numbers)


def _sentence(kind: Kind, seal: _Seal, listed: Sequence[object]) -> str:
    n = len(listed)
    says = {
        "altered": ngettext(
            "Batch %(batch)s, sealed at %(at)s: entry %(ids)s was altered.",
            "Batch %(batch)s, sealed at %(at)s: %(n)s entries were altered: %(ids)s.",
            n,
        ),
        "removed": ngettext(
            "Batch %(batch)s, sealed at %(at)s: entry %(ids)s was removed.",
            "Batch %(batch)s, sealed at %(at)s: %(n)s entries were removed: %(ids)s.",
            n,
        ),
        "reordered": ngettext(
            "Batch %(batch)s, sealed at %(at)s: an entry stands in another place than it was written: %(ids)s.",
            "Batch %(batch)s, sealed at %(at)s: %(n)s entries stand in other places than they were written: %(ids)s.",
            n,
        ),
    }[kind]
    return says % {"batch": seal.number, "at": _time(seal.sealed_at), "n": n, "ids": _listed(listed)}


def _backdated(cursor: Cursor, settled: datetime, seal: _Seal | None, newest: _Seal | None = None) -> Iterator[Fault]:
    """Find entries, of a seal or of none yet, that say they are far older than what had been sealed before them."""
    bound = settled - LONGEST_TRANSACTION
    if seal:
        inside, given = "e.id <@ %s::int8multirange", [seal.ids]
    else:
        assert newest  # noqa: S101  # for the type checker: there is one when something was settled
        inside, given = f"not e.id <@ {SEALED} and (e.xid, e.id) > (%s::xid8, %s)", [*newest.until]  # type: ignore[list-item]
    query = f"select e.id, e.at from access_auditentry e where e.at < %s and {inside} order by e.id"  # noqa: S608
    cursor.execute(query, [bound, *given])
    if found := cursor.fetchall():
        numbers = tuple(number for number, _at in found)
        says = ngettext(
            "Entry %(ids)s says it was written at %(at)s, but came after everything until %(settled)s was sealed: it is"
            " back-dated.",
            "%(n)s entries say they were written from %(at)s on, but came after everything until %(settled)s was"
            " sealed: %(ids)s are back-dated.",
            len(found),
        )
        first = min(at for _number, at in found)
        told = {"n": len(found), "ids": _listed(numbers), "at": _time(first), "settled": _time(settled)}
        yield Fault("backdated", says % told, seal.number if seal else None, numbers)


def _seals_missing(first: int, last: int) -> Fault:
    says = ngettext(
        "The seal of batch %(first)s is gone; its entries are in no other.",
        "The seals of batches %(first)s to %(last)s are gone; their entries are in no other.",
        last - first + 1,
    )
    return Fault("seal-removed", says % {"first": first, "last": last}, first)


def _seal_altered(seal: _Seal) -> Fault:
    says = _("The seal of batch %(batch)s, which says it was made at %(at)s, was altered: it does not fit the chain.")
    return Fault("seal-altered", says % {"batch": seal.number, "at": _time(seal.sealed_at)}, seal.number)


# --- checkpoints -------------------------------------------------------------------------------------------------


def _against(
    checkpoints: Iterable[Checkpoint | int],
    keys: Sequence[Ed25519PublicKey],
    known: dict[int, _Seal],
    result: Verified,
) -> Iterator[Fault]:
    """Hold the chain against what was signed; the first that does not fit tells where."""
    signed: list[Checkpoint] = []
    for one in checkpoints:
        if isinstance(one, Checkpoint) and is_signed(one, keys):
            signed.append(one)
            continue
        where = _("line %(n)s of the file") % {"n": one} if isinstance(one, int) else one.signed_at
        says = _("A checkpoint was not signed by this key, or was altered: %(where)s.") % {"where": where}
        yield Fault("unsigned", says, None if isinstance(one, int) else one.number)
    result.checkpoints = len(signed)
    signed.sort(key=lambda one: (one.number, one.signed_at))
    if known and not signed:
        says = _("No checkpoint vouches for the audit: whoever rules the database could have sealed it anew.")
        yield Fault("no-checkpoint", says)
    fits = [one for one in signed if one.number in known and known[one.number].digest.hex() == one.digest]
    other = [one for one in signed if one.number in known and one not in fits]
    if other:
        after = max((one.number for one in fits if one.number < other[0].number), default=0)
        says = _(
            "Batch %(batch)s is not the one that was signed at %(at)s: the audit was sealed anew somewhere after batch"
            " %(after)s."
        )
        told = {"batch": other[0].number, "at": _time(datetime.fromisoformat(other[0].signed_at)), "after": after}
        yield Fault("resealed", says % told, other[0].number)
    if signed and signed[-1].number > (last := max(known, default=0)):
        says = _(
            "The audit ends with batch %(last)s, but the checkpoint of %(at)s knows batch %(batch)s and %(entries)s"
            " entries; %(left)s are left: its end was cut off, or an older database was put in place."
        )
        end = signed[-1]
        told = {"last": last, "at": _time(datetime.fromisoformat(end.signed_at)), "batch": end.number}
        yield Fault("cut", says % {**told, "entries": end.entries, "left": result.entries}, last + 1)


def _time(at: datetime) -> str:
    return f"{localtime(at.astimezone(UTC)):%Y-%m-%d %H:%M:%S}"


def _listed(numbers: Sequence[object]) -> str:
    return ", ".join(map(str, numbers[:TOLD_AT_MOST])) + (" …" if len(numbers) > TOLD_AT_MOST else "")
