"""Follow-up and a worker's visits of a day, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Field, Path, Query, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Number, Text, Word
from panoh.access.clock import today
from panoh.access.entrances import Request
from panoh.access.refusals import NotThere
from panoh.casework import actions, queries
from panoh.casework.api.interests import BecauseIn
from panoh.casework.queries.following import day_of_visits, fade_out_for, follow_up_shown, visitors

router = Router(tags=["Follow-up"])


class LookAgainIn(Schema):
    kind: Word
    noticed_on: date
    case: Code | None = None
    words: Text = ""


class FadeOutIn(Schema):
    ends_on: date
    agreed_with: Code
    words: Text = ""


class ComingOut(Schema):
    person: str
    event: str
    first: date
    last: date
    is_about: bool


class LookAgainOut(Schema):
    code: str
    kind: str
    noticed_on: date
    task: str
    words: str


class FollowUpOut(Schema):
    since: date
    after: str
    every_days: int | None
    last_seen_on: date | None
    next_by: date | None
    ends_on: date | None
    coming: list[ComingOut]
    looks_again: list[LookAgainOut]


class PlannedOut(Schema):
    planned: list[date]


class DayAsked(Schema):
    on: date | None = None
    worker: Word | None = None


class StopOut(Schema):
    number: int
    family: str
    district: str
    kind: str
    people: int
    place: int | None


class PlaceIn(Schema):
    number: Number
    place: Annotated[int, Field(ge=1, le=100)]


class OrderIn(Schema):
    on: date
    places: Annotated[list[PlaceIn], Field(max_length=100)]


@router.get("/families/{code}/follow-up", auth=Needs("family.see"), response=FollowUpOut)
def follow_up(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give how a family is followed."""
    shown = follow_up_shown(request.actor, queries.family_for(request.actor, code), {})
    told = shown.rhythm
    return {
        "since": told.since, "after": told.after, "every_days": told.rhythm.every_days if told.rhythm else None,
        "last_seen_on": told.last_seen_on, "next_by": told.next_by,
        "ends_on": shown.fade_out.ends_on if shown.fade_out else None,
        "coming": [
            {
                "person": one.person.code, "event": one.event.code, "first": one.span.first, "last": one.span.last,
                "is_about": one.is_about,
            }
            for one, _name in shown.events
        ],
        "looks_again": [
            {
                "code": one.code, "kind": one.kind, "noticed_on": one.noticed_on, "task": one.task.code, "words": words,
            }
            for one, _label, words in shown.looks_again
        ],
    }  # fmt: skip


@router.post("/families/{code}/follow-up", auth=Needs("visit.record"), response={201: PlannedOut})
def plan(request: Request, code: Path[Code]) -> Status[dict[str, Any]]:
    """Plan the visits of the next six months by their rhythm."""
    made = actions.plan_follow_up(request.actor, queries.family_for(request.actor, code))
    return Status(201, {"planned": [visit.planned_on for visit in made]})


@router.post("/families/{code}/look-again", auth=Needs("task.write"), response={201: None})
def look_again(request: Request, code: Path[Code], given: LookAgainIn) -> Status[None]:
    """Record something that makes us look again."""
    read: dict[str, Any] = given.dict()
    read["case"] = queries.case_for(request.actor, given.case) if given.case else None
    actions.look_again(request.actor, queries.family_for(request.actor, code), **read)
    return Status(201, None)


@router.post("/families/{code}/fade-out", auth=Needs("visit.record"), response={201: None})
def fade_out(request: Request, code: Path[Code], given: FadeOutIn) -> Status[None]:
    """Plan the day after which nobody needs the file."""
    found = queries.family_for(request.actor, code)
    person = queries.person_for(request.actor, given.agreed_with)
    actions.plan_fade_out(request.actor, found, ends_on=given.ends_on, agreed_with=person, words=given.words)
    return Status(201, None)


@router.post("/families/{code}/fade-out/giving-up", auth=Needs("visit.record"), response={204: None})
def give_up(request: Request, code: Path[Code], given: BecauseIn) -> Status[None]:
    """Give up a planned end: help goes on."""
    planned = fade_out_for(request.actor, queries.family_for(request.actor, code))
    actions.give_up_fade_out(request.actor, planned, because=given.because)
    return Status(204, None)


@router.get("/visits-of-day", auth=Needs("visit.record"), response=list[StopOut])
def day(request: Request, asked: Query[DayAsked]) -> list[dict[str, Any]]:
    """Give the planned visits of a day, one's own or a colleague's, in their order by district; codes only."""
    wanted = access.staff_for(request.actor, asked.worker) if asked.worker else request.actor.staff
    if wanted is None or wanted.pk not in {one.pk for one in visitors(request.actor)}:
        raise NotThere
    found = day_of_visits(request.actor, wanted, asked.on or today())
    return [
        {
            "number": stop.visit.pk, "family": stop.visit.family.code, "district": district, "kind": stop.visit.kind,
            "people": stop.people, "place": stop.visit.place_in_day,
        }
        for district, stops in found.districts
        for stop in stops
    ]  # fmt: skip


@router.post("/visits-of-day", auth=Needs("visit.record"), response={204: None})
def order(request: Request, given: OrderIn) -> Status[None]:
    """Put the visits of a day in order."""
    actions.order_visits(request.actor, on=given.on, places={one.number: one.place for one in given.places})
    return Status(204, None)
