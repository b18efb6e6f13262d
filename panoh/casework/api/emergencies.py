"""Emergencies over HTTP: open a file in one, see what was opened so, and review it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Path, Router, Schema, Status

from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.models import Emergency
from panoh.casework.queries.emergencies import EmergencyShown

router = Router(tags=["Emergencies"])


class EmergencyIn(Schema):
    code: Code
    kind: Word
    reason: Text


class OpenedOut(Schema):
    family: str
    until: datetime


class EmergencyOut(Schema):
    code: str
    about: str
    who: str
    agency: str
    kind: str
    at: datetime
    until: datetime
    is_open: bool
    is_late: bool
    finding: str
    reviewed_by: str
    reviewed_at: datetime | None


class EmergencyReviewOut(EmergencyOut):
    reason: str
    note: str
    steps: int
    may_review: bool


class EmergencyReviewIn(Schema):
    finding: Literal["justified", "not_justified", "to_be_talked_about"]
    note: Text = ""


@router.post("/emergencies", auth=Needs("glass.break"), response={201: OpenedOut})
def break_glass(request: Request, given: EmergencyIn) -> Status[dict[str, object]]:
    """Open a file by the code of the family or a person for four hours, because somebody needs help at once."""
    family = actions.break_glass(request.actor, given.code, kind=given.kind, reason=given.reason)
    (held,) = (one for one in queries.held_now(request.actor, family) if one.is_own)
    return Status(201, {"family": family.code, "until": held.until})


@router.get("/emergencies", auth=Needs("glass.review"), response=list[EmergencyOut])
def emergencies(request: Request) -> list[EmergencyShown]:
    """List what was opened in an emergency, by code: what waits for its review first."""
    return queries.recent_emergencies(request.actor)


@router.get("/emergencies/{code}", auth=Needs("glass.review"), response=EmergencyReviewOut)
def emergency(request: Request, code: Path[Code]) -> EmergencyShown:
    """Give one emergency; what was written only to whoever reaches the file."""
    return queries.review_of(request.actor, queries.emergency_for(request.actor, code))


@router.post("/emergencies/{code}/review", auth=Needs("glass.review"), response={204: None})
def review(request: Request, code: Path[Code], given: EmergencyReviewIn) -> Status[None]:
    """Say what a second person finds."""
    found = queries.emergency_for(request.actor, code)
    actions.review_emergency(request.actor, found, finding=Emergency.Finding[given.finding.upper()], note=given.note)
    return Status(204, None)
