"""What an action of the plan is to say, whether it is written into a draft or asked for in a revision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from panoh.access.wordings import Wording
from panoh.plan.models import Area, Plan, PlanAction
from panoh.plan.refusals import ActionNumberTaken, NotOfThisPlan


@dataclass(frozen=True)
class Wanted:
    """An action in full: its place in the plan, its wording, time and states."""

    area: str
    code: str
    text: Wording
    parent: str = ""
    starts: date | None = None
    ends: date | None = None
    states: Sequence[str] = field(default=())

    @classmethod
    def of(cls, action: PlanAction) -> Wanted:
        """Return an action as it stands."""
        return cls(
            action.area.code, action.code, action.text, action.parent.code if action.parent else "", action.starts,
            action.ends, tuple(action.states),
        )  # fmt: skip

    @classmethod
    def read(cls, told: dict[str, Any]) -> Wanted:
        """Return an action as a change keeps it."""
        days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("starts", "ends")}
        return cls(**{**told, **days, "text": Wording(told["text"]), "states": tuple(told["states"])})

    def told(self) -> dict[str, Any]:
        """Return it as a change keeps it."""
        days = {name: day.isoformat() if day else None for name, day in (("starts", self.starts), ("ends", self.ends))}
        return {**asdict(self), **days, "text": list(self.text.items()), "states": list(self.states)}

    def put(self, action: PlanAction, *, leaving: Collection[int] = ()) -> PlanAction:
        """Return the action with all of this in it; leaving: actions that give their number up with the same edition.

        Raises:
            NotOfThisPlan: area or action above it are of another plan.
            ActionNumberTaken: another action of the plan has the number.
        """
        plan: Plan = action.plan
        area = Area.objects.filter(pillar__plan=plan, code=self.area).first()
        parent = plan.actions.filter(code=self.parent, until=None).first() if self.parent else None
        if area is None or (self.parent and parent is None) or set(self.states) - set(plan.states):
            raise NotOfThisPlan
        if plan.actions.filter(code=self.code, until=None).exclude(pk__in=[action.pk or 0, *leaving]).exists():
            raise ActionNumberTaken(number=self.code)
        action.area, action.parent, action.code, action.text = area, parent, self.code, self.text
        action.starts, action.ends, action.states = self.starts, self.ends, list(self.states)
        return action
