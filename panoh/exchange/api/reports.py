"""Reports read in over HTTP: a text becomes items, and each is decided on as on the page."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from ninja import Field, File, Path, Router, Schema, Status, UploadedFile
from pydantic import StringConstraints

from panoh.access.api import Code, Needs, Number
from panoh.access.entrances import Request
from panoh.access.refusals import NotRight
from panoh.exchange import actions
from panoh.exchange.forms_reports import item_form
from panoh.exchange.jobs_reports import begin_reading
from panoh.exchange.models import Report, ReportItem
from panoh.exchange.queries import event_for
from panoh.exchange.queries.reports import item_for, items_in, report_for, reports
from panoh.exchange.reading import kind_of, text_of

router = Router(tags=["Exchange"])

Whole = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=1_500_000)]
Title = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]
Address = Annotated[str, StringConstraints(pattern=r"^(https?://[^\x00\s]+)?$", max_length=400)]


class ReportIn(Schema):
    """text: of the report; event: the code of one that is entered already, else it is found in the text."""

    text: Whole
    title: Title = ""
    source: Address = ""
    event: Code | None = None


class ReportItemOut(Schema):
    """start, end: its place in the text, in characters from 0, half-open; became: the code of what was entered.

    A position has no code and is named by its number.
    """

    number: int
    kind: Literal["event", "body", "person", "statement", "proposal", "position", "number"]
    ref: str
    data: dict[str, Any]
    as_read: dict[str, Any] | None
    start: int
    end: int
    quote: str
    is_inferred: bool
    state: Literal["proposed", "confirmed", "corrected", "rejected"]
    decided_by: str | None = Field(None, alias="decided_by.username")
    decided_at: datetime | None
    became: str | None

    @staticmethod
    def resolve_kind(item: ReportItem) -> str:
        return ReportItem.Kind(item.kind).name.casefold()

    @staticmethod
    def resolve_state(item: ReportItem) -> str:
        return ReportItem.State(item.state).name.casefold()

    @staticmethod
    def resolve_became(item: ReportItem) -> str | None:
        made = item.became
        return str(getattr(made, "code", made.pk)) if made else None


class ReportLineOut(Schema):
    code: str
    title: str
    source: str
    kind: str
    language: str
    sha256: str
    state: Literal["waiting", "read"]
    event: str | None = Field(None, alias="event.code")
    entered_by: str = Field(..., alias="entered_by.username")
    entered_at: datetime

    @staticmethod
    def resolve_state(report: Report) -> str:
        return Report.State(report.state).name.casefold()


class ReportReadOut(ReportLineOut):
    """A report with its text and everything that was found in it."""

    text: str
    items: list[ReportItemOut]

    @staticmethod
    def resolve_items(report: Report) -> list[ReportItem]:
        return items_in(report)


class EnteredOut(Schema):
    """job: of the reading, where a long text is read in the background; else empty."""

    report: ReportReadOut
    job: str


class ItemDecisionIn(Schema):
    """data: for a correction, what changes, by the names that the item's own data has."""

    decision: Literal["confirm", "correct", "reject", "undo"]
    data: dict[str, str | int | None] = Field(default_factory=dict)


class TogetherIn(Schema):
    """numbers: of the items that somebody looked at."""

    numbers: Annotated[list[Number], Field(min_length=1, max_length=500)]


class LeftOut(Schema):
    number: int
    why: str


class TogetherOut(Schema):
    confirmed: list[int]
    left: list[LeftOut]


@router.get("/exchange/reports", auth=Needs("report.enter"), response=list[ReportLineOut])
def all_reports(request: Request) -> QuerySet[Report]:
    """Return every report that was entered, the newest first."""
    return reports()


@router.post("/exchange/reports", auth=Needs("report.enter"), response={201: EnteredOut})
def enter_report(request: Request, given: ReportIn) -> Status[dict[str, Any]]:
    """Take in the text of a report and read it; nothing of it enters before it is confirmed."""
    event = event_for(given.event) if given.event else None
    told = {"text": given.text, "title": given.title, "source": given.source}
    report = actions.enter_report(request.actor, kind=Report.Kind.PASTED, event=event, **told)
    return Status(201, _read(request, report))


@router.post("/exchange/reports/file", auth=Needs("report.enter"), response={201: EnteredOut})
def enter_file(request: Request, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Take in the text of a report's file (PDF, .docx, text) and read it; the file is not kept."""
    content = file.read()
    report = actions.enter_report(request.actor, text=text_of(content), kind=kind_of(content))
    return Status(201, _read(request, report))


def _read(request: Request, report: Report) -> dict[str, Any]:
    job = begin_reading(request.actor, report)
    return {"report": report_for(report.code), "job": job}


@router.get("/exchange/reports/{code}", auth=Needs("report.enter"), response=ReportReadOut)
def one_report(request: Request, code: Path[Code]) -> Report:
    """Return a report with its text and everything that was found in it."""
    return report_for(code)


@router.post("/exchange/reports/{code}/items", auth=Needs("report.enter"), response=TogetherOut)
def confirm_many(request: Request, code: Path[Code], given: TogetherIn) -> dict[str, Any]:
    """Confirm items that somebody looked at; those that cannot enter stay open, with the reason."""
    done = actions.confirm_items(request.actor, report_for(code), given.numbers)
    return {"confirmed": done.entered, "left": [{"number": number, "why": why} for number, why in done.left]}


@router.post("/exchange/reports/{code}/items/{number}", auth=Needs("report.enter"), response=ReportItemOut)
def decide(request: Request, code: Path[Code], number: Path[Number], given: ItemDecisionIn) -> ReportItem:
    """Confirm, correct, reject or undo an item."""
    report = report_for(code)
    item = item_for(report, number)
    if given.decision == "correct":
        form = item_form(item)
        before = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        form = item_form(item, {**before, **given.data})
        if given.data.keys() - form.fields.keys() or not form.is_valid():
            raise NotRight
        actions.correct_item(request.actor, report, number, form.told())
    else:
        steps = {"confirm": actions.confirm_item, "reject": actions.reject_item, "undo": actions.undo_item}
        steps[given.decision](request.actor, report, number)
    return item_for(report, number)
