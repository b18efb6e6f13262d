"""How alike two names are, and why: which part met which, what is missing, what contradicts.

Order never counts. A part that the other name leaves out costs little, a part that the other name contradicts costs a
lot; a frequent name weighs less than a rare one. A kunya only ever meets a kunya.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from panoh.names.explaining import explain_parts
from panoh.names.person import Part, PersonName
from panoh.names.rarity import bits_of
from panoh.names.skeleton import exact

Meeting = Literal["same", "other_spelling", "similar", "initial", "missing", "contradicts"]
Rarity = Callable[[str], float]
Nearness = Callable[[str, str], float]

_SAME_SKELETON = 0.75  # the least two parts of one skeleton are alike
_SIMILAR = 0.62  # below this two parts contradict each other
_LEAST_BONES = 0.31  # skeletons less alike than this cannot make two parts similar
_CONSONANTS_SHARE = 0.6
_FURTHER_MISSING = 0.5
_FATHER_AS_OTHER = 0.92
_BONES_SHARE = 0.55  # of the likeness of two parts of different skeletons; the rest is their sound
_MISSING_COST = 0.12
_CONTRADICTED_COST = 1.2
_INITIAL_WORTH = 0.5  # of the bits of the name that it may stand for
_INITIAL_ALIKE = 0.7
_FULL_BITS = 22.0  # evidence beyond which a name is as rare as need be
_WORTH_OF_NONE = 0.6  # what is left of the likeness of names that are worth no bits

_EASILY_CHANGED = str.maketrans({"o": "a", "e": "i", "y": "i", "h": None, "w": "v"})

_jaro = JaroWinkler.similarity
_near = Levenshtein.normalized_similarity


class PartMatch(NamedTuple):
    """One part of the first name, one of the second or neither, how they met, and how alike they are (0..1)."""

    kind: Meeting
    first: Part | None
    second: Part | None
    alike: float


class Score(NamedTuple):
    """``value`` from 0 to 1, and the parts that it comes from."""

    value: float
    parts: tuple[PartMatch, ...]

    def explain(self) -> tuple[tuple[str, dict[str, str]], ...]:
        """A code and its arguments for each part, for the words of ``explaining`` or a translation of them."""
        return explain_parts(self.parts)


def similarity(a: PersonName, b: PersonName, rarity: Rarity | None = None) -> Score:
    """The likeness of two names, the best over their aliases; ``rarity`` gives the bits that a skeleton is worth."""
    weigh = rarity or bits_of
    best = _compare(a, b, weigh)
    for one in a.aliases:
        best = max(best, _compare(one, b, weigh), key=_value)
    for other in b.aliases:
        best = max(best, _compare(a, other, weigh), key=_value)
    return best


def _value(score: Score) -> float:
    return score.value


def _compare(a: PersonName, b: PersonName, weigh: Rarity) -> Score:
    left = [part for part in a.parts if part.skeletons and part.kind != "initial"]
    right = [part for part in b.parts if part.skeletons and part.kind != "initial"]
    whole = len(left) == len(a.parts) and len(right) == len(b.parts)
    one_is_unvowelled = (a.script == "Arab") is not (b.script == "Arab")
    matches = _align(left, right, _consonants_alike if one_is_unvowelled else _sounds_alike)
    if not whole:
        matches += _initials(a.parts, b.parts, left, right)
    if left or right:
        matches += _leftovers(left, right)
    return Score(_total(matches, weigh), tuple(matches))


def _align(left: list[Part], right: list[Part], near: Nearness) -> list[PartMatch]:
    """The pairs of parts that mean each other, best first; they are taken out of both lists."""
    alike = []
    for at, one in enumerate(left):
        for to, other in enumerate(right):
            value = _alike(one, other, near)
            if value >= _SIMILAR:
                alike.append((-value, at, to))
    alike.sort()
    used_left: set[int] = set()
    used_right: set[int] = set()
    matches: list[PartMatch] = []
    for value, at, to in alike:
        if at not in used_left and to not in used_right:
            used_left.add(at)
            used_right.add(to)
            matches.append(PartMatch(_meeting(left[at], right[to]), left[at], right[to], -value))
    left[:] = [part for at, part in enumerate(left) if at not in used_left]
    right[:] = [part for to, part in enumerate(right) if to not in used_right]
    return matches


def _meeting(one: Part, other: Part) -> Meeting:
    if one.base.casefold() == other.base.casefold():
        return "same"
    return "similar" if set(one.skeletons).isdisjoint(other.skeletons) else "other_spelling"


def _alike(one: Part, other: Part, near: Nearness) -> float:
    """How alike two parts are, from 0 to 1: a kunya is like nothing but a kunya, a father best like a father."""
    if one.kind != other.kind:
        kinds = (one.kind, other.kind)
        if "kunya" in kinds:
            return 0.0
        if "patronymic" in kinds:
            return _FATHER_AS_OTHER * _sound_likeness(one, other, near)
    return _sound_likeness(one, other, near)


def _sound_likeness(one: Part, other: Part, near: Nearness) -> float:
    """How alike two parts sound, from 0 to 1."""
    if one.sounds[0] == other.sounds[0]:
        return 1.0
    mine, theirs = one.skeletons, other.skeletons
    best = -1.0
    for at, bare in enumerate(mine):
        if bare in theirs:
            best = max(best, near(one.sounds[at], other.sounds[theirs.index(bare)]))
    if best >= 0:
        return _SAME_SKELETON + (1 - _SAME_SKELETON) * best
    bones = _near(mine[0], theirs[0], score_cutoff=_LEAST_BONES)
    return _BONES_SHARE * bones + (1 - _BONES_SHARE) * _jaro(one.sounds[0], other.sounds[0]) if bones else 0.0


def _sounds_alike(one: str, other: str) -> float:
    """How near two sounds are; half of it is deaf to what spellings exchange most: o and a, e and i, h and nothing."""
    folded = _near(one.translate(_EASILY_CHANGED), other.translate(_EASILY_CHANGED))
    return 0.5 * _near(one, other) + 0.5 * folded


def _consonants_alike(one: str, other: str) -> float:
    """How near two sounds are of which one was written without its short vowels."""
    return (1 - _CONSONANTS_SHARE) * _near(one, other) + _CONSONANTS_SHARE * _near(exact(one), exact(other))


def _initials(a: tuple[Part, ...], b: tuple[Part, ...], left: list[Part], right: list[Part]) -> list[PartMatch]:
    matches: list[PartMatch] = []
    for initial in (part for part in a if part.kind == "initial"):
        at = _began_by(initial, right)
        if at is not None:
            matches.append(PartMatch("initial", initial, right.pop(at), _INITIAL_ALIKE))
    for initial in (part for part in b if part.kind == "initial"):
        at = _began_by(initial, left)
        if at is not None:
            matches.append(PartMatch("initial", left.pop(at), initial, _INITIAL_ALIKE))
    return matches


def _began_by(initial: Part, parts: list[Part]) -> int | None:
    starts = tuple(sound[0] for sound in initial.sounds)
    return next((at for at, part in enumerate(parts) if starts and part.sounds[0].startswith(starts)), None)


def _leftovers(left: list[Part], right: list[Part]) -> list[PartMatch]:
    """What met nothing: two that stand against each other, of one kind if possible, contradict; the rest is missing."""
    matches = []
    for same_kind in (True, False):
        for one in list(left):
            other = next((part for part in right if _against(one, part, same_kind)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                matches.append(PartMatch("contradicts", one, other, 0.0))
    matches += [PartMatch("missing", one, None, 0.0) for one in left]
    matches += [PartMatch("missing", None, other, 0.0) for other in right]
    return matches


def _against(one: Part, other: Part, same_kind: bool) -> bool:
    """A kunya stands against a kunya only: who has one has a given name as well."""
    if "kunya" in (one.kind, other.kind) or same_kind:
        return one.kind == other.kind
    return True


def _total(matches: list[PartMatch], weigh: Rarity) -> float:
    gained = whole = 0.0
    unmet: list[float] = []
    contradicted = 0
    for kind, first, second, alike in matches:
        if kind == "contradicts":
            contradicted += 1
            unmet += (_bits(first, None, weigh), _bits(None, second, weigh))
        elif kind == "missing":
            unmet.append(_bits(first, second, weigh))
        else:
            bits = _bits(first, second, weigh)
            worth = _INITIAL_WORTH * bits if kind == "initial" else bits
            whole += worth
            gained += worth * alike
    if not whole:
        return 0.0
    lost = _cost(contradicted, unmet) if unmet else 0.0
    return gained / (whole + lost) * (_WORTH_OF_NONE + (1 - _WORTH_OF_NONE) * min(1.0, gained / _FULL_BITS))


def _cost(contradicted: int, unmet: list[float]) -> float:
    """What parts that met nothing cost: which of them stands against which must not matter, so each has the mean."""
    missing = len(unmet) - 2 * contradicted
    cost = _CONTRADICTED_COST * contradicted
    if missing:
        cost += _MISSING_COST * (1 + _FURTHER_MISSING * (missing - 1))
    return cost * sum(unmet) / len(unmet)


def _bits(first: Part | None, second: Part | None, weigh: Rarity) -> float:
    """What the more frequent of the two is worth; an initial is worth what the other is."""
    bits = math.inf
    if first and first.kind != "initial":
        bits = weigh(first.skeletons[0])
    if second and second.kind != "initial":
        bits = min(bits, weigh(second.skeletons[0]))
    return max(0.0, bits) if bits < math.inf else 0.0
