"""The review queue and joined files over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status

from panoh.access.api import Code, Needs
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.actions import SuggestedPair
from panoh.casework.models import Merge, Suggestion
from panoh.casework.queries.comparing import Fact, Side
from panoh.casework.queries.joining import PairLine, counts_of_pairs, pair_for, pair_shown, pairs_page
from panoh.casework.queries.merging import two_of, what_happened, what_joining_does

router = Router(tags=["Duplicates"])

Tab = Literal["open", "unsure", "join", "same", "different"]
Decided = Literal["same", "different", "unsure"]
Stands = Literal["open", "same", "different", "unsure"]


class PairLineOut(Schema):
    code: str = Field(..., alias="suggestion.code")
    one: str = Field(..., alias="codes.0")
    other: str = Field(..., alias="codes.1")
    origin: str = Field(..., alias="suggestion.origin")
    run: str = Field(..., alias="suggestion.run")
    weight: float = Field(..., alias="suggestion.weight")
    evidence: dict[str, str] = Field(..., alias="suggestion.evidence")
    state: Stands

    @staticmethod
    def resolve_state(line: PairLine) -> str:
        return Suggestion.State(line.suggestion.state).name.lower()


class QueueOut(Schema):
    page: int
    has_next: bool
    counts: dict[Tab, int]
    pairs: list[PairLineOut]


class QueueAsked(Schema):
    show: Tab = "open"
    page: int = Field(1, ge=1, le=100_000)


class PairNameOut(Schema):
    text: str
    kind: str
    script: str
    source: str


class SideOut(Schema):
    code: str
    is_request: bool
    goes_on_as: str = Field(..., alias="leads_to")
    names: list[PairNameOut] = Field(..., alias="facts.names")
    sex: str
    nationality: str
    family: str
    case: str
    applicant: str


class ComparedOut(Schema):
    field: str = Field(..., alias="code")
    label: str
    one: list[str]
    other: list[str]
    finding: str = Field(..., alias="says")

    @staticmethod
    def resolve_one(row: Any) -> list[str]:
        return [_text(fact) for fact in row.one]

    @staticmethod
    def resolve_other(row: Any) -> list[str]:
        return [_text(fact) for fact in row.other]


def _text(fact: Fact) -> str:
    birth = fact.birth
    written = "-".join(str(part) for part in (birth.year, birth.month, birth.day) if part) if birth else fact.text
    return " ".join(filter(None, (written, fact.code)))


class PairOut(Schema):
    code: str
    state: Stands
    one: SideOut
    other: SideOut
    rows: list[ComparedOut]
    why: list[str]
    merge: str | None
    next: str | None


class SuggestIn(Schema):
    one: Code
    other: Code


class NewOut(Schema):
    new: int


class PairDecisionIn(Schema):
    decision: Decided
    was: Stands | None = None


class JoinIn(Schema):
    keep: Code


class WayOut(Schema):
    keep: str
    will: list[str]


class MergeOut(Schema):
    code: str
    pair: str = Field(..., alias="suggestion.code")
    kept: str = Field(..., alias="kept.code")
    merged: str = Field(..., alias="merged.code")
    state: Literal["proposed", "joined", "declined", "undone"]
    proposed_by: str = Field(..., alias="proposed_by.username")
    agreed_by: str | None = Field(None, alias="agreed_by.username")
    joined_at: datetime | None
    happened: list[str]

    @staticmethod
    def resolve_state(merge: Merge) -> str:
        return Merge.State(merge.state).name.lower()

    @staticmethod
    def resolve_happened(merge: Merge) -> list[str]:
        return what_happened(merge)


@router.get("/duplicates", auth=Needs("duplicate.decide"), response=QueueOut)
def queue(request: Request, asked: Query[QueueAsked]) -> dict[str, Any]:
    """Give the pairs that may be one person, the strongest suggestions first, 50 a page; codes and no name."""
    page = pairs_page(request.actor, tab=asked.show, number=asked.page)
    counts = counts_of_pairs(request.actor)
    return {"page": page.number, "has_next": page.has_next(), "counts": counts, "pairs": list(page.object_list)}


@router.post("/duplicates", auth=Needs("duplicate.suggest"), response={201: NewOut})
def suggest(request: Request, given: SuggestIn) -> Status[dict[str, int]]:
    """Say that two records (P-… and P-…, or P-… and R-…) may be one person; nothing is joined."""
    codes = [queries.person_for(request.actor, code).code if code[0] == "P" else code for code in given.dict().values()]
    return Status(201, {"new": actions.suggest_pairs(request.actor, [SuggestedPair(codes[0], codes[1])])})


@router.get("/duplicates/{code}", auth=Needs("duplicate.decide"), response=PairOut)
def pair(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give two records side by side; both identities are opened, and the audit says so."""
    return _pair(request, pair_for(request.actor, code))


