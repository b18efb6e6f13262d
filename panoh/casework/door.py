"""What is answered to a code: locked so that its letters alone open it; no stolen database does, nor the machine."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

__all__ = ["lock_of", "locked", "opened"]

ABOUT = b"panoh answer at the door 1"
# Source: RFC 9180 (HPKE), base mode.
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def lock_of(code: str) -> bytes:
    """Return the lock of a code as it was drawn, without hyphens: 32 bytes, of no use for finding the code."""
    return _key(code).public_key().public_bytes_raw()


def locked(lock: bytes, words: str) -> bytes:
    """Return words that only the code of this lock opens."""
    return SUITE.encrypt(words.encode(), X25519PublicKey.from_public_bytes(lock), ABOUT)


def opened(code: str, content: bytes) -> str | None:
    """Return what was locked for this code; None if it was for another."""
    try:
        return SUITE.decrypt(content, _key(code), ABOUT).decode()
    except InvalidTag:
        return None


def _key(code: str) -> X25519PrivateKey:
    """Return the key that a code of 80 random bits is.

    Source: RFC 5869 (HKDF).
    """
    return X25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, salt=None, info=ABOUT).derive(code.encode()))
