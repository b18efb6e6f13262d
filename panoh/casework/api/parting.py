"""Families of mixed fates over HTTP: part one, join two again, say where somebody is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Path, Router, Schema, Status

from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.models import Family

router = Router(tags=["Families that part and join"])


class PartingIn(Schema):
    people: Annotated[list[Code], Field(min_length=1, max_length=50)]
    on: date
    because: Word
    words: Text = ""


class RejoinIn(PartingIn):
    to: Code


class WhereaboutsIn(Schema):
    kind: Word
    since: date
    words: Text = ""


class PartedOut(Schema):
    code: str


@router.post("/families/{code}/split", auth=Needs("family.create"), response={201: PartedOut})
def split(request: Request, code: Path[Code], given: PartingIn) -> Status[Family]:
    """Let some people go on as a family of their own."""
    people = [queries.person_for(request.actor, one) for one in given.people]
    family = queries.family_for(request.actor, code)
    return Status(201, actions.split_family(request.actor, family, **{**given.dict(), "people": people}))


@router.post("/families/{code}/rejoin", auth=Needs("family.edit"), response=PartedOut)
def rejoin(request: Request, code: Path[Code], given: RejoinIn) -> Family:
    """Let people join another family again."""
    family, to = (queries.family_for(request.actor, one) for one in (code, given.to))
    people = [queries.person_for(request.actor, one) for one in given.people]
    return actions.rejoin_family(request.actor, family, **{**given.dict(), "people": people, "to": to})


@router.post("/people/{code}/whereabouts", auth=Needs("person.edit"), response={201: None})
def whereabouts(request: Request, code: Path[Code], given: WhereaboutsIn) -> Status[None]:
    """Say where somebody is from a day on."""
    actions.say_whereabouts(request.actor, queries.person_for(request.actor, code), **given.dict())
    return Status(201, None)
