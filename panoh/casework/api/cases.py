"""Cases, needs, steps of a plan and assistance over HTTP."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.access.meanwhile import Seen
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case
from panoh.casework.queries.programmes import programme_for

router = Router(tags=["Cases"])

Urgency = Literal[1, 2, 3]


class CaseOut(Schema):
    code: str
    person: str = Field(..., alias="person.code")
    family: str = Field(..., alias="family.code")
    stage: str
    opened_on: date
    closed_on: date | None
    closing_reason: str
    closing_circumstance: str

    @staticmethod
    def resolve_stage(case: Case) -> str:
        return catalogue().stage_numbered(case.stage).code


class CodeOut(Schema):
    code: str


class MoveIn(Schema):
    to: Word
    on: date | None = None


class CloseIn(Schema):
    reason: Word
    circumstance: Word
    note: Text
    on: date | None = None


class FoundIn(Schema):
    domain: Word
    urgency: Urgency


class CaseSaidIn(Schema):
    domain: Word
    strengths: Text = ""
    needs: Text = ""


class CaseAnswerIn(Schema):
    question: Word
    answer: Text


class AssessIn(Schema):
    """A talk. seen: the open needs of the case as they were read, with their urgency."""

    on: date
    found: list[FoundIn]
    seen: list[FoundIn]
    own_view: Text = ""
    not_asked_because: Word | Literal[""] = ""
    kind: Literal["child", "adult", "family", "receiving_family", ""] = ""
    words: Annotated[list[CaseSaidIn], Field(max_length=60)] = Field([])
    answers: Annotated[list[CaseAnswerIn], Field(max_length=60)] = Field([])


class NeedIn(Schema):
    domain: Word
    urgency: Urgency
    words: Text = ""


class StepIn(Schema):
    service: Word
    provider: Code | None = None
    responsible: Word | None = None
    due: date | None = None


class StepChangeIn(StepIn):
    seen: StepIn


class SettleIn(Schema):
    met: bool


class OutcomeIn(Schema):
    outcome: Word
    on: date | None = None


class AssistanceIn(Schema):
    service: Word
    quantity: Annotated[str, Field(pattern=r"^[0-9]{1,10}([.][0-9]{1,2})?$")]
    unit: Word
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    on: date | None = None
    agency: Code | None = None
    step: Code | None = None
    programme: Code | None = None
    although: Annotated[str, Field(pattern=r"^[a-z_]{0,32}$")] = ""


@router.get("/cases/{code}", auth=Needs("family.see"), response=CaseOut)
def case(request: Request, code: Path[Code]) -> Case:
    """Give a case."""
    return queries.case_for(request.actor, code)


@router.post("/cases/{code}/stage", auth=Needs("case.move"), response=CaseOut)
def move(request: Request, code: Path[Code], given: MoveIn) -> Case:
    """Bring a case to a next stage."""
    return actions.move_case(request.actor, queries.case_for(request.actor, code), to=given.to, on=given.on)


@router.post("/cases/{code}/close", auth=Needs("case.close"), response=CaseOut)
def close(request: Request, code: Path[Code], given: CloseIn) -> Case:
    """Close a case."""
    return actions.close_case(request.actor, queries.case_for(request.actor, code), **given.dict())


@router.post("/cases/{code}/reopen", auth=Needs("case.reopen"), response=CaseOut)
def reopen(request: Request, code: Path[Code], given: MoveIn) -> Case:
    """Take up a closed case again."""
    return actions.reopen_case(request.actor, queries.case_for(request.actor, code), to=given.to, on=given.on)


@router.post("/cases/{code}/assessments", auth=Needs("need.record"), response={201: None})
def assess(request: Request, code: Path[Code], given: AssessIn) -> Status[None]:
    """Record how a person is doing: for each domain with a need its urgency (1 urgent, 2 soon, 3 can be planned)."""
    read: dict[str, Any] = {"found": {one.domain: one.urgency for one in given.found}}
    read["words"] = {one.domain: {"strengths": one.strengths, "needs": one.needs} for one in given.words}
    read["answers"] = {one.question: one.answer for one in given.answers}
    seen = Seen.of({one.domain: one.urgency for one in given.seen})
    actions.assess(request.actor, queries.case_for(request.actor, code), **{**given.dict(), **read, "seen": seen})
    return Status(201, None)


@router.post("/cases/{code}/needs", auth=Needs("need.record"), response={201: CodeOut})
def record_need(request: Request, code: Path[Code], given: NeedIn) -> Status[object]:
    """Record one need."""
    return Status(201, actions.record_need(request.actor, queries.case_for(request.actor, code), **given.dict()))


@router.post("/cases/{code}/assistance", auth=Needs("assistance.give"), response={201: None})
def give_assistance(request: Request, code: Path[Code], given: AssistanceIn) -> Status[None]:
    """Record help that was given."""
    found = queries.case_for(request.actor, code)
    step = queries.step_for(request.actor, given.step) if given.step else None
    agency = access.agency(given.agency) if given.agency else None
    programme = programme_for(given.programme) if given.programme else None
    read = {"quantity": Decimal(given.quantity), "agency": agency, "step": step, "programme": programme}
    actions.give_assistance(request.actor, found, **{**given.dict(), **read})
    return Status(201, None)


@router.post("/needs/{code}/steps", auth=Needs("plan.write"), response={201: CodeOut})
def plan_step(request: Request, code: Path[Code], given: StepIn) -> Status[object]:
    """Plan a step for a need."""
    need = queries.need_for(request.actor, code)
    provider = access.agency(given.provider) if given.provider else None
    responsible = access.staff_for(request.actor, given.responsible) if given.responsible else None
    return Status(
        201,
        actions.plan_step(
            request.actor, need, service=given.service, provider=provider, responsible=responsible, due=given.due
        ),
    )


@router.post("/needs/{code}/settle", auth=Needs("need.record"), response={204: None})
def settle_need(request: Request, code: Path[Code], given: SettleIn) -> Status[None]:
    """Say that a need is met, or no longer there."""
    actions.settle_need(request.actor, queries.need_for(request.actor, code), met=given.met)
    return Status(204, None)


@router.post("/steps/{code}/outcome", auth=Needs("plan.write"), response={204: None})
def settle_step(request: Request, code: Path[Code], given: OutcomeIn) -> Status[None]:
    """Record how a step ended."""
    actions.settle_step(request.actor, queries.step_for(request.actor, code), outcome=given.outcome, on=given.on)
    return Status(204, None)


@router.post("/steps/{code}/change", auth=Needs("plan.write"), response={204: None})
def change_step(request: Request, code: Path[Code], given: StepChangeIn) -> Status[None]:
    """Change a step that is still open: what, by whom, who sees to it, by when."""
    step = queries.step_for(request.actor, code)
    provider = access.agency(given.provider) if given.provider else None
    responsible = access.staff_for(request.actor, given.responsible) if given.responsible else None
    actions.change_step(
        request.actor, step, service=given.service, provider=provider, responsible=responsible, due=given.due,
        seen=Seen.of(given.seen.dict()),
    )  # fmt: skip
    return Status(204, None)
