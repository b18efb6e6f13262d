"""Partners and parcels over HTTP: what would leave, signed, fetched; what came, looked at, taken in and back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, File, Path, Query, Router, Schema, Status, UploadedFile
from pydantic import StringConstraints

from panoh.access.api import Code, Line, Needs
from panoh.access.entrances import Request
from panoh.exchange import actions, queries
from panoh.exchange.models import Parcel, Partner
from panoh.exchange.parcels.comparing import Compared
from panoh.exchange.parcels.documents import Thing
from panoh.exchange.parcels.files import SUFFIX

router = Router(tags=["Parcels"])

State = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Key = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=80)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,24}:[!-~]{1,60}$")]
PART = 100


class PartnerOut(Schema):
    """country: two letters, empty for the region; check_code: only once it was confirmed."""

    code: str
    name: str
    country: str
    key: str
    is_locked_to: bool
    check_code: str
    is_trusted: bool
    confirmed_at: datetime | None
    ended_at: datetime | None

    @staticmethod
    def resolve_is_locked_to(partner: Partner) -> bool:
        return bool(partner.age_key)

    @staticmethod
    def resolve_check_code(partner: Partner) -> str:
        return partner.check_code if partner.confirmed_at else ""


class OwnOut(Schema):
    key: str
    check_code: str
    age_key: str


class PartnerIn(Schema):
    name: Line
    country: State = ""
    key: Key
    age_key: Key = ""


class ConfirmIn(Schema):
    check_code: Key


class ThingOut(Schema):
    """name: kind and key; item: word for word as it travels."""

    name: str
    words: str
    item: dict[str, Any]

    @staticmethod
    def resolve_item(thing: Thing) -> dict[str, Any]:
        return thing.item.model_dump(mode="json")


class ParcelOut(Schema):
    code: str
    partner: str = Field(..., alias="partner.code")
    direction: Literal["out", "in"]
    number: int
    state: Literal["sent", "waiting", "taken", "declined", "taken_back"]
    digest: str
    at: datetime

    @staticmethod
    def resolve_direction(parcel: Parcel) -> str:
        return Parcel.Direction(parcel.direction).name.lower()

    @staticmethod
    def resolve_state(parcel: Parcel) -> str:
        return Parcel.State(parcel.state).name.lower()


class ParcelComparedOut(Schema):
    """here: what stands here, if something does; why: what a conflict is about."""

    thing: ThingOut
    verdict: Literal["new", "changed", "same", "conflict"]
    why: str
    can_be_taken: bool
    here: dict[str, Any] | None

    @staticmethod
    def resolve_here(one: Compared) -> dict[str, Any] | None:
        return one.here.model_dump(mode="json") if one.here else None


class ParcelWholeOut(Schema):
    """found: of a parcel that waits, how each thing differs from what stands here."""

    parcel: ParcelOut
    things: list[ThingOut]
    found: list[ParcelComparedOut]


class SendIn(Schema):
    """leaving_out: names of things that are to stay here; everything: also what the partner was told already."""

    leaving_out: Annotated[list[Name], Field(max_length=10_000)] = Field(default_factory=list)
    everything: bool = False


class TakeInIn(Schema):
    """over: names of conflicts in which what came is to stand."""

    over: Annotated[list[Name], Field(max_length=10_000)] = Field(default_factory=list)


class LeavingAsked(Schema):
    everything: bool = False


class ParcelsAsked(Schema):
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@router.get("/partners", auth=Needs("parcel.receive"), response=list[PartnerOut])
def partners(request: Request) -> list[Partner]:
    """List the other instances that are registered."""
    return queries.partners()


@router.get("/partners/own", auth=Needs("parcel.receive"), response=OwnOut)
def own(request: Request) -> object:
    """Give this instance's own public keys, for a partner to enter."""
    return queries.own_keys()


