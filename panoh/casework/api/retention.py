"""Retention over HTTP, with the steps and refusals of the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Field, Path, Router, Schema, Status

from panoh.access.api import Code, Needs, Text
from panoh.access.entrances import Request
from panoh.casework import actions
from panoh.casework.models import Disposal, DisposalItem, RetentionHold
from panoh.casework.queries.retention import Due, disposal_for, disposal_items, hold_for, retention_page

router = Router(tags=["Retention"])


class DueOut(Schema):
    person: str
    family: str
    retention_class: str
    due_on: date
    is_held: bool
    disposal: str


class ItemOut(Schema):
    person: str = Field(..., alias="about")
    retention_class: str
    due_on: date
    forgotten_on: date | None
    left_out: str


class DisposalOut(Schema):
    code: str
    state: str

    @staticmethod
    def resolve_state(disposal: Disposal) -> str:
        return Disposal.State(disposal.state).name.lower()


class DisposalWithOut(DisposalOut):
    items: list[ItemOut]

    @staticmethod
    def resolve_items(disposal: Disposal) -> list[DisposalItem]:
        return [item for item, _label in disposal_items(disposal)]


class PeopleIn(Schema):
    people: Annotated[list[Code], Field(max_length=200)]


class HoldIn(Schema):
    code: Code
    reason: Text


class HoldOut(Schema):
    code: str
    family: str = Field(..., alias="about")


@router.get("/retention", auth=Needs("retention.see"), response=list[DueOut])
def due(request: Request) -> list[Due]:
    """Give what falls due in the next half year, by code."""
    return retention_page(request.actor).due


@router.post("/retention", auth=Needs("retention.propose"), response={201: DisposalOut})
def propose(request: Request, given: PeopleIn) -> Status[Disposal]:
    """Propose that what is kept of these people is destroyed."""
    return Status(201, actions.propose_disposal(request.actor, people=given.people))


@router.post("/retention/holds", auth=Needs("retention.hold"), response={201: HoldOut})
def hold(request: Request, given: HoldIn) -> Status[RetentionHold]:
    """Hold a file back."""
    return Status(201, actions.hold_back(request.actor, code=given.code, reason=given.reason))


@router.post("/retention/holds/{code}/end", auth=Needs("retention.hold"), response={204: None})
def end_hold(request: Request, code: Path[Code]) -> Status[None]:
    """Let a file's time run again."""
    actions.end_hold(request.actor, hold_for(request.actor, code))
    return Status(204, None)


@router.get("/retention/{code}", auth=Needs("retention.see"), response=DisposalWithOut)
def disposal(request: Request, code: Path[Code]) -> Disposal:
    """Give a disposal and who stands in it."""
    return disposal_for(request.actor, code)


@router.post("/retention/{code}/agreement", auth=Needs("retention.agree"), response=DisposalOut)
def agree(request: Request, code: Path[Code]) -> Any:
    """Agree that it is destroyed."""
    return actions.agree_disposal(request.actor, disposal_for(request.actor, code))


@router.post("/retention/{code}/refusal", auth=Needs("retention.agree"), response=DisposalOut)
def decline(request: Request, code: Path[Code]) -> Any:
    """Keep it for now."""
    return actions.decline_disposal(request.actor, disposal_for(request.actor, code))


@router.post("/retention/{code}/destruction", auth=Needs("person.forget"), response=DisposalOut)
def destroy(request: Request, code: Path[Code]) -> Any:
    """Destroy what was agreed to."""
    return actions.carry_out(request.actor, disposal_for(request.actor, code))
