"""Lessons over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access.api import Code, Needs
from panoh.access.entrances import Request
from panoh.access.wordings import Wording
from panoh.exchange import actions
from panoh.exchange.api.wordings import Language, MaybeWorded, Short, State, Text, Worded
from panoh.exchange.models import MOST_TAGS, TEXTS, Lesson, LessonReview
from panoh.exchange.queries import (
    Filters,
    compared,
    event_for,
    find_lessons,
    lesson_for,
    lesson_shown,
    lessons,
    versions,
)
from panoh.plan.queries import body_for

router = Router(tags=["Exchange: lessons"])

Kind = Literal["success", "problem", "condition", "caution", "failure"]
Strength = Literal["claimed", "described", "evaluated"]
Secrecy = Literal["public", "region", "national"]
LessonState = Literal["draft", "in_review", "published", "withdrawn"]
Verdict = Literal["recommends", "changes"]
Step = Literal["submit", "consent", "take-back", "withdraw"]
Tag = Annotated[str, StringConstraints(pattern=r"^[^\x00\s,;]([^\x00,;]*[^\x00\s,;])?$", max_length=40)]
Version = Annotated[int, Field(ge=1, le=9_999_999)]
A_PAGE = 50

STEPS = {
    "submit": actions.submit_lesson, "consent": actions.consent_to_lesson, "take-back": actions.take_back_lesson,
    "withdraw": actions.withdraw_lesson,
}  # fmt: skip


class LessonIn(Schema):
    """Texts by language, the one it was written in first; secrecy national: for the country only, which it names."""

    kind: Kind
    title: Worded
    context: MaybeWorded = Field(default_factory=dict)
    tried: MaybeWorded = Field(default_factory=dict)
    outcome: MaybeWorded = Field(default_factory=dict)
    for_whom: MaybeWorded = Field(default_factory=dict)
    evidence: MaybeWorded = Field(default_factory=dict)
    strength: Strength
    conditions: MaybeWorded = Field(default_factory=dict)
    cost: MaybeWorded = Field(default_factory=dict)
    contact: Short = ""
    tags: Annotated[list[Tag], Field(max_length=MOST_TAGS)] = Field(default_factory=list)
    country: State = ""
    body: Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,24}$")] | None = None
    event: Code | None = None
    secrecy: Secrecy = "region"


class LessonEditIn(LessonIn):
    """version: the one that was read before it was changed."""

    version: Version


class TranslationIn(Schema):
    version: Version
    texts: Annotated[dict[str, Text], Field(max_length=8)]


class LessonReviewIn(Schema):
    verdict: Verdict
    text: Text = ""


class LessonOut(Schema):
    code: str
    kind: Kind
    title: dict[str, str]
    context: dict[str, str]
    tried: dict[str, str]
    outcome: dict[str, str]
    for_whom: dict[str, str]
    evidence: dict[str, str]
    strength: Strength
    conditions: dict[str, str]
    cost: dict[str, str]
    contact: str
    tags: list[str]
    country: str
    secrecy: Secrecy
    state: LessonState
    consent_by: str
    consent_on: date | None
    came_from: str
    version: int
    changed_at: datetime

    @staticmethod
    def resolve_kind(lesson: Lesson) -> str:
        return Lesson.Kind(lesson.kind).name.lower()

    @staticmethod
    def resolve_strength(lesson: Lesson) -> str:
        return Lesson.Strength(lesson.strength).name.lower()

    @staticmethod
    def resolve_secrecy(lesson: Lesson) -> str:
        return Lesson.Secrecy(lesson.secrecy).name.lower()

    @staticmethod
    def resolve_state(lesson: Lesson) -> str:
        return Lesson.State(lesson.state).name.lower()


class LessonReviewOut(Schema):
    version: int
    reviewer: str = Field(..., alias="reviewer.username")
    verdict: Verdict
    text: str
    at: datetime

    @staticmethod
    def resolve_verdict(review: LessonReview) -> str:
        return LessonReview.Verdict(review.verdict).name.lower()


class NamedOut(Schema):
    code: str
    title: dict[str, str]


class LessonWholeOut(Schema):
    lesson: LessonOut
    reviews: list[LessonReviewOut]
    proposals: list[NamedOut]
    related: list[NamedOut]


class LessonVersionOut(Schema):
    number: int
    told: dict[str, Any]
    by: str | None = Field(None, alias="by.username")
    at: datetime


class LessonDifferenceOut(Schema):
    """pieces: same, old or new, and the words."""

    label: str
    language: str
    pieces: list[tuple[str, str]]


class LessonComparedOut(Schema):
    old: int = Field(..., alias="old.number")
    new: int = Field(..., alias="new.number")
    differences: list[LessonDifferenceOut]


class LessonsAsked(Schema):
    """q: words in any language or script."""

    q: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)] = ""
    kind: Kind | None = None
    country: State = ""
    tag: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=40)] = ""
    state: LessonState | None = None
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


class VersionsAsked(Schema):
    """Left out: the last version and the one before it."""

    old: Version | None = None
    new: Version | None = None


@router.get("/exchange/lessons", auth=Needs("exchange.see"), response=list[LessonOut])
def all_lessons(request: Request, asked: Query[LessonsAsked]) -> object:
    """Return the lessons that fit, the best or the newest first, 50 a page."""
    kind = Lesson.Kind[asked.kind.upper()] if asked.kind else None
    state = Lesson.State[asked.state.upper()] if asked.state else None
    filters = Filters(kind, asked.country, asked.tag, state)
    found = find_lessons(asked.q, filters) if asked.q.strip() else lessons(filters)
    return found[(asked.page - 1) * A_PAGE : asked.page * A_PAGE]


@router.post("/exchange/lessons", auth=Needs("lesson.write"), response={201: LessonOut})
def write_lesson(request: Request, given: LessonIn) -> Status[Lesson]:
    """Write a lesson; it is a draft."""
    return Status(201, actions.write_lesson(request.actor, **_fields(given)))


@router.get("/exchange/lessons/{code}", auth=Needs("exchange.see"), response=LessonWholeOut)
def one_lesson(request: Request, code: Path[Code]) -> object:
    """Return a lesson, its reviews, and where it led."""
    return lesson_shown(request.actor, lesson_for(code))


@router.put("/exchange/lessons/{code}", auth=Needs("lesson.write"), response=LessonOut)
def edit_lesson(request: Request, code: Path[Code], given: LessonEditIn) -> Lesson:
    """Change a lesson that is not published."""
    return actions.edit_lesson(request.actor, lesson_for(code), seen_version=given.version, **_fields(given))


@router.put("/exchange/lessons/{code}/translations/{language}", auth=Needs("lesson.write"), response=LessonOut)
def translate_lesson(request: Request, code: Path[Code], language: Path[Language], given: TranslationIn) -> Lesson:
    """Put a translation beside the lesson; texts: by field, those left out are taken away."""
    texts = {name: text for name, text in given.texts.items() if name in TEXTS}
    return actions.translate_lesson(
        request.actor, lesson_for(code), language=language, texts=texts, seen_version=given.version
    )


@router.get("/exchange/lessons/{code}/versions", auth=Needs("exchange.see"), response=list[LessonVersionOut])
def all_versions(request: Request, code: Path[Code]) -> object:
    """Return every version of a lesson, whole, the newest first."""
    return versions(lesson_for(code))


@router.get("/exchange/lessons/{code}/comparison", auth=Needs("exchange.see"), response=LessonComparedOut)
def compare(request: Request, code: Path[Code], asked: Query[VersionsAsked]) -> object:
    """Return how two versions differ, word by word."""
    lesson = lesson_for(code)
    return compared(lesson, asked.old or max(lesson.version - 1, 1), asked.new or lesson.version)


@router.post("/exchange/lessons/{code}/reviews", auth=Needs("lesson.review"), response={201: LessonReviewOut})
def review_lesson(request: Request, code: Path[Code], given: LessonReviewIn) -> Status[LessonReview]:
    """Say as a peer what is to be thought of a lesson as it stands."""
    verdict = LessonReview.Verdict[given.verdict.upper()]
    return Status(201, actions.review_lesson(request.actor, lesson_for(code), verdict=verdict, text=given.text))


@router.post("/exchange/lessons/{code}/publish", auth=Needs("lesson.publish"), response=LessonOut)
def publish_lesson(request: Request, code: Path[Code]) -> Lesson:
    """Publish a lesson that a peer recommends and its country agrees to share."""
    return actions.publish_lesson(request.actor, lesson_for(code))


@router.post("/exchange/lessons/{code}/{step}", auth=Needs("lesson.write"), response=LessonOut)
def take_step(request: Request, code: Path[Code], step: Path[Step]) -> Lesson:
    """Give a lesson to review, agree to share it for one's country, take it back to a draft, or withdraw it."""
    return STEPS[step](request.actor, lesson_for(code))


def _fields(given: LessonIn) -> dict[str, Any]:
    fields = given.dict(exclude={"version"})
    for name in TEXTS:
        fields[name] = Wording(fields[name])
    fields["kind"] = Lesson.Kind[given.kind.upper()]
    fields["strength"] = Lesson.Strength[given.strength.upper()]
    fields["secrecy"] = Lesson.Secrecy[given.secrecy.upper()]
    fields["body"] = body_for(given.body) if given.body else None
    fields["event"] = event_for(given.event) if given.event else None
    return fields
