"""What the families around two records say, and that nobody has two counterparts in one list.

Two rows whose mothers, brothers and sisters meet as well gain weight; rows of families that do not meet lose some. Of
two rows that could both be one person, the better one leaves little to the other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from panoh.names import PersonName
from panoh.vault.linking.evidence import Evidence, weigh
from panoh.vault.linking.frequencies import Frequencies
from panoh.vault.linking.records import CHILDREN, Ready, Record
from panoh.vault.linking.settings import Finding

Pair = tuple[int, int]
Home = tuple[str, str]

SURE = 5.5  # bits from which a pair speaks for its family
ONE_MEETS, MORE_MEET, NONE_MEETS = 5.0, 8.0, -3.0
ONLY_ONE = 5.0  # the mother of a family that meets
NAMED_AFTER = 4.0  # Umm Bilal, whose son is Bilal
LEAST_LEFT = -11.0  # bits of a pair that a family may still lift
RIVAL = -9.0
BETTER = 2.0
UNRIVALLED, NOBODY_NEAR = 1.5, 6.0  # bits gained where nobody else of the list comes within so many bits
THIRD = 3.0  # what is lost on the way over a third record


class Weighed(NamedTuple):
    """The evidence of one pair: of the two records alone, and with their families."""

    bits: float
    alone: float
    findings: tuple[Finding, ...]


def with_families(
    records: Sequence[Record], opened: Sequence[Ready], alone: Mapping[Pair, Evidence], seen: Frequencies
) -> dict[Pair, Weighed]:
    """Return the pairs with what their families say; pairs of families that meet are added.

    opened: the same records taken apart, which only names need.
    """
    homes: dict[Home, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        if record.home:
            homes[record.home].append(at)
    known = dict(alone)
    meeting = _meeting(records, known)
    for home, other in meeting:
        for a in homes[home]:
            for b in homes[other]:
                pair = (a, b) if a < b else (b, a)
                if pair not in known:
                    known[pair] = weigh(opened[a], opened[b], seen)
    meeting = _meeting(records, known)
    return {pair: _beside(records, opened, pair, evidence, homes, meeting) for pair, evidence in known.items()}


def _meeting(records: Sequence[Record], known: Mapping[Pair, Evidence]) -> dict[tuple[Home, Home], list[Pair]]:
    """Return the families of two sources that meet, with the pairs in which they do, each person once."""
    found: dict[tuple[Home, Home], list[tuple[float, Pair]]] = defaultdict(list)
    for (a, b), evidence in known.items():
        one, other = records[a].home, records[b].home
        if evidence.bits >= SURE and one and other and one[0] != other[0]:
            found[one, other].append((evidence.bits, (a, b)))
    return {key: _each_once(pairs) for key, pairs in found.items()}


def _each_once(pairs: Iterable[tuple[float, Pair]]) -> list[Pair]:
    taken: set[int] = set()
    kept = []
    for _, (a, b) in sorted(pairs, key=lambda one: (-one[0], one[1])):
        if a not in taken and b not in taken:
            taken |= {a, b}
            kept.append((a, b))
    return kept


def _beside(
    records: Sequence[Record], opened: Sequence[Ready], pair: Pair, evidence: Evidence,
    homes: Mapping[Home, Sequence[int]], meeting: Mapping[tuple[Home, Home], Sequence[Pair]],
) -> Weighed:  # fmt: skip
    a, b = pair
    one, other = records[a].home, records[b].home
    if not one or not other or one == other:
        return Weighed(evidence.bits, evidence.bits, evidence.findings)
    beside = [(x, y) for x, y in meeting.get((one, other), ()) if x != a and y != b]
    found: list[Finding] = []
    if beside and not _born_apart(evidence):
        mothers = any(records[x].kinship == "mother" == records[y].kinship for x, y in beside)
        code = "same_mother" if mothers else "same_siblings" if _children(records, beside) else "shared_members"
        found.append(Finding("family", code, MORE_MEET if len(beside) > 1 else ONE_MEETS))
        if len(beside) > 1 and records[a].kinship == records[b].kinship == "mother":
            found.append(Finding("family", code, ONLY_ONE))
        if _named_after(opened, pair, homes[one], homes[other]):
            found.append(Finding("name", "named_after_child", NAMED_AFTER))
    elif not beside and len(homes[one]) > 1 and len(homes[other]) > 1:
        found.append(Finding("family", "different", NONE_MEETS))
    findings = (*evidence.findings, *found)
    return Weighed(evidence.bits + sum(one.bits for one in found), evidence.bits, findings)


def _born_apart(evidence: Evidence) -> bool:
    """Tell whether the births are those of two people, who may well be of one family."""
    return any(found.field == "birth" and found.code == "different" for found in evidence.findings)


def _children(records: Sequence[Record], pairs: Iterable[Pair]) -> bool:
    return all({records[a].kinship, records[b].kinship} <= CHILDREN for a, b in pairs)


def _named_after(records: Sequence[Ready], pair: Pair, home: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether a kunya of one names a child in the family of the other."""
    for at, around in ((pair[0], other), (pair[1], home)):
        for spelt in records[at].names:
            for part in spelt.name.parts:
                if part.kind == "kunya" and any(_bears(records[one], part.skeletons) for one in around):
                    return True
    return False


