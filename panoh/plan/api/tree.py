"""Plans over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Path, Router, Schema
from pydantic import StringConstraints

from panoh.access.api import Needs
from panoh.access.entrances import Request
from panoh.plan.models import Plan
from panoh.plan.queries import plan_for, plan_shown, plans

router = Router(tags=["Joint plan"])

Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,24}$")]


class PlanOut(Schema):
    """title: text by language code; states: two letters each (ISO 3166-1)."""

    code: str
    title: dict[str, str]
    states: list[str]
    edition: int
    state: Literal["draft", "in_force", "ended"]
    starts: date | None
    ends: date | None
    source: str

    @staticmethod
    def resolve_state(plan: Plan) -> str:
        return Plan.State(plan.state).name.lower()


class PlanActionOut(Schema):
    code: str
    text: dict[str, str]
    parent: str | None = Field(None, alias="parent.code")
    starts: date | None
    ends: date | None
    states: list[str]
    grade: str
    source: str


class AreaOut(Schema):
    code: str
    title: dict[str, str]
    actions: list[PlanActionOut]


class PillarOut(Schema):
    number: int
    title: dict[str, str]
    areas: list[AreaOut]


class PlanWholeOut(Schema):
    plan: PlanOut
    pillars: list[PillarOut]


@router.get("/joint-plan", auth=Needs("joint.see"), response=list[PlanOut])
def all_plans(request: Request) -> object:
    """Return every plan."""
    return plans()


@router.get("/joint-plan/{code}", auth=Needs("joint.see"), response=PlanWholeOut)
def one_plan(request: Request, code: Path[Slug]) -> object:
    """Return a plan with its pillars, areas and actions."""
    return plan_shown(plan_for(code))
