"""Decisions in the best interests of a child, and case conferences, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Number, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.actions.conferences import Invited
from panoh.casework.api.cases import CodeOut
from panoh.casework.models import Conference, Determination, PanelMember
from panoh.casework.queries.interests import (
    conference_for,
    conference_shown,
    determination_for,
    determination_shown,
    option_for,
    participant_for,
    point_for,
)

router = Router(tags=["Best interests and conferences"])


class WrittenIn(Schema):
    history: Text | None = None
    situation: Text | None = None
    family_views: Text | None = None
    experts: Text | None = None
    recommendation: Text | None = None


class DeterminationIn(WrittenIn):
    kind: Literal["assessment", "determination"]
    sought: Word


class OptionIn(Schema):
    kind: Word
    speaks_for: Text
    speaks_against: Text


class OptionNumberOut(Schema):
    number: int


class SeatIn(Schema):
    staff: Word


class InterestSendIn(Schema):
    recommended: Number


class PanelAnswerIn(Schema):
    is_close: bool
    words: Text
    opinion: Literal["agrees", "other", "defer"] | None = None


class DecisionIn(Schema):
    decision: Literal["agreed", "other", "deferred"]
    reasons: Text
    chosen: Number | None = None
    look_again_on: date | None = None


class AppealIn(Schema):
    words: Text


class AppealAnswerIn(Schema):
    answer: Literal["stands", "anew"]
    reasons: Text


class BecauseIn(Schema):
    because: Word


class OptionOut(Schema):
    number: int
    kind: str
    speaks_for: str
    speaks_against: str
    is_recommended: bool
    is_chosen: bool


class DeterminationOut(Schema):
    code: str
    case: str
    kind: str
    sought: str
    state: str
    view: str
    written: dict[str, str]
    options: list[OptionOut]
    panel: list[str]
    decided_on: date | None
    look_again_on: date | None
    reasons: list[str]
    appeal: str
    appeal_answer: str | None


class InvitedIn(Schema):
    role: Word
    staff: Word | None = None
    agency: Code | None = None


class ConferenceIn(Schema):
    on: date
    why: Text
    domains: Annotated[list[Word], Field(max_length=60)]
    invited: Annotated[list[InvitedIn], Field(max_length=30)]


class InterestPointIn(Schema):
    talk: Text
    decision: Text = ""
    owner: Word | None = None
    due: date | None = None


class DissentIn(Schema):
    words: Text


class PointOut(Schema):
    number: int
    domain: str
    talk: str
    decision: str
    task: str | None


class ParticipantOut(Schema):
    number: int
    role: str
    staff: str | None
    dissent: str


class ConferenceOut(Schema):
    code: str
    on: date
    state: str
    why: str
    points: list[PointOut]
    participants: list[ParticipantOut]


@router.post("/cases/{code}/best-interests", auth=Needs("interest.prepare"), response={201: CodeOut})
def begin(request: Request, code: Path[Code], given: DeterminationIn) -> Status[Determination]:
    """Begin to prepare a best-interests assessment, or a determination that a panel decides."""
    words = {name: value for name, value in given.dict(exclude={"kind", "sought"}).items() if value is not None}
    found, kind = queries.case_for(request.actor, code), Determination.Kind[given.kind.upper()]
    return Status(201, actions.begin_determination(request.actor, found, kind=kind, sought=given.sought, words=words))


@router.get("/best-interests/{code}", auth=Needs("family.see"), response=DeterminationOut)
def determination(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give a best-interests procedure."""
    found = determination_for(request.actor, code)
    shown = determination_shown(request.actor, found)
    answer = found.appeal_answer
    return {
        "code": found.code, "case": found.case.code, "kind": Determination.Kind(found.kind).name.lower(),
        "sought": found.sought, "state": Determination.State(found.state).name.lower(), "view": shown.view,
        "written": dict(shown.parts), "panel": [member.staff.username for member, _o, _w in shown.panel],
        "options": [
            {
                "number": one.option.pk, "kind": one.option.kind, "speaks_for": one.speaks_for,
                "speaks_against": one.speaks_against, "is_recommended": one.is_recommended, "is_chosen": one.is_chosen,
            }
            for one in shown.options
        ],
        "decided_on": found.decided_on, "look_again_on": found.look_again_on,
        "reasons": [past.reasons for past in shown.past], "appeal": shown.appeal,
        "appeal_answer": Determination.AppealAnswer(answer).name.lower() if answer else None,
    }  # fmt: skip


@router.post("/best-interests/{code}/words", auth=Needs("interest.prepare"), response={204: None})
def write(request: Request, code: Path[Code], given: WrittenIn) -> Status[None]:
    """Write on; what is left out stays."""
    words = {name: value for name, value in given.dict().items() if value is not None}
    actions.write_determination(request.actor, determination_for(request.actor, code), words=words)
    return Status(204, None)


@router.post("/best-interests/{code}/options", auth=Needs("interest.prepare"), response={201: OptionNumberOut})
def option(request: Request, code: Path[Code], given: OptionIn) -> Status[dict[str, int]]:
    """Weigh one option."""
    made = actions.add_option(request.actor, determination_for(request.actor, code), **given.dict())
    return Status(201, {"number": made.pk})


@router.post("/best-interests/{code}/panel", auth=Needs("interest.prepare"), response={201: None})
def seat(request: Request, code: Path[Code], given: SeatIn) -> Status[None]:
    """Ask a colleague to sit on the panel."""
    found = determination_for(request.actor, code)
    actions.seat_on_panel(request.actor, found, staff=access.colleague(given.staff))
    return Status(201, None)


