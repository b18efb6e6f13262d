"""Keys by which a name is found: equal keys are the only thing the register's index can see.

A pair of parts is written in up to three ways, whole, by its beginnings and by its ends, so that an ending that one
spelling has and the other lacks (-ov, -zoda, a silent letter) costs one key and not all.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise
from typing import NamedTuple

from panoh.names.parsing import parse
from panoh.names.person import Part, PersonName
from panoh.names.skeleton import exact, skeleton

NORM_VERSION = 2

MAX_PAIRS = 40
_MAX_KEYED_PARTS = 6
_BEGINNING = 3
_SHORTEST_TOKEN = 3
_SHORTEST_NEAR = 4


class Keys(NamedTuple):
    """The keys of one name, as text; ``version`` tells by which rules they were made."""

    pairs: frozenset[str]
    tokens: frozenset[str]
    near: frozenset[str]
    version: int = NORM_VERSION


def keys(name: PersonName | str) -> Keys:
    """All keys of the name and its aliases."""
    name = parse(name) if isinstance(name, str) else name
    parts = _keyed_parts(name)
    tokens = {bare for part in parts for bare in part.skeletons if len(bare) >= _SHORTEST_TOKEN}
    near = {shorter for bare in tokens for shorter in _one_deletion(bare)}
    tokens |= {bare for bare in _glued(parts) if len(bare) >= _SHORTEST_TOKEN}
    return Keys(frozenset(_pairs(parts)), frozenset(tokens), frozenset(near - tokens))


def year_keys(made: Keys, years: Iterable[int]) -> frozenset[str]:
    """The pairs bound to years of birth: a row holds its own year, a question asks for the years that may be meant."""
    return frozenset(f"{pair}@{year}" for year in years for pair in made.pairs)


def _keyed_parts(name: PersonName) -> list[Part]:
    own = [part for part in name.parts if part.skeletons and part.kind != "initial"]
    more = [part for alias in name.aliases for part in alias.parts if part.skeletons and part.kind != "initial"]
    return (own + more)[:_MAX_KEYED_PARTS]


def _glued(parts: list[Part]) -> list[str]:
    """Neighbours as one word: Mir Wais, Mirwais."""
    return [skeleton(one.sounds[0] + other.sounds[0]) for one, other in pairwise(parts)]


def _pairs(parts: list[Part]) -> Iterable[str]:
    """Pairs of whole skeletons, then of exact consonants, then of beginnings, then of glued neighbours with a third."""
    found: dict[str, None] = {}
    both = list(combinations(parts, 2))
    for one, other in both:
        for a in one.skeletons:
            for b in other.skeletons:
                found[_pair(a, b)] = None
    for one, other in both:
        for a in one.sounds[:2]:
            for b in other.sounds[:2]:
                found[_pair(exact(a), exact(b))] = None
    for one, other in both:
        found[_pair(one.skeletons[0][:_BEGINNING], other.skeletons[0][:_BEGINNING])] = None
    for at, glued in enumerate(_glued(parts)):
        for third in parts[:at] + parts[at + 2 :]:
            found[_pair(glued, third.skeletons[0])] = None
    return list(found)[:MAX_PAIRS]


def _pair(a: str, b: str) -> str:
    return f"{a}+{b}" if a < b else f"{b}+{a}"


def _one_deletion(bare: str) -> Iterable[str]:
    if len(bare) < _SHORTEST_NEAR:
        return ()
    return {bare[:at] + bare[at + 1 :] for at in range(len(bare))}
