"""Which roles are in force: those of the newest version that was adopted, if it bears our signature."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panoh.access.checkpoints import is_signed, read_key
from panoh.access.refusals import Refusal
from panoh.access.roles import digest_of, offered, read_content, serve, served

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["SignedRoles", "is_ours", "take_up"]

log = logging.getLogger(__name__)
FOR = "panoh roles\n"  # so that no signature for anything else can be taken for one
NEWEST = """
    select number, content, signature from access_roleversion where adopted_at is not null order by number desc limit 1
"""
_looked_at: list[str] = []


@dataclass(frozen=True)
class SignedRoles:
    """A version and its signature."""

    number: int
    text: str
    signature: str

    @property
    def content(self) -> bytes:
        """Return what is signed."""
        return f"{FOR}{self.number}\n{digest_of(self.text)}".encode()


def is_ours(version: SignedRoles) -> bool:
    """Tell whether our own key signed a version as it stands."""
    try:
        return is_signed(version, [read_key()])
    except Refusal:
        return False


def take_up(connection: BaseDatabaseWrapper, digest: str | None) -> None:
    """Serve with the roles that the database says are in force; asks for them only when they are not those served.

    What was tampered with is not served: the program keeps to its own roles, and the database to what it was given.
    """
    if digest is None or digest == served().digest or [digest] == _looked_at:
        return
    _looked_at[:] = [digest]
    if digest == offered().digest:
        serve(offered())
        return
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        version = SignedRoles(*cursor.fetchone())
    if digest_of(version.text) == digest and is_ours(version):
        serve(read_content(version.text))
    else:
        log.error("version %s of the roles bears no signature of ours and is not served", version.number)
