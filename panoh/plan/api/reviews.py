"""Reviews, answers, findings and action points over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Path, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access.api import Code, Needs, Text
from panoh.access.entrances import Request
from panoh.access.wordings import Wording
from panoh.plan.actions import reviews as actions
from panoh.plan.api.indicators import Country, LongLine, Place, Said
from panoh.plan.api.parts import Slug
from panoh.plan.models import ActionPoint, Answer, Finding, Question, Review
from panoh.plan.queries.indicators import place_for, place_key
from panoh.plan.queries.reviews import (
    body_for,
    finding_for,
    point_for,
    points_of,
    review_for,
    review_shown,
    reviews_of,
)
from panoh.plan.queries.tree import plan_for

router = Router(tags=["Reviews of the joint plan"])

Kind = Literal["annual", "midterm", "ministerial", "ten_year", "external"]
Stage = Literal["preparing", "asking", "met", "closed"]


class PlanReviewIn(Schema):
    title: Said
    kind: Kind
    starts: date
    ends: date
    answers_due: date


class PlanReviewOut(Schema):
    code: str
    title: dict[str, str]
    kind: Kind
    state: Stage
    starts: date
    ends: date
    answers_due: date
    met_on: date | None
    met_at: str
    event: str

    @staticmethod
    def resolve_kind(review: Review) -> str:
        return Review.Kind(review.kind).name.lower()

    @staticmethod
    def resolve_state(review: Review) -> str:
        return Review.State(review.state).name.lower()


class QuestionIn(Schema):
    text: Said


class AnswerOut(Schema):
    country: str
    text: str
    state: Literal["draft", "submitted"]

    @staticmethod
    def resolve_state(answer: Answer) -> str:
        return Answer.State(answer.state).name.lower()


class QuestionOut(Schema):
    number: int
    text: dict[str, str]
    answers: list[AnswerOut]

    @staticmethod
    def resolve_answers(question: Question) -> object:
        return question.answers.all()


NUMBERED: Any = {"propertyNames": {"pattern": "^[1-9][0-9]{0,2}$"}}


class AnswersIn(Schema):
    """texts: the answer by number of the question; country: only where one answers for another."""

    texts: Annotated[dict[Annotated[int, Field(ge=1, le=999)], Text], Field(max_length=200, json_schema_extra=NUMBERED)]
    country: Country = ""


class SubmitIn(Schema):
    country: Country = ""


class MeetingIn(Schema):
    on: date
    at: LongLine = ""
    event: Annotated[str, StringConstraints(pattern=r"^([A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4})?$")] = ""


class FindingIn(Schema):
    """about: the number of an action, or pillar and area as 1/1.2."""

    about: Place
    kind: Literal["achieved", "problem", "lesson"]
    text: Said
    evidence: Text = ""
    asks_for_change: bool = False


class PointIn(Schema):
    """body: its code; finding: the code of the finding it answers, if any."""

    text: Said
    body: Slug
    due: date
    country: Country = ""
    finding: Code | None = None


class ActionPointOut(Schema):
    code: str
    review: str = Field(..., alias="review.code")
    finding: str | None = Field(None, alias="finding.code")
    text: dict[str, str]
    body: str = Field(..., alias="body.code")
    country: str
    due: date
    is_overdue: bool
    state: Literal["open", "done", "verified"]
    taken: str
    evidence: str
    doubt: str

    @staticmethod
    def resolve_state(point: ActionPoint) -> str:
        return ActionPoint.State(point.state).name.lower()


class FindingOut(Schema):
    code: str
    about: str
    kind: Literal["achieved", "problem", "lesson"]
    text: dict[str, str]
    evidence: str
    asks_for_change: bool

    @staticmethod
    def resolve_about(finding: Finding) -> str:
        return place_key(finding.action or finding.area)

    @staticmethod
    def resolve_kind(finding: Finding) -> str:
        return Finding.Kind(finding.kind).name.lower()


class ReviewWholeOut(Schema):
    review: PlanReviewOut
    questions: list[QuestionOut]
    findings: list[FindingOut]
    verified: int
    agreed: int
    overdue: int

    @staticmethod
    def resolve_findings(shown: object) -> object:
        return [one.finding for one in shown.findings]  # type: ignore[attr-defined]  # ninja hands its own wrapper


class DoneIn(Schema):
    taken: Text
    evidence: LongLine


class DoubtIn(Schema):
    because: LongLine


@router.get("/joint-plan/{code}/reviews", auth=Needs("joint.see"), response=list[PlanReviewOut])
def reviews(request: Request, code: Path[Slug]) -> object:
    """Return the reviews of a plan."""
    return reviews_of(plan_for(code))


@router.post("/joint-plan/{code}/reviews", auth=Needs("review.hold"), response={201: PlanReviewOut})
def begin(request: Request, code: Path[Slug], given: PlanReviewIn) -> Status[Review]:
    """Begin a review."""
    told = {**given.dict(), "title": Wording(given.title), "kind": Review.Kind[given.kind.upper()]}
    return Status(201, actions.begin_review(request.actor, plan_for(code), **told))


@router.get("/joint-plan/{code}/points", auth=Needs("joint.see"), response=list[ActionPointOut])
def points(request: Request, code: Path[Slug]) -> object:
    """Return the action points of a plan, the longest due first."""
    return points_of(plan_for(code))


@router.get("/reviews/{code}", auth=Needs("joint.see"), response=ReviewWholeOut)
def review(request: Request, code: Path[Code]) -> object:
    """Return a review with its answers and findings."""
    return review_shown(request.actor, review_for(code))


@router.post("/reviews/{code}/questions", auth=Needs("review.hold"), response={204: None})
def add_question(request: Request, code: Path[Code], given: QuestionIn) -> Status[None]:
    """Write the next question."""
    actions.add_question(request.actor, review_for(code), text=Wording(given.text))
    return Status(204, None)


@router.post("/reviews/{code}/ask", auth=Needs("review.hold"), response=PlanReviewOut)
def ask(request: Request, code: Path[Code]) -> Review:
    """Put the questions to the countries."""
    return actions.ask_countries(request.actor, review_for(code))


@router.put("/reviews/{code}/answers", auth=Needs("review.answer"), response={204: None})
def answer(request: Request, code: Path[Code], given: AnswersIn) -> Status[None]:
    """Keep answers as drafts."""
    actions.write_answers(request.actor, review_for(code), **given.dict())
    return Status(204, None)


@router.post("/reviews/{code}/answers/submit", auth=Needs("review.answer"), response={204: None})
def submit(request: Request, code: Path[Code], given: SubmitIn) -> Status[None]:
    """Submit a country's answers: they are locked."""
    actions.submit_answers(request.actor, review_for(code), country=given.country)
    return Status(204, None)


