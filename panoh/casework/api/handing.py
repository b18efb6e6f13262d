"""Hand-overs abroad, and questions whether somebody is known, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, File, Path, Router, Schema, Status, UploadedFile

from panoh.access.api import Code, Line, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.access.fields import FieldClass
from panoh.casework import actions, queries
from panoh.casework.api.sharing import Kind
from panoh.casework.models import HandOverAbroad, TracingQuestion
from panoh.casework.queries.handing import hand_over_for, hand_overs, question_for, question_shown, questions

router = Router(tags=["Hand-overs abroad"])


class HandOverAbroadIn(Schema):
    """partner: code of a confirmed partner."""

    partner: Code
    classes: Annotated[list[Kind], Field(max_length=len(FieldClass))]
    purpose: Word
    basis: Literal["consent", "law"]
    because: Text


class HandOverAbroadOut(Schema):
    code: str
    direction: str
    family: str = Field(..., alias="family.code")
    partner: str
    country: str
    purpose: str
    basis: str
    classes: list[str]
    state: str
    received_on: date | None

    @staticmethod
    def resolve_direction(one: HandOverAbroad) -> str:
        return HandOverAbroad.Direction(one.direction).name.lower()

    @staticmethod
    def resolve_basis(one: HandOverAbroad) -> str:
        return HandOverAbroad.Basis(one.basis).name.lower()

    @staticmethod
    def resolve_classes(one: HandOverAbroad) -> list[str]:
        return [FieldClass(kind).name.lower() for kind in one.classes]

    @staticmethod
    def resolve_state(one: HandOverAbroad) -> str:
        return HandOverAbroad.State(one.state).name.lower()


class HandingQuestionIn(Schema):
    partner: Code
    name: Line
    birth_year: Annotated[int, Field(ge=1900, le=2200)] | None = None


class HandingQuestionOut(Schema):
    code: str
    partner: str
    country: str
    recorded_on: date
    is_known: bool | None
    answered_on: date | None


class MatchOut(Schema):
    code: str
    strength: str


class QuestionShownOut(Schema):
    question: HandingQuestionOut
    name: str
    birth_year: str
    found: list[MatchOut]


class QuestionAsked(Schema):
    search: bool = False


class QuestionAnswerIn(Schema):
    is_known: bool


def _file(file: actions.Fetched) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type="application/octet-stream", headers=headers)


@router.get("/hand-overs", auth=Needs("handover.see"), response=list[HandOverAbroadOut])
def listed(request: Request) -> list[HandOverAbroad]:
    """Give the hand-overs of families within reach."""
    return hand_overs(request.actor)


@router.post("/families/{code}/hand-over", auth=Needs("handover.propose"), response={201: HandOverAbroadOut})
def propose(request: Request, code: Path[Code], given: HandOverAbroadIn) -> Status[HandOverAbroad]:
    """Propose that a family's file goes abroad."""
    told: dict[str, Any] = given.dict()
    told |= {"classes": [FieldClass[name.upper()] for name in given.classes]}
    told["basis"] = HandOverAbroad.Basis[given.basis.upper()]
    return Status(201, actions.propose_hand_over(request.actor, queries.family_for(request.actor, code), **told))


@router.post("/hand-overs", auth=Needs("handover.receive"), response={201: HandOverAbroadOut})
def receive(request: Request, file: File[UploadedFile]) -> Status[HandOverAbroad]:
    """Take in a file that came from abroad, as a draft."""
    return Status(201, actions.receive_hand_over(request.actor, content=file.read()))


@router.get("/hand-overs/{code}", auth=Needs("handover.see"), response=HandOverAbroadOut)
def one(request: Request, code: Path[Code]) -> HandOverAbroad:
    """Give one hand-over."""
    return hand_over_for(request.actor, code)


@router.post("/hand-overs/{code}/agreement", auth=Needs("handover.agree"), response=HandOverAbroadOut)
def agree(request: Request, code: Path[Code]) -> HandOverAbroad:
    """Agree that the file goes abroad."""
    return actions.agree_hand_over(request.actor, hand_over_for(request.actor, code))


@router.post("/hand-overs/{code}/refusal", auth=Needs("handover.agree"), response=HandOverAbroadOut)
def decline(request: Request, code: Path[Code]) -> HandOverAbroad:
    """Let nothing leave."""
    return actions.decline_hand_over(request.actor, hand_over_for(request.actor, code))


@router.post("/hand-overs/{code}/give-up", auth=Needs("handover.propose"), response=HandOverAbroadOut)
def give_up(request: Request, code: Path[Code]) -> HandOverAbroad:
    """Give a hand-over up."""
    return actions.give_up_hand_over(request.actor, hand_over_for(request.actor, code))


@router.post("/hand-overs/{code}/file", auth=Needs("handover.propose"), response={200: bytes})
def send(request: Request, code: Path[Code]) -> HttpResponse:
    """Give the signed and locked file."""
    return _file(actions.send_hand_over(request.actor, hand_over_for(request.actor, code)))


@router.post("/hand-overs/{code}/receipt", auth=Needs("handover.propose"), response=HandOverAbroadOut)
def receipt(request: Request, code: Path[Code], file: File[UploadedFile]) -> HandOverAbroad:
    """Take the partner's receipt back."""
    return actions.take_receipt(request.actor, hand_over_for(request.actor, code), content=file.read())


@router.post("/hand-overs/{code}/stub", auth=Needs("case.close"), response=HandOverAbroadOut)
def stub(request: Request, code: Path[Code]) -> HandOverAbroad:
    """Close the cases as moved abroad."""
    return actions.leave_stub(request.actor, hand_over_for(request.actor, code))


@router.post("/hand-overs/{code}/our-receipt", auth=Needs("handover.receive"), response={200: bytes})
def our_receipt(request: Request, code: Path[Code]) -> HttpResponse:
    """Give our signed receipt, for the partner."""
    return _file(actions.fetch_receipt(request.actor, hand_over_for(request.actor, code)))


@router.get("/questions", auth=Needs("question.answer"), response=list[HandingQuestionOut])
def asked(request: Request) -> list[TracingQuestion]:
    """Give what other countries asked."""
    return questions(request.actor)


@router.post("/questions", auth=Needs("question.answer"), response={201: HandingQuestionOut})
def record(request: Request, given: HandingQuestionIn) -> Status[TracingQuestion]:
    """Record a question of a partner."""
    return Status(201, actions.record_question(request.actor, **given.dict()))


@router.get("/questions/{code}", auth=Needs("question.answer"), response=QuestionShownOut)
def question(request: Request, code: Path[Code], search: bool = False) -> dict[str, Any]:
    """Give a question while it waits and, once asked for, who may be meant."""
    shown = question_shown(request.actor, question_for(request.actor, code), search=search)
    found = shown.found.matches if shown.found else []
    words = {"name": shown.words.get("name", ""), "birth_year": shown.words.get("birth_year", "")}
    return {"question": shown.question, **words, "found": found}


@router.post("/questions/{code}/answer", auth=Needs("question.answer"), response=HandingQuestionOut)
def answer(request: Request, code: Path[Code], given: QuestionAnswerIn) -> TracingQuestion:
    """Answer yes or no, and nothing else."""
    found = question_for(request.actor, code)
    return actions.answer_question(request.actor, found, is_known=given.is_known)
