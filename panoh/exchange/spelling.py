"""Words as they sound: a name in Latin letters finds a lesson that writes it in Cyrillic, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable

from panoh.exchange.models import TEXTS, Lesson
from panoh.names import parse
from panoh.names.skeleton import exact

__all__ = ["asked_spellings", "spellings_of"]

MOST_KEPT = 400
MOST_ASKED = 8
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_][\w’ʻʼ'-]*")


def spellings_of(lesson: Lesson) -> list[str]:
    """Return the consonants of every word of title and tags, and of what is written large in the other texts."""
    named = [word for text in lesson.title.values() for word in _WORD.findall(text)]
    named += [word for tag in lesson.tags for word in _WORD.findall(tag)]
    for field in TEXTS[1:]:
        told = getattr(lesson, field).values()
        named += [word for text in told for word in _WORD.findall(text[:20_000]) if word[0].isupper()]
    heard = (sound for word in dict.fromkeys(named) for sound in _sounds(word))
    return sorted(dict.fromkeys(heard))[:MOST_KEPT]


def asked_spellings(text: str) -> list[str]:
    """Return the consonants that a lesson must hold to answer a question: of each word the likeliest reading."""
    words = [_sounds(word)[:1] for word in _WORD.findall(text)[:MOST_ASKED]]
    return list(dict.fromkeys(sound for sounds in words for sound in sounds))


def _sounds(word: str) -> list[str]:
    parts: Iterable[str] = (sound for part in parse(word[:60]).parts for sound in part.sounds)
    return [made[:40] for sound in parts if len(made := exact(sound)) >= _SHORTEST]
