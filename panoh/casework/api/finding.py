"""Finding people over HTTP: by a name in any script, a paper's number or a code."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Field, Router, Schema
from pydantic import StringConstraints

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Word
from panoh.access.entrances import Request
from panoh.casework import queries
from panoh.casework.catalogue import catalogue
from panoh.casework.queries.families import PURPOSE

router = Router(tags=["Find"])


class FindIn(Schema):
    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]
    birth_year: int | None = Field(None, ge=1900, le=2200)
    sex: Literal["", "f", "m"] = ""
    district: Code | None = None
    purpose: Word = PURPOSE
    everywhere: bool = False


class FindingMatchOut(Schema):
    kind: str
    code: str
    name: str
    family: str = Field(..., alias="family_code")
    detail: list[str]
    reasons: list[str]
    strength: str
    is_mine: bool


class FoundOut(Schema):
    matches: list[FindingMatchOut]
    advice: str


class LeadIn(Schema):
    code: Code
    purpose: Word


class LeadOut(Schema):
    lead: str
    detail: list[str]


@router.post("/find", response=FoundOut, auth=Needs("person.find"))
def find(request: Request, given: FindIn) -> queries.PeopleFound:
    """Return who may be meant, the likeliest first; the text goes in the body, never into an address."""
    district = access.district(given.district).pk if given.district else None
    asked = queries.Asked(given.text, given.birth_year, given.sex, district)
    purpose = catalogue().known("purposes", given.purpose)
    return queries.find_people(request.actor, asked, purpose=purpose, everywhere=given.everywhere)


@router.post("/find/lead", response=LeadOut, auth=Needs("person.find"))
def who_leads(request: Request, given: LeadIn) -> queries.Match:
    """Return whom to ask about somebody out of the asker's care, for a stated purpose."""
    return queries.who_leads(request.actor, given.code, purpose=given.purpose)
