"""Who has this name: keys of the question, rows that share some, those opened and compared, the likeliest first."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from panoh.names import BirthGuess, BirthScore, PersonName, Score, compare_births, parse, similarity
from panoh.names.rarity import bits_of
from panoh.vault import finding, packing, sealing
from panoh.vault.blind import Blinding, bare_number, core_keys, keys_of
from panoh.vault.facts import Group
from panoh.vault.finding import Candidate, Findable
from panoh.vault.keyring import keyring
from panoh.vault.masters import open_keys
from panoh.vault.models import Identity
from panoh.vault.planning import LIMIT_ROWS, SURE, WEIGHTS, KeyClass, Plan, plan

LEAST_ALIKE = 0.55
# How alike a hidden name is, is told in these steps.
ALIKE = (LEAST_ALIKE, 0.75, 0.9)
YEARS_AROUND = 1
LEAST_PARTS = 2
# What a likeness of names is worth beside a birth date: bits of a name that is rare and the same.
NAME_BITS = 26.0
# Below this many people their own frequencies say less than those of the region.
LEAST_REGISTER = 2000
_PAPER = re.compile(r"\d\D{0,3}\d\D{0,3}\d\D{0,3}\d")

Advice = Literal["", "too_common", "nothing_to_look_for"]


@dataclass(frozen=True)
class Hit:
    """Somebody who may be meant: which of their names met the question and how, and what the birth date says.

    by_paper: found by the number of a paper, to the letter.
    """

    identity_id: UUID
    is_sought: bool
    name: PersonName | None
    score: Score
    birth: BirthScore
    by_paper: bool

    def unnamed(self) -> Hit:
        """Return what may be told to who may not see the name: which of the asker's words met, and about how well."""
        met = [part._replace(second=part.first, alike=0.0) for part in self.score.parts if part.first]
        step = max((step for step in ALIKE if step <= self.score.value), default=0.0)
        return replace(self, name=None, score=self.score._replace(value=step, parts=tuple(met)))

    @property
    def weight(self) -> float:
        """Return the evidence in bits, by which hits are ordered."""
        return (2 * NAME_BITS if self.by_paper else 0) + NAME_BITS * self.score.value + self.birth.bits


@dataclass(frozen=True)
class Found:
    """The hits, the likeliest first; advice says why there are none or too few."""

    hits: list[Hit]
    advice: Advice = ""


@dataclass(frozen=True)
class _Question:
    name: PersonName
    born: BirthGuess
    papers: frozenset[str]


def search(text: str, *, born: BirthGuess, kinds: Sequence[int], most: int, only_mine: bool = False) -> Found:
    """Return who may be meant by a name in any script and order, or by the number of a paper."""
    asked = _Question(parse(text), born, frozenset([bare_number(text)] if _PAPER.search(text) else ()))
    papers, chosen = _planned(asked)
    if chosen is None:
        return Found([], "nothing_to_look_for")
    hits: list[Hit] = []
    people = finding.register_rows()
    for stage in filter(None, ((*papers, *chosen.first), chosen.use[len(chosen.first) :])):
        known = [hit.identity_id for hit in hits]
        drawn = finding.candidates(stage, chosen.ranked_by, kinds, chosen.limit, known, only_mine=only_mine)
        hits += _compared(asked, drawn, people)
        if any(hit.by_paper or hit.score.value >= SURE for hit in hits):
            break
    likely = [hit for hit in hits if hit.by_paper or hit.score.value >= LEAST_ALIKE]
    return Found(
        sorted(likely, key=lambda hit: -hit.weight)[:most], "too_common" if chosen.too_common and not papers else ""
    )


def says_enough(text: str) -> bool:
    """Tell whether a text names one person: two parts of a name at least, or the number of a paper."""
    return len(parse(text).parts) >= LEAST_PARTS or bool(_PAPER.search(text))


def _planned(asked: _Question) -> tuple[set[int], Plan | None]:
    """Return the keys of papers, and which keys of the name to look up; None where there is nothing to look for."""
    years = range(asked.born.year - YEARS_AROUND, asked.born.year + YEARS_AROUND + 1) if asked.born.year else ()
    texts = keys_of([asked.name], years, asked.papers)
    if not any(texts.values()):
        return set(), None
    keys: dict[str, set[int]] = {kind: set() for kind in texts}
    for number, secret in keyring().searches.items():  # while the search key is renewed there are rows of either
        for kind, made in Blinding(number, secret).keys(texts).items():
            keys[kind] |= made
    counted = finding.frequencies(key for made in keys.values() for key in made)
    withheld = {key for key, (_, is_withheld) in counted.items() if is_withheld}
    stored: dict[KeyClass, set[int]] = {kind: keys[kind] - withheld for kind in WEIGHTS}
    if not any(stored.values()):
        return keys["papers"], Plan((), (), (), 0, LIMIT_ROWS, too_common=True)
    chosen = plan(stored, {key: rows for key, (rows, _) in counted.items()})
    return keys["papers"], chosen._replace(too_common=chosen.too_common or _is_hidden(asked, withheld))


def _is_hidden(asked: _Question, withheld: set[int]) -> bool:
    """Return whether whoever has just this name is in no row by it, for too many have it."""
    if asked.born.year:
        return False
    core = core_keys(asked.name)
    made = [set[int]().union(*Blinding(*one).keys(core).values()) for one in keyring().searches.items()]
    return any(keys and keys <= withheld for keys in made)


def _compared(asked: _Question, drawn: Sequence[Candidate], people: int) -> list[Hit]:
    """Open those drawn, and compare each with the question; a name that many people here have weighs less."""
    if not drawn:
        return []
    known = _opened(drawn)
    parts = [part for who in known for name in who.names for part in name.parts]
    rarity = _rarity((part.skeletons[0] for part in (*parts, *asked.name.parts) if part.skeletons), people)
    return [_hit(asked, one, who, rarity) for one, who in zip(drawn, known, strict=True)]


def _opened(drawn: Sequence[Candidate]) -> list[Findable]:
    secrets = open_keys((one.key_id, one.master, one.wrapped) for one in drawn)
    return [
        Findable.unpacked(
            packing.from_bytes(sealing.unseal(secrets[one.key_id], one.key_id, Group.FINDING, one.part_id, one.sealed))
        )
        for one in drawn
    ]


def _rarity(skeletons: Iterable[str], people: int) -> Callable[[str], float]:
    """Return how many bits each skeleton is worth among so many people here."""
    if people < LEAST_REGISTER:
        return bits_of
    blind = finding.blinding(keyring())
    keys = {skeleton: blind.key("tokens", skeleton) for skeleton in set(skeletons)}
    counted = finding.frequencies(keys.values())
    rows: Mapping[str, int] = {skeleton: counted[key][0] for skeleton, key in keys.items() if key in counted}
    return lambda skeleton: math.log2(people / (1 + rows.get(skeleton, finding.LEAST_COUNTED // 2)))


def _hit(asked: _Question, found: Candidate, who: Findable, rarity: Callable[[str], float]) -> Hit:
    met = [(similarity(asked.name, name, rarity), name) for name in who.names]
    score, name = max(met, key=lambda one: one[0].value, default=(Score(0.0, ()), None))
    return Hit(
        identity_id=found.identity_id,
        is_sought=found.kind == Identity.Kind.SOUGHT,
        name=name,
        score=score,
        birth=compare_births(asked.born, who.birth),
        by_paper=not asked.papers.isdisjoint(who.papers),
    )
