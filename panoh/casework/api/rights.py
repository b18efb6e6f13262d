"""What people ask about their files, and complaints, over HTTP, with the steps and refusals of the pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Path, Router, Schema, Status

from panoh.access.api import Code, Line, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.access.models import Staff
from panoh.access.queries import colleague
from panoh.casework import actions, queries
from panoh.casework.models import Complaint, Correction, RightsRequest
from panoh.casework.queries.complaints import complaint_for, complaint_shown, complaints
from panoh.casework.queries.rights import (
    RequestShown,
    Section,
    my_file,
    request_for,
    request_shown,
    requests_of,
    requests_open,
)

router = Router(tags=["The person's rights"])

Names = Annotated[list[Word], Field(max_length=20)]


class AskerIn(Schema):
    asker: Word
    asker_check: Word


class RightIn(AskerIn):
    right: Word
    words: Text = ""


class RightAnswerIn(Schema):
    outcome: Word
    words: Text


class FactIn(Schema):
    fact: Literal["name", "document", "contact", "address"]
    was: Text
    now: Line
    why: Text


class RightOut(Schema):
    code: str
    right: str
    state: str
    by_code: bool
    received_on: date
    due_on: date
    is_late: bool
    outcome: str
    settled_on: date | None

    @staticmethod
    def resolve_state(request: RightsRequest) -> str:
        return RightsRequest.State(request.state).name.lower()


class RightChangeOut(Schema):
    fact: str
    was: str
    now: str
    why: str


class RightShownOut(Schema):
    request: RightOut
    words: str
    answer: str
    corrections: list[RightChangeOut]


class RightGivenOut(Schema):
    code: str = Field(..., alias="text")
    given_on: date


class LineOut(Schema):
    heading: str
    words: str


class RightSectionOut(Schema):
    heading: str
    lines: list[LineOut]


def _shown(shown: RequestShown) -> dict[str, Any]:
    changes = [{"fact": Correction.Fact(one.fact).name.lower(), **change} for one, change in shown.corrections]
    return {"request": shown.request, "words": shown.words, "answer": shown.answer, "corrections": changes}


def _copy(sections: Iterable[Section]) -> list[dict[str, Any]]:
    return [
        {"heading": one.heading, "lines": [{"heading": head, "words": said} for head, said in one.lines]}
        for one in sections
    ]


@router.get("/rights", auth=Needs("right.see"), response=list[RightOut])
def waiting(request: Request) -> list[RightsRequest]:
    """Give what people asked about their files and nobody answered yet."""
    return [one for one, _label in requests_open(request.actor)]


@router.get("/people/{code}/rights", auth=Needs("right.record"), response=list[RightOut])
def of_person(request: Request, code: Path[Code]) -> list[RightsRequest]:
    """Give all that was asked about one person's file."""
    return [one for one, _label in requests_of(queries.person_for(request.actor, code))]


@router.post("/people/{code}/rights", auth=Needs("right.record"), response={201: RightOut})
def record(request: Request, code: Path[Code], given: RightIn) -> Status[RightsRequest]:
    """Record what somebody asks about a file."""
    found = queries.person_for(request.actor, code)
    return Status(201, actions.record_request(request.actor, found, **given.dict()))


@router.post("/people/{code}/my-file", auth=Needs("right.record"), response=list[RightSectionOut])
def give_copy(request: Request, code: Path[Code], given: AskerIn) -> list[dict[str, Any]]:
    """Give the copy of a file, for whom it is sure that they may have it."""
    found = queries.person_for(request.actor, code)
    actions.give_copy(request.actor, found, **given.dict())
    return _copy(my_file(request.actor, found))


@router.post("/people/{code}/ask-code", auth=Needs("right.record"), response={201: RightGivenOut})
def give_code(request: Request, code: Path[Code]) -> Status[Any]:
    """Give a code with which the family asks without a name; the one before ends."""
    return Status(201, actions.give_code(request.actor, queries.person_for(request.actor, code)))


