"""Steps that another agrees to, and families that are handed over, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Path, Router, Schema, Status

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.api.cases import CodeOut
from panoh.casework.models import Approval, Determination, Transfer
from panoh.casework.queries.deciding import (
    approval_for,
    approval_shown,
    decisions,
    transfer_for,
    transfer_shown,
)

router = Router(tags=["Decisions"])


class AskToCloseIn(Schema):
    reason: Word
    circumstance: Word
    note: Text


class AskToReopenIn(Schema):
    to: Word
    why: Text


class WhyIn(Schema):
    why: Text


class TransferIn(Schema):
    """To another agency without consent to tell the whole file: legal_basis and because."""

    to_agency: Code
    reason: Word
    notes: Text
    to_worker: Word | None = None
    meeting_on: date | None = None
    legal_basis: Word | None = None
    because: Text = ""


class ApprovalOut(Schema):
    code: str
    case: str
    step: str
    state: str
    reason: str
    circumstance: str
    to_stage: str
    words: str
    answer: str


class TransferOut(Schema):
    code: str
    family: str
    state: str
    from_agency: str
    to_agency: str
    to_worker: str | None
    people: int
    last_seen_on: date | None
    meeting_on: date | None
    notes: str
    open: list[str]
    answer: str


class WaitingOut(Schema):
    approvals: list[str]
    transfers: list[str]
    best_interests: list[str]


def _state(one: Approval | Transfer | Determination) -> str:
    return type(one).State(one.state).name.lower()


@router.get("/decisions", auth=Needs("today.see"), response=WaitingOut)
def waiting(request: Request) -> dict[str, list[str]]:
    """Give the codes of what waits for the asker's word."""
    found = decisions(request.actor)
    return {
        "approvals": [one.code for one in found.approvals],
        "transfers": [one.code for one in found.transfers],
        "best_interests": [one.code for one in found.interests],
    }


@router.post("/cases/{code}/close-asked", auth=Needs("approval.ask"), response={201: CodeOut})
def ask_to_close(request: Request, code: Path[Code], given: AskToCloseIn) -> Status[Approval]:
    """Ask another to close a case."""
    return Status(201, actions.ask_to_close(request.actor, queries.case_for(request.actor, code), **given.dict()))


@router.post("/cases/{code}/reopen-asked", auth=Needs("approval.ask"), response={201: CodeOut})
def ask_to_reopen(request: Request, code: Path[Code], given: AskToReopenIn) -> Status[Approval]:
    """Ask another to open a closed case again."""
    return Status(201, actions.ask_to_reopen(request.actor, queries.case_for(request.actor, code), **given.dict()))


@router.get("/approvals/{code}", auth=Needs("approval.ask"), response=ApprovalOut)
def approval(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give a step that was asked for."""
    found = approval_for(request.actor, code)
    shown = approval_shown(request.actor, found)
    told = {name: getattr(found, name) for name in ("code", "step", "reason", "circumstance", "to_stage")}
    return {
        **told, "case": found.case.code, "state": _state(found), "words": shown.words, "answer": shown.answer,
    }  # fmt: skip


@router.post("/approvals/{code}/agree", auth=Needs("approval.decide"), response={204: None})
def agree(request: Request, code: Path[Code]) -> Status[None]:
    """Agree to a step, which takes it."""
    actions.agree_to_step(request.actor, approval_for(request.actor, code))
    return Status(204, None)


@router.post("/approvals/{code}/decline", auth=Needs("approval.decide"), response={204: None})
def decline(request: Request, code: Path[Code], given: WhyIn) -> Status[None]:
    """Decline a step, with the reason."""
    actions.decline_step(request.actor, approval_for(request.actor, code), why=given.why)
    return Status(204, None)


@router.post("/approvals/{code}/take-back", auth=Needs("approval.ask"), response={204: None})
def take_back(request: Request, code: Path[Code]) -> Status[None]:
    """Take back what one asked for."""
    actions.take_back_step(request.actor, approval_for(request.actor, code))
    return Status(204, None)


@router.post("/families/{code}/transfers", auth=Needs("transfer.ask"), response={201: CodeOut})
def offer(request: Request, code: Path[Code], given: TransferIn) -> Status[Transfer]:
    """Offer a family to another worker or agency."""
    found = queries.family_for(request.actor, code)
    read: dict[str, Any] = given.dict()
    read["to_agency"] = access.agency(given.to_agency)
    read["basis"] = actions.Basis(legal_basis=read.pop("legal_basis") or "", reason=read.pop("because"))
    read["to_worker"] = access.colleague(given.to_worker) if given.to_worker else None
    return Status(201, actions.ask_transfer(request.actor, found, **read))


@router.get("/transfers/{code}", auth=Needs("transfer.answer"), response=TransferOut)
def transfer(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give a hand-over, to both sides."""
    found = transfer_for(request.actor, code)
    shown = transfer_shown(request.actor, found)
    told = {name: getattr(found, name) for name in ("code", "people", "last_seen_on", "meeting_on")}
    return {
        **told, "family": shown.family, "state": _state(found), "from_agency": found.from_agency.code,
        "to_agency": found.to_agency.code, "to_worker": found.to_worker.username if found.to_worker else None,
        "notes": shown.notes, "open": [what for what, _day in shown.open], "answer": shown.answer,
    }  # fmt: skip


@router.post("/transfers/{code}/agree", auth=Needs("transfer.approve"), response={204: None})
def agree_to_transfer(request: Request, code: Path[Code]) -> Status[None]:
    """Agree that a family is offered to another agency."""
    actions.agree_to_transfer(request.actor, transfer_for(request.actor, code))
    return Status(204, None)


@router.post("/transfers/{code}/refuse", auth=Needs("transfer.approve"), response={204: None})
def refuse_transfer(request: Request, code: Path[Code], given: WhyIn) -> Status[None]:
    """Do not agree to a hand-over, with the reason."""
    actions.refuse_transfer(request.actor, transfer_for(request.actor, code), why=given.why)
    return Status(204, None)


@router.post("/transfers/{code}/take-over", auth=Needs("transfer.answer"), response={204: None})
def take_over(request: Request, code: Path[Code]) -> Status[None]:
    """Take a family over."""
    actions.take_over(request.actor, transfer_for(request.actor, code))
    return Status(204, None)


@router.post("/transfers/{code}/decline", auth=Needs("transfer.answer"), response={204: None})
def decline_transfer(request: Request, code: Path[Code], given: WhyIn) -> Status[None]:
    """Decline a family that is offered, with the reason."""
    actions.decline_transfer(request.actor, transfer_for(request.actor, code), why=given.why)
    return Status(204, None)


@router.post("/transfers/{code}/take-back", auth=Needs("transfer.ask"), response={204: None})
def take_back_transfer(request: Request, code: Path[Code]) -> Status[None]:
    """Take back the offer of a family."""
    actions.take_back_transfer(request.actor, transfer_for(request.actor, code))
    return Status(204, None)
