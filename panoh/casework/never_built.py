"""The words that must never name a field, a label or an entry: what Panoh is never built to hold."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

RULES_FILE = Path(__file__).parent / "data" / "never_built.toml"

_APOSTROPHES = re.compile("['`´‘’ʻʼʹ]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN_WORDS = re.compile(r"[^\w]+|_+")
_CUT = " ¦ "  # nothing that is searched for spans an allowed phrase


@dataclass(frozen=True)
class Violation:
    """One word that names what is never built: where the search found it, by which pattern, and why not."""

    word: str
    pattern: str
    code: str
    why: str

    def __str__(self) -> str:
        return f"“{self.word}” has “{self.pattern}” ({self.code}). {self.why}"


class Never(BaseModel):
    """One kind of thing that is never built, with the words that would name it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    why: str = Field(min_length=20)
    words: tuple[str, ...] = Field(min_length=1)


class Allowed(BaseModel):
    """A phrase that has such a word in it and means something else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str
    why: str = Field(min_length=8)


class Rules(BaseModel):
    """All of the data file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    never: tuple[Never, ...] = Field(min_length=1)
    allowed: tuple[Allowed, ...] = ()


@cache
def rules() -> Rules:
    """Return what is never built, and the exceptions with their reasons."""
    return Rules.model_validate(tomllib.loads(RULES_FILE.read_text(encoding="utf-8")))


def violations(words: Iterable[str]) -> list[Violation]:
    """Return every use of a word that is never built, in the order given; names of fields and sentences alike."""
    found = []
    for word in words:
        text = _allowed().sub(_CUT, plain(word))
        # The one search over all patterns is for speed: nearly every word passes it.
        if _any_pattern().search(text):
            for pattern, written, never in _patterns():
                if pattern.search(text):
                    found.append(Violation(word, written, never.code, never.why))
    return found


def plain(text: str) -> str:
    """Return a text as patterns are looked for in it: one case, words parted by single spaces."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    text = _CAMEL.sub(" ", text).casefold().replace("ё", "е")
    return _BETWEEN_WORDS.sub(" ", text)


def expression(written: str) -> str:
    """Return the regular expression of a pattern: whole words, "*" for any letters."""
    words = (r"\w*".join(map(plain, word.split("*"))) for word in written.split())
    return r"\b" + " ".join(words) + r"\b"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, Never], ...]:
    return tuple(
        (re.compile(expression(written)), written, never) for never in rules().never for written in never.words
    )


@cache
def _any_pattern() -> re.Pattern[str]:
    return re.compile("|".join(expression(written) for never in rules().never for written in never.words))


@cache
def _allowed() -> re.Pattern[str]:
    return re.compile("|".join(expression(allowed.words) for allowed in rules().allowed) or r"(?!)")
