"""Seals what sign-in keeps (seeds of authenticator apps, what a session holds), by keys made from the secret."""

from __future__ import annotations

import base64
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

__all__ = ["seal_text", "unseal_text"]

_NONCE_BYTES = 12


@cache
def _key(purpose: str) -> bytes:
    """Return the key of one purpose, made from the deployment's secret. Source: RFC 5869 (HKDF)."""
    info = f"panoh sealed {purpose} 1".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(settings.SECRET_KEY.encode())


def seal_text(purpose: str, text: bytes, *, place: str = "") -> str:
    """Return the text sealed (AES-256-GCM), in letters; it opens for the same purpose and place only."""
    nonce = os.urandom(_NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(_key(purpose)).encrypt(nonce, text, place.encode())).decode()


def unseal_text(purpose: str, sealed: str, *, place: str = "") -> bytes | None:
    """Return the text, or None for one that was sealed by another secret, elsewhere, or changed since."""
    try:
        given = base64.b64decode(sealed, validate=True)
        return AESGCM(_key(purpose)).decrypt(given[:_NONCE_BYTES], given[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError):
        return None
