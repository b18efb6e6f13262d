"""Two versions of a lesson side by side, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Any, Literal

from django.db.models import QuerySet

from panoh.access.refusals import NotThere
from panoh.exchange.languages import LANGUAGES
from panoh.exchange.models import TEXTS, Lesson, LessonVersion

Piece = tuple[Literal["same", "old", "new"], str]
_WORDS = re.compile(r"\S+\s*")
_CHOICES = {"kind": Lesson.Kind, "strength": Lesson.Strength, "secrecy": Lesson.Secrecy}


@dataclass(frozen=True)
class Difference:
    """A field that reads differently, and its pieces in order: what stayed, what went, what came."""

    label: str
    language: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Compared:
    """Two versions of a lesson, and how they differ."""

    old: LessonVersion
    new: LessonVersion
    differences: Sequence[Difference]


def versions(lesson: Lesson) -> QuerySet[LessonVersion]:
    """Return the versions of a lesson, the newest first."""
    return lesson.versions.select_related("by__agency")


def compared(lesson: Lesson, old: int, new: int) -> Compared:
    """Return how two versions of a lesson differ.

    Raises:
        NotThere: there is no such version.
    """
    found = {version.number: version for version in versions(lesson).filter(number__in=(old, new))}
    if old not in found or new not in found:
        raise NotThere
    return Compared(found[old], found[new], list(_differences(found[old].told, found[new].told)))


def _differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for name in TEXTS:
        was, now = dict(old[name]), dict(new[name])
        for code in dict.fromkeys(chain(was, now)):
            if was.get(code, "") != now.get(code, ""):
                yield Difference(_label(name), LANGUAGES.get(code, code), _pieces(was.get(code, ""), now.get(code, "")))
    for name in ("kind", "strength", "secrecy", "country", "contact", "tags"):
        if old[name] != new[name]:
            yield Difference(_label(name), "", _pieces(_in_words(name, old[name]), _in_words(name, new[name])))


def _pieces(old: str, new: str) -> list[Piece]:
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, was, now).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(was[a:b])))
            continue
        found += [("old", "".join(was[a:b]))] if b > a else []
        found += [("new", "".join(now[c:d]))] if d > c else []
    return found


def _label(name: str) -> str:
    return Lesson.label_of(name)


def _in_words(name: str, value: Any) -> str:
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    return ", ".join(value) if isinstance(value, list) else str(value)
