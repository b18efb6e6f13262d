"""The keys of an instance: by one it signs what it sends, by the other what is locked for it opens."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pyrage
from django.conf import settings

from panoh.access import checkpoints
from panoh.access.codes import ALPHABET

__all__ = ["age_identity", "check_code", "own_age_key", "own_key"]

GROUPS, LETTERS, BITS = 6, 4, 5


def own_key() -> str:
    """Return our public key, in 64 letters."""
    return checkpoints.public_key()


def check_code(key: str) -> str:
    """Return 120 bits of the digest of a public key, in letters that are read out on the phone without mistake."""
    number = int.from_bytes(sha256(key.encode()).digest()) >> (256 - GROUPS * LETTERS * BITS)
    drawn = "".join(ALPHABET[number >> BITS * place & 31] for place in reversed(range(GROUPS * LETTERS)))
    return "-".join(drawn[at : at + LETTERS] for at in range(0, len(drawn), LETTERS))


def own_age_key() -> str:
    """Return our public key of age, to which partners lock what is for us alone."""
    return str(age_identity().to_public())


def age_identity() -> pyrage.x25519.Identity:
    """Return our private key of age, made if there is none yet."""
    path = Path(settings.PANOH_AGE_KEY_FILE)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return pyrage.x25519.Identity.from_str(path.read_text().strip())
    made = pyrage.x25519.Identity.generate()
    with os.fdopen(handle, "w") as opened:
        opened.write(f"{made}\n")
    return made
