"""Work as a whole over HTTP: the week, the load, standing in, several things at once, notices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status
from ninja import Path as InPath
from pydantic import StringConstraints

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Word
from panoh.access.clock import today
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.models import Absence, NoticeKind
from panoh.casework.queries.several import families_to_visit, open_tasks

router = Router(tags=["Work"])


class EntryOut(Schema):
    on: date
    kind: str
    number: str
    what: str
    family: str = Field(..., alias="family_code")
    who: str


class WeekAsked(Schema):
    on: date | None = None
    everybody: bool = False


class LoadOut(Schema):
    worker: str | None = Field(None, alias="worker.username")
    files: int
    urgent: int
    steps: int
    visits: int
    tasks: int
    unseen: int


class UnseenOut(Schema):
    family: str = Field(..., alias="family.code")
    seen_on: date | None


class WorkloadOut(Schema):
    days: int
    loads: list[LoadOut]
    unseen: list[UnseenOut]
    unseen_count: int


class WorkloadAsked(Schema):
    days: Annotated[int, Field(ge=14, le=90)] = 30


class AbsenceIn(Schema):
    """Who is away (oneself if not said), who stands in, and on which days."""

    staff: Word | None = None
    stand_in: Word
    since: date
    until: date


class AbsenceOut(Schema):
    code: str
    staff: str = Field(..., alias="staff.username")
    stand_in: str = Field(..., alias="stand_in.username")
    since: date
    until: date


class WorkMadeOut(Schema):
    code: str


class TasksIn(Schema):
    tasks: list[Code]
    to: date | None = None
    preview: bool = False


class VisitsIn(Schema):
    families: list[Code]
    kind: Word
    on: date
    preview: bool = False


class StayOut(Schema):
    code: str
    why: str


class WorkReportOut(Schema):
    done: list[str]
    stay: list[StayOut]
    is_preview: bool


class NoticeOut(Schema):
    kind: str
    about: str
    at: datetime
    is_seen: bool


class WishIn(Schema):
    mailed: list[NoticeKind] = Field(default_factory=list)
    muted: list[NoticeKind] = Field(default_factory=list)
    email: Annotated[str, StringConstraints(pattern=r"^([^@\s\x00]+@[^@\s\x00]+)?$", max_length=254)] = ""


@router.get("/week", auth=Needs("today.see"), response=list[EntryOut])
def week(request: Request, asked: Query[WeekAsked]) -> list[Any]:
    """Give what is to be done in the week of a day: the actor's own, or everybody's in the families in reach."""
    days = queries.week(request.actor, _near(asked.on), everybody=asked.everybody)
    return [entry for day in days for entry in day.entries]


def _near(on: date | None) -> date:
    return on if on and abs((on - today()).days) < 20 * 366 else today()


@router.get("/workload", auth=Needs("worker.view"), response=WorkloadOut)
def workload(request: Request, asked: Query[WorkloadAsked]) -> queries.Workload:
    """Give the load of each lead worker, and the families that nobody visited for so many days."""
    return queries.workload(request.actor, days=asked.days)


@router.get("/absences", auth=Needs("grant.give"), response=list[AbsenceOut])
def absences(request: Request) -> list[Absence]:
    """List who is away, today or later, and who stands in."""
    return queries.absences_of(request.actor)


@router.post("/absences", auth=Needs("grant.give"), response={201: WorkMadeOut})
def name_stand_in(request: Request, given: AbsenceIn) -> Status[Absence]:
    """Name who stands in while somebody is away: their files are open to them on these days."""
    away = access.colleague(given.staff or request.user.username)
    days = {"since": given.since, "until": given.until}
    return Status(201, actions.name_stand_in(request.actor, away, stand_in=access.colleague(given.stand_in), **days))


@router.post("/absences/{code}/end", auth=Needs("grant.give"), response={204: None})
def end_absence(request: Request, code: InPath[Code]) -> Status[None]:
    """End a standing in before its day."""
    actions.end_absence(request.actor, queries.absence_for(request.actor, code))
    return Status(204, None)


@router.post("/tasks/several", auth=Needs("task.write"), response=WorkReportOut)
def several_tasks(request: Request, given: TasksIn) -> dict[str, Any]:
    """Say that several of one's own tasks are done, or move them to a day; `preview` says only what would happen."""
    wanted = set(given.tasks)
    chosen = [task for task in open_tasks(request.actor) if task.code in wanted]
    return _told(actions.several_tasks(request.actor, chosen, to=given.to, preview=given.preview))


@router.post("/visits/several", auth=Needs("visit.record"), response=WorkReportOut)
def several_visits(request: Request, given: VisitsIn) -> dict[str, Any]:
    """Plan a visit to each of several families one leads; `preview` says only what would happen."""
    wanted = set(given.families)
    chosen = [family for family in families_to_visit(request.actor) if family.code in wanted]
    report = actions.plan_visits(request.actor, chosen, kind=given.kind, on=given.on, preview=given.preview)
    return _told(report)


def _told(report: actions.Report[Any]) -> dict[str, Any]:
    stay = [{"code": one.code, "why": str(why)} for one, why in report.stay]
    return {"done": [one.code for one in report.done], "stay": stay, "is_preview": report.is_preview}


@router.get("/notices", auth=Needs("account.see"), response=list[NoticeOut])
def notices(request: Request) -> list[dict[str, Any]]:
    """List what one was told of, the newest first."""
    found = [told.notice for told in queries.notices_of(request.actor)]
    return [{"kind": one.kind, "about": one.about, "at": one.at, "is_seen": one.seen_at is not None} for one in found]


@router.post("/notices/seen", auth=Needs("account.see"), response={204: None})
def see_notices(request: Request) -> Status[None]:
    """Mark everything one was told of as seen."""
    actions.see_notices(request.actor)
    return Status(204, None)


@router.put("/notices/wishes", auth=Needs("account.see"), response={204: None})
def wish(request: Request, given: WishIn) -> Status[None]:
    """Choose which kinds also come by mail, and which are not told at all."""
    actions.wish(request.actor, **given.dict())
    return Status(204, None)
