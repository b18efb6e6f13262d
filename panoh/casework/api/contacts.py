"""Safe contact and the history of a file over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ninja import Field, Path, Router, Schema, Status

from panoh.access.api import Code, Needs, Number, Text
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.api.people import ContactOut

router = Router(tags=["People"])


class SafeContactIn(Schema):
    """What must be minded before anybody calls; at least one line."""

    when: Text = ""
    how: Text = ""
    by_whom: Text = ""
    not_to: Text = ""
    unsaid: Text = ""


class InstructionOut(Schema):
    is_of_family: bool
    words: dict[str, str]
    by: str = Field(..., alias="by.username")
    at: datetime


class ReachOut(Schema):
    instructions: list[InstructionOut]
    numbers: list[ContactOut]


class RewordIn(Schema):
    text: Text


class ContactsChangeOut(Schema):
    number: int = Field(..., alias="change.pk")
    at: datetime = Field(..., alias="change.at")
    by: str | None = Field(None, alias="change.by.username")
    field: str = Field(..., alias="change.field")
    about: str
    was: str = Field(..., alias="change.was")
    became: str = Field(..., alias="change.became")
    text: str
    can_be_restored: bool


@router.post("/people/{code}/reach", auth=Needs("identity.open"), response=ReachOut)
def reach(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give what must be minded before a person is called, and the numbers; that they were read is on record."""
    found = queries.person_for(request.actor, code)
    instructions = queries.instructions_for(found)
    return {"instructions": instructions, "numbers": queries.numbers_of(request.actor, found)}


@router.put("/people/{code}/safe-contact", auth=Needs("person.edit"), response={204: None})
def set_safe_contact(request: Request, code: Path[Code], given: SafeContactIn) -> Status[None]:
    """Say what must be minded before a person is called."""
    actions.set_safe_contact(request.actor, queries.person_for(request.actor, code), words=_words(given))
    return Status(204, None)


@router.put("/families/{code}/safe-contact", auth=Needs("family.edit"), response={204: None})
def set_safe_contact_of_family(request: Request, code: Path[Code], given: SafeContactIn) -> Status[None]:
    """Say what must be minded before anybody of a family is called."""
    actions.set_safe_contact_of_family(request.actor, queries.family_for(request.actor, code), words=_words(given))
    return Status(204, None)


def _words(given: SafeContactIn) -> Mapping[str, str]:
    return given.dict()


@router.get("/families/{code}/history", auth=Needs("family.see"), response=list[ContactsChangeOut])
def family_history(request: Request, code: Path[Code]) -> list[queries.Changed]:
    """List what changed in a family's file, the newest first, with the texts that stood there before."""
    return queries.history_of_family(queries.family_for(request.actor, code))


@router.get("/people/{code}/history", auth=Needs("person.see"), response=list[ContactsChangeOut])
def person_history(request: Request, code: Path[Code]) -> list[queries.Changed]:
    """List what changed of a person, the newest first."""
    return queries.history_of_person(queries.person_for(request.actor, code))


@router.post("/families/{code}/history/{number}/restore", auth=Needs("note.write"), response={204: None})
def restore_text(request: Request, code: Path[Code], number: Path[Number]) -> Status[None]:
    """Put back a text that stood there before; what stands there now stays in the history."""
    family = queries.family_for(request.actor, code)
    actions.restore_text(request.actor, queries.change_for(family, number))
    return Status(204, None)


@router.put("/needs/{code}/words", auth=Needs("need.record"), response={204: None})
def reword_need(request: Request, code: Path[Code], given: RewordIn) -> Status[None]:
    """Put the words of a need right; those before stay in the history."""
    actions.reword_need(request.actor, queries.need_for(request.actor, code), words=given.text)
    return Status(204, None)


@router.put("/families/{code}/visits/{number}/report", auth=Needs("visit.record"), response={204: None})
def correct_report(request: Request, code: Path[Code], number: Path[Number], given: RewordIn) -> Status[None]:
    """Put the report of a visit right; the one before stays in the history."""
    visit = queries.visit_for(queries.family_for(request.actor, code), number)
    actions.correct_report(request.actor, visit, report=given.text)
    return Status(204, None)
