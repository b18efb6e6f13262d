"""Proposals and positions over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status

from panoh.access.api import Code, Needs, Number
from panoh.access.entrances import Request
from panoh.access.refusals import NotThere
from panoh.access.wordings import Wording
from panoh.exchange import actions
from panoh.exchange.api.wordings import MaybeWorded, Short, State, Text, Worded, Words
from panoh.exchange.models import Position, Proposal, ProposalPart
from panoh.exchange.queries import (
    ProposalFilters,
    event_for,
    lesson_for,
    proposal_for,
    proposal_shown,
    proposals,
    stances,
)
from panoh.plan.actions import Wanted
from panoh.plan.queries import actions_of, body_for, plan_for

router = Router(tags=["Exchange: proposals"])

ProposalState = Literal["draft", "circulated", "consolidated", "adopted", "rejected", "withdrawn"]
Stance = Literal["supports", "with_changes", "reserves", "against", "silent"]
Outcome = Literal["kept", "changed", "dropped"]
Step = Literal["circulate", "withdraw"]
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,24}$")]
A_PAGE = 50

STEPS = {"circulate": actions.circulate_proposal, "withdraw": actions.withdraw_proposal}


class ProposalIn(Schema):
    title: Worded
    text: Worded
    proposer: Short = ""
    country: State = ""
    body: Slug | None = None
    event: Code | None = None
    lesson: Code | None = None
    quote: Text = ""


class ProposalEditIn(Schema):
    title: Worded
    text: Worded
    proposer: Short = ""


class MergeIn(Schema):
    proposals: Annotated[list[Code], Field(min_length=2, max_length=50)]
    title: Worded
    text: Worded


class PartIn(Schema):
    outcome: Outcome
    text: MaybeWorded = Field(default_factory=dict)
    because: Text = ""
    dissent: Text = ""


class PositionIn(Schema):
    """country or body: one of them."""

    stance: Stance
    taken_on: date
    country: State = ""
    body: Slug | None = None
    who: Short = ""
    statement: Text = ""
    source: Words = ""


class AdoptIn(Schema):
    """action: number of the action that is reworded or dropped; area, number, text: what is to stand there."""

    plan: Slug
    action: Annotated[str, Field(pattern=r"^[^\x00]{1,16}$")] | None = None
    area: Annotated[str, Field(pattern=r"^[^\x00]{1,12}$")] | None = None
    number: Annotated[str, Field(pattern=r"^[^\x00\s]{1,16}$")] | None = None
    text: MaybeWorded = Field(default_factory=dict)
    because: Text = ""


class ProposalOut(Schema):
    code: str
    title: dict[str, str]
    text: dict[str, str]
    proposer: str
    country: str
    body: str | None = Field(None, alias="body.code")
    event: str | None = Field(None, alias="event.code")
    state: ProposalState
    quote: str
    made_at: datetime

    @staticmethod
    def resolve_state(proposal: Proposal) -> str:
        return Proposal.State(proposal.state).name.lower()


class ProposalPartOut(Schema):
    number: int
    asked_by: str = Field(..., alias="asked_by.code")
    asked: dict[str, str]
    outcome: Outcome
    text: dict[str, str]
    because: str
    dissent: str

    @staticmethod
    def resolve_outcome(part: ProposalPart) -> str:
        return ProposalPart.Outcome(part.outcome).name.lower()


class PositionOut(Schema):
    country: str
    body: str | None = Field(None, alias="body.code")
    who: str
    stance: Stance
    statement: str
    taken_on: date
    source: str
    is_current: bool

    @staticmethod
    def resolve_stance(position: Position) -> str:
        return Position.Stance(position.stance).name.lower()


class ProposalChangeOut(Schema):
    plan: str = Field(..., alias="revision.plan.code")
    edition: int = Field(..., alias="revision.edition")
    adopted_on: date | None = Field(None, alias="revision.adopted_on")
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ProposalWholeOut(Schema):
    proposal: ProposalOut
    lesson: str | None = Field(None, alias="proposal.lesson.code")
    merged_into: str | None = Field(None, alias="proposal.merged_into.code")
    parts: list[ProposalPartOut]
    positions: list[PositionOut]
    former: list[PositionOut]
    changes: list[ProposalChangeOut]


class ProposalRowOut(Schema):
    proposal: str
    positions: dict[str, Stance]


class ProposalsAsked(Schema):
    text: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=200)] = ""
    state: ProposalState | None = None
    country: State = ""
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


@router.get("/exchange/proposals", auth=Needs("exchange.see"), response=list[ProposalOut])
def all_proposals(request: Request, asked: Query[ProposalsAsked]) -> object:
    """Return proposals, the newest first, 50 a page."""
    return _page(asked)


@router.get("/exchange/positions", auth=Needs("exchange.see"), response=list[ProposalRowOut])
def matrix(request: Request, asked: Query[ProposalsAsked]) -> object:
    """Return the latest position of each country on each proposal; a country that took none is left out."""
    found = list(_page(asked))
    rows: dict[int, dict[str, str]] = {one.pk: {} for one in found}
    for (proposal, country), stance in stances(list(rows)).items():
        rows[proposal][country] = Position.Stance(stance).name.lower()
    return [{"proposal": one.code, "positions": rows[one.pk]} for one in found]


@router.post("/exchange/proposals", auth=Needs("proposal.write"), response={201: ProposalOut})
def add_proposal(request: Request, given: ProposalIn) -> Status[Proposal]:
    """Write a proposal; it is a draft."""
    fields = _worded(given)
    fields["body"] = body_for(given.body) if given.body else None
    fields["event"] = event_for(given.event) if given.event else None
    fields["lesson"] = lesson_for(given.lesson) if given.lesson else None
    return Status(201, actions.add_proposal(request.actor, **fields))


@router.post("/exchange/proposals/merge", auth=Needs("proposal.consolidate"), response={201: ProposalOut})
def merge(request: Request, given: MergeIn) -> Status[Proposal]:
    """Merge proposals into one in which it can be read who asked for what."""
    fields = _worded(given)
    merged = [proposal_for(code) for code in fields.pop("proposals")]
    return Status(201, actions.consolidate_proposals(request.actor, merged, **fields))


@router.get("/exchange/proposals/{code}", auth=Needs("exchange.see"), response=ProposalWholeOut)
def one_proposal(request: Request, code: Path[Code]) -> object:
    """Return a proposal with its parts, the positions on it, and the changes of the plan it led to."""
    return proposal_shown(request.actor, proposal_for(code))


@router.put("/exchange/proposals/{code}", auth=Needs("proposal.write"), response=ProposalOut)
def edit_proposal(request: Request, code: Path[Code], given: ProposalEditIn) -> Proposal:
    """Reword a draft."""
    return actions.edit_proposal(request.actor, proposal_for(code), **_worded(given))


@router.put("/exchange/proposals/{code}/parts/{number}", auth=Needs("proposal.consolidate"), response=ProposalPartOut)
def word_part(request: Request, code: Path[Code], number: Path[Number], given: PartIn) -> ProposalPart:
    """Say what became of a part that a merged proposal asked for."""
    part = proposal_for(code).parts.select_related("proposal", "asked_by").filter(number=min(number, 32_767)).first()
    if part is None:
        raise NotThere
    fields = {**_worded(given), "outcome": ProposalPart.Outcome[given.outcome.upper()]}
    return actions.word_part(request.actor, part, **fields)


@router.post("/exchange/proposals/{code}/positions", auth=Needs("position.take"), response={201: PositionOut})
def take_position(request: Request, code: Path[Code], given: PositionIn) -> Status[Position]:
    """Record where a country or a body stands; what it said before stays to be read."""
    fields = {**given.dict(), "stance": Position.Stance[given.stance.upper()]}
    fields["body"] = body_for(given.body) if given.body else None
    return Status(201, actions.take_position(request.actor, proposal_for(code), **fields))


@router.post("/exchange/proposals/{code}/adopt", auth=Needs("proposal.adopt"), response=ProposalOut)
def adopt(request: Request, code: Path[Code], given: AdoptIn) -> Proposal:
    """Put what a proposal asks for into the plan's open revision, or into one that begins with it."""
    found, plan = proposal_for(code), plan_for(given.plan)
    old = None
    if given.action is not None:
        old = actions_of(plan).filter(code=given.action).first()
        if old is None:
            raise NotThere
    to = None
    if given.area and given.number and given.text:
        to = Wanted(given.area, given.number, Wording(given.text))
    return actions.adopt_proposal(request.actor, found, plan, of=old, to=to, because=given.because)


@router.post("/exchange/proposals/{code}/reject", auth=Needs("proposal.adopt"), response=ProposalOut)
def reject(request: Request, code: Path[Code]) -> Proposal:
    """Record that a proposal was not adopted."""
    return actions.reject_proposal(request.actor, proposal_for(code))


@router.post("/exchange/proposals/{code}/{step}", auth=Needs("proposal.write"), response=ProposalOut)
def take_step(request: Request, code: Path[Code], step: Path[Step]) -> Proposal:
    """Circulate a draft, or withdraw a proposal."""
    return STEPS[step](request.actor, proposal_for(code))


def _page(asked: ProposalsAsked) -> Any:
    state = Proposal.State[asked.state.upper()] if asked.state else None
    found = proposals(ProposalFilters(state, asked.country, asked.text))
    return found[(asked.page - 1) * A_PAGE : asked.page * A_PAGE]


def _worded(given: Schema) -> dict[str, Any]:
    fields = given.dict()
    return {name: Wording(value) if isinstance(value, dict) else value for name, value in fields.items()}
