"""How much a name is worth as evidence when no register says how frequent it is."""

from __future__ import annotations

from functools import cache

from panoh.names.tables import frequent_skeletons

_BITS_PER_CONSONANT = 2.6
_MOST_BITS = 13.0


@cache
def _frequent() -> dict[str, float]:
    return frequent_skeletons()


def bits_of(skeleton: str) -> float:
    """The bits of a skeleton: the longer the rarer, but for the few dozen that are frequent everywhere."""
    known = _frequent().get(skeleton)
    return known if known is not None else min(_MOST_BITS, 1.5 + _BITS_PER_CONSONANT * len(skeleton))
