"""Lists of people over HTTP: dry run, import, decide, confirm."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from ninja import Field, File, Form, Path, Query, Router, Schema, Status, UploadedFile

from panoh.access.api import Code, Line, Needs, Number, Word
from panoh.access.entrances import Request
from panoh.access.meanwhile import Seen
from panoh.access.models import JobProgress
from panoh.access.queries import job
from panoh.access.refusals import NotThere
from panoh.casework import actions
from panoh.casework.api.people import BirthIn
from panoh.casework.jobs import begin_confirming, begin_linking
from panoh.casework.models import ArrivalList, ArrivalRow
from panoh.casework.queries.columns import columns_seen
from panoh.casework.queries.lists import ListCounts, counts_of, how_read, lists_page, report_of, row_for, rows_page
from panoh.casework.queries.reach import list_for
from panoh.casework.reading import by_equation, by_letter
from panoh.casework.reading.refusals import FileTooLarge, FileUnreadable

router = Router(tags=["Arrivals"])

MEGABYTE = 1024 * 1024


Kind = Literal["", "passenger", "camp", "relatives"]


class FileIn(Schema):
    """What a file is. column: "A=name" for each column that is said by hand; "A=" for one that is not used."""

    sender: Line
    kind: Kind = ""
    column: list[Line] = Field(default_factory=list)


class ProblemOut(Schema):
    row: int
    column: str | None
    message: str


class DryRunOut(Schema):
    rows: int
    ready: int
    needs_decision: int
    unreadable: int
    problems: list[ProblemOut]
    kind: str
    kind_reason: str
    list: list[str]


class ListLineOut(Schema):
    code: str
    kind: str
    state: int
    sender: str
    read_at: datetime
    confirmed_at: datetime | None


class ListPageOut(Schema):
    page: int
    has_next: bool
    lists: list[ListLineOut]


class ListOut(ListLineOut):
    counts: dict[str, int]
    will_register: int
    held: int


class RowOut(Schema):
    number: int = Field(..., alias="row.number")
    sheet_row: int = Field(..., alias="row.sheet_row")
    state: str
    sentences: list[str]
    facts: dict[str, Any]
    cells: list[tuple[str, str]]


class RowPageOut(Schema):
    page: int
    has_next: bool
    rows: list[RowOut]


class ListsAsked(Schema):
    page: int = Field(1, ge=1, le=100_000)


class RowsAsked(Schema):
    show: Literal["all", "asks", "broken", "ready", "aside", "registered"] = "all"
    page: int = Field(1, ge=1, le=100_000)


class RowDecisionIn(Schema):
    decision: Literal["as_read", "only_year", "same", "another", "left_out"]
    other: Number | None = None
    reason: Word | Literal[""] = ""


class BirthSeen(Schema):
    precision: str
    year: int | None
    month: int | None
    day: int | None


class FactsSeen(Schema):
    """What was understood of a row: its `facts`, as they were read."""

    name: str
    sex: str
    kinship: str
    family_number: str
    birth: BirthSeen


class MendIn(Schema):
    name: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
    sex: Literal["", "female", "male"]
    kinship: Word | Literal[""]
    family_number: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
    birth: BirthIn
    seen: FactsSeen


class ColumnIn(Schema):
    heading: Annotated[str, Field(max_length=200)]
    field: Word | Literal[""]


class ColumnOut(Schema):
    letter: str = Field(..., alias="line.letter")
    heading: str = Field(..., alias="line.heading")
    field: str = Field(..., alias="line.field")
    samples: list[str]


class ColumnsOut(Schema):
    can_be_read_anew: bool
    columns: list[ColumnOut]


class AnewIn(Schema):
    """What columns mean, by letter; kind: what the list is, "" to find it out from the file, null for as before."""

    columns: dict[str, str]
    kind: Kind | None = None


class AnewOut(Schema):
    changed: int
    to_decide_again: int
    list: ListOut


class JobOut(Schema):
    code: str
    state: Literal["waiting", "running", "done", "refused"]
    done: int
    total: int
    says: str


def _content(request: Request, file: UploadedFile | None) -> tuple[bytes, str]:
    if request.META.get("panoh.upload-too-large"):
        sent = int(request.META.get("CONTENT_LENGTH") or 1)
        raise FileTooLarge(megabytes=-(-sent // MEGABYTE), most=settings.FILE_UPLOAD_MAX_BYTES // MEGABYTE)
    if file is None:
        raise FileUnreadable
    return file.read(), file.name or ""


@router.get("/arrivals", auth=Needs("list.see"), response=ListPageOut)
def lists(request: Request, asked: Query[ListsAsked]) -> dict[str, Any]:
    """List the lists that were read, the newest first."""
    found = lists_page(asked.page)
    return {"page": found.number, "has_next": found.has_next(), "lists": list(found)}


@router.post("/arrivals/dry-run", auth=Needs("list.read"), response=DryRunOut)
def dry_run(request: Request, given: Form[FileIn], file: File[UploadedFile | None] = None) -> dict[str, Any]:
    """Say how each row of a file is read; nothing is kept."""
    content, name = _content(request, file)
    columns = by_equation(given.column)
    return report_of(actions.dry_run(content, name, kind=given.kind or None, sender=given.sender, columns=columns)[1])


@router.post("/arrivals", auth=Needs("list.read"), response={201: ListOut})
def read(request: Request, given: Form[FileIn], file: File[UploadedFile | None] = None) -> Status[dict[str, Any]]:
    """Read a file as a draft; nobody is registered yet."""
    content, name = _content(request, file)
    found = actions.read_list(
        request.actor,
        content=content,
        file_name=name,
        sender=given.sender,
        kind=given.kind or None,
        columns=by_equation(given.column),
    )
    return Status(201, _list(list_for(request.actor, found.code)))


def _list(found: ArrivalList) -> dict[str, Any]:
    counts: ListCounts = counts_of(found)
    line = {name: getattr(found, name) for name in ListLineOut.model_fields}
    return {**line, "counts": counts.tabs, "will_register": counts.will_register, "held": counts.held}


@router.get("/arrivals/{code}", auth=Needs("list.see"), response=ListOut)
def one(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give a list and how many of its rows stand where."""
    return _list(list_for(request.actor, code))


