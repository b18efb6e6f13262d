"""The next edition over HTTP: its changes, how it differs, and its adoption."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Path, Query, Router, Schema, Status

from panoh.access.api import Needs, Text
from panoh.access.entrances import Request
from panoh.plan import actions
from panoh.plan.api.parts import ActionCode, AdoptionIn, AskedFor, Key, Slug, WantedIn
from panoh.plan.models import Change, Revision
from panoh.plan.queries import (
    Comparison,
    action_for,
    change_for,
    comparison,
    editions,
    open_revision,
    plan_for,
    revision_in_work,
)
from panoh.plan.queries.editions import ActionChanged

router = Router(tags=["Joint plan"])
Edition = Annotated[int, Field(ge=1, le=10_000)]
Kind = Literal["add", "reword", "drop"]


class EditionOut(Schema):
    edition: int
    state: Literal["open", "adopted", "abandoned"]
    adopted_on: date | None
    adopted_at: str
    source: str
    changes: int

    @staticmethod
    def resolve_state(revision: Revision) -> str:
        return Revision.State(revision.state).name.lower()

    @staticmethod
    def resolve_changes(revision: Revision) -> int:
        return len(revision.changes.all())


class PieceOut(Schema):
    kind: Literal["kept", "added", "dropped"]
    text: str


class DiffersOut(Schema):
    """label: the language of a wording, or what else differs; empty for a wording in one language."""

    label: str
    pieces: list[PieceOut]


class AskedOut(Schema):
    number: int = Field(..., alias="pk")
    edition: int = Field(..., alias="revision.edition")
    asked_for_in: str
    because: str


class ActionChangedOut(Schema):
    kind: Kind
    code: str
    differs: list[DiffersOut]
    changes: list[AskedOut]

    @staticmethod
    def resolve_kind(changed: ActionChanged) -> str:
        return changed.kind.name.lower()


class ComparisonOut(Schema):
    older: int
    newer: int
    added: list[ActionChangedOut]
    changed: list[ActionChangedOut]
    dropped: list[ActionChangedOut]


class TwoEditions(Schema):
    """newer: the latest, if none is named; older: the one before it."""

    older: Edition | None = None
    newer: Edition | None = None


class ChangeIn(Schema):
    """of: the action that is changed, none to add one; to: what it will be, none to drop it."""

    of: ActionCode | None = None
    to: WantedIn | None = None
    asked_for_in: AskedFor = ""
    because: Text = ""


class PlanChangeOut(Schema):
    number: int = Field(..., alias="pk")
    kind: Kind

    @staticmethod
    def resolve_kind(change: Change) -> str:
        return Change.Kind(change.kind).name.lower()


@router.get("/joint-plan/{code}/editions", auth=Needs("joint.see"), response=list[EditionOut])
def all_editions(request: Request, code: Path[Slug]) -> list[Revision]:
    """Return the editions of a plan, the newest first."""
    return editions(plan_for(code))


@router.get("/joint-plan/{code}/comparison", auth=Needs("joint.see"), response=ComparisonOut)
def compare(request: Request, code: Path[Slug], asked: Query[TwoEditions]) -> Comparison:
    """Return how two editions differ, word by word, and who asked for it."""
    plan = plan_for(code)
    revision = revision_in_work(plan)
    newer = asked.newer or (revision.edition if revision else plan.edition)
    return comparison(plan, asked.older or newer - 1, newer)


@router.get("/joint-plan/{code}/revision", auth=Needs("joint.see"), response=ComparisonOut)
def revision(request: Request, code: Path[Slug]) -> Comparison:
    """Return how the edition that is being prepared differs from the one in force."""
    plan = plan_for(code)
    return comparison(plan, plan.edition, open_revision(plan).edition)


@router.post("/joint-plan/{code}/revision", auth=Needs("joint.edit"), response={201: EditionOut})
def begin_revision(request: Request, code: Path[Slug]) -> Status[Revision]:
    """Begin to prepare the next edition."""
    return Status(201, actions.begin_revision(request.actor, plan_for(code)))


@router.post("/joint-plan/{code}/revision/changes", auth=Needs("joint.edit"), response={201: PlanChangeOut})
def propose_change(request: Request, code: Path[Slug], given: ChangeIn) -> Status[Change]:
    """Put a change into the next edition, with who asked for it."""
    of = action_for(code, given.of) if given.of else None
    made = actions.propose_change(
        request.actor, open_revision(plan_for(code)), of=of, to=given.to.wanted if given.to else None,
        asked_for_in=given.asked_for_in, because=given.because,
    )  # fmt: skip
    return Status(201, made)


@router.post("/joint-plan/{code}/revision/changes/{change}/removal", auth=Needs("joint.edit"), response={204: None})
def take_out_change(request: Request, code: Path[Slug], change: Path[Key]) -> Status[None]:
    """Take a change out of the next edition."""
    actions.take_out_change(request.actor, change_for(open_revision(plan_for(code)), change))
    return Status(204, None)


@router.post("/joint-plan/{code}/revision/adoption", auth=Needs("joint.edit"), response=EditionOut)
def adopt_revision(request: Request, code: Path[Slug], given: AdoptionIn) -> Revision:
    """Put the next edition in force."""
    told = {**given.dict(), "source": given.source or ""}
    return actions.adopt_revision(request.actor, open_revision(plan_for(code)), **told)


@router.post("/joint-plan/{code}/revision/giving-up", auth=Needs("joint.edit"), response={204: None})
def abandon_revision(request: Request, code: Path[Slug]) -> Status[None]:
    """Give the next edition up; the plan stays as it is."""
    actions.abandon_revision(request.actor, open_revision(plan_for(code)))
    return Status(204, None)
