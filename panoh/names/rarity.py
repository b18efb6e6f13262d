"""How much a name is worth as evidence, in bits: minus the binary logarithm of its share of a register."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from panoh.names.tables import frequent_skeletons

_BITS_PER_CONSONANT = 2.6
_BITS_OF_NONE = 1.5
_MOST_BITS = 13.0


def rarity_in(counts: Mapping[str, int], names: int) -> Callable[[str], float]:
    """The rarity of skeletons in a register of so many names, of which ``counts`` hold each; for ``similarity``."""

    def bits(skeleton: str) -> float:
        return math.log2(max(1.0, names / (1 + counts.get(skeleton, 0))))

    return bits


def bits_of(skeleton: str) -> float:
    """The bits of a skeleton where no register is known: the longer the rarer, but for a few frequent everywhere."""
    known = frequent_skeletons().get(skeleton)
    return known if known is not None else min(_MOST_BITS, _BITS_OF_NONE + _BITS_PER_CONSONANT * len(skeleton))