@router.get("/rights/{code}", auth=Needs("right.record"), response=RightShownOut)
def one(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give one request, with what was put right and the answer."""
    return _shown(request_shown(request.actor, request_for(request.actor, code)))


@router.post("/rights/{code}/corrections", auth=Needs("right.answer"), response={204: None})
def put_right(request: Request, code: Path[Code], given: FactIn) -> Status[None]:
    """Put a fact right: a name, document, contact or address."""
    told = given.dict()
    told["fact"] = Correction.Fact[given.fact.upper()]
    actions.put_right(request.actor, request_for(request.actor, code), **told)
    return Status(204, None)


@router.post("/rights/{code}/answer", auth=Needs("right.answer"), response=RightOut)
def answer(request: Request, code: Path[Code], given: RightAnswerIn) -> RightsRequest:
    """Answer what was asked."""
    return actions.answer_request(request.actor, request_for(request.actor, code), **given.dict())


# --- complaints --------------------------------------------------------------------------------------------------


class ComplaintIn(Schema):
    words: Text
    about: Code | None = None
    named: Names = Field([])
    about_officer: bool = False


class TakenOut(Schema):
    code: str
    answer_by: date


class ComplaintOut(Schema):
    code: str
    state: str
    received_on: date
    acknowledge_by: date
    answer_by: date
    acknowledged_on: date | None
    answered_on: date | None
    is_late: bool

    @staticmethod
    def resolve_state(complaint: Complaint) -> str:
        return Complaint.State(complaint.state).name.lower()


class ComplaintShownOut(Schema):
    complaint: ComplaintOut
    words: str
    answer: str
    named: list[str]


class ShareOutIn(Schema):
    named: Names = Field([])
    handler: Word | None = None


class ReplyIn(Schema):
    words: Text


def _staff(names: Iterable[str]) -> list[Staff]:
    return [colleague(name) for name in names]


@router.get("/complaints", auth=Needs("complaint.see"), response=list[ComplaintOut])
def listed(request: Request) -> list[Complaint]:
    """Give the complaints that the asker may read."""
    return complaints(request.actor)


@router.post("/complaints", auth=Needs("complaint.take"), response={201: TakenOut})
def take(request: Request, given: ComplaintIn) -> Status[Any]:
    """Take a complaint down."""
    person = queries.person_for(request.actor, given.about) if given.about else None
    taken = actions.take_complaint(
        request.actor, words=given.words, person=person, named=_staff(given.named), about_officer=given.about_officer
    )
    return Status(201, taken)


@router.get("/complaints/{code}", auth=Needs("complaint.see"), response=ComplaintShownOut)
def complaint(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give one complaint."""
    shown = complaint_shown(request.actor, complaint_for(request.actor, code))
    named = [one.username for one in shown.named]
    return {"complaint": shown.complaint, "words": shown.words, "answer": shown.answer, "named": named}


@router.post("/complaints/{code}/sharing", auth=Needs("complaint.answer"), response={204: None})
def share_out(request: Request, code: Path[Code], given: ShareOutIn) -> Status[None]:
    """Say whom a complaint is about, and who looks into it."""
    found = complaint_for(request.actor, code)
    handler = colleague(given.handler) if given.handler else None
    actions.share_out_complaint(request.actor, found, named=_staff(given.named), handler=handler)
    return Status(204, None)


@router.post("/complaints/{code}/acknowledgement", auth=Needs("complaint.answer"), response=ComplaintOut)
def acknowledge(request: Request, code: Path[Code]) -> Complaint:
    """Note that who complained was told that it was received."""
    return actions.acknowledge_complaint(request.actor, complaint_for(request.actor, code))


@router.post("/complaints/{code}/answer", auth=Needs("complaint.answer"), response=ComplaintOut)
def reply(request: Request, code: Path[Code], given: ReplyIn) -> Complaint:
    """Answer a complaint in words."""
    return actions.answer_complaint(request.actor, complaint_for(request.actor, code), words=given.words)
