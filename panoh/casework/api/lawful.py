"""The register of lawful requests over HTTP, with the steps and refusals of the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status

from panoh.access.api import Code, Line, Needs, Text
from panoh.access.clock import today
from panoh.access.entrances import Request
from panoh.access.fields import FieldClass
from panoh.casework import actions
from panoh.casework.api.sharing import Kind
from panoh.casework.models import LawfulRequest
from panoh.casework.queries.lawful import YearOfRequests, lawful_extract, lawful_for, lawful_register, lawful_year

router = Router(tags=["Lawful requests"])

Authority = Literal["court", "procuracy", "ministry", "other"]
Kinds = Annotated[list[Kind], Field(max_length=len(FieldClass))]


def _classes(names: list[str]) -> list[FieldClass]:
    return [FieldClass[name.upper()] for name in names]


class LawfulIn(Schema):
    """about: code of the one person; without one it is refused."""

    authority_kind: Authority
    authority: Line
    reference: Line
    legal_basis: Text
    received_on: date
    asked: Kinds
    about: Code | None = None


class LawfulReviewIn(Schema):
    is_lawful: bool
    scope: Kinds = Field([])
    basis: Text


class RefusalIn(Schema):
    because: Literal["set_aside", "nothing_kept"]


class NoticeIn(Schema):
    on: date


class PostponeIn(Schema):
    until: date
    reason: Text
    ordered_by: Line


class LawfulOut(Schema):
    code: str
    authority_kind: Authority
    received_on: date
    about: str
    asked: list[str]
    agreed: list[str]
    state: str
    refused_because: str
    settled_on: date | None
    notice_given_on: date | None
    notice_postponed_until: date | None
    is_notice_late: bool

    @staticmethod
    def resolve_authority_kind(request: LawfulRequest) -> str:
        return LawfulRequest.Authority(request.authority_kind).name.lower()

    @staticmethod
    def resolve_state(request: LawfulRequest) -> str:
        return LawfulRequest.State(request.state).name.lower()

    @staticmethod
    def resolve_asked(request: LawfulRequest) -> list[str]:
        return [FieldClass(kind).name.lower() for kind in request.asked]

    @staticmethod
    def resolve_agreed(request: LawfulRequest) -> list[str]:
        return [FieldClass(kind).name.lower() for kind in request.agreed]


class LawfulLineOut(Schema):
    heading: str
    words: str


class ExtractOut(Schema):
    person: str
    lines: list[LawfulLineOut]


class YearAsked(Schema):
    year: Annotated[int, Field(ge=2000, le=9000)] | None = None


class KindCountOut(Schema):
    label: str
    figures: list[int]


class YearOut(Schema):
    year: int
    heads: list[str]
    rows: list[KindCountOut]


@router.get("/lawful", auth=Needs("lawful.see"), response=list[LawfulOut])
def register(request: Request) -> list[LawfulRequest]:
    """Give the requests the asker may see."""
    return lawful_register(request.actor)


@router.post("/lawful", auth=Needs("lawful.record"), response={201: LawfulOut})
def record(request: Request, given: LawfulIn) -> Status[LawfulRequest]:
    """Record what an authority asks for."""
    asked: dict[str, Any] = given.dict()
    asked |= {"about": given.about or "", "asked": _classes(asked["asked"])}
    asked["authority_kind"] = LawfulRequest.Authority[given.authority_kind.upper()]
    return Status(201, actions.record_lawful(request.actor, **asked))


@router.post("/lawful/{code}/reviews", auth=Needs("lawful.review"), response={201: LawfulOut})
def review(request: Request, code: Path[Code], given: LawfulReviewIn) -> Status[LawfulRequest]:
    """Say what one finds of a request, apart from the other reviewer."""
    found = lawful_for(request.actor, code)
    scope = _classes(list(given.scope))
    return Status(
        201, actions.review_lawful(request.actor, found, is_lawful=given.is_lawful, scope=scope, basis=given.basis)
    )


@router.post("/lawful/{code}/refusal", auth=Needs("lawful.record"), response={204: None})
def refuse(request: Request, code: Path[Code], given: RefusalIn) -> Status[None]:
    """Give nothing after all."""
    actions.refuse_lawful(request.actor, lawful_for(request.actor, code), because=given.because)
    return Status(204, None)


@router.post("/lawful/{code}/appeal", auth=Needs("lawful.record"), response={204: None})
def appeal(request: Request, code: Path[Code]) -> Status[None]:
    """Note that we appealed."""
    actions.appeal_lawful(request.actor, lawful_for(request.actor, code))
    return Status(204, None)


@router.post("/lawful/{code}/notice", auth=Needs("lawful.record"), response={204: None})
def notice(request: Request, code: Path[Code], given: NoticeIn) -> Status[None]:
    """Note that the person was told."""
    actions.give_notice(request.actor, lawful_for(request.actor, code), on=given.on)
    return Status(204, None)


@router.post("/lawful/{code}/postponement", auth=Needs("lawful.record"), response={204: None})
def postpone(request: Request, code: Path[Code], given: PostponeIn) -> Status[None]:
    """Put off telling the person, as somebody ordered."""
    actions.postpone_notice(request.actor, lawful_for(request.actor, code), **given.dict())
    return Status(204, None)


@router.post("/lawful/{code}/answer", auth=Needs("lawful.answer"), response=ExtractOut)
def answer(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Make the minimum extract of what both reviewers agreed to."""
    extract = lawful_extract(request.actor, actions.answer_lawful(request.actor, lawful_for(request.actor, code)))
    return {
        "person": extract.person, "lines": [{"heading": head, "words": said} for head, said in extract.lines],
    }  # fmt: skip


@router.get("/lawful-count", auth=Needs("lawful.count"), response=YearOut)
def count(request: Request, asked: Query[YearAsked]) -> dict[str, Any]:
    """Give the figures of a year, the present one if none is named."""
    counted: YearOfRequests = lawful_year(request.actor, asked.year or today().year)
    rows = [{"label": label, "figures": figures} for label, figures in counted.rows]
    return {"year": counted.year, "heads": counted.heads, "rows": rows}
