"""The side of who holds no key: every question goes to the vault's process, with the token that is borne."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Client, Connection
from typing import Any
from uuid import UUID

from msgspec import msgpack

from panoh.access.refusals import Refusal
from panoh.access.tokens import borne
from panoh.vault.broker import wire
from panoh.vault.finding import Findable
from panoh.vault.keeper import Blinded, Key, Look, Part, Question
from panoh.vault.refusals import VaultAway
from panoh.vault.searching import Found

# How long a question waits for a vault that was killed and is begun again.
PATIENCE_SECONDS = 10.0
REST_SECONDS = 0.1
# A question is sent again when the vault died on it, but does not kill one after the other.
MOST_SENDINGS = 3

_lines = threading.local()


class There:
    """The keys are in the vault's process. A question it did not answer is asked again: none changes anything there."""

    is_apart = True

    def __init__(self, socket: str) -> None:
        self._socket = socket

    def make(self, count: int) -> list[Key]:
        """Ask for new keys."""
        made: list[Key] = self._ask(wire.Make(count))
        return made

    def seal(self, parts: Sequence[Part]) -> list[bytes]:
        """Have plain values sealed."""
        sealed: list[bytes] = self._ask(wire.Seal(parts)) if parts else []
        return sealed

    def reseal(self, parts: Sequence[tuple[Part, Key]]) -> list[bytes]:
        """Have sealed values sealed anew."""
        sealed: list[bytes] = self._ask(wire.Reseal(parts)) if parts else []
        return sealed

    def open(self, parts: Sequence[Part], look: Look) -> list[bytes]:
        """Ask what sealed values say; the vault keeps the account of it.

        Raises:
            NotAllowed: they are not the bearer's to see.
            OpenedEnough: a day's budget is spent.
        """
        plain: list[bytes] = self._ask(wire.Open(parts, look)) if parts else []
        return plain

    def blind(self, people: Sequence[Findable]) -> list[Blinded]:
        """Ask for the numbers by which people are found."""
        blinded: list[Blinded] = self._ask(wire.Blind(people)) if people else []
        return blinded

    def make_findable(self, people: Sequence[tuple[Sequence[Part], UUID]]) -> list[tuple[bytes, Blinded]]:
        """Have people made findable by what is sealed of them."""
        made: list[tuple[bytes, Blinded]] = self._ask(wire.MakeFindable(people)) if people else []
        return made

    def search_key(self) -> int:
        """Ask for the number of the search key in use."""
        number: int = self._ask(wire.SearchKey())
        return number

    def search(self, asked: Sequence[Question]) -> list[Found]:
        """Have the register searched.

        Raises:
            OpenedEnough: a day's budget is spent.
        """
        found: list[Found] = self._ask(wire.Search(asked)) if asked else []
        return found

    def fingerprint(self, content: bytes) -> bytes:
        """Ask for a file's digest."""
        digest: bytes = self._ask(wire.Fingerprint(content))
        return digest

    def _ask(self, what: wire.Ask) -> Any:
        question = msgpack.encode(wire.Asked(borne(), what))
        mark = (os.getpid(), self._socket)
        for _ in range(MOST_SENDINGS):
            held, _lines.held = getattr(_lines, "held", None), None
            # One that came with a fork is its parent's; one on which an answer is still due is nobody's any more.
            line = held[1] if held and held[0] == mark else self._connected()
            try:
                line.send_bytes(question)
                answered = msgpack.decode(line.recv_bytes(), type=wire.Answered)
            except (EOFError, OSError):  # it was killed
                continue
            _lines.held = mark, line
            if answered.refused:
                raise _again(answered.refused)
            return msgpack.decode(answered.value, type=what.answer)
        raise VaultAway

    def _connected(self) -> Connection[Any, Any]:
        """Return a connection, as soon as there is a vault.

        Raises:
            VaultAway.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return Client(self._socket, "AF_UNIX")
            except OSError as error:
                if time.monotonic() > deadline:
                    raise VaultAway from error
                time.sleep(REST_SECONDS)


def _again(refused: wire.Refused) -> Refusal:
    """Return the refusal of this code, as the vault raised it."""
    kinds = [Refusal]
    while kinds:
        kind = kinds.pop()
        if kind.code == refused.code and "code" in vars(kind):
            return kind(**refused.details)
        kinds += kind.__subclasses__()
    return VaultAway()
