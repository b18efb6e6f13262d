"""Unusual viewing over HTTP: what the rules saw, and what a second person finds."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Router, Schema, Status

from panoh.access.api import Code, Needs
from panoh.access.entrances import Request
from panoh.casework import actions
from panoh.casework.models import Alarm
from panoh.casework.queries import watching

router = Router(tags=["Emergencies"])


class AlarmOut(Schema):
    code: str
    who: str
    agency: str
    what: str
    day: date
    counted: int
    most: int
    finding: str
    reviewed_by: str


class AlarmReviewIn(Schema):
    alarm: Code
    finding: Literal["explained", "not_explained", "to_be_talked_about"]


@router.get("/viewing", auth=Needs("glass.review"), response=list[AlarmOut])
def alarms(request: Request) -> list[watching.AlarmShown]:
    """List what the rules saw, by member of staff and count: what waits for its review first."""
    return watching.alarms(request.actor)


@router.post("/viewing", auth=Needs("glass.review"), response={204: None})
def review(request: Request, given: AlarmReviewIn) -> Status[None]:
    """Say what a second person finds about an alarm."""
    alarm = watching.alarm_for(request.actor, given.alarm)
    actions.review_alarm(request.actor, alarm, finding=Alarm.Finding[given.finding.upper()])
    return Status(204, None)
