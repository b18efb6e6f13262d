"""How often a name, a day of birth, a place or a paper stands in the lists: what is frequent says little."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from panoh.names import BirthGuess
from panoh.names.rarity import bits_of
from panoh.vault.linking.records import Ready, stems

# So many people of the region stand behind what is known of its names before a list is seen.
PRIOR_PEOPLE = 300
DAY_BITS = 13.0  # a day of birth among those of twenty years
PAPER_BITS = 20.0
PLACE_BITS = 4.5
SAME_IN_ONE = 5  # so many rows of a register that is looked through for duplicates may be one person
TWICE_IN_ONE = 4.0  # bits: that a list which is joined with others names somebody twice is a mistake, and rare


@dataclass
class Frequencies:
    """Counts within the sources; of every source the greatest share counts, its own one not."""

    people: Counter[str] = field(default_factory=Counter)
    counted: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    _known: dict[tuple[str, str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Ready]) -> Frequencies:
        """Return the counts of these records."""
        made = cls()
        for one in records:
            made.people[one.source] += 1
            counted = made.counted.setdefault(one.source, Counter())
            counted.update({("name", stem) for spelt in one.names for stem in stems(spelt.name)})
            counted.update(("place", place) for place in one.places)
            counted.update(("paper", paper) for paper in one.papers)
            if one.record.birth.precision == "day":
                counted["day", day_of(one.record.birth)] += 1
        return made

    def add(self, more: Frequencies) -> None:
        """Count what was counted in other records as well."""
        self.people.update(more.people)
        for source, counted in more.counted.items():
            self.counted.setdefault(source, Counter()).update(counted)
        self._known.clear()

    def prior_bits(self, a: Ready, b: Ready) -> float:
        """Return the log odds that two records drawn at random are one person: each list names nobody twice."""
        people = max(self.people[a.source], self.people[b.source], 2)
        twice = TWICE_IN_ONE if a.source == b.source and len(self.people) > 1 else 0.0
        return -math.log2(people) - twice

    def name_bits(self, stem: str) -> float:
        """Return the bits of a skeleton of a name."""
        return self._bits("name", stem, bits_of(stem), PRIOR_PEOPLE)

    def day_bits(self, birth: BirthGuess) -> float:
        """Return the bits of a day of birth: on some days every unknown child is born."""
        return self._bits("day", day_of(birth), DAY_BITS)

    def paper_bits(self, number: str) -> float:
        """Return the bits of a paper's number: one paper may stand for a whole family."""
        return self._bits("paper", number, PAPER_BITS)

    def place_bits(self, place: str) -> float:
        """Return the bits of a place."""
        return self._bits("place", place, PLACE_BITS)

    def _bits(self, kind: str, what: str, usual: float, prior: int = 0) -> float:
        found = self._known.get((kind, what))
        if found is None:
            shares = [2.0**-usual]
            for source, people in self.people.items():
                others = max(0, self.counted[source][kind, what] - (1 if len(self.people) > 1 else SAME_IN_ONE))
                if prior:
                    shares.append((others + prior * 2.0**-usual) / (people + prior))
                else:
                    shares.append(2.0**-usual + others / people)
            found = self._known[kind, what] = -math.log2(min(1.0, max(shares[1:] or shares)))
        return found


def day_of(birth: BirthGuess) -> str:
    """Return a day of birth as text."""
    return f"{birth.year}-{birth.month}-{birth.day}"
