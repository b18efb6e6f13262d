"""What was planned or recorded put right over HTTP: cancelled, corrected, moved on together, handed over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Field, Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Number, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.api.cases import AssistanceIn
from panoh.casework.queries.programmes import programme_for

router = Router(tags=["Families"])


class EndIn(Schema):
    to: Word | None = None


class StageMoveIn(Schema):
    """Which open cases of the family go to a next stage."""

    cases: list[Code] = Field(..., min_length=1, max_length=50)
    to: Word
    on: date | None = None


class StaysOut(Schema):
    case: str
    why: str


class StageMovedOut(Schema):
    went: list[str]
    stay: list[StaysOut]


class CancelIn(Schema):
    because: Word


class CorrectionIn(Schema):
    """Why a record of help is wrong, and what is right; nothing when nothing was given."""

    because: Word
    instead: AssistanceIn | None = None


@router.post("/staff/{username}/end", auth=Needs("settings.edit"), response={204: None}, tags=["Who works here"])
def end_account(request: Request, username: Path[Word], given: EndIn) -> Status[None]:
    """End an account; whoever is named takes over its families."""
    staff = access.staff_for(request.actor, username)
    to = access.staff_for(request.actor, given.to) if given.to else None
    actions.end_account(request.actor, staff, to=to)
    return Status(204, None)


@router.post("/families/{code}/stage", auth=Needs("case.move"), response=StageMovedOut)
def move_family(request: Request, code: Path[Code], given: StageMoveIn) -> dict[str, Any]:
    """Bring several cases of a family to a next stage; those that cannot go stay, and say why."""
    found = queries.family_for(request.actor, code)
    cases = [queries.case_for(request.actor, one) for one in given.cases]
    went, stay = actions.move_family(request.actor, found, cases=cases, to=given.to, on=given.on)
    return {
        "went": [case.code for case in went],
        "stay": [{"case": case.code, "why": str(why)} for case, why in stay],
    }


@router.post("/families/{code}/visits/{number}/cancel", auth=Needs("visit.record"), response={204: None})
def cancel_visit(request: Request, code: Path[Code], number: Path[Number], given: CancelIn) -> Status[None]:
    """Take a planned visit off the plan, with the reason."""
    found = queries.family_for(request.actor, code)
    actions.cancel_visit(request.actor, queries.visit_for(found, number), because=given.because)
    return Status(204, None)


@router.post("/tasks/{code}/cancel", auth=Needs("task.write"), response={204: None})
def cancel_task(request: Request, code: Path[Code], given: CancelIn) -> Status[None]:
    """Take a task off the list undone, with the reason."""
    actions.cancel_task(request.actor, queries.task_for(request.actor, code), because=given.because)
    return Status(204, None)


@router.post("/families/{code}/assistance/{number}/correct", auth=Needs("assistance.give"), response={204: None})
def correct_assistance(request: Request, code: Path[Code], number: Path[Number], given: CorrectionIn) -> Status[None]:
    """Mark a record of help as wrong and record what is right; the wrong one stays."""
    found = queries.family_for(request.actor, code)
    wrong = queries.assistance_for(found, number)
    instead = given.instead and {
        **given.instead.dict(exclude={"step"}),
        "quantity": Decimal(given.instead.quantity),
        "agency": access.agency(given.instead.agency) if given.instead.agency else None,
        "programme": programme_for(given.instead.programme) if given.instead.programme else None,
    }
    actions.correct_assistance(request.actor, wrong, because=given.because, instead=instead or None)
    return Status(204, None)


@router.post("/tasks/{code}/done", auth=Needs("task.write"), response={204: None})
def do_task(request: Request, code: Path[Code]) -> Status[None]:
    """Say that a task is done."""
    actions.do_task(request.actor, queries.task_for(request.actor, code))
    return Status(204, None)
