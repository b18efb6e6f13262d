"""The ledger of the forgotten: ids of destroyed keys, in a file that no restored backup of the database takes back."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.conf import settings


def forgotten() -> set[UUID]:
    """Return the ids of the keys that were destroyed; a line that a power cut left unfinished is passed over."""
    try:
        lines = _file().read_text(errors="replace").split()
    except FileNotFoundError:
        return set()
    return {key_id for key_id in map(_id, lines) if key_id}


def add(key_ids: Collection[UUID]) -> None:
    """Add the ids of destroyed keys; what stands there is never changed."""
    if not key_ids:
        return
    handle = os.open(_file(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0, os.SEEK_END)
        unfinished = file.tell() and _last_byte(file.fileno(), file.tell()) != b"\n"
        file.write((b"\n" if unfinished else b"") + b"".join(f"{key_id}\n".encode() for key_id in key_ids))
        file.flush()
        os.fsync(file.fileno())


def _last_byte(handle: int, size: int) -> bytes:
    return os.pread(handle, 1, size - 1)


def _id(line: str) -> UUID | None:
    try:
        return UUID(line)
    except ValueError:
        return None


def _file() -> Path:
    return Path(settings.PANOH_FORGOTTEN_FILE)
