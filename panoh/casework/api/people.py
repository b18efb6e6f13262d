"""People over HTTP: who somebody is, corrected and added to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Path, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access.api import Code, Needs, Word
from panoh.access.entrances import Request
from panoh.access.meanwhile import Seen
from panoh.casework import actions, queries
from panoh.casework.queries.people import JoinedFile
from panoh.vault.queries import (
    Address,
    Contact,
    ContactKind,
    Document,
    DocumentKind,
    Name,
    NameKind,
    script_of,
)

router = Router(tags=["People"])


class NameOut(Schema):
    text: str
    kind: str
    script: str
    source: str


class BirthOut(Schema):
    year: int | None
    month: int | None
    day: int | None
    precision: str
    written: str
    doubt: str
    source: str
    said_on: str


class DocumentOut(Schema):
    kind: str
    number: str
    source: str


class ContactOut(Schema):
    kind: str
    value: str
    safe_when: str
    source: str


class AddressOut(Schema):
    text: str
    since: str
    source: str


class JoinedOut(Schema):
    code: str = Field(..., alias="merge.merged.code")
    merge: str = Field(..., alias="merge.code")
    since: datetime = Field(..., alias="merge.joined_at")
    names: list[NameOut] = Field(..., alias="facts.names")
    birth: BirthOut = Field(..., alias="facts.birth")
    documents: list[DocumentOut] = Field(..., alias="facts.documents")
    addresses: list[AddressOut] = Field(..., alias="facts.addresses")
    cases: list[str]

    @staticmethod
    def resolve_cases(joined: JoinedFile) -> list[str]:
        return [case.code for case, _stage in joined.cases]


class PersonOut(Schema):
    code: str
    family: str
    case: str | None
    stage: str | None
    sex: str
    nationality: str
    is_alone: bool
    names: list[NameOut]
    birth: BirthOut
    former_births: list[BirthOut]
    documents: list[DocumentOut]
    contacts: int
    addresses: list[AddressOut]
    joined: list[JoinedOut]


class PersonSeen(Schema):
    sex: Literal["f", "m", "u"]
    nationality: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2})?$")]
    is_alone: bool


class PersonIn(PersonSeen):
    seen: PersonSeen


Source = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", min_length=1, max_length=100)]
Part = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", min_length=1, max_length=200)]


class NameIn(Schema):
    text: Part
    kind: NameKind
    source: Source


class DocumentIn(Schema):
    kind: DocumentKind
    number: Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", min_length=1, max_length=60)]
    source: Source


class ContactIn(Schema):
    kind: ContactKind
    value: Source
    safe_when: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=100)] = ""
    source: Source


class AddressIn(Schema):
    text: Part
    source: Source


class BirthIn(Schema):
    precision: Literal["day", "month", "year", "about", "unknown"]
    year: Annotated[int | None, Field(ge=1900, le=2200)] = None
    month: Annotated[int | None, Field(ge=1, le=12)] = None
    day: Annotated[int | None, Field(ge=1, le=31)] = None


class BirthSettledIn(BirthIn):
    source: Source
    seen: BirthIn


class PersonMoveIn(Schema):
    to: Code
    on: date
    kinship: Word | Literal[""] = ""


class CaseNewIn(Schema):
    stage: Word
    on: date


class CaseMadeOut(Schema):
    code: str


@router.get("/people/{code}", auth=Needs("person.see"), response=PersonOut)
def person(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give the file of a person; the identity is opened, and the audit says so. Its numbers are asked for apart.

    The code of a file that was joined to another gives that one: its own `code` says which.
    """
    found = queries.person_for(request.actor, code)
    file = queries.person_file(request.actor, found)
    return {
        "code": found.code,
        "family": file.family.code,
        "case": file.case.code if file.case else None,
        "stage": file.current.code if file.current else None,
        "sex": found.sex,
        "nationality": found.nationality,
        "is_alone": found.is_alone,
        "names": file.facts.names,
        "birth": file.facts.birth,
        "former_births": file.facts.former_births,
        "documents": file.facts.documents,
        "contacts": len(file.facts.contacts),
        "addresses": file.facts.addresses,
        "joined": file.joined,
    }


@router.put("/people/{code}", auth=Needs("person.edit"), response={204: None})
def correct_person(request: Request, code: Path[Code], given: PersonIn) -> Status[None]:
    """Correct sex, nationality, and whether a child is alone."""
    seen = Seen.of(given.seen.dict())
    actions.correct_person(request.actor, queries.person_for(request.actor, code), **{**given.dict(), "seen": seen})
    return Status(204, None)


@router.put("/people/{code}/birth", auth=Needs("person.edit"), response={204: None})
def settle_birth(request: Request, code: Path[Code], given: BirthSettledIn) -> Status[None]:
    """Put the birth date right."""
    seen = Seen.of(given.seen.dict())
    actions.settle_birth(request.actor, queries.person_for(request.actor, code), **{**given.dict(), "seen": seen})
    return Status(204, None)


@router.post("/people/{code}/names", auth=Needs("person.edit"), response={201: None})
def add_name(request: Request, code: Path[Code], given: NameIn) -> Status[None]:
    """Add one more name of a person."""
    return _add(request, code, Name(script=script_of(given.text), **given.dict()))


@router.post("/people/{code}/documents", auth=Needs("person.edit"), response={201: None})
def add_document(request: Request, code: Path[Code], given: DocumentIn) -> Status[None]:
    """Add a document that was seen."""
    return _add(request, code, Document(**given.dict()))


@router.post("/people/{code}/contacts", auth=Needs("person.edit"), response={201: None})
def add_contact(request: Request, code: Path[Code], given: ContactIn) -> Status[None]:
    """Add a way to reach a person."""
    return _add(request, code, Contact(**given.dict()))


@router.post("/people/{code}/addresses", auth=Needs("person.edit"), response={201: None})
def add_address(request: Request, code: Path[Code], given: AddressIn) -> Status[None]:
    """Add a place where a person lives or comes from."""
    return _add(request, code, Address(**given.dict()))


def _add(request: Request, code: str, fact: Name | Document | Contact | Address) -> Status[None]:
    actions.add_fact(request.actor, queries.person_for(request.actor, code), fact=fact)
    return Status(201, None)


@router.post("/people/{code}/move", auth=Needs("family.edit"), response={204: None})
def move_person(request: Request, code: Path[Code], given: PersonMoveIn) -> Status[None]:
    """Let a person leave the family and join another; the open case moves along."""
    found = queries.person_for(request.actor, code)
    to = queries.family_for(request.actor, given.to)
    home = queries.home_of(found)
    actions.move_person(request.actor, home, person=found, to=to, on=given.on, kinship=given.kinship)
    return Status(204, None)


@router.post("/people/{code}/case", auth=Needs("case.open"), response={201: CaseMadeOut})
def open_case(request: Request, code: Path[Code], given: CaseNewIn) -> Status[object]:
    """Open the case of a person who has none."""
    found = queries.person_for(request.actor, code)
    home = queries.home_of(found)
    return Status(201, actions.open_case(request.actor, home, found, stage=given.stage, on=given.on))