@router.get("/arrivals/{code}/rows", auth=Needs("list.see"), response=RowPageOut)
def rows(request: Request, code: Path[Code], asked: Query[RowsAsked]) -> dict[str, Any]:
    """Give the rows of a list as they were understood, those that ask first, 50 a page."""
    found = list_for(request.actor, code)
    page = rows_page(request.actor, found, how_read(found), tab=asked.show, number=asked.page)
    return {"page": page.number, "has_next": page.has_next(), "rows": list(page.object_list)}


@router.get("/arrivals/{code}/columns", auth=Needs("list.decide"), response=ColumnsOut)
def columns(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give the columns of a list, what each was taken for, and the first values that stand in it."""
    found = list_for(request.actor, code)
    seen = columns_seen(request.actor, found, how_read(found))
    return {"can_be_read_anew": found.can_be_read_anew, "columns": seen}


@router.post("/arrivals/{code}/read-anew", auth=Needs("list.decide"), response=AnewOut)
def read_anew(request: Request, code: Path[Code], given: AnewIn) -> dict[str, Any]:
    """Read the file of a draft again with these columns; the sender's next lists are read with them too."""
    found = list_for(request.actor, code)
    done = actions.read_anew(request.actor, found, columns=by_letter(given.columns), kind=given.kind)
    told = {"changed": done.changed, "to_decide_again": done.to_decide_again}
    return {**told, "list": _list(list_for(request.actor, code))}


@router.put("/arrivals/{code}/columns", auth=Needs("list.decide"), response={204: None})
def remember_column(request: Request, code: Path[Code], given: ColumnIn) -> Status[None]:
    """Remember what a column of this sender means, for its next lists."""
    found = list_for(request.actor, code)
    actions.remember_column(request.actor, found, heading=given.heading, field=given.field)
    return Status(204, None)


@router.post("/arrivals/{code}/rows/{number}/decision", auth=Needs("list.decide"), response={204: None})
def decide(request: Request, code: Path[Code], number: Path[Number], given: RowDecisionIn) -> Status[None]:
    """Decide on a row."""
    found = list_for(request.actor, code)
    same_as = row_for(found, given.other) if given.other else None
    decision = ArrivalRow.Decision[given.decision.upper()]
    actions.decide_row(
        request.actor, found, row=row_for(found, number), decision=decision, same_as=same_as, reason=given.reason
    )
    return Status(204, None)


@router.put("/arrivals/{code}/rows/{number}", auth=Needs("list.decide"), response={204: None})
def mend(request: Request, code: Path[Code], number: Path[Number], given: MendIn) -> Status[None]:
    """Put right what was understood of a row; its cells stay as they were."""
    found = list_for(request.actor, code)
    seen = Seen.of({**given.seen.dict(exclude={"birth"}), **given.seen.birth.dict()})
    facts = given.dict(exclude={"seen"})
    actions.mend_row(request.actor, found, row=row_for(found, number), facts=facts, seen=seen)
    return Status(204, None)


@router.post("/arrivals/{code}/discard", auth=Needs("list.decide"), response={204: None})
def discard(request: Request, code: Path[Code]) -> Status[None]:
    """Put a draft away."""
    actions.discard_list(request.actor, list_for(request.actor, code))
    return Status(204, None)


@router.post("/arrivals/{code}/confirm", auth=Needs("list.confirm"), response={202: JobOut})
def confirm(request: Request, code: Path[Code]) -> Status[dict[str, Any]]:
    """Begin to register everybody on a list; the job says how far it is."""
    found = list_for(request.actor, code)
    return Status(202, _job(job(request.actor, begin_confirming(request.actor, found))))


@router.post("/arrivals/{code}/link", auth=Needs("list.decide"), response={202: JobOut})
def link(request: Request, code: Path[Code]) -> Status[dict[str, Any]]:
    """Begin to look for people of a list who are registered or sought already; pairs go to the review queue."""
    found = list_for(request.actor, code)
    return Status(202, _job(job(request.actor, begin_linking(request.actor, found))))


@router.get("/arrivals/{code}/jobs/{job_code}", auth=Needs("list.confirm"), response=JobOut)
def progress(request: Request, code: Path[Code], job_code: Path[Word]) -> dict[str, Any]:
    """Tell how far the registering has come."""
    found, work = list_for(request.actor, code), job(request.actor, job_code)
    if work.about != found.code:
        raise NotThere
    return _job(work)


def _job(work: JobProgress) -> dict[str, Any]:
    state = JobProgress.State(work.state).name.lower()
    return {"code": work.code, "state": state, "done": work.done, "total": work.total, "says": work.says}
