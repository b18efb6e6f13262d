"""Where people of one generation stand from left to right: couples together, children under their parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

Pair = tuple[str, str]
ROUNDS = 6


def couples(row: Sequence[str], spouses: Sequence[Pair]) -> list[list[str]]:
    """Return the row as units that stand side by side: a couple, a person with several spouses, one alone."""
    partners: dict[str, list[str]] = {code: [] for code in row}
    for one, other in spouses:
        if one in partners and other in partners and one != other and other not in partners[one]:
            partners[one].append(other)
            partners[other].append(one)
    units: list[list[str]] = []
    placed: set[str] = set()
    for code in sorted(row, key=lambda code: (len(partners[code]) != 1, row.index(code))):
        unit: list[str] = []
        ahead = [code]
        while ahead:
            at = ahead.pop()
            if at not in placed:
                placed.add(at)
                unit.append(at)
                ahead.extend(reversed(partners[at]))
        if unit:
            units.append(unit)
    return sorted(units, key=lambda unit: min(row.index(code) for code in unit))


def nearest_places(wishes: Sequence[float], widths: Sequence[float], gap: float) -> list[float]:
    """Return left edges as near to the wished ones as can be without overlap (pool adjacent violators)."""
    pools: list[list[float]] = []  # [mean wish of the pool, members]
    before = 0.0
    offsets: list[float] = []
    for wish, width in zip(wishes, widths, strict=True):
        offsets.append(before)
        pools.append([wish - before, 1])
        before += width + gap
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, members = pools.pop()
            held, count = pools[-1]
            pools[-1] = [(held * count + mean * members) / (count + members), count + members]
    starts = [mean for mean, members in pools for _ in range(int(members))]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def places(
    rows: Sequence[Sequence[str]], *, spouses: Sequence[Pair], up_down: Sequence[Pair], box: int, gap: int
) -> dict[str, float]:
    """Return the left edge of each person's box; within a row no two boxes come nearer than the gap."""
    kin: dict[str, set[str]] = defaultdict(set)
    for older, younger in up_down:
        kin[older].add(younger)
        kin[younger].add(older)
    arranged = [couples(row, spouses) for row in rows]
    left = {code: float(n * (box + gap)) for units in arranged for n, code in enumerate(_flat(units))}
    row_of = {code: n for n, row in enumerate(rows) for code in row}
    for turn in range(ROUNDS):
        numbers = range(len(arranged)) if turn % 2 == 0 else range(len(arranged) - 1, -1, -1)
        for n in numbers:
            looked_at = {code for code in left if (row_of[code] < n if turn % 2 == 0 else row_of[code] > n)}
            if looked_at:
                _settle(arranged[n], left, kin, looked_at, box, gap)
    least = min(left.values(), default=0.0)
    return {code: at - least for code, at in left.items()}


def _flat(units: Sequence[Sequence[str]]) -> list[str]:
    return [code for unit in units for code in unit]


def _settle(
    units: list[list[str]],
    left: dict[str, float],
    kin: Mapping[str, set[str]],
    looked_at: set[str],
    box: int,
    gap: int,
) -> None:
    """Order the units of one row by their kin in the other rows and move each as near to them as fits."""

    def wish(unit: Sequence[str]) -> float:
        wished = [
            sum(left[other] for other in relatives) / len(relatives) - n * (box + gap)
            for n, code in enumerate(unit)
            if (relatives := kin[code] & looked_at)
        ]
        return sum(wished) / len(wished) if wished else left[unit[0]]

    for unit in units:  # in a couple, each stands on the side of their own parents
        if len(unit) == 2 and all(kin[code] & looked_at for code in unit):
            unit.sort(key=lambda code: sum(left[o] for o in kin[code] & looked_at) / len(kin[code] & looked_at))
    units.sort(key=wish)
    widths = [len(unit) * box + (len(unit) - 1) * gap for unit in units]
    for unit, start in zip(units, nearest_places([wish(u) for u in units], widths, gap), strict=True):
        for n, code in enumerate(unit):
            left[code] = start + n * (box + gap)