@router.post("/reviews/{code}/meeting", auth=Needs("review.hold"), response=PlanReviewOut)
def meet(request: Request, code: Path[Code], given: MeetingIn) -> Review:
    """Record that the answers were discussed."""
    return actions.hold_meeting(request.actor, review_for(code), **given.dict())


@router.post("/reviews/{code}/findings", auth=Needs("review.hold"), response={201: FindingOut})
def find(request: Request, code: Path[Code], given: FindingIn) -> Status[Finding]:
    """Record what the review found out."""
    found = review_for(code)
    told = {**given.dict(), "about": place_for(found.plan, given.about), "text": Wording(given.text)}
    told["kind"] = Finding.Kind[given.kind.upper()]
    return Status(201, actions.record_finding(request.actor, found, **told))


@router.post("/reviews/{code}/points", auth=Needs("review.hold"), response={201: ActionPointOut})
def agree(request: Request, code: Path[Code], given: PointIn) -> Status[ActionPoint]:
    """Say who does what until when."""
    told = {**given.dict(), "text": Wording(given.text), "body": body_for(given.body)}
    told["finding"] = finding_for(given.finding) if given.finding else None
    return Status(201, actions.agree_point(request.actor, review_for(code), **told))


@router.post("/reviews/{code}/close", auth=Needs("review.hold"), response=PlanReviewOut)
def close(request: Request, code: Path[Code]) -> Review:
    """Close a review whose action points are all verified."""
    return actions.close_review(request.actor, review_for(code))


@router.post("/points/{code}/done", auth=Needs("review.answer"), response=ActionPointOut)
def done(request: Request, code: Path[Code], given: DoneIn) -> ActionPoint:
    """Report what was done about an action point."""
    return actions.report_done(request.actor, point_for(code), **given.dict())


@router.post("/points/{code}/verify", auth=Needs("review.hold"), response=ActionPointOut)
def verify(request: Request, code: Path[Code]) -> ActionPoint:
    """Confirm that an action point is done."""
    return actions.verify_point(request.actor, point_for(code))


@router.post("/points/{code}/doubt", auth=Needs("review.hold"), response=ActionPointOut)
def doubt(request: Request, code: Path[Code], given: DoubtIn) -> ActionPoint:
    """Open an action point again, with a reason."""
    return actions.doubt_point(request.actor, point_for(code), because=given.because)
