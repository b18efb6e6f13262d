"""Where the public record disagrees with itself: rivals, parts that do not add up, operations beside running totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from panoh.plan.models.figures import PublishedFigure

__all__ = ["Claim", "Disagreement", "Kind", "Part", "disagreements", "range_of"]

Bound, Measure = PublishedFigure.Bound, PublishedFigure.Measure
NEAR = 0.05  # how far a figure that is said to be about a number may lie from it
PARTS: Mapping[int, Sequence[int]] = {
    Measure.TOTAL: (Measure.MEN, Measure.WOMEN, Measure.CHILDREN),
    Measure.CHILDREN: (Measure.GIRLS, Measure.BOYS),
}


@dataclass(frozen=True)
class Claim:
    """A figure somebody published of an operation; what was not announced is no claim."""

    operation: str
    measure: int
    value: int
    bound: int = Bound.EXACT
    as_of: date | None = None
    source: str = ""

    @property
    def least(self) -> float:
        """Return the smallest number that it can mean."""
        return self.value * (1 - NEAR) if self.bound == Bound.ABOUT else self.value

    @property
    def most(self) -> float:
        """Return the largest number that it can mean."""
        if self.bound == Bound.AT_LEAST:
            return float("inf")
        return self.value * (1 + NEAR) if self.bound == Bound.ABOUT else self.value


@dataclass(frozen=True)
class Part:
    """An operation in a running total; on: when it was, or the last of those that it adds up itself."""

    operation: str
    on: date | None = None
    is_one: bool = True


AddsUp = Mapping[str, Sequence[Part]]


class Kind(StrEnum):
    """How figures disagree."""

    RIVALS = "rivals"
    PARTS = "parts"
    REST = "rest"
    OPERATIONS = "operations"


@dataclass(frozen=True)
class Disagreement:
    """said: what was published of the whole; found: the other figures, or what the parts add up to, least and most."""

    kind: Kind
    operation: str
    measure: int
    said: tuple[int, ...]
    found: tuple[int, ...]
    source: str = ""


def range_of(claims: Sequence[Claim]) -> tuple[float, float]:
    """Return the least and the most that rivals say; nothing said: anything from 0 on."""
    if not claims:
        return 0, float("inf")
    return min(claim.least for claim in claims), max(claim.most for claim in claims)


def disagreements(claims: Iterable[Claim], adds_up: AddsUp) -> list[Disagreement]:
    """Return every place where the claims cannot all be true; adds_up: operations that a running total adds up."""
    of: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    told: dict[tuple[str, date | None, str], dict[int, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        of[claim.operation, claim.measure].append(claim)
        told[claim.operation, claim.as_of, claim.source][claim.measure].append(claim)
    return [*_rivals(of), *_parts(told), *_running(of, adds_up)]


def _rivals(of: Mapping[tuple[str, int], Sequence[Claim]]) -> Iterator[Disagreement]:
    """Yield figures of the same, on the same day, that exclude each other."""
    for (operation, measure), claims in of.items():
        days = defaultdict(list)
        for claim in claims:
            days[claim.as_of].append(claim)
        for rivals in days.values():
            if max(claim.least for claim in rivals) > min(claim.most for claim in rivals):
                values = tuple(sorted({claim.value for claim in rivals}))
                yield Disagreement(Kind.RIVALS, operation, measure, values, ())


def _parts(told: Mapping[tuple[str, date | None, str], Mapping[int, Sequence[Claim]]]) -> Iterator[Disagreement]:
    """Yield what one source says of a whole and its parts that does not add up, or leaves some in no part."""
    for (operation, _day, source), measures in told.items():
        for whole, parts in PARTS.items():
            given = [measures[part] for part in parts if part in measures]
            if not given or whole not in measures:
                continue
            least, most = (sum(part) for part in zip(*map(range_of, given), strict=True))
            said_least, said_most = range_of(measures[whole])
            is_whole = len(given) == len(parts)
            said = tuple(sorted({claim.value for claim in measures[whole]}))
            added = sum(claims[0].value for claims in given)
            if least > said_most or (is_whole and most < said_least):
                yield Disagreement(Kind.PARTS, operation, whole, said, (added,), source)
            elif len(given) == len(parts) - 1 and whole == Measure.TOTAL and least == most < said_least == said_most:
                yield Disagreement(Kind.REST, operation, whole, said, (said[0] - added,), source)


def _running(of: Mapping[tuple[str, int], Sequence[Claim]], adds_up: AddsUp) -> Iterator[Disagreement]:
    """Yield running totals that the operations in them cannot add up to."""
    for running, parts in adds_up.items():
        for measure in Measure.values:
            impossible: dict[tuple[float, float], set[int]] = defaultdict(set)
            for total in of.get((running, measure), ()) if parts else ():
                ranges = [_counted(part, of.get((part.operation, measure), ()), total.as_of) for part in parts]
                least, most = sum(low for low, _high in ranges), sum(high for _low, high in ranges)
                if total.most < least or total.least > most:
                    impossible[least, most].add(total.value)
            for (least, most), values in impossible.items():
                found = (round(least),) if most in (least, float("inf")) else (round(least), round(most))
                yield Disagreement(Kind.OPERATIONS, running, measure, tuple(sorted(values)), found)


def _counted(part: Part, claims: Sequence[Claim], as_of: date | None) -> tuple[float, float]:
    """Return what an operation can add to a running total of a day: nothing if it came later."""
    least, most = range_of(claims)
    if as_of is None or (part.on and part.on <= as_of):
        return least, most
    return (0, 0) if part.on and part.is_one else (0, most)
