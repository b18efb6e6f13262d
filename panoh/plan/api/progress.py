"""How far a plan is over HTTP: what countries report, the matrix, pillars, time and what is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import StringConstraints, WithJsonSchema

from panoh.access.api import Needs, Text
from panoh.access.entrances import Request
from panoh.access.wordings import Wording
from panoh.plan import actions, models
from panoh.plan.api.parts import ActionCode, Key, Said, Slug, State, WebAddress, Worded
from panoh.plan.api.tree import PlanActionOut
from panoh.plan.queries import (
    ActionShown,
    Behind,
    Matrix,
    action_for,
    action_shown,
    behind,
    bodies_named,
    funding_for,
    matrix,
    milestone_for,
    pillar_progress,
    plan_for,
    reached_for,
    timed_actions,
)
from panoh.plan.queries.progress import NOT_REPORTED, MatrixRow, PillarProgress

router = Router(tags=["Joint plan"])
StateWord = Literal["not_started", "under_way", "done", "stopped", "not_applicable"]
Cell = Literal["not_started", "under_way", "done", "stopped", "not_applicable", "not_reported"]
MONEY: Any = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 10**14 - 1},
        {"type": "string", "pattern": r"^[0-9]{1,14}(\.[0-9]{1,2})?$"},
    ]
}
Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2), WithJsonSchema(MONEY)]


def _word(state: int) -> str:
    return "not_reported" if state == NOT_REPORTED else models.Status.State(state).name.lower()


class StatusIn(Schema):
    """on: the day for which it holds, today if none; evidence: kind, address and day together, needed for done."""

    country: State
    state: StateWord
    source: Said
    on: date | None = None
    note: Text = ""
    evidence_kind: Literal["document", "dataset", "event", "statement", "visit"] | None = None
    evidence: WebAddress | None = None
    evidence_on: date | None = None


class StatusOut(Schema):
    country: str
    state: StateWord
    on: date
    note: str
    source: str
    evidence_kind: str
    evidence: str
    evidence_on: date | None
    by: str | None = Field(None, alias="by.agency.code")
    at: datetime

    @staticmethod
    def resolve_state(status: models.Status) -> str:
        return _word(status.state)


class MilestoneIn(Schema):
    """for_each: each country reaches it for itself; else all together."""

    text: Worded
    due: date
    for_each: bool = True


class ReachedIn(Schema):
    """country: none for all together."""

    on: date
    source: Said
    country: State | None = None


class WhichIn(Schema):
    country: State | None = None


class NumberOut(Schema):
    number: int = Field(..., alias="pk")


class ReachedOut(Schema):
    country: str
    on: date
    source: str


class MilestoneOut(Schema):
    number: int = Field(..., alias="milestone.pk")
    text: dict[str, str] = Field(..., alias="milestone.text")
    due: date = Field(..., alias="milestone.due")
    for_each: bool = Field(..., alias="milestone.for_each")
    reached: list[ReachedOut]
    waiting: list[str]


class FundingIn(Schema):
    """funder: code of a body, none for the budget; what nobody said is left out, never 0."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    source: Said
    funder: Slug | None = None
    country: State | None = None
    planned: Amount | None = None
    paid: Amount | None = None


class FundingOut(Schema):
    number: int = Field(..., alias="pk")
    year: int
    currency: str
    funder: str | None = Field(None, alias="funder.code")
    country: str
    planned: Decimal | None
    paid: Decimal | None
    source: str


class ProgressPartOut(Schema):
    body: str = Field(..., alias="body.code")
    part: Literal["lead", "contributor", "funder", "consulted"]

    @staticmethod
    def resolve_part(named: models.ActionBody) -> str:
        return models.ActionBody.Part(named.part).name.lower()


class CountryOut(Schema):
    """history: the latest report first; none, if nothing was reported."""

    country: str
    history: list[StatusOut]


class ActionWholeOut(Schema):
    action: PlanActionOut
    bodies: list[ProgressPartOut]
    countries: list[CountryOut]
    milestones: list[MilestoneOut]
    funding: list[FundingOut]


class MatrixAsked(Schema):
    pillar: Annotated[int, Field(ge=1, le=49)] | None = None
    country: State | None = None
    state: Cell | None = None


class MatrixRowOut(Schema):
    """states: in the order of the countries; null where the action does not concern the country."""

    action: str = Field(..., alias="action.code")
    states: list[Cell | None]

    @staticmethod
    def resolve_states(row: MatrixRow) -> list[str | None]:
        return [None if state is None else _word(state) for state in row.states]


class MatrixOut(Schema):
    countries: list[str]
    rows: list[MatrixRowOut]


class PillarProgressOut(Schema):
    pillar: int = Field(..., alias="pillar.number")
    actions: int
    counted: dict[str, int]
    total: int

    @staticmethod
    def resolve_counted(one: PillarProgress) -> Mapping[str, int]:
        return {_word(state): count for state, count in one.counted.items()}


class LateOut(Schema):
    """countries: none for something all together are to do."""

    action: str = Field(..., alias="action.code")
    milestone: int | None = Field(None, alias="milestone.pk")
    due: date
    days: int
    countries: list[str]
    lead: str | None = Field(None, alias="lead.code")


class QuietOut(Schema):
    country: str
    unreported: int
    old: int
    offices: list[str]


class BehindOut(Schema):
    late: list[LateOut]
    quiet: list[QuietOut]


