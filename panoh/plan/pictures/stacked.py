"""Bars in pieces: the share of each status in a pillar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from panoh.plan.pictures.matrix import cell_class
from panoh.plan.queries.progress import PillarProgress

RAIL = 1000


@dataclass(frozen=True)
class Piece:
    """A piece of a bar, in thousandths of the rail."""

    css: str
    x: int
    width: int


@dataclass(frozen=True)
class Stacked:
    """A bar with its figures; the pieces fill the rail together."""

    label: str
    actions: int
    pieces: Sequence[Piece]
    figures: Sequence[int]
    total: int


def stacked(found: Sequence[PillarProgress]) -> list[Stacked]:
    """Return a bar for each pillar."""
    return [_bar(one) for one in found]


def _bar(one: PillarProgress) -> Stacked:
    pieces, before = [], 0
    for state, count in one.counted.items():
        x, end = (round(RAIL * at / one.total) if one.total else 0 for at in (before, before + count))
        if end > x:
            pieces.append(Piece(cell_class(state), x, end - x))
        before += count
    return Stacked(str(one.pillar), one.actions, pieces, list(one.counted.values()), one.total)
