"""Exports over HTTP: asked for, decided on, locked and fetched as on the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Field, Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions
from panoh.casework.exporting.limits import MOST_FAMILIES
from panoh.casework.jobs import begin_export
from panoh.casework.models import Export
from panoh.casework.queries.exports import ExportPage, export_for, exports_page, families_named

router = Router(tags=["Exports"])


class ExportIn(Schema):
    """families: codes, 25 at most; recipient: code of an agency, or none for oneself."""

    families: Annotated[list[Code], Field(min_length=1, max_length=MOST_FAMILIES)]
    columns: Annotated[list[Word], Field(min_length=1, max_length=60)]
    purpose: Word
    because: Text
    recipient: Code | None = None
    file_format: Literal["xlsx", "csv"] = "xlsx"


class ExportDecisionIn(Schema):
    decision: Literal["approve", "decline"]


class ExportOut(Schema):
    code: str
    families: list[str]
    columns: list[str]
    purpose: str
    recipient: str | None = Field(None, alias="recipient.code")
    file_format: str
    asked_by: str = Field(..., alias="asked_by.username")
    until: date
    state: Literal["asked", "approved", "ready", "declined", "not_made"]
    people: int
    is_locked: bool
    fetched: int
    is_over: bool

    @staticmethod
    def resolve_state(export: Export) -> str:
        return Export.State(export.state).name.lower()


class ExportsOut(Schema):
    own: list[ExportOut]
    waiting: list[ExportOut]


class PassphraseOut(Schema):
    passphrase: str


@router.get("/exports", auth=Needs("export.ask"), response=ExportsOut)
def exports(request: Request) -> ExportPage:
    """Give one's own requests, and those that wait for one's decision."""
    return exports_page(request.actor)


@router.post("/exports", auth=Needs("export.ask"), response={201: ExportOut})
def ask_export(request: Request, given: ExportIn) -> Status[Export]:
    """Ask for a file of a few families; a second colleague decides."""
    asked = given.dict()
    families = families_named(request.actor, asked.pop("families"))
    asked["recipient"] = access.agency(given.recipient) if given.recipient else None
    return Status(201, actions.ask_export(request.actor, families, **asked))


@router.get("/exports/{code}", auth=Needs("export.ask"), response=ExportOut)
def export(request: Request, code: Path[Code]) -> Export:
    """Give one request."""
    return export_for(request.actor, code)


@router.post("/exports/{code}/decision", auth=Needs("export.approve"), response={204: None})
def decide(request: Request, code: Path[Code], given: ExportDecisionIn) -> Status[None]:
    """Agree to a request of a colleague's, or decline it."""
    found = export_for(request.actor, code)
    (begin_export if given.decision == "approve" else actions.decline_export)(request.actor, found)
    return Status(204, None)


@router.post("/exports/{code}/passphrase", auth=Needs("export.make"), response=PassphraseOut)
def passphrase(request: Request, code: Path[Code]) -> dict[str, str]:
    """Lock the file with a passphrase and give it, this once."""
    return {"passphrase": actions.lock_export(request.actor, export_for(request.actor, code))}


@router.post("/exports/{code}/fetch", auth=Needs("export.fetch"), response={200: bytes})
def fetch(request: Request, code: Path[Code]) -> HttpResponse:
    """Give the locked file, three times at most."""
    file = actions.fetch_export(request.actor, export_for(request.actor, code))
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type="application/octet-stream", headers=headers)