class CountryAsked(Schema):
    country: State | None = None


class ProgressPointOut(Schema):
    number: int = Field(..., alias="pk")
    text: dict[str, str]
    due: date


class TimedOut(Schema):
    action: str = Field(..., alias="action.code")
    starts: date | None = Field(None, alias="action.starts")
    ends: date | None = Field(None, alias="action.ends")
    milestones: list[ProgressPointOut]


@router.get("/joint-plan/{code}/matrix", auth=Needs("joint.see"), response=MatrixOut)
def show_matrix(request: Request, code: Path[Slug], asked: Query[MatrixAsked]) -> Matrix:
    """Return what has become of each action in each country."""
    words = {"not_reported": NOT_REPORTED} | {_word(state): int(state) for state in models.Status.State}
    state = words[asked.state] if asked.state else None
    return matrix(plan_for(code), pillar=asked.pillar, country=asked.country or "", state=state)


@router.get("/joint-plan/{code}/progress", auth=Needs("joint.see"), response=list[PillarProgressOut])
def progress(request: Request, code: Path[Slug], asked: Query[CountryAsked]) -> list[PillarProgress]:
    """Return how many statuses of each kind each pillar has."""
    return pillar_progress(plan_for(code), asked.country or "")


@router.get("/joint-plan/{code}/late", auth=Needs("joint.see"), response=BehindOut)
def late(request: Request, code: Path[Slug], asked: Query[CountryAsked]) -> Behind:
    """Return what is late, who can move it, and of what nobody has heard."""
    return behind(plan_for(code), asked.country or "")


@router.get("/joint-plan/{code}/timeline", auth=Needs("joint.see"), response=list[TimedOut])
def timeline(request: Request, code: Path[Slug]) -> object:
    """Return the actions that have a day of their own or a milestone."""
    return timed_actions(plan_for(code))


ACTION = "/joint-plan/{code}/actions/{action}"


@router.get(ACTION, auth=Needs("joint.see"), response=ActionWholeOut)
def one_action(request: Request, code: Path[Slug], action: Path[ActionCode]) -> ActionShown:
    """Return an action with what each country reported, its milestones and its money."""
    return action_shown(request.actor, action_for(code, action))


@router.post(ACTION + "/statuses", auth=Needs("joint.report"), response={201: StatusOut})
def report_status(
    request: Request, code: Path[Slug], action: Path[ActionCode], given: StatusIn
) -> Status[models.Status]:
    """Report what has become of an action in a country."""
    told = {**given.dict(), "evidence": given.evidence or "", "evidence_kind": given.evidence_kind or ""}
    told["state"] = models.Status.State[given.state.upper()]
    return Status(201, actions.report_status(request.actor, action_for(code, action), **told))


@router.post(ACTION + "/milestones", auth=Needs("joint.edit"), response={201: NumberOut})
def add_milestone(request: Request, code: Path[Slug], action: Path[ActionCode], given: MilestoneIn) -> Status[object]:
    """Set a day by which something of an action is due."""
    told = {**given.dict(), "text": Wording(given.text)}
    return Status(201, actions.add_milestone(request.actor, action_for(code, action), **told))


@router.post(ACTION + "/milestones/{milestone}/removal", auth=Needs("joint.edit"), response={204: None})
def remove_milestone(
    request: Request, code: Path[Slug], action: Path[ActionCode], milestone: Path[Key]
) -> Status[None]:
    """Take a milestone away that nobody has reached."""
    actions.remove_milestone(request.actor, milestone_for(action_for(code, action), milestone))
    return Status(204, None)


@router.post(ACTION + "/milestones/{milestone}/reached", auth=Needs("joint.report"), response={201: ReachedOut})
def reach_milestone(
    request: Request, code: Path[Slug], action: Path[ActionCode], milestone: Path[Key], given: ReachedIn
) -> Status[object]:
    """Record that a country, or all together, reached a milestone."""
    found = milestone_for(action_for(code, action), milestone)
    told = {**given.dict(), "country": given.country or ""}
    return Status(201, actions.reach_milestone(request.actor, found, **told))


@router.post(ACTION + "/milestones/{milestone}/taking-back", auth=Needs("joint.report"), response={204: None})
def take_back_reached(
    request: Request, code: Path[Slug], action: Path[ActionCode], milestone: Path[Key], given: WhichIn
) -> Status[None]:
    """Take back that a milestone was reached."""
    found = reached_for(action_for(code, action), milestone, given.country or "")
    actions.take_back_reached(request.actor, found)
    return Status(204, None)


@router.post(ACTION + "/money", auth=Needs("joint.report"), response={201: FundingOut})
def record_funding(
    request: Request, code: Path[Slug], action: Path[ActionCode], given: FundingIn
) -> Status[models.Funding]:
    """Record the budget of an action in a year, or what a funder gives."""
    funder = bodies_named([given.funder])[0] if given.funder else None
    told = {**given.dict(), "funder": funder, "country": given.country or ""}
    return Status(201, actions.record_funding(request.actor, action_for(code, action), **told))


@router.post(ACTION + "/money/{record}/removal", auth=Needs("joint.report"), response={204: None})
def take_out_funding(request: Request, code: Path[Slug], action: Path[ActionCode], record: Path[Key]) -> Status[None]:
    """Take a record of money out."""
    actions.take_out_funding(request.actor, funding_for(action_for(code, action), record))
    return Status(204, None)