def _bears(record: Ready, kunya: Sequence[str]) -> bool:
    """Tell whether a child has the name with which a kunya ends."""
    if record.record.kinship not in CHILDREN:
        return False
    given = (part for spelt in record.names for part in _given(spelt.name))
    return any(len(bare) > 1 and whole.endswith(bare.removeprefix("A")) for bare in given for whole in kunya)


def _given(name: PersonName) -> Iterable[str]:
    return (bare for part in name.parts if part.kind == "given" for bare in part.skeletons)


# --- rivals ------------------------------------------------------------------------------------------------------


def settle(records: Sequence[Record], pairs: Mapping[Pair, Weighed], least: float) -> dict[Pair, Weighed]:
    """Return the pairs after each record has chosen its counterpart in each other source.

    A pair loses where one of the two has a clearly better counterpart in the other's list that is not the same person
    again; a pair whose two records both meet a third one surely gains from it.
    """
    apart = {pair: one for pair, one in pairs.items() if records[pair[0]].source != records[pair[1]].source}
    chosen: dict[tuple[int, str], list[int]] = defaultdict(list)
    settled = dict(pairs)
    second = _second_best(records, apart)
    for a, b in sorted(apart, key=lambda pair: (-apart[pair].bits, pair)):
        weighed = apart[a, b]
        rivals = _rivals(records, pairs, chosen, a, b, weighed.bits)
        if rivals:
            lost = Finding("family", "better_counterpart", RIVAL)
            weighed = Weighed(weighed.bits + RIVAL, weighed.alone, (*weighed.findings, lost))
        elif weighed.bits - second[a, b] >= NOBODY_NEAR:
            gained = Finding("family", "no_other_near", UNRIVALLED)
            weighed = Weighed(weighed.bits + UNRIVALLED, weighed.alone, (*weighed.findings, gained))
        if not rivals and weighed.bits >= least:
            chosen[a, records[b].source].append(b)
            chosen[b, records[a].source].append(a)
        settled[a, b] = weighed
    return _over_thirds(records, settled, least)


def _second_best(records: Sequence[Record], pairs: Mapping[Pair, Weighed]) -> dict[Pair, float]:
    """Return for each pair the bits of the best other pair that either of the two has in the other's list."""
    best: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for (a, b), weighed in pairs.items():
        for mine, theirs in ((a, b), (b, a)):
            top = best[mine, records[theirs].source]
            top.append((weighed.bits, theirs))
            top.sort(reverse=True)
            del top[2:]
    return {
        (a, b): max(
            (bits for mine, theirs in ((a, b), (b, a)) for bits, other in best[mine, records[theirs].source]
             if other != theirs),
            default=-math.inf,
        )
        for a, b in pairs
    }  # fmt: skip


def _over_thirds(records: Sequence[Record], pairs: dict[Pair, Weighed], least: float) -> dict[Pair, Weighed]:
    """Lift pairs whose records both surely meet a third one, unless what the two say themselves is against it."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), weighed in pairs.items():
        if weighed.bits >= least:
            near[a][b] = near[b][a] = weighed.bits
    is_one_list = len({records[one].source for pair in pairs for one in pair}) == 1
    lifted = dict(pairs)
    for third, around in near.items():
        beside = sorted(around)
        for at, a in enumerate(beside):
            for b in beside[at + 1 :]:
                over = min(around[a], around[b]) - THIRD
                known = lifted.get((a, b))
                if known and over > known.bits and _may_be_lifted(records, known, (a, b, third), is_one_list):
                    found = Finding("family", "over_a_third_record", over - known.bits)
                    lifted[a, b] = Weighed(over, known.alone, (*known.findings, found))
    return lifted


def _may_be_lifted(records: Sequence[Record], known: Weighed, three: tuple[int, int, int], is_one_list: bool) -> bool:
    """Of several lists each names somebody once; in one that is looked through for duplicates there may be three."""
    if known.alone < LEAST_LEFT:
        return False
    if is_one_list:
        return True
    against = any(found.code in {"different", "better_counterpart"} for found in known.findings)
    return not against and len({records[one].source for one in three}) == len(three)


def _rivals(
    records: Sequence[Record], pairs: Mapping[Pair, Weighed], chosen: Mapping[tuple[int, str], Sequence[int]],
    a: int, b: int, bits: float,
) -> list[int]:  # fmt: skip
    found = []
    for mine, theirs in ((a, b), (b, a)):
        for rival in chosen.get((mine, records[theirs].source), ()):
            key = (min(rival, theirs), max(rival, theirs))
            again = pairs.get(key)
            better = pairs[min(mine, rival), max(mine, rival)].bits - bits
            if better >= BETTER and not (again and again.bits >= SURE):
                found.append(rival)
    return found
