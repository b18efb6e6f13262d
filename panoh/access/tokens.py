"""Who the database serves: the connection bears a token, and the database itself checks whose it is.

A statement that somebody smuggles in bears the token of whoever asked, and can make none of its own: a token is signed
with a key that only the owner of the tables and this process hold.
Format: member of staff . session . end (seconds since 1970) . HMAC-SHA-256 of what stands before, in hexadecimal.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection
from psycopg import Cursor
from psycopg.pq import TransactionStatus

from panoh.access.roles_in_force import take_up

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = [
    "NOBODY", "OPERATOR", "acting_for", "bear", "bearing", "borne", "door_key", "pads", "tell", "tell_anew",
    "token_for", "whose",
]  # fmt: skip

NOBODY = ""
OPERATOR = 0
NO_SESSION = 0
LIFE_SECONDS = 12 * 60 * 60
_BLOCK = 64

_borne: ContextVar[str] = ContextVar("borne", default=NOBODY)


@cache
def door_key() -> bytes:
    """Return the key that signs tokens, made from the deployment's secret.

    Source: RFC 5869 (HKDF).
    """
    return HKDF(SHA256(), 32, salt=None, info=b"panoh database tokens 1").derive(settings.SECRET_KEY.encode())


def pads(key: bytes) -> tuple[bytes, bytes]:
    """Return what the database needs to check a token with nothing but SHA-256: the inner and the outer block.

    Source: RFC 2104 (HMAC).
    """
    whole = key.ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in whole), bytes(byte ^ 0x5C for byte in whole)


def token_for(staff_id: int | None, session: int = NO_SESSION) -> str:
    """Return a token of a member of staff (None: the operator), of a session that can be ended or of a step of ours."""
    said = f"{staff_id or OPERATOR}.{session}.{int(time.time()) + LIFE_SECONDS}"
    return f"{said}.{hmac.new(door_key(), said.encode(), hashlib.sha256).hexdigest()}"


def borne() -> str:
    """Return the token that is borne here, for another process of ours to act under."""
    return _borne.get()


def whose() -> int | None:
    """Return whose token is borne: a member of staff, the operator (0), or nobody."""
    token = _borne.get()
    return int(token.split(".", 1)[0]) if token else None


@contextmanager
def bearing(token: str) -> Iterator[int | None]:
    """Let every statement inside bear this token; give whose the database says it is."""
    before = _borne.get()
    _borne.set(token)
    try:
        yield tell(connection)
    finally:
        _borne.set(before)
        tell(connection)


@contextmanager
def acting_for(staff_id: int | None) -> Iterator[None]:
    """Let what happens inside be done for a member of staff (None: the operator), in their session if it is theirs."""
    if whose() == (staff_id or OPERATOR):
        yield
    else:
        with bearing(token_for(staff_id)):
            yield


def bear(token: str) -> None:
    """Bear this token from now on, in a process that serves one only."""
    _borne.set(token)
    tell(connection)


def tell_anew() -> None:
    """Bear what is borne, and take up the roles that are in force by now."""
    tell(connection)


def tell(to: BaseDatabaseWrapper) -> int | None:
    """Tell an open connection whose token it bears, and return whose the database says it is.

    One that opens later is told by `panoh.access.database`. In a transaction that failed nothing can be said; rolled
    back, it bears again what it bore at its beginning.
    """
    there, token = to.connection, _borne.get()
    if there is None or there.closed or there.info.transaction_status == TransactionStatus.INERROR:
        return None
    # Not the cursor of the connection, which writes values into the text that others of our role can see running.
    with Cursor(there) as cursor:
        if not token:
            cursor.execute("select set_config('app.token', '', false)")
            return None
        cursor.execute("select app.bear(%s), app.roles_in_force()", [token])
        bearer, digest = cursor.fetchone() or (None, None)
        take_up(to, digest)
        return int(bearer) if bearer is not None else None
