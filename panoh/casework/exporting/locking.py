"""The lock around a file that leaves: age to the receiver's public key, else a zip (AES-256) with a passphrase."""

from __future__ import annotations

import io
import secrets

import pyrage

from panoh.access.codes import ALPHABET

__all__ = ["locked_for", "locked_with", "new_passphrase"]

GROUPS, LETTERS = 5, 5


def locked_for(key: str, content: bytes) -> bytes:
    """Return the content encrypted to a public key of age (X25519): its holder alone opens it."""
    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(key)]))


def new_passphrase() -> str:
    """Return a passphrase of 125 random bits, in letters that are read out on the phone without mistake."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def locked_with(passphrase: str, name: str, content: bytes) -> bytes:
    """Return a zip of one file, encrypted with AES-256 (WinZip AE-2)."""
    import pyzipper  # noqa: PLC0415  # a quarter of a second, for whoever locks none

    written = io.BytesIO()
    how = {"compression": pyzipper.ZIP_DEFLATED, "encryption": pyzipper.WZ_AES}
    with pyzipper.AESZipFile(written, "w", **how) as zipped:
        zipped.setpassword(passphrase.encode())
        zipped.writestr(name, content)
    return written.getvalue()
