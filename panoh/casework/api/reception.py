"""Reception of a group over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Field, Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Word
from panoh.access.entrances import Request
from panoh.access.meanwhile import Seen
from panoh.casework import actions
from panoh.casework.models import Reception
from panoh.casework.queries.reach import list_for
from panoh.casework.queries.reception import reception_for, reception_sheet

router = Router(tags=["Reception"])

Room = Annotated[str, Field(max_length=16, pattern=r"^[^\x00]*$")]


class ReceivedOut(Schema):
    person: str = Field(..., alias="person.code")
    name: str
    is_present: bool = Field(..., alias="entry.is_present")
    is_school_age: bool = Field(..., alias="entry.is_school_age")
    medical_check_on: date | None = Field(None, alias="entry.medical_check_on")
    missing_documents: list[str] = Field(..., alias="entry.missing_documents")


class FamilyReceivedOut(Schema):
    family: str = Field(..., alias="code")
    room: str
    people: list[ReceivedOut]


class ReceptionOut(Schema):
    place: str
    received_on: date
    counts: dict[str, int]
    families: list[FamilyReceivedOut]


class ReceiveIn(Schema):
    place: Code
    on: date
    absent: list[Code] = Field(default_factory=list)


class RoomIn(Schema):
    family: Code
    room: Room


class RoomsIn(Schema):
    """Rooms that families get. seen: those of them that had one, as they were read."""

    rooms: list[RoomIn]
    seen: list[RoomIn]


class MedicalIn(Schema):
    on: date
    except_for: list[Code] = Field(default_factory=list)


class LateIn(Schema):
    people: list[Code]
    on: date


class PapersIn(Schema):
    missing: list[Word]
    except_for: list[Code] = Field(default_factory=list)


class CountOut(Schema):
    people: int


@router.get("/arrivals/{code}/reception", auth=Needs("reception.run"), response=ReceptionOut)
def reception(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give the group in reception, family by family."""
    return _sheet(request, reception_for(request.actor, code))


def _sheet(request: Request, found: Reception) -> dict[str, Any]:
    sheet = reception_sheet(request.actor, found)
    place = {"place": found.place.code, "received_on": found.received_on}
    return {**place, "counts": sheet.counts, "families": sheet.families}


@router.post("/arrivals/{code}/reception", auth=Needs("reception.run"), response={201: ReceptionOut})
def receive(request: Request, code: Path[Code], given: ReceiveIn) -> Status[dict[str, Any]]:
    """Receive everybody on a confirmed passenger list, except those who did not come."""
    found, place = list_for(request.actor, code), access.agency(given.place)
    actions.receive_list(request.actor, found, place=place, on=given.on, absent=given.absent)
    return Status(201, _sheet(request, reception_for(request.actor, code)))


@router.post("/arrivals/{code}/reception/rooms", auth=Needs("reception.run"), response=CountOut)
def rooms(request: Request, code: Path[Code], given: RoomsIn) -> dict[str, int]:
    """Give families their rooms."""
    by_family, seen = ({one.family: one.room for one in rooms} for rooms in (given.rooms, given.seen))
    found = reception_for(request.actor, code)
    return {"people": actions.give_rooms(request.actor, found, rooms=by_family, seen=Seen.of(seen))}


@router.post("/arrivals/{code}/reception/medical", auth=Needs("reception.run"), response=CountOut)
def medical(request: Request, code: Path[Code], given: MedicalIn) -> dict[str, int]:
    """Record the medical check of everybody present, except some."""
    return {"people": actions.check_medically(request.actor, reception_for(request.actor, code), **given.dict())}


@router.post("/arrivals/{code}/reception/late", auth=Needs("reception.run"), response=CountOut)
def late(request: Request, code: Path[Code], given: LateIn) -> dict[str, int]:
    """Receive people who did not arrive with the group and came later."""
    return {"people": actions.receive_late(request.actor, reception_for(request.actor, code), **given.dict())}


@router.post("/arrivals/{code}/reception/papers", auth=Needs("reception.run"), response=CountOut)
def papers(request: Request, code: Path[Code], given: PapersIn) -> dict[str, int]:
    """Record which papers everybody present lacks, except some."""
    found = reception_for(request.actor, code)
    return {"people": actions.note_missing_documents(request.actor, found, **given.dict())}
