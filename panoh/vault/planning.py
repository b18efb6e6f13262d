"""Which keys of a question to look up, so that the register touches few rows and misses few persons.

The register answers one kind of question: the rows that hold any key of ``use``, best first by a sum over classes of
weight times how many keys of that class the row holds, cut off at ``limit``. What it costs is the rows that ``use``
touches. So: rare keys first, pairs of name parts before single parts, single parts before mistyped ones, until the
budget is spent. A key that many rows hold is not stored at all: its frequency would give the name away to whoever reads
the index.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

KeyClass = Literal["years", "pairs", "tokens", "near"]

BUDGET_ROWS = 1500
LAST_RESORT_ROWS = 16_000  # a name whose every key is over the budget may still spend this on its rarest
LIMIT_ROWS = 60
CAP_SHARE = 0.001
SURE = 0.97  # a score from which the second stage is not worth its rows
WEIGHTS: dict[KeyClass, int] = {"years": 6, "pairs": 4, "tokens": 2, "near": 1}  # in the order they are looked up


class Weighed(NamedTuple):
    """The keys of one class, and what each that a row holds adds to its rank."""

    weight: int
    keys: frozenset[int]


class Plan(NamedTuple):
    """What to look up and how to rank the rows that hold any of it.

    ``first`` are the keys of ``use`` that alone are enough when they find a score of ``SURE``. ``ranked_by`` has at
    most four classes. ``rows`` is the most that ``use`` touches. ``too_common``: every key of the name is over the
    budget, and at most the rarest is looked up; ask for a year of birth or another part of the name.
    """

    use: tuple[int, ...]
    first: tuple[int, ...]
    ranked_by: tuple[Weighed, ...]
    rows: int
    limit: int
    too_common: bool


def plan(
    asked: Mapping[KeyClass, Collection[int]],
    frequencies: Mapping[int, int],
    *,
    budget_rows: int = BUDGET_ROWS,
    limit: int = LIMIT_ROWS,
) -> Plan:
    """The cheapest keys of ``asked`` (class to keys), given how many rows hold each; an unknown key costs one row."""
    use: list[int] = []
    first = rows = 0
    for kind in WEIGHTS:
        for key in sorted(asked.get(kind, ()), key=lambda key: (frequencies.get(key, 1), key)):
            cost = frequencies.get(key, 1)
            if rows + cost > budget_rows:
                break
            use.append(key)
            rows += cost
        if kind == "pairs":
            first = len(use)
    ranked_by = tuple(Weighed(weight, frozenset(asked[kind])) for kind, weight in WEIGHTS.items() if asked.get(kind))
    too_common = not use and any(asked.values())
    if too_common:
        use, rows = _last_resort(asked, frequencies)
        first = len(use)
    return Plan(tuple(use), tuple(use[:first]), ranked_by, rows, limit, too_common)


def _last_resort(asked: Mapping[KeyClass, Collection[int]], frequencies: Mapping[int, int]) -> tuple[list[int], int]:
    """The rarest of all keys, where it is bearable, and its rows."""
    rows, key = min((frequencies.get(key, 1), key) for keys in asked.values() for key in keys)
    return ([key], rows) if rows <= LAST_RESORT_ROWS else ([], 0)