def _pair(request: Request, found: Suggestion) -> dict[str, Any]:
    shown = pair_shown(request.actor, found)
    sides: dict[str, Side] = {"one": shown.one, "other": shown.other}
    state = Suggestion.State(found.state).name.lower()
    merge = shown.merge.code if shown.merge else None
    return {"code": found.code, "state": state, **sides, "rows": shown.rows, "why": shown.why, "merge": merge,
            "next": shown.next}  # fmt: skip


@router.post("/duplicates/{code}/decision", auth=Needs("duplicate.decide"), response={204: None})
def decide(request: Request, code: Path[Code], given: PairDecisionIn) -> Status[None]:
    """Decide on a pair; `was` is the state the decider saw, so that nobody overrides a colleague unseen."""
    decision, was = Suggestion.State[given.decision.upper()], given.was and Suggestion.State[given.was.upper()]
    actions.decide_pair(request.actor, pair_for(request.actor, code), decision=decision, was=was)
    return Status(204, None)


@router.get("/duplicates/{code}/join", auth=Needs("person.merge"), response=list[WayOut])
def what_joining_would_do(request: Request, code: Path[Code]) -> list[dict[str, Any]]:
    """Tell, sentence by sentence, what joining the two files does, for either that may go on."""
    one, other = two_of(pair_for(request.actor, code))
    ways = [(one, other), (other, one)] if one != other else []
    return [{"keep": kept.code, "will": what_joining_does(kept, merged)} for kept, merged in ways]


@router.post("/duplicates/{code}/join", auth=Needs("person.merge"), response={201: MergeOut})
def join(request: Request, code: Path[Code], given: JoinIn) -> Status[Merge]:
    """Join two files, one of which goes on; where both cases are open, propose it to a second colleague."""
    found = pair_for(request.actor, code)
    keep = queries.person_for(request.actor, given.keep)
    return Status(201, actions.propose_merge(request.actor, found, keep=keep))


@router.get("/merges/{code}", auth=Needs("person.merge"), response=MergeOut)
def merge(request: Request, code: Path[Code]) -> Merge:
    """Give how two files came to be one."""
    return queries.merge_for(request.actor, code)


@router.post("/merges/{code}/agree", auth=Needs("person.merge"), response={204: None})
def agree(request: Request, code: Path[Code]) -> Status[None]:
    """Agree as the second colleague; it takes effect now."""
    actions.agree_to_merge(request.actor, queries.merge_for(request.actor, code))
    return Status(204, None)


@router.post("/merges/{code}/decline", auth=Needs("person.merge"), response={204: None})
def decline(request: Request, code: Path[Code]) -> Status[None]:
    """Do not join, or take one's own proposal back."""
    actions.decline_merge(request.actor, queries.merge_for(request.actor, code))
    return Status(204, None)


@router.post("/merges/{code}/undo", auth=Needs("person.merge"), response={204: None})
def undo(request: Request, code: Path[Code]) -> Status[None]:
    """Part two files again; everything stands as before."""
    actions.undo_merge(request.actor, queries.merge_for(request.actor, code))
    return Status(204, None)
