"""Sealing: AES-256-GCM under a key per person or list, that key wrapped by a master key.

Source: NIST SP 800-38D (GCM), RFC 3394 (AES key wrap).
Format of a sealed value: version byte | 12-byte random nonce | ciphertext and tag.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from panoh.vault.keyring import KEY_BYTES, Keyring
from panoh.vault.refusals import SealBroken

# The number of a master key, and a data key wrapped by it.
Wrapped = tuple[int, bytes]

VERSION = 1
NONCE_BYTES = 12


def new_data_key() -> bytes:
    """Return a fresh random key for one person or list."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(keyring: Keyring, data_key: bytes) -> Wrapped:
    """Return the number of the master key used, and the wrapped key (40 bytes)."""
    return keyring.current, aes_key_wrap(keyring.masters[keyring.current], data_key)


def unwrap(keyring: Keyring, master: int, wrapped: bytes | memoryview) -> bytes:
    """Return the data key.

    Raises:
        SealBroken: the keyring lacks this master key, or the wrapped key was altered.
    """
    try:
        return aes_key_unwrap(keyring.masters[master], bytes(wrapped))
    except (KeyError, InvalidUnwrap) as error:
        raise SealBroken from error


def seal(data_key: bytes, key_id: UUID, group: int, part_id: UUID, plain: bytes) -> bytes:
    """Return the plain bytes sealed, bound to key (person), field group and part: none can stand in for another."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([VERSION]) + nonce + AESGCM(data_key).encrypt(nonce, plain, _bound_to(key_id, group, part_id))


def unseal(data_key: bytes, key_id: UUID, group: int, part_id: UUID, sealed: bytes | memoryview) -> bytes:
    """Return the plain bytes.

    Raises:
        SealBroken: altered, or sealed for another person, group or part, or by an unknown version.
    """
    sealed = bytes(sealed)  # psycopg hands out memory it owns
    if len(sealed) < 1 + NONCE_BYTES + 16 or sealed[0] != VERSION:
        raise SealBroken
    nonce, cipher = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(data_key).decrypt(nonce, cipher, _bound_to(key_id, group, part_id))
    except InvalidTag as error:
        raise SealBroken from error


def fingerprint(keyring: Keyring, content: bytes) -> bytes:
    """Return a keyed digest: equal for equal content, and of no use to whoever lacks the keyring."""
    return hmac.new(keyring.fingerprints, content, hashlib.sha256).digest()


def _bound_to(key_id: UUID, group: int, part_id: UUID) -> bytes:
    return bytes([VERSION]) + key_id.bytes + group.to_bytes(2, "big") + part_id.bytes
