"""The side of the vault: who asks, whether it is theirs to see and how much they had today; then the account, then it.

What it believes is the database alone, asked over its own connection under the asker's token.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, connections
from msgspec import msgpack

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.refusals import DatabaseAway, NotAllowed, Refusal
from panoh.access.roles import roles
from panoh.access.tokens import bearing
from panoh.vault.broker import wire
from panoh.vault.broker.budgets import Budgets
from panoh.vault.keeper import Here, Key, Part
from panoh.vault.keyring import keyring
from panoh.vault.models import DataKey, Identity, SealedPart
from panoh.vault.refusals import SocketTaken, VaultAway

WORDS, SEARCH = "words.open", "register.search"
WHO = "select agency_id, display_name, role from access_staff where id = %s and is_active"
# How long a key that was made in a step is its maker's, before the step has ended and the database knows it.
STEP_SECONDS = 3600
_NOT_TO_BE_LOOKED_INTO = 4

log = logging.getLogger(__name__)


class Vault:
    """What the process knows beside its keys: today's account, and whose the keys are that nobody else knows yet."""

    def __init__(self) -> None:
        self._here, self._budgets = Here(), Budgets()
        self._made: dict[UUID, tuple[int | None, float]] = {}
        self._answers: Mapping[type, Callable[[Actor, Any], Any]] = {
            wire.Make: lambda actor, asked: self._make(actor, asked.count),
            wire.Seal: lambda _, asked: self._here.seal(asked.parts),
            wire.Reseal: lambda _, asked: self._here.reseal(asked.parts),
            wire.Open: self._open,
            wire.Blind: lambda _, asked: self._here.blind(asked.people),
            wire.MakeFindable: lambda _, asked: self._here.make_findable(asked.people),
            wire.SearchKey: lambda _, __: self._here.search_key(),
            wire.Search: self._search,
            wire.Fingerprint: lambda _, asked: self._here.fingerprint(asked.content),
        }

    def answer(self, question: bytes) -> bytes:
        """Answer one message by one; a refusal is an answer, and what fails says no more than that it did."""
        try:
            asked = msgpack.decode(question, type=wire.Asked)
            connection.ensure_connection()  # one that is closed bears nothing
            with bearing(asked.token) as bearer:
                if bearer is None:
                    raise NotAllowed
                value = self._answers[type(asked.what)](_actor(bearer), asked.what)
            answered = wire.Answered(msgpack.encode(value))
        except Refusal as refusal:
            answered = _refused(refusal)
        except DatabaseError:
            connection.close()  # the next one finds another
            answered = _refused(DatabaseAway())
        except Exception as error:  # an asker is told nothing of what broke, and the next one is answered
            log.exception("the vault could not answer: %s", type(error).__name__)
            answered = _refused(VaultAway())
        return msgpack.encode(answered)

    def _make(self, actor: Actor, count: int) -> list[Key]:
        keys, instant = self._here.make(count), time.monotonic()
        for gone in [key for key, (_, made) in list(self._made.items()) if instant - made > STEP_SECONDS]:
            self._made.pop(gone, None)
        self._made |= {key.id: (actor.staff_id, instant) for key in keys}
        return keys

    def _open(self, actor: Actor, asked: wire.Open) -> list[bytes]:
        look, step = asked.look, asked.look.step or WORDS
        if (look.step and not actor.may(look.step)) or not self._are_theirs(actor, asked.parts):
            audit.write(actor, step, about=look.about, purpose=look.purpose, denied=True)
            raise NotAllowed
        keys = {part.key.id for part in asked.parts}
        whose = dict(Identity.objects.filter(key__in=keys).values_list("key_id", "pk"))
        looked_at = sorted(whose.get(key, key) for key in keys)
        urgent = {whose.get(key, key) for key in _told("select app.urgent_keys(%s)", keys)}
        try:
            self._budgets.spend(actor, step, looked_at, urgent=urgent)
        except Refusal:
            audit.write(actor, step, about=look.about, purpose=look.purpose, denied=True)
            raise
        plain = self._here.open(asked.parts)
        audit.write(actor, step, about=look.about, purpose=look.purpose, identities=looked_at)
        return plain

    def _are_theirs(self, actor: Actor, parts: Sequence[Part]) -> bool:
        """Tell whether the database shows the asker every part, or the part is new under a key that is theirs."""
        shown = set(SealedPart.objects.filter(pk__in=[part.id for part in parts]).values_list("pk", flat=True))
        new = [part for part in parts if part.id not in shown]
        if not new:
            return True
        if _told("select app.parts_there(%s)", [part.id for part in new]):
            return False
        keys = {part.key.id for part in new}
        keys -= set(DataKey.objects.filter(pk__in=keys).values_list("pk", flat=True))
        return all(self._made.get(key, (None, 0.0))[0] == actor.staff_id and key in self._made for key in keys)

    def _search(self, actor: Actor, asked: wire.Search) -> Any:
        self._budgets.spend(actor, SEARCH, [uuid4() for _ in asked.asked])
        audit.write(actor, SEARCH)
        found = self._here.search(asked.asked)
        hits = [hit.identity_id for one in found for hit in one.hits]
        shown = set(Identity.objects.filter(pk__in=hits).values_list("pk", flat=True))
        for one in found:
            one.hits[:] = [hit if hit.identity_id in shown else hit.unnamed() for hit in one.hits]
        return found


def serve(path: Path, *, ready: Callable[[], None] = lambda: None) -> None:
    """Answer on a socket until the process is ended; only its own user and group can reach it.

    Raises:
        SocketTaken: another vault answers there.
    """
    # Another process of the same user can then read neither its memory nor its environment. Source: prctl(2).
    ctypes.CDLL(None).prctl(_NOT_TO_BE_LOOKED_INTO, 0)
    _make_room(path)
    before = os.umask(0o117)
    try:
        listener = Listener(str(path), "AF_UNIX", backlog=64)
    finally:
        os.umask(before)
    # Each line has a connection of its own: as many are asked as there are threads that ask.
    connections.settings["default"]["OPTIONS"].pop("pool", None)
    vault = Vault()
    keyring()  # read while it is there
    ready()
    while True:
        with contextlib.suppress(OSError):
            line = listener.accept()
            threading.Thread(target=_converse, args=(vault, line), daemon=True).start()


def _converse(vault: Vault, line: Connection[bytes, bytes]) -> None:
    with line, contextlib.closing(connection), contextlib.suppress(EOFError, OSError):
        while True:
            line.send_bytes(vault.answer(line.recv_bytes(wire.MOST_BYTES)))


def _make_room(path: Path) -> None:
    try:
        Client(str(path), "AF_UNIX").close()
    except FileNotFoundError:
        return
    except ConnectionRefusedError:  # of a vault that was killed
        path.unlink(missing_ok=True)
        return
    raise SocketTaken(path=path)


def _actor(bearer: int) -> Actor:
    if not bearer:
        return Actor.operator()
    with connection.cursor() as cursor:  # of each question: past the ORM it costs a third
        cursor.execute(WHO, [bearer])
        found = cursor.fetchone()
    if found is None:
        raise NotAllowed
    agency, name, role = found
    return Actor(bearer, agency, name, roles()[role])


def _told(question: str, about: Collection[UUID]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(question, [list(about)])
        found: list[UUID] = cursor.fetchone()[0]
    return found


def _refused(refusal: Refusal) -> wire.Answered:
    return wire.Answered(refused=wire.Refused(refusal.code, {name: str(one) for name, one in refusal.details.items()}))
