"""Who stands above whom in a family picture: generations from stated links, whatever the data holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

Pair = tuple[str, str]


class _Levels:
    """Groups of people of one generation, and which group lies above which; never a circle among groups."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.group = {code: code for code in codes}
        self.below: dict[str, set[str]] = defaultdict(set)

    def _leads_to(self, start: str, goal: str) -> bool:
        seen, ahead = set(), [start]
        while ahead:
            group = ahead.pop()
            if group == goal:
                return True
            if group not in seen:
                seen.add(group)
                ahead.extend(self.below[group])
        return False

    def put_above(self, older: str, younger: str) -> None:
        """Put one group above the other, unless that would close a circle."""
        above, beneath = self.group[older], self.group[younger]
        if not self._leads_to(beneath, above):
            self.below[above].add(beneath)

    def put_beside(self, one: str, other: str) -> None:
        """Join two groups into one generation, unless one already lies above the other."""
        stays, goes = self.group[one], self.group[other]
        if stays == goes or self._leads_to(stays, goes) or self._leads_to(goes, stays):
            return
        for code, group in self.group.items():
            if group == goes:
                self.group[code] = stays
        self.below[stays] |= self.below.pop(goes, set())
        for beneath in self.below.values():
            if goes in beneath:
                beneath.discard(goes)
                beneath.add(stays)


def generations(
    codes: Sequence[str], *, parents: Sequence[Pair], beside: Sequence[Pair], guardians: Sequence[Pair]
) -> dict[str, int]:
    """Return the generation of each person, 0 for the oldest, by the longest way down.

    Parent links weigh most, then couples and siblings, then guardians; a link that contradicts an earlier one
    (somebody is their own ancestor) is left out of the ranking, so the result always exists.
    """
    levels = _Levels(codes)
    for older, younger in parents:
        levels.put_above(older, younger)
    for one, other in beside:
        levels.put_beside(one, other)
    for older, younger in guardians:
        levels.put_above(older, younger)
    rank = _ranked(levels)
    return {code: rank[levels.group[code]] for code in codes}


def _ranked(levels: _Levels) -> dict[str, int]:
    groups = list(dict.fromkeys(levels.group.values()))
    rank = dict.fromkeys(groups, 0)
    order = _from_top(groups, levels.below)
    for group in order:
        for beneath in levels.below[group]:
            rank[beneath] = max(rank[beneath], rank[group] + 1)
    for group in reversed(order):  # a parent stands just above the eldest branch, beside the other parent
        if levels.below[group]:
            rank[group] = min(rank[beneath] for beneath in levels.below[group]) - 1
    return rank


def _from_top(groups: Sequence[str], below: dict[str, set[str]]) -> list[str]:
    """Return the groups so that each comes before all beneath it."""
    done: list[str] = []
    seen: set[str] = set()
    for start in groups:
        ahead = [(start, False)]
        while ahead:
            group, is_left = ahead.pop()
            if is_left:
                done.append(group)
            elif group not in seen:
                seen.add(group)
                ahead.append((group, True))
                ahead.extend((beneath, False) for beneath in sorted(below[group], reverse=True))
    return done[::-1]
