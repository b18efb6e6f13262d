"""Requests of relatives over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status

from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions
from panoh.casework.models import Suggestion, TracingRequest
from panoh.casework.queries.tracing import (
    Found,
    RequestLine,
    counts_of_requests,
    request_file,
    request_for,
    requests_page,
)

router = Router(tags=["Requests of relatives"])

Tab = Literal["found", "suggested", "open", "answered", "withdrawn"]
Stands = Literal["open", "answered", "withdrawn"]


class RequestLineOut(Schema):
    code: str = Field(..., alias="request.code")
    name: str
    sex: str = Field(..., alias="request.sex")
    birth_year: int | None = Field(None, alias="request.birth_year")
    opened_on: date = Field(..., alias="request.opened_on")
    state: Stands
    suggested: int
    found: int

    @staticmethod
    def resolve_state(line: RequestLine) -> str:
        return TracingRequest.State(line.request.state).name.lower()


class RequestsOut(Schema):
    page: int
    has_next: bool
    counts: dict[Tab, int]
    requests: list[RequestLineOut]


class RequestsAsked(Schema):
    show: Tab = "open"
    page: int = Field(1, ge=1, le=100_000)


class WhoFitsOut(Schema):
    pair: str = Field(..., alias="suggestion.code")
    person: str
    state: Literal["open", "same", "different", "unsure"]

    @staticmethod
    def resolve_state(found: Found) -> str:
        return Suggestion.State(found.suggestion.state).name.lower()


class RequestOut(Schema):
    code: str
    state: Stands
    names: list[str]
    sex: str
    birth_year: int | None
    applicant: str
    kinship: str
    suggestions: list[WhoFitsOut]
    told: str
    consent: str
    settled_on: date | None


class AnswerIn(Schema):
    told: Text
    consent: Word


@router.get("/tracing", auth=Needs("tracing.see"), response=RequestsOut)
def requests(request: Request, asked: Query[RequestsAsked]) -> dict[str, Any]:
    """Give the requests in reach, the newest first, 50 a page; the names sought are opened, which is audited."""
    page = requests_page(request.actor, tab=asked.show, number=asked.page)
    counts = counts_of_requests(request.actor)
    return {"page": page.number, "has_next": page.has_next(), "counts": counts, "requests": list(page.object_list)}


@router.get("/tracing/{code}", auth=Needs("tracing.see"), response=RequestOut)
def one(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give who is sought by whom, who may be that person, and what was told."""
    found = request_for(request.actor, code)
    file = request_file(request.actor, found)
    return {
        "code": found.code,
        "state": TracingRequest.State(found.state).name.lower(),
        "names": [name.text for name in file.facts.names],
        "sex": found.sex,
        "birth_year": found.birth_year,
        "applicant": file.applicant,
        "kinship": file.kinship,
        "suggestions": file.suggestions,
        "told": file.told,
        "consent": found.consent,
        "settled_on": found.settled_on,
    }


@router.post("/tracing/{code}/answer", auth=Needs("tracing.answer"), response={204: None})
def answer(request: Request, code: Path[Code], given: AnswerIn) -> Status[None]:
    """Record what a relative was told, and whether the person who was found agreed to it."""
    actions.answer_tracing_request(request.actor, request_for(request.actor, code), **given.dict())
    return Status(204, None)


@router.post("/tracing/{code}/withdraw", auth=Needs("tracing.withdraw"), response={204: None})
def withdraw(request: Request, code: Path[Code]) -> Status[None]:
    """Note that the relative asks no more."""
    actions.withdraw_tracing_request(request.actor, request_for(request.actor, code))
    return Status(204, None)
