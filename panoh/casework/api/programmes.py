"""Programmes over HTTP: what there is to give, and what was given of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from ninja import Field, Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Line, Needs, Word
from panoh.access.entrances import Request
from panoh.casework import actions
from panoh.casework.api.cases import CodeOut
from panoh.casework.models import Programme
from panoh.casework.queries.programmes import ProgrammeShown, programme_for, programmes

router = Router(tags=["Programmes"])


class ProgrammeIn(Schema):
    """agency: code. amount: in the unit; money also has a currency."""

    name: Line
    agency: Code
    amount: Annotated[str, Field(pattern=r"^[0-9]{1,12}([.][0-9]{1,2})?$")]
    unit: Word
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    since: date
    until: date


class ProgrammeOut(Schema):
    """share: how much of a hundred was given."""

    code: str = Field(..., alias="programme.code")
    name: str = Field(..., alias="programme.name")
    agency: str = Field(..., alias="programme.agency.code")
    since: date = Field(..., alias="programme.since")
    until: date = Field(..., alias="programme.until")
    ended_on: date | None = Field(..., alias="programme.ended_on")
    budget: str
    given: str
    left: str
    share: int


@router.get("/programmes", auth=Needs("assistance.give"), response=list[ProgrammeOut])
def listed(request: Request) -> list[ProgrammeShown]:
    """Give the programmes, and how much of each was given."""
    return programmes(request.actor)


@router.post("/programmes", auth=Needs("programme.keep"), response={201: CodeOut})
def open_programme(request: Request, given: ProgrammeIn) -> Status[Programme]:
    """Enter a programme."""
    told = {**given.dict(), "amount": Decimal(given.amount)}
    return Status(201, actions.open_programme(request.actor, access.agency(told.pop("agency")), **told))


@router.post("/programmes/{code}/end", auth=Needs("programme.keep"), response={204: None})
def end_programme(request: Request, code: Path[Code]) -> Status[None]:
    """Let nothing more be given out of a programme."""
    actions.end_programme(request.actor, programme_for(code))
    return Status(204, None)
