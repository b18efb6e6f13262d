"""Seals of the audit: batches of entries, each chained to the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

__all__ = ["Sealed", "newest_seal", "oldest_unsealed", "seal_all"]


@dataclass(frozen=True)
class Sealed:
    """The newest seal; entries: how many it and all before it hold."""

    number: int
    digest: bytes
    sealed_at: datetime
    entries: int


def seal_all(progress: Callable[[int], None] = lambda done: None) -> int:
    """Seal every entry whose transaction and all older ones have ended; return how many were. One commit a batch."""
    done = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute("select seal_audit()")
            entries = int(cursor.fetchone()[0])
            if not entries:
                return done
            done += entries
            progress(done)


def newest_seal() -> Sealed | None:
    """Return the newest seal, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, digest, sealed_at, (select sum(entries) from access_auditseal)"
            " from access_auditseal order by number desc limit 1"
        )
        row = cursor.fetchone()
    return Sealed(int(row[0]), bytes(row[1]), row[2], int(row[3])) if row else None


def oldest_unsealed() -> datetime | None:
    """Return when the oldest entry was written that no seal holds; None if all are sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with last as (select until_xid, until_id from access_auditseal order by number desc limit 1)"
            " select min(e.at) from access_auditentry e where (e.xid, e.id) > ("
            " coalesce((select until_xid from last), '0'::xid8), coalesce((select until_id from last), 0))"
        )
        found: datetime | None = cursor.fetchone()[0]
    return found
