"""Plans over HTTP: read whole, and written while they are drafts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Path, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access.api import Needs
from panoh.access.entrances import Request
from panoh.access.refusals import NotThere
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.api.parts import (
    ActionCode,
    AdoptionIn,
    AreaCode,
    Slug,
    State,
    WantedIn,
    WebAddress,
    Worded,
)
from panoh.plan.models import ActionBody, Body, Plan, PlanAction
from panoh.plan.queries import action_for, bodies, bodies_named, pillars_of, plan_for, plans

router = Router(tags=["Joint plan"])

BodyKind = Literal["state", "un", "regional", "civil", "research", "other"]
Part = Literal["lead", "contributor", "funder", "consulted"]


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
    """also: numbers of further pillars it serves."""

    code: str
    text: dict[str, str]
    parent: str | None = Field(None, alias="parent.code")
    starts: date | None
    ends: date | None
    states: list[str]
    also: list[int]
    grade: str
    source: str
    edition: int

    @staticmethod
    def resolve_also(action: PlanAction) -> list[int]:
        return sorted(pillar.number for pillar in action.also_serves.all())


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


class PlanIn(Schema):
    code: Slug
    title: Worded
    states: Annotated[list[State], Field(min_length=1, max_length=200)]
    starts: date | None = None
    ends: date | None = None
    source: WebAddress | None = None


class PillarIn(Schema):
    number: Annotated[int, Field(ge=1, le=49)]
    title: Worded


class AreaIn(Schema):
    pillar: Annotated[int, Field(ge=1, le=49)]
    code: AreaCode
    title: Worded


class DraftActionIn(WantedIn):
    """grade: A found in a public source (then with its address), B from the text of the strategy, C proposed here."""

    grade: Literal["A", "B", "C"] = "C"
    source: WebAddress | None = None


class PlanCodeOut(Schema):
    code: str


class PlanNumberOut(Schema):
    number: int


class PlanBodyOut(Schema):
    code: str
    name: dict[str, str]
    kind: BodyKind
    country: str
    contact: str

    @staticmethod
    def resolve_kind(body: Body) -> str:
        return Body.Kind(body.kind).name.lower()


class PlanBodyIn(Schema):
    """country: none for a body of no single state; contact: an office, not a person."""

    code: Slug
    name: Worded
    kind: BodyKind
    country: State | None = None
    contact: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)] = ""


class PartsIn(Schema):
    """Codes of bodies by their part; one leads at most. What was said before is replaced."""

    lead: Slug | None = None
    contributor: list[Slug] = Field([], max_length=100)
    funder: list[Slug] = Field([], max_length=100)
    consulted: list[Slug] = Field([], max_length=100)


@router.get("/joint-plan", auth=Needs("joint.see"), response=list[PlanOut])
def all_plans(request: Request) -> object:
    """Return every plan."""
    return plans()


@router.post("/joint-plan", auth=Needs("joint.edit"), response={201: PlanOut})
def begin_plan(request: Request, given: PlanIn) -> Status[Plan]:
    """Begin a plan; it is a draft until its first edition is adopted."""
    told = {**given.dict(), "title": Wording(given.title), "source": given.source or ""}
    return Status(201, actions.begin_plan(request.actor, **told))


@router.get("/joint-plan/bodies", auth=Needs("joint.see"), response=list[PlanBodyOut])
def all_bodies(request: Request) -> object:
    """Return the bodies that answer for something."""
    return bodies()


@router.post("/joint-plan/bodies", auth=Needs("joint.edit"), response={201: PlanBodyOut})
def add_body(request: Request, given: PlanBodyIn) -> Status[Body]:
    """Register a body."""
    told = {**given.dict(), "name": Wording(given.name), "kind": Body.Kind[given.kind.upper()]}
    return Status(201, actions.add_body(request.actor, **{**told, "country": given.country or ""}))


@router.get("/joint-plan/{code}", auth=Needs("joint.see"), response=PlanWholeOut)
def one_plan(request: Request, code: Path[Slug]) -> object:
    """Return a plan with its pillars, areas and actions."""
    plan = plan_for(code)
    return {"plan": plan, "pillars": pillars_of(plan)}


@router.post("/joint-plan/{code}/pillars", auth=Needs("joint.edit"), response={201: PlanNumberOut})
def add_pillar(request: Request, code: Path[Slug], given: PillarIn) -> Status[object]:
    """Add a pillar to a draft."""
    plan = plan_for(code)
    return Status(201, actions.add_pillar(request.actor, plan, number=given.number, title=Wording(given.title)))


@router.post("/joint-plan/{code}/areas", auth=Needs("joint.edit"), response={201: PlanCodeOut})
def add_area(request: Request, code: Path[Slug], given: AreaIn) -> Status[object]:
    """Add a priority area to a pillar."""
    pillar = plan_for(code).pillars.filter(number=given.pillar).first()
    if pillar is None:
        raise NotThere
    return Status(201, actions.add_area(request.actor, pillar, code=given.code, title=Wording(given.title)))


@router.post("/joint-plan/{code}/actions", auth=Needs("joint.edit"), response={201: PlanCodeOut})
def add_action(request: Request, code: Path[Slug], given: DraftActionIn) -> Status[object]:
    """Write an action into a draft."""
    known = given.source or ""
    made = actions.add_action(request.actor, plan_for(code), given.wanted, grade=given.grade, source=known)
    return Status(201, made)


@router.post("/joint-plan/{code}/adoption", auth=Needs("joint.edit"), response=PlanOut)
def adopt_plan(request: Request, code: Path[Slug], given: AdoptionIn) -> Plan:
    """Put the first edition of a plan in force."""
    told = {**given.dict(), "source": given.source or ""}
    return actions.adopt_plan(request.actor, plan_for(code), **told)


@router.post("/joint-plan/{code}/actions/{action}/wording", auth=Needs("joint.edit"), response=PlanCodeOut)
def edit_action(request: Request, code: Path[Slug], action: Path[ActionCode], given: WantedIn) -> object:
    """Reword an action of a draft."""
    return actions.edit_action(request.actor, action_for(code, action), given.wanted)


@router.post("/joint-plan/{code}/actions/{action}/removal", auth=Needs("joint.edit"), response={204: None})
def remove_action(request: Request, code: Path[Slug], action: Path[ActionCode]) -> Status[None]:
    """Take an action out of a draft."""
    actions.remove_action(request.actor, action_for(code, action))
    return Status(204, None)


@router.post("/joint-plan/{code}/actions/{action}/bodies", auth=Needs("joint.edit"), response={204: None})
def name_bodies(request: Request, code: Path[Slug], action: Path[ActionCode], given: PartsIn) -> Status[None]:
    """Say which bodies have which part in an action."""
    told = {**given.dict(), "lead": [given.lead] if given.lead else []}
    parts = {ActionBody.Part[part.upper()].value: bodies_named(codes) for part, codes in told.items()}
    actions.name_bodies(request.actor, action_for(code, action), parts=parts)
    return Status(204, None)
