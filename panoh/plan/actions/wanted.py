"""What an action of the plan is to say, whether it is written into a draft or asked for in a revision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from panoh.access.wordings import Wording
from panoh.plan.models import Area, Pillar, Plan, PlanAction
from panoh.plan.refusals import ActionNumberTaken, EndsFirst, NotOfThisPlan


@dataclass(frozen=True)
class Wanted:
    """An action in full: its place in the plan, its wording, time and states, and the other pillars it serves."""

    area: str
    code: str
    text: Wording
    parent: str = ""
    starts: date | None = None
    ends: date | None = None
    states: Sequence[str] = field(default=())
    also: Sequence[int] = field(default=())

    @classmethod
    def of(cls, action: PlanAction) -> Wanted:
        """Return an action as it stands."""
        return cls(
            action.area.code, action.code, action.text, action.parent.code if action.parent else "", action.starts,
            action.ends, tuple(action.states), tuple(sorted(pillar.number for pillar in action.also_serves.all())),
        )  # fmt: skip

    @classmethod
    def read(cls, told: dict[str, Any]) -> Wanted:
        """Return an action as a change keeps it."""
        days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("starts", "ends")}
        lists = {name: tuple(told.get(name, ())) for name in ("states", "also")}
        return cls(**{**told, **days, **lists, "text": Wording(told["text"])})

    def told(self) -> dict[str, Any]:
        """Return it as a change keeps it."""
        days = {name: day.isoformat() if day else None for name, day in (("starts", self.starts), ("ends", self.ends))}
        lists = {"states": list(self.states), "also": list(self.also)}
        return {**asdict(self), **days, **lists, "text": list(self.text.items())}

    def put(self, action: PlanAction, *, leaving: Collection[int] = ()) -> PlanAction:
        """Return the action with all of this in it; leaving: actions that give their number up with the same edition.

        Raises:
            NotOfThisPlan: area, action above it or a pillar are of another plan, or it would be a part of itself.
            ActionNumberTaken: another action of the plan has the number.
            EndsFirst: it ends before it begins.
        """
        plan: Plan = action.plan
        area = Area.objects.filter(pillar__plan=plan, code=self.area).first()
        parent = plan.actions.filter(code=self.parent, until=None).first() if self.parent else None
        above = parent
        while above is not None and above.pk != action.pk:
            above = above.parent
        if area is None or above or (self.parent and parent is None) or set(self.states) - set(plan.states):
            raise NotOfThisPlan
        if len(self._pillars(plan)) < len(set(self.also)):
            raise NotOfThisPlan
        if self.starts and self.ends and self.ends < self.starts:
            raise EndsFirst
        others = plan.actions.filter(code=self.code, until=None).exclude(pk__in=[action.pk or 0, *leaving])
        if self.code == "new" or others.exists():  # an address has this word
            raise ActionNumberTaken(number=self.code)
        action.area, action.parent, action.code, action.text = area, parent, self.code, self.text
        action.starts, action.ends, action.states = self.starts, self.ends, list(dict.fromkeys(self.states))
        return action

    def write(self, action: PlanAction) -> PlanAction:
        """Put all of this into the action and keep it.

        Raises:
            As `put`.
        """
        self.put(action).save()
        action.also_serves.set(self._pillars(action.plan))
        return action

    def _pillars(self, plan: Plan) -> list[Pillar]:
        return list(plan.pillars.filter(number__in=self.also))
