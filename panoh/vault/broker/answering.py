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
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import DatabaseError, connection, connections, transaction
from msgspec import msgpack

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.refusals import DatabaseAway, NotAllowed, Refusal
from panoh.access.roles import roles
from panoh.access.tokens import bearing
from panoh.vault.broker import wire
from panoh.vault.broker.budgets import RATIONS, Budgets
from panoh.vault.keeper import WORDS_SHOWN, Here, Key, Look, Part
from panoh.vault.keyring import keyring
from panoh.vault.models import DESTROYED, DataKey, Identity, SealedPart
from panoh.vault.refusals import SocketTaken, VaultAway

WORDS, SEARCH, LINKING = "words.open", "register.search", "register.link"
# What one message may ask for: the rows of the longest list, the questions about one row of it.
MOST_KEYS, MOST_QUESTIONS, MOST_HITS = 25_000, 20, 50
MOST_LINES = 64
WHO = "select s.agency_id, s.display_name, app.role_of(s) from access_staff s where s.id = %s and s.is_active"
# How long a key that was made in a step is its maker's, before the step has ended and the database knows it.
STEP_SECONDS = 3600
REST_SECONDS = 0.1
_NOT_TO_BE_LOOKED_INTO = 4

log = logging.getLogger(__name__)


class Vault:
    """What the process knows beside its keys: today's account, and whose the keys are that nobody else knows yet."""

    def __init__(self) -> None:
        self._here, self._budgets = Here(), Budgets()
        self._made: OrderedDict[UUID, tuple[int | None, float]] = OrderedDict()
        self._making = threading.Lock()
        self._answers: Mapping[type, Callable[[Actor, Any], Any]] = {
            wire.Make: lambda actor, asked: self._make(actor, asked.count),
            wire.Seal: lambda _, asked: self._here.seal(asked.parts),
            wire.Reseal: self._reseal,
            wire.Open: self._open,
            wire.Blind: self._blind,
            wire.MakeFindable: self._make_findable,
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
        except (DatabaseError, psycopg.Error):
            connection.close()  # the next one finds another
            answered = _refused(DatabaseAway())
        except Exception as error:  # an asker is told nothing of what broke, and the next one is answered
            log.exception("the vault could not answer: %s", type(error).__name__)
            connection.close()
            answered = _refused(VaultAway())
        return msgpack.encode(answered)

    def _make(self, actor: Actor, count: int) -> list[Key]:
        if not 0 < count <= MOST_KEYS:
            raise NotAllowed
        keys, instant = self._here.make(count), time.monotonic()
        with self._making:
            while self._made and instant - next(iter(self._made.values()))[1] > STEP_SECONDS:
                self._made.popitem(last=False)
            self._made.update((key.id, (actor.staff_id, instant)) for key in keys)
        return keys

    def _open(self, actor: Actor, asked: wire.Open) -> list[bytes]:
        look = asked.look
        step = look.step or WORDS
        if look.step and (step not in RATIONS or not actor.may(step)):
            audit.write(actor, step if step in RATIONS else WORDS, about=look.about, purpose=look.purpose, denied=True)
            raise NotAllowed
        return self._let_go(actor, step, asked.parts, lambda: self._here.open(asked.parts), look)

    def _reseal(self, actor: Actor, asked: wire.Reseal) -> list[bytes]:
        parts = [part for part, _ in asked.parts]
        self._require_keys(actor, {heir.id for _, heir in asked.parts})
        return self._let_go(actor, WORDS, parts, lambda: self._here.reseal(asked.parts))

    def _let_go(
        self,
        actor: Actor,
        step: str,
        parts: Sequence[Part],
        take: Callable[[], list[bytes]],
        look: Look = WORDS_SHOWN,
    ) -> list[bytes]:
        """Return what is taken, once it is the asker's, in the day's budget and on record; else that is on record."""
        try:
            if actor.staff_id is None:  # the operator, who has the machine, holds the keys without us
                raise NotAllowed
            self._require_theirs(actor, parts)
            taken = take()
            keys = {part.key.id for part in parts}
            whose = dict(Identity.objects.filter(key__in=keys).values_list("key_id", "pk"))
            urgent = {whose.get(key, key) for key in _told("select app.urgent_keys(%s)", keys)}
            looked_at = sorted(whose.get(key, key) for key in keys)
            self._budgets.spend(actor, step, looked_at, urgent=urgent)
        except VaultAway:
            raise
        except Refusal:
            audit.write(actor, step, about=look.about, purpose=look.purpose, denied=True)
            raise
        audit.write(actor, step, about=look.about, purpose=look.purpose, identities=looked_at)
        return taken

    def _require_theirs(self, actor: Actor, parts: Sequence[Part]) -> None:
        """Refuse parts unless the database shows them as they are sent, or they are new under a key of the asker's.

        Raises:
            NotAllowed; VaultAway: the key was made in a step, by a vault before this one.
        """
        found = SealedPart.objects.filter(pk__in=[part.id for part in parts]).exclude(sealed=DESTROYED)
        shown = {row[0]: row[1:] for row in found.values_list("pk", "key_id", "group")}
        if any(part.id in shown and shown[part.id] != (part.key.id, part.group) for part in parts):
            raise NotAllowed
        new = [part for part in parts if part.id not in shown]
        if new and _told("select app.parts_there(%s)", [part.id for part in new]):
            raise NotAllowed
        self._require_keys(actor, {part.key.id for part in new})

    def _require_keys(self, actor: Actor, keys: set[UUID]) -> None:
        if not keys:
            return
        unknown = keys - set(
            DataKey.objects.filter(pk__in=keys).exclude(wrapped=DESTROYED).values_list("pk", flat=True)
        )
        made = {key: self._made[key] for key in unknown if key in self._made}
        if any(maker != actor.staff_id or time.monotonic() - at > STEP_SECONDS for maker, at in made.values()):
            raise NotAllowed
        if rest := unknown - made.keys():
            raise NotAllowed if _told("select app.keys_there(%s)", rest) else VaultAway

    def _blind(self, actor: Actor, asked: wire.Blind) -> Any:
        self._count_searches(actor, len(asked.people))
        audit.write(actor, SEARCH)
        return self._here.blind(asked.people)

    def _count_searches(self, actor: Actor, number: int) -> None:
        try:
            self._budgets.spend(actor, SEARCH, [uuid4() for _ in range(number)])
        except Refusal:
            audit.write(actor, SEARCH, denied=True)
            raise

    def _make_findable(self, actor: Actor, asked: wire.MakeFindable) -> Any:
        """Make people findable: nothing is let go, but what is sealed must be all one person's, and the asker's."""
        if any(len({part.key.id for part in parts}) != 1 for parts, _ in asked.people):
            raise NotAllowed
        self._require_theirs(actor, [part for parts, _ in asked.people for part in parts])
        return self._here.make_findable(asked.people)

    def _search(self, actor: Actor, asked: wire.Search) -> Any:
        questions = [one._replace(most=min(one.most, MOST_HITS)) for one in asked.asked]
        is_wide = not all(one.only_mine for one in questions)
        if len(questions) > MOST_QUESTIONS or (
            is_wide and not actor.may(LINKING) and not _told("select app.searches_the_register()")
        ):
            audit.write(actor, SEARCH, denied=True)
            raise NotAllowed
        self._count_searches(actor, len(questions))
        with transaction.atomic():
            for _ in questions:
                audit.write(actor, SEARCH)
        found = self._here.search(questions)
        hits = [hit.identity_id for one in found for hit in one.hits]
        shown = set(Identity.objects.filter(pk__in=hits).values_list("pk", flat=True))
        for one in found:
            one.hits[:] = [hit if hit.identity_id in shown else hit.unnamed() for hit in one.hits]
        return found


def hide() -> None:
    """Let no other process of the same user look into the memory and environment of this one.

    Source: prctl(2), PR_SET_DUMPABLE.
    """
    if ctypes.CDLL(None).prctl(_NOT_TO_BE_LOOKED_INTO, 0):
        log.warning("the kernel would show the memory of the vault to processes of the same user")


def serve(path: Path, *, ready: Callable[[], None] = lambda: None) -> None:
    """Answer on a socket until the process is ended; only its own user and group can reach it.

    Raises:
        SocketTaken: another vault answers there.
    """
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
    lines = threading.BoundedSemaphore(MOST_LINES)
    while True:
        lines.acquire()
        try:
            line = listener.accept()
        except OSError:  # it went away meanwhile, or there are too many files
            lines.release()
            time.sleep(REST_SECONDS)
            continue
        threading.Thread(target=_converse, args=(vault, line, lines), daemon=True).start()


def _converse(vault: Vault, line: Connection[bytes, bytes], lines: threading.BoundedSemaphore) -> None:
    with _given_back(lines), line, contextlib.closing(connection), contextlib.suppress(EOFError, OSError):
        while True:
            line.send_bytes(vault.answer(line.recv_bytes(wire.MOST_BYTES)))


@contextlib.contextmanager
def _given_back(lines: threading.BoundedSemaphore) -> Iterator[None]:
    try:
        yield
    finally:
        lines.release()


def _make_room(path: Path) -> None:
    """Raises SocketTaken: a vault answers there, or what is there is no socket."""
    if path.exists() and not path.is_socket():
        raise SocketTaken(path=path)
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


def _told(question: str, about: Collection[UUID] | None = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, None if about is None else [list(about)])
        return cursor.fetchone()[0]


def _refused(refusal: Refusal) -> wire.Answered:
    return wire.Answered(refused=wire.Refused(refusal.code, {name: str(one) for name, one in refusal.details.items()}))
