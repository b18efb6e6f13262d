"""What is said on the socket: typed messages in MessagePack, one at a time, each with the asker's token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from msgspec import Struct

from panoh.vault.finding import Findable
from panoh.vault.keeper import Blinded, Key, Look, Part, Question
from panoh.vault.searching import Found

MOST_BYTES = 64 * 1024 * 1024


class Make(Struct, tag=True):
    answer: ClassVar[Any] = list[Key]
    count: int


class Seal(Struct, tag=True):
    answer: ClassVar[Any] = list[bytes]
    parts: Sequence[Part]


class Reseal(Struct, tag=True):
    answer: ClassVar[Any] = list[bytes]
    parts: Sequence[tuple[Part, Key]]


class Open(Struct, tag=True):
    answer: ClassVar[Any] = list[bytes]
    parts: Sequence[Part]
    look: Look


class Blind(Struct, tag=True):
    answer: ClassVar[Any] = list[Blinded]
    people: Sequence[Findable]


class MakeFindable(Struct, tag=True):
    answer: ClassVar[Any] = list[tuple[bytes, Blinded]]
    people: Sequence[tuple[Sequence[Part], UUID]]


class SearchKey(Struct, tag=True):
    answer: ClassVar[Any] = int


class Search(Struct, tag=True):
    answer: ClassVar[Any] = list[Found]
    asked: Sequence[Question]


class Fingerprint(Struct, tag=True):
    answer: ClassVar[Any] = bytes
    content: bytes


Ask = Make | Seal | Reseal | Open | Blind | MakeFindable | SearchKey | Search | Fingerprint


class Asked(Struct):
    """One question, and the token of whom it is asked for."""

    token: str
    what: Ask


class Refused(Struct):
    """A refusal, as it is raised again on the other side."""

    code: str
    details: dict[str, str]


class Answered(Struct):
    """A value of the type that the question's `answer` names, or why there is none."""

    value: bytes = b""
    refused: Refused | None = None
