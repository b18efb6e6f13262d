"""The keyring: master keys that wrap each person's key, and the key of fingerprints; never in the database."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from panoh.vault.refusals import KeyringMissing, KeyringUnsafe, KeyringWrong

KEY_BYTES = 32
ENVIRONMENT = "PANOH_KEYRING"


@dataclass(frozen=True)
class Keyring:
    """Master keys by number, the number that wraps new keys, and the key for fingerprints of files."""

    masters: dict[int, bytes] = field(repr=False)
    current: int
    fingerprints: bytes = field(repr=False)

    def to_json(self) -> str:
        """Return the text that is kept in the file or given by the environment."""
        return json.dumps(
            {
                "current": self.current,
                "masters": {str(number): _text(key) for number, key in self.masters.items()},
                "fingerprints": _text(self.fingerprints),
            },
            indent=1,
        )


def make_keyring() -> Keyring:
    """Return a new keyring with fresh random keys."""
    return Keyring({1: secrets.token_bytes(KEY_BYTES)}, 1, secrets.token_bytes(KEY_BYTES))


def write_keyring(path: Path, keyring: Keyring) -> None:
    """Write a new keyring for its owner's eyes only; an existing one is never overwritten.

    Raises:
        FileExistsError: there is one already.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(keyring.to_json())
        file.flush()
        os.fsync(file.fileno())


def read_keyring(path: Path) -> Keyring:
    """Return the keyring given by the environment variable PANOH_KEYRING, else the one in the file.

    Raises:
        KeyringMissing, KeyringUnsafe (group or others may read it), KeyringWrong.
    """
    given = os.environ.get(ENVIRONMENT)
    if given:
        return _parse(given, ENVIRONMENT)
    if not path.exists():
        raise KeyringMissing(path=path)
    if path.stat().st_mode & 0o077:
        raise KeyringUnsafe(path=path)
    return _parse(path.read_bytes(), str(path))


@cache
def keyring() -> Keyring:
    """Return the keyring of this process, read once."""
    from django.conf import settings  # noqa: PLC0415  # the keyring file is read without Django by `panoh doctor`

    return read_keyring(Path(settings.PANOH_KEYRING_FILE))


def _parse(text: str | bytes, where: str) -> Keyring:
    try:
        raw = json.loads(text)
        masters = {int(number): _key(key) for number, key in raw["masters"].items()}
        current = int(raw["current"])
        if current not in masters:
            raise ValueError("its current master key is not among its keys")
        return Keyring(masters, current, _key(raw["fingerprints"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyringWrong(path=where, why=error) from error


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {len(key)} bytes instead of {KEY_BYTES}")
    return key


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
