"""Whoever holds the keys: this process, or the vault's own on a local socket. Secrets are in no other's hands.

Rows of the database go in and out with the one who asks, in their own transaction; only what needs a key is asked here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID, uuid4

from panoh.names import BirthGuess
from panoh.vault import packing, sealing
from panoh.vault.blind import keys_of
from panoh.vault.broker import SOCKET
from panoh.vault.facts import Group
from panoh.vault.finding import Findable, blinding
from panoh.vault.keyring import keyring
from panoh.vault.masters import master_keys, open_keys
from panoh.vault.searching import Found, search

__all__ = ["WORDS_SHOWN", "Keeper", "Key", "Look", "Part", "Question", "ask_at", "keeper"]


class Key(NamedTuple):
    """A data key as it is kept: wrapped by the master key of a number."""

    id: UUID
    master: int
    wrapped: bytes


class Part(NamedTuple):
    """One value under a key, of a group: plain when it is to be sealed, sealed when it is to be opened."""

    key: Key
    group: int
    id: UUID
    content: bytes


class Look(NamedTuple):
    """Why something is opened. step: the permission it takes; none where a page or step that is audited shows words."""

    step: str = ""
    purpose: str = ""
    about: str = ""


WORDS_SHOWN = Look()


class Question(NamedTuple):
    """Whom a search asks for; only_mine: among the files that are the asker's to open."""

    text: str
    born: BirthGuess
    kinds: tuple[int, ...]
    most: int
    only_mine: bool


class Blinded(NamedTuple):
    """By what somebody is found, as numbers under the search key of a number."""

    search_key: int
    keys: frozenset[int]


class Keeper(Protocol):
    """What is done with keys. Many at a time: the keys may be a journey away."""

    is_apart: bool

    def make(self, count: int) -> list[Key]:
        """Return new data keys."""

    def seal(self, parts: Sequence[Part]) -> list[bytes]:
        """Return each part's content sealed under its key."""

    def reseal(self, parts: Sequence[tuple[Part, Key]]) -> list[bytes]:
        """Return each sealed content sealed anew under another key."""

    def open(self, parts: Sequence[Part], look: Look) -> list[bytes]:
        """Return the plain content of each part."""

    def blind(self, people: Sequence[Findable]) -> list[Blinded]:
        """Return the numbers by which people are found."""

    def make_findable(self, people: Sequence[tuple[Sequence[Part], UUID]]) -> list[tuple[bytes, Blinded]]:
        """Return by what people are found, sealed as a part of the id, and blinded; nothing of them is shown.

        people: the sealed parts of each (names, birth, papers), and the id of the part to be.
        """

    def search_key(self) -> int:
        """Return the number of the search key in use."""

    def search(self, asked: Sequence[Question]) -> list[Found]:
        """Return who may be meant by each."""

    def fingerprint(self, content: bytes) -> bytes:
        """Return the keyed digest of a file's content."""


class Here:
    """The keys are in this process: at the command line, in the vault's process itself, and in tests."""

    is_apart = False

    def make(self, count: int) -> list[Key]:
        """Make keys, and wrap them by the current master key.

        Raises:
            KeyServiceSilent, KeyServiceRefused: a key service holds the master keys.
        """
        wrapped = master_keys().wrap([sealing.new_data_key() for _ in range(count)])
        return [Key(uuid4(), *one) for one in wrapped]

    def seal(self, parts: Sequence[Part]) -> list[bytes]:
        """Seal under keys that are unwrapped for just this."""
        secrets = open_keys(part.key for part in parts)
        return [sealing.seal(secrets[one.key.id], one.key.id, one.group, one.id, one.content) for one in parts]

    def reseal(self, parts: Sequence[tuple[Part, Key]]) -> list[bytes]:
        """Open and seal again, without letting go of what it says."""
        plain = self.open([part for part, _ in parts])
        return self.seal([part._replace(key=heir, content=one) for (part, heir), one in zip(parts, plain, strict=True)])

    def open(self, parts: Sequence[Part], look: Look = WORDS_SHOWN) -> list[bytes]:
        """Open under keys that are unwrapped for just this.

        Raises:
            SealBroken: one of them does not open.
        """
        secrets = open_keys(part.key for part in parts)
        return [sealing.unseal(secrets[one.key.id], one.key.id, one.group, one.id, one.content) for one in parts]

    def blind(self, people: Sequence[Findable]) -> list[Blinded]:
        """Blind by the search key in use."""
        blind = blinding(keyring())
        return [
            Blinded(blind.number, frozenset().union(*blind.keys(keys_of(who.names, who.years, who.papers)).values()))
            for who in people
        ]

    def make_findable(self, people: Sequence[tuple[Sequence[Part], UUID]]) -> list[tuple[bytes, Blinded]]:
        """Open, see by what they are found, seal and blind that."""
        opened = iter(self.open([part for parts, _ in people for part in parts]))
        found = [Findable.of(packing.unpack([(part.group, next(opened)) for part in parts])) for parts, _ in people]
        made = [
            Part(parts[0].key, Group.FINDING, part_id, packing.to_bytes(who.packed()))
            for (parts, part_id), who in zip(people, found, strict=True)
        ]
        return list(zip(self.seal(made), self.blind(found), strict=True))

    def search_key(self) -> int:
        """Look at the keyring."""
        return keyring().search

    def search(self, asked: Sequence[Question]) -> list[Found]:
        """Search with the keys at hand."""
        return [
            search(one.text, born=one.born, kinds=one.kinds, most=one.most, only_mine=one.only_mine) for one in asked
        ]

    def fingerprint(self, content: bytes) -> bytes:
        """Digest with the keyring's own key for it."""
        return sealing.fingerprint(keyring(), content)


def ask_at(socket: Path) -> None:
    """Let this process ask the vault at a socket."""
    os.environ[SOCKET] = str(socket)


def keeper() -> Keeper:
    """Return whoever holds the keys for this process."""
    socket = os.environ.get(SOCKET)
    if not socket:
        return Here()
    from panoh.vault.broker.asking import There  # noqa: PLC0415  # imports this module

    return There(socket)