@router.post("/partners", auth=Needs("parcel.receive"), response={201: PartnerOut})
def add_partner(request: Request, given: PartnerIn) -> Status[Partner]:
    """Enter another instance; a second colleague confirms its key."""
    return Status(201, actions.add_partner(request.actor, **given.dict()))


@router.post("/partners/{code}/confirm", auth=Needs("parcel.receive"), response=PartnerOut)
def confirm_partner(request: Request, code: Path[Code], given: ConfirmIn) -> Partner:
    """Confirm a key by the check code that the partner read out."""
    return actions.confirm_partner(request.actor, queries.partner_for(code), check_code=given.check_code)


@router.post("/partners/{code}/end", auth=Needs("parcel.receive"), response=PartnerOut)
def end_partner(request: Request, code: Path[Code]) -> Partner:
    """End a partner."""
    return actions.end_partner(request.actor, queries.partner_for(code))


@router.get("/partners/{code}/leaving", auth=Needs("parcel.send"), response=list[ThingOut])
def leaving(request: Request, code: Path[Code], asked: Query[LeavingAsked]) -> list[Thing]:
    """Give exactly what would leave to a partner; everything: also what it was told already."""
    partner = queries.partner_for(code)
    return queries.what_would_leave(request.actor, partner, everything=asked.everything)


@router.post("/partners/{code}/parcels", auth=Needs("parcel.send"), response={201: ParcelOut})
def send(request: Request, code: Path[Code], given: SendIn) -> Status[Parcel]:
    """Sign a parcel."""
    return Status(201, actions.send_parcel(request.actor, queries.partner_for(code), **given.dict()))


@router.get("/parcels", auth=Needs("parcel.receive"), response=list[ParcelOut])
def parcels(request: Request, asked: Query[ParcelsAsked]) -> object:
    """List the parcels that went and came, the newest first, 100 at a time."""
    return queries.parcels()[(asked.page - 1) * PART : asked.page * PART]


@router.post("/parcels", auth=Needs("parcel.receive"), response={201: ParcelOut})
def receive(request: Request, file: File[UploadedFile]) -> Status[Parcel]:
    """Look at a file that came; it waits for a decision."""
    return Status(201, actions.receive_parcel(request.actor, file.read()))


@router.get("/parcels/{code}", auth=Needs("parcel.receive"), response=ParcelWholeOut)
def parcel(request: Request, code: Path[Code]) -> object:
    """Give what is in a parcel, and of one that waits how it differs from what stands here."""
    return queries.parcel_shown(request.actor, queries.parcel_for(code))


@router.post("/parcels/{code}/fetch", auth=Needs("parcel.send"), response={200: bytes})
def fetch(request: Request, code: Path[Code]) -> HttpResponse:
    """Give the file of a parcel that was signed."""
    found = queries.parcel_for(code)
    file = actions.fetch_parcel(request.actor, found)
    headers = {"Content-Disposition": f'attachment; filename="{found.code}{SUFFIX}"'}
    return HttpResponse(file, content_type="application/octet-stream", headers=headers)


@router.post("/parcels/{code}/take-in", auth=Needs("parcel.receive"), response=ParcelOut)
def take_in(request: Request, code: Path[Code], given: TakeInIn) -> Parcel:
    """Take a parcel in."""
    return actions.take_in_parcel(request.actor, queries.parcel_for(code), over=given.over)


@router.post("/parcels/{code}/decline", auth=Needs("parcel.receive"), response=ParcelOut)
def decline(request: Request, code: Path[Code]) -> Parcel:
    """Take nothing of a parcel in."""
    return actions.decline_parcel(request.actor, queries.parcel_for(code))


@router.post("/parcels/{code}/take-back", auth=Needs("parcel.receive"), response=ParcelOut)
def take_back(request: Request, code: Path[Code]) -> Parcel:
    """Undo what a parcel put here."""
    return actions.take_back_parcel(request.actor, queries.parcel_for(code))