@router.post("/best-interests/{code}/sending", auth=Needs("interest.prepare"), response={204: None})
def send(request: Request, code: Path[Code], given: InterestSendIn) -> Status[None]:
    """Have it decided."""
    found = determination_for(request.actor, code)
    actions.send_to_panel(request.actor, found, recommended=option_for(found, given.recommended))
    return Status(204, None)


@router.post("/best-interests/{code}/answers", auth=Needs("interest.sit"), response={201: None})
def answer(request: Request, code: Path[Code], given: PanelAnswerIn) -> Status[None]:
    """Answer as a member of the panel."""
    opinion = PanelMember.Opinion[given.opinion.upper()] if given.opinion else None
    found = determination_for(request.actor, code)
    actions.answer_panel(request.actor, found, is_close=given.is_close, opinion=opinion, words=given.words)
    return Status(201, None)


@router.post("/best-interests/{code}/decision", auth=Needs("interest.decide"), response={204: None})
def decide(request: Request, code: Path[Code], given: DecisionIn) -> Status[None]:
    """Record the decision."""
    found = determination_for(request.actor, code)
    actions.decide_determination(
        request.actor, found, decision=Determination.Decision[given.decision.upper()], reasons=given.reasons,
        chosen=option_for(found, given.chosen) if given.chosen else None, look_again_on=given.look_again_on,
    )  # fmt: skip
    return Status(204, None)


@router.post("/best-interests/{code}/appeal", auth=Needs("interest.prepare"), response={204: None})
def appeal(request: Request, code: Path[Code], given: AppealIn) -> Status[None]:
    """Note that somebody asks to look at it again."""
    actions.appeal_determination(request.actor, determination_for(request.actor, code), words=given.words)
    return Status(204, None)


@router.post("/best-interests/{code}/appeal/answer", auth=Needs("interest.decide"), response={204: None})
def answer_determination_appeal(request: Request, code: Path[Code], given: AppealAnswerIn) -> Status[None]:
    """Answer who asked to look at it again."""
    said = Determination.AppealAnswer[given.answer.upper()]
    found = determination_for(request.actor, code)
    actions.answer_determination_appeal(request.actor, found, answer=said, reasons=given.reasons)
    return Status(204, None)


@router.post("/best-interests/{code}/withdrawal", auth=Needs("interest.prepare"), response={204: None})
def withdraw(request: Request, code: Path[Code], given: BecauseIn) -> Status[None]:
    """End it without a decision."""
    actions.withdraw_determination(request.actor, determination_for(request.actor, code), because=given.because)
    return Status(204, None)


# --- conferences -------------------------------------------------------------------------------------------------


@router.post("/families/{code}/conferences", auth=Needs("conference.hold"), response={201: CodeOut})
def call(request: Request, code: Path[Code], given: ConferenceIn) -> Status[Conference]:
    """Call a case conference."""
    found = queries.family_for(request.actor, code)
    invited = [
        Invited(
            one.role,
            access.colleague(one.staff) if one.staff else None,
            access.agency(one.agency) if one.agency else None,
        )
        for one in given.invited
    ]
    made = actions.call_conference(
        request.actor, found, on=given.on, why=given.why, domains=given.domains, invited=invited
    )
    return Status(201, made)


@router.get("/conferences/{code}", auth=Needs("family.see"), response=ConferenceOut)
def conference(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give a case conference."""
    found = conference_for(request.actor, code)
    shown = conference_shown(request.actor, found)
    return {
        "code": found.code, "on": found.on, "state": Conference.State(found.state).name.lower(), "why": shown.why,
        "points": [
            {
                "number": one.point.pk, "domain": one.point.domain, "talk": one.talk, "decision": one.decision,
                "task": one.point.task.code if one.point.task else None,
            }
            for one in shown.points
        ],
        "participants": [
            {
                "number": one.pk, "role": one.role, "staff": one.staff.username if one.staff else None,
                "dissent": dissent,
            }
            for one, _role, dissent in shown.participants
        ],
    }  # fmt: skip


@router.post("/conferences/{code}/points/{number}", auth=Needs("conference.hold"), response={204: None})
def point(request: Request, code: Path[Code], number: Path[Number], given: InterestPointIn) -> Status[None]:
    """Write down one point of the agenda."""
    found = conference_for(request.actor, code)
    read: dict[str, Any] = given.dict()
    read["owner"] = access.staff_for(request.actor, given.owner) if given.owner else None
    actions.record_point(request.actor, found, point=point_for(found, number), **read)
    return Status(204, None)


@router.post("/conferences/{code}/dissent/{number}", auth=Needs("conference.hold"), response={204: None})
def dissent(request: Request, code: Path[Code], number: Path[Number], given: DissentIn) -> Status[None]:
    """Write down that somebody saw it otherwise."""
    found = conference_for(request.actor, code)
    actions.record_dissent(request.actor, found, participant=participant_for(found, number), words=given.words)
    return Status(204, None)


@router.post("/conferences/{code}/end", auth=Needs("conference.hold"), response={204: None})
def end(request: Request, code: Path[Code]) -> Status[None]:
    """End a conference that was held."""
    actions.end_conference(request.actor, conference_for(request.actor, code))
    return Status(204, None)


@router.post("/conferences/{code}/cancel", auth=Needs("conference.hold"), response={204: None})
def cancel(request: Request, code: Path[Code], given: BecauseIn) -> Status[None]:
    """Cancel a conference that was called."""
    actions.cancel_conference(request.actor, conference_for(request.actor, code), because=given.because)
    return Status(204, None)
