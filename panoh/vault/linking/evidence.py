"""How far two records speak for one person, in bits, and by which findings; each thing is counted once.

The weights are base-2 logarithms of how much likelier a finding is for one person than for two. They are fixed, for a
list of some hundred rows is too short to learn them from; what is learned from the lists is how frequent a name is.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from panoh.names import PartMatch, Score, compare_births, similarity
from panoh.vault.linking.frequencies import Frequencies
from panoh.vault.linking.records import ADULTS, CHILDREN, Ready, Role, Spelt
from panoh.vault.linking.settings import Finding

SAME_SEX, OTHER_SEX = 1.0, -6.0
OTHER_PLACE, MOST_PLACE = -1.5, 12.0
OTHER_PAPER, NEAR_PAPER, LONG_NUMBER = -0.5, 6.0, 6
SAME_KINSHIP, OTHER_KINSHIP = 0.5, -5.0
MISSING = -0.3
ABOUT = (4.0, 1.5, -1.0, -2.0)  # a year given as "about" and another, by how many years they are apart
# Two names of one kind that cannot be spellings of each other.
AGAINST: dict[frozenset[Role], float] = {
    frozenset({"given"}): -11.0,
    frozenset({"father"}): -6.0,
    frozenset({"surname"}): -5.0,
    frozenset({"kunya"}): -1.0,
    frozenset({"given", ""}): -5.0,
    frozenset({"father", ""}): -2.0,
    frozenset({"surname", ""}): -2.0,
    frozenset({""}): -5.0,
}
CROSSED = -5.0  # the father of one has the name of the other
_UNLIKE, _FULL_WORTH = 0.62, 0.9  # parts less alike contradict each other; from the second on they are one name
_UNLIKE_BITS = -5.0
SEX_OF = {"mother": "f", "father": "m", "daughter": "f", "son": "m", "grandmother": "f", "grandfather": "m"}


class Evidence(NamedTuple):
    """The log odds in bits, from what two records drawn at random have, and what was found."""

    bits: float
    findings: tuple[Finding, ...]


def weigh(a: Ready, b: Ready, seen: Frequencies) -> Evidence:
    """Return what two records say for one person; the order of the two never counts."""
    found = [_names(a, b, seen), _births(a, b, seen), _sexes(a, b), _kinships(a, b), _papers(a, b, seen),
             _places(a, b, seen)]  # fmt: skip
    kept = tuple(one for one in found if one)
    return Evidence(seen.prior_bits(a, b) + sum(one.bits for one in kept), kept)


# --- names -------------------------------------------------------------------------------------------------------


def _names(a: Ready, b: Ready, seen: Frequencies) -> Finding | None:
    """Return the best of how any name of one meets any name of the other."""
    found = [meet(one, other, seen) for one in a.names for other in b.names]
    return max(found, key=lambda one: one.bits, default=None)


def meet(one: Spelt, other: Spelt, seen: Frequencies) -> Finding:
    """Return what the meeting of two names is worth; nothing where neither says anything of the other."""
    score = similarity(one.name, other.name, seen.name_bits)
    met = any(match.kind != "missing" for match in score.parts)
    bits = sum(_part_bits(match, one, other, seen) for match in score.parts) if met else 0.0
    return Finding("name", _name_code(score, one, other), bits)


def _part_bits(match: PartMatch, one: Spelt, other: Spelt, seen: Frequencies) -> float:
    mine, theirs = _role(match.first, one), _role(match.second, other)
    if match.kind == "missing":
        return MISSING if mine != "title" and theirs != "title" else 0.0
    if match.kind == "contradicts":
        return AGAINST.get(frozenset({mine, theirs}), 2 * MISSING)
    if {mine, theirs} == {"given", "father"}:
        return CROSSED
    if match.kind == "initial":
        return 2.0
    worth = min(seen.name_bits(part.skeletons[0]) for part in (match.first, match.second) if part and part.skeletons)
    share = max(0.0, min(1.0, (match.alike - _UNLIKE) / (_FULL_WORTH - _UNLIKE)))
    return _UNLIKE_BITS + share * (worth - _UNLIKE_BITS)


def _role(part: object, spelt: Spelt) -> Role:
    for own, role in zip(spelt.name.parts, spelt.roles, strict=True):
        if own is part:
            return role
    return ""


def _name_code(score: Score, one: Spelt, other: Spelt) -> str:
    kinds = {match.kind for match in score.parts}
    if not kinds - {"missing"}:
        return "different" if "contradicts" in kinds else "unknown"
    if "contradicts" in kinds:
        return "part_differs" if kinds - {"contradicts", "missing"} else "different"
    if "missing" in kinds:
        return "part_missing"
    if one.name.script != other.name.script:
        return "other_script"
    return "same" if kinds == {"same"} else "other_spelling"


# --- the rest ----------------------------------------------------------------------------------------------------


def _births(a: Ready, b: Ready, seen: Frequencies) -> Finding | None:
    one, other = a.record.birth, b.record.birth
    bits, code = compare_births(one, other)
    if code == "unknown":
        return None
    if code == "same_day":
        bits = seen.day_bits(one)
    elif code == "about_the_same_year":
        bits = ABOUT[abs((one.year or 0) - (other.year or 0))]
    return Finding("birth", code, bits)


def _sexes(a: Ready, b: Ready) -> Finding | None:
    one, other = (record.sex or SEX_OF.get(record.kinship, "") for record in (a.record, b.record))
    if not one or not other:
        return None
    return Finding("sex", "same", SAME_SEX) if one == other else Finding("sex", "different", OTHER_SEX)


def _kinships(a: Ready, b: Ready) -> Finding | None:
    one, other = a.record.kinship, b.record.kinship
    if not one or not other:
        return None
    if (one in CHILDREN and other in CHILDREN) or one == other:
        return Finding("kinship", "same", SAME_KINSHIP)
    across = (one in CHILDREN and other in ADULTS) or (one in ADULTS and other in CHILDREN)
    return Finding("kinship", "different", OTHER_KINSHIP) if across else None


def _papers(a: Ready, b: Ready, seen: Frequencies) -> Finding | None:
    if not a.papers or not b.papers:
        return None
    shared = a.papers & b.papers
    if shared:
        return Finding("document", "same_number", max(map(seen.paper_bits, shared)))
    if any(_one_slip(one, other) for one in a.papers for other in b.papers):
        return Finding("document", "near", NEAR_PAPER)
    return Finding("document", "different", OTHER_PAPER)


def _one_slip(one: str, other: str) -> bool:
    """Tell whether a long number differs in one sign, or in two that changed places."""
    return len(one) >= LONG_NUMBER and DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1


def _places(a: Ready, b: Ready, seen: Frequencies) -> Finding | None:
    if not a.places or not b.places:
        return None
    shared = a.places & b.places
    if shared:
        part = len(shared) / min(len(a.places), len(b.places))
        return Finding("place", "same", min(MOST_PLACE, part * sum(map(seen.place_bits, shared))))
    return Finding("place", "different", OTHER_PLACE)
