"""How a written word sounds: a few readings in one small alphabet, the likeliest first.

The alphabet: ``b p v w f d t s z c(ts) C(ch) S(sh) J(zh, j) k g h l m n r y`` and the vowels ``a e i o u``. It is made
for comparing, not for showing: long and short, plain and emphatic, hard and soft consonants are one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from panoh.names.scripts import Script
from panoh.names.skeleton import skeleton
from panoh.names.tables import letters

MAX_READINGS = 4
_MAX_OPEN = 4  # letters with more than one reading that are all tried; further ones get their likeliest

_DOUBLED = re.compile(r"(.)\1+")


class _Reader(NamedTuple):
    pattern: re.Pattern[str]
    sounds: tuple[tuple[str, ...], ...]
    alphabet: frozenset[str]


@cache
def _reader(script: Script) -> _Reader:
    rows = sorted(enumerate(letters(script)), key=lambda row: (-len(row[1].written), row[0]))
    parts = [f"({_behind(row.before)}{re.escape(row.written)}{_ahead(row.after)})" for _, row in rows]
    alphabet = frozenset("".join(row.written for _, row in rows))
    return _Reader(re.compile("|".join(parts)), tuple(row.sounds for _, row in rows), alphabet)


def _behind(before: str) -> str:
    if before == "^":
        return r"(?<!.)"
    return f"(?<={before})" if before else ""


def _ahead(after: str) -> str:
    return f"(?={after})" if after else ""


def _bare(word: str, alphabet: frozenset[str]) -> str:
    """The word with letters that the table does not know replaced by their base letters."""
    if alphabet.issuperset(word):
        return word
    return "".join(letter if letter in alphabet else unicodedata.normalize("NFD", letter)[0] for letter in word)


@lru_cache(maxsize=16384)
def readings(word: str, script: Script) -> tuple[str, ...]:
    """Up to four ways the word may sound, one for each skeleton, the likeliest first; none where nothing is known."""
    reader = _reader(script)
    sounds = reader.sounds
    heard = [sounds[(found.lastindex or 1) - 1] for found in reader.pattern.finditer(_bare(word, reader.alphabet))]
    if any(len(choices) > 1 for choices in heard):
        return _likeliest(heard)
    only = _DOUBLED.sub(r"\1", "".join(choices[0] for choices in heard))
    return (only,) if only else ()


def _likeliest(heard: list[tuple[str, ...]]) -> tuple[str, ...]:
    open_left = _MAX_OPEN
    slots: list[list[tuple[int, str]]] = []
    for choices in heard:
        if len(choices) > 1 and open_left:
            open_left -= 1
            slots.append(list(enumerate(choices)))
        else:
            slots.append([(0, choices[0])])
    ranked = sorted(product(*slots), key=lambda way: sum(rank for rank, _ in way))
    found: dict[str, str] = {}
    for way in ranked:
        sound = _DOUBLED.sub(r"\1", "".join(sound for _, sound in way))
        if sound and found.setdefault(skeleton(sound), sound) is sound and len(found) == MAX_READINGS:
            break
    return tuple(found.values())
