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


class _Context(NamedTuple):
    """The letters that a rule wants beside its own; the empty letter is the edge of the word."""

    letters: frozenset[str]
    negated: bool

    def fits(self, letter: str) -> bool:
        return (letter in self.letters) is not self.negated


class _Rule(NamedTuple):
    written: str
    before: _Context | None
    after: _Context | None
    sounds: tuple[str, ...]


class _Reader(NamedTuple):
    """``rules`` by first letter, the longest first; ``plain`` has the letters that always sound alike."""

    rules: dict[str, tuple[_Rule, ...]]
    plain: dict[str, tuple[str, ...]]
    alphabet: frozenset[str]


@cache
def _reader(script: Script) -> _Reader:
    rules: dict[str, list[_Rule]] = {}
    for row in sorted(letters(script), key=lambda row: -len(row.written)):
        rule = _Rule(row.written, _context(row.before), _context(row.after), row.sounds)
        rules.setdefault(row.written[0], []).append(rule)
    plain = {letter: own[0].sounds for letter, own in rules.items() if len(own) == 1 and own[0].written == letter}
    alphabet = frozenset("".join(rule.written for own in rules.values() for rule in own))
    return _Reader({letter: tuple(own) for letter, own in rules.items()}, plain, alphabet)


def _context(written: str) -> _Context | None:
    """``^`` and ``$`` are the edges, ``.`` any letter, ``[...]`` one of these, ``[^...]`` any letter but these."""
    if not written:
        return None
    if written in "^$":
        return _Context(frozenset({""}), False)
    if written == ".":
        return _Context(frozenset({""}), True)
    inside = written.strip("[]")
    if inside.startswith("^"):
        return _Context(frozenset(inside[1:]) | {""}, True)
    return _Context(frozenset(inside), False)


def _heard(word: str, reader: _Reader) -> list[tuple[str, ...]]:
    """The choices of sounds along the word."""
    heard: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        letter = word[at]
        if letter in reader.plain:
            heard.append(reader.plain[letter])
            at += 1
            continue
        rule = _rule_at(word, at, reader.rules.get(letter, ()))
        if rule:
            heard.append(rule.sounds)
        at += len(rule.written) if rule else 1
    return heard


def _rule_at(word: str, at: int, rules: tuple[_Rule, ...]) -> _Rule | None:
    for rule in rules:
        if not word.startswith(rule.written, at):
            continue
        if rule.before and not rule.before.fits(word[at - 1] if at else ""):
            continue
        end = at + len(rule.written)
        if rule.after and not rule.after.fits(word[end] if end < len(word) else ""):
            continue
        return rule
    return None


def _bare(word: str, alphabet: frozenset[str]) -> str:
    """The word with letters that the table does not know replaced by their base letters."""
    if alphabet.issuperset(word):
        return word
    return "".join(letter if letter in alphabet else unicodedata.normalize("NFD", letter)[0] for letter in word)


@lru_cache(maxsize=16384)
def readings(word: str, script: Script) -> tuple[str, ...]:
    """Up to four ways the word may sound, one for each skeleton, the likeliest first; none where nothing is known."""
    reader = _reader(script)
    heard = _heard(_bare(word, reader.alphabet), reader)
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
