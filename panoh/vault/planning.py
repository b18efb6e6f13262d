"""Which keys of a question to look up, so that the register touches few rows and misses few persons.

The register answers one kind of question: the rows that hold any key of ``use``, best first by a sum over classes of
weight times how many keys of that class the row holds, cut off at ``limit``. What it costs is the rows that ``use``
touches. So: rare keys first, pairs of name parts before single parts, single parts before mistyped ones, until the
budget is spent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

BUDGET_ROWS = 4000
LIMIT_ROWS = 120
CAP_SHARE = 0.002  # a single key that more rows hold is not stored: it would give the name away by its frequency
WEIGHTS: dict[str, int] = {"years": 6, "pairs": 4, "tokens": 2, "near": 1}  # in the order in which they are looked up


class Weighed(NamedTuple):
    """The keys of one class, and what each that a row holds adds to its rank."""

    weight: int
    keys: frozenset[int]


class Plan(NamedTuple):
    """What to look up (``use``), how to rank (``ranked_by``, at most four classes) and how many rows that may touch.

    ``too_common``: even the rarest pair is over the budget; ask for a birth year or another part of the name.
    """

    use: tuple[int, ...]
    ranked_by: tuple[Weighed, ...]
    rows: int
    limit: int
    too_common: bool


def plan(
    asked: Mapping[str, Collection[int]],
    frequencies: Mapping[int, int],
    *,
    budget_rows: int = BUDGET_ROWS,
    limit: int = LIMIT_ROWS,
) -> Plan:
    """The cheapest keys of ``asked`` (class to keys), given how many rows hold each; an unknown key costs one row."""
    use: list[int] = []
    rows = 0
    for kind in WEIGHTS:
        for key in sorted(asked.get(kind, ()), key=lambda key: (frequencies.get(key, 0), key)):
            cost = frequencies.get(key, 1)
            if rows + cost > budget_rows:
                break
            use.append(key)
            rows += cost
    ranked_by = tuple(Weighed(weight, frozenset(asked[kind])) for kind, weight in WEIGHTS.items() if asked.get(kind))
    return Plan(tuple(use), ranked_by, rows, limit, too_common=not use and any(asked.values()))


def storable(frequency: int, register_rows: int) -> bool:
    """Whether a single part's key may be stored at all; pairs always may."""
    return frequency <= max(1, int(CAP_SHARE * register_rows))
