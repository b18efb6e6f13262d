"""A plan in words, ready for any file: nothing here asks the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

__all__ = ["ActionTold", "AreaTold", "PillarTold", "PlanTold", "StatusTold"]


@dataclass(frozen=True)
class StatusTold:
    """How far an action is in one state; no word: not reported."""

    country: str
    word: str = ""
    on: date | None = None


@dataclass(frozen=True)
class ActionTold:
    """An action: depth is 0, or 1 for a part of the one before it."""

    code: str
    text: str
    lead: str = ""
    others: Sequence[str] = field(default=())
    starts: date | None = None
    ends: date | None = None
    states: Sequence[str] = field(default=())
    statuses: Sequence[StatusTold] = field(default=())
    grade: str = ""
    source: str = ""
    depth: int = 0


@dataclass(frozen=True)
class AreaTold:
    """A priority area with its actions in order."""

    code: str
    title: str
    rationale: str = ""
    actions: Sequence[ActionTold] = field(default=())


@dataclass(frozen=True)
class PillarTold:
    """A pillar with its areas."""

    number: int
    roman: str
    title: str
    areas: Sequence[AreaTold] = field(default=())

    @property
    def actions(self) -> Iterator[ActionTold]:
        """Yield every action of the pillar."""
        return (action for area in self.areas for action in area.actions)


@dataclass(frozen=True)
class PlanTold:
    """A plan: standing says whether it is in force and which edition this is."""

    code: str
    language: str
    title: str
    standing: str
    states: Sequence[str]
    pillars: Sequence[PillarTold]
    edition: int = 0
    starts: date | None = None
    ends: date | None = None
    adopted_on: date | None = None
    adopted_at: str = ""
    source: str = ""

    @property
    def actions(self) -> Iterator[ActionTold]:
        """Yield every action of the plan."""
        return (action for pillar in self.pillars for action in pillar.actions)

    @property
    def has_statuses(self) -> bool:
        """Tell whether anything was reported of any action."""
        return any(action.statuses for action in self.actions)
