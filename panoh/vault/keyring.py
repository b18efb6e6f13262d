"""The keyring: master keys, search keys and the key of fingerprints; never in the database."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from panoh.vault.broker import ENVIRONMENT
from panoh.vault.refusals import KeyringChanged, KeyringMissing, KeyringNotRenewed, KeyringUnsafe, KeyringWrong

KEY_BYTES = 32
FIRST_SEARCH = 1
NO_MASTER = 0


@dataclass(frozen=True)
class Keyring:
    """Keys by number: `masters` wrap data keys (new ones: `current`), `searches` blind the index (now: `search`).

    fingerprints: the key by which the same file is known again. A keyring without master keys (`current` is 0) goes
    with a key service that holds them.
    """

    masters: Mapping[int, bytes] = field(repr=False)
    current: int
    fingerprints: bytes = field(repr=False)
    searches: Mapping[int, bytes] = field(repr=False)
    search: int

    def to_json(self) -> str:
        """Return the text that is kept in the file or given by the environment."""
        return json.dumps(
            {
                "current": self.current,
                "masters": {str(number): _text(key) for number, key in self.masters.items()},
                "fingerprints": _text(self.fingerprints),
                "search": self.search,
                "searches": {str(number): _text(key) for number, key in self.searches.items()},
            },
            indent=1,
        )


def new_key() -> bytes:
    """Return a fresh random key."""
    return secrets.token_bytes(KEY_BYTES)


def make_keyring(*, with_master: bool = True) -> Keyring:
    """Return a new keyring with fresh random keys; without a master key where a key service holds those."""
    masters = {1: new_key()} if with_master else {}
    return Keyring(masters, max(masters, default=NO_MASTER), new_key(), {FIRST_SEARCH: new_key()}, FIRST_SEARCH)


# --- the file ----------------------------------------------------------------------------------------------------


def write_keyring(path: Path, keyring: Keyring) -> None:
    """Write a new keyring for its owner's eyes only; an existing one is never overwritten.

    Raises:
        FileExistsError: there is one already.
    """
    _write(path, keyring)


def replace_keyring(path: Path, before: Keyring, after: Keyring) -> None:
    """Put a keyring in the place of the one it was made from, whole or not at all.

    Raises:
        KeyringChanged: somebody else renewed the file since; nothing was written.
        KeyringNotRenewed: it may not be written, or the disk is full.
    """
    path = path.resolve()  # a link stays a link
    try:
        with _alone_at(path):
            if read_file(path) != before:
                raise KeyringChanged(path=path)
            draft = path.with_name(f".{path.name}.new")
            draft.unlink(missing_ok=True)  # of a process that was killed, for we are alone here
            _write(draft, after)
            draft.rename(path)
            _flush_folder(path.parent)
    except OSError as error:
        raise KeyringNotRenewed(path=path, why=error.strerror or error) from error


def is_given() -> bool:
    """Return whether the environment gives the keyring, which then no command can renew."""
    return bool(os.environ.get(ENVIRONMENT))


def read_keyring(path: Path) -> Keyring:
    """Return the keyring given by the environment variable PANOH_KEYRING, else the one in the file.

    Raises:
        KeyringMissing, KeyringUnsafe (group or others may read it), KeyringWrong.
    """
    given = os.environ.get(ENVIRONMENT)
    return _parse(given, ENVIRONMENT) if given else read_file(path)


def read_file(path: Path) -> Keyring:
    """Return the keyring in a file.

    Raises:
        KeyringMissing, KeyringUnsafe (group or others may read it), KeyringWrong.
    """
    if not path.exists():
        raise KeyringMissing(path=path)
    if path.stat().st_mode & 0o077:
        raise KeyringUnsafe(path=path)
    return _parse(path.read_bytes(), str(path))


def keyring() -> Keyring:
    """Return the keyring of this process: read once, and again when its file was renewed, for others rotate keys."""
    from django.conf import settings  # noqa: PLC0415  # the keyring file is read without Django by `panoh doctor`

    path = Path(settings.PANOH_KEYRING_FILE)
    mark, held = os.environ.get(ENVIRONMENT) or _mark(path), _held.get(path)
    if held and mark in (held[0], None):  # a file that was taken away after the start was meant to be
        return held[1]
    ring = read_keyring(path)
    _held[path] = (mark, ring)
    return ring


_Mark = str | tuple[int, int, int] | None
_held: dict[Path, tuple[_Mark, Keyring]] = {}


def _mark(path: Path) -> _Mark:
    """Return what changes when a file is renewed; None of an absent one."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _write(path: Path, keyring: Keyring) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(keyring.to_json())
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone_at(path: Path) -> Iterator[None]:
    with path.with_name(f".{path.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


# --- its text ----------------------------------------------------------------------------------------------------


def _parse(text: str | bytes, where: str) -> Keyring:
    try:
        raw = json.loads(text)
        masters, current = _numbered(raw["masters"]), int(raw["current"])
        if current not in masters and (masters or current != NO_MASTER):
            raise ValueError("its current master key is not among its keys")
        fingerprints = _key(raw["fingerprints"])
        searches = _numbered(raw["searches"]) if "searches" in raw else {FIRST_SEARCH: _first_search(fingerprints)}
        search = int(raw["search"]) if "searches" in raw else FIRST_SEARCH
        if search not in searches:
            raise ValueError("its current search key is not among its keys")
        return Keyring(masters, current, fingerprints, searches, search)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyringWrong(path=where, why=error) from error


def _first_search(fingerprints: bytes) -> bytes:
    """Return the search key of a keyring that was written before there were any.

    Source: RFC 5869 (HKDF).
    """
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"panoh search key 1").derive(fingerprints)


def _numbered(keys: Mapping[str, str]) -> dict[int, bytes]:
    return {int(number): _key(key) for number, key in keys.items()}


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {len(key)} bytes instead of {KEY_BYTES}")
    return key


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
