"""Where children live over HTTP: placements and what is decided when a carer is away."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Path, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Number, Text, Word
from panoh.access.entrances import Actor, Request
from panoh.casework import actions, queries
from panoh.casework.actions import View, With
from panoh.casework.models import CareDecision, Guardianship, Placement
from panoh.casework.queries.care import care_file
from panoh.casework.queries.guardianships import GuardianshipShown, guardianship_for
from panoh.casework.queries.placements import PlacementShown, care_decision_for, placement_for

router = Router(tags=["Where children live"])
WRITES, PLACEMENT = "placement.write", "/families/{code}/placements/{number}"

Outcome = Literal["stays", "moved", "back"]


class ViewIn(Schema):
    """What the child says, or why it was not asked: one of the two."""

    own_view: Text = ""
    not_asked_because: Word | Literal[""] = ""

    def view(self) -> View:
        return View(self.own_view, self.not_asked_because)


class ViewlessIn(Schema):
    """With whom: one person of the family, another family by its code, or an agency."""

    with_person: Code | None = None
    with_family: Code | None = None
    with_agency: Code | None = None

    def place(self, actor: Actor) -> With:
        person = queries.person_for(actor, self.with_person) if self.with_person else None
        return With(person, self.with_family or "", access.agency(self.with_agency) if self.with_agency else None)


class WithIn(ViewlessIn, ViewIn):
    """With whom, and what the child says."""


class PlacementIn(WithIn):
    child: Code
    kind: Word


class StudyIn(Schema):
    on: date
    outcome: Word
    words: Text = ""


class OnIn(Schema):
    on: date


class ApartIn(Schema):
    because: Word
    again_on: date


class PlacementReviewIn(ViewIn):
    on: date
    words: Text = ""
    next_on: date | None = None


class PlacementEndIn(OnIn):
    because: Word


class DropIn(Schema):
    because: Word


class CareDecisionIn(WithIn):
    outcome: Outcome
    words: Text = ""


class GuardianshipIn(ViewlessIn):
    child: Code
    form: Literal["guardianship", "trusteeship"]
    authority: Code
    number: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=60)] = ""
    decided_on: date
    since: date | None = None
    until: date | None = None


class GuardianshipOut(Schema):
    number: int
    form: Literal["guardianship", "trusteeship"]
    guardian: str
    authority: str
    decided_on: date
    since: date
    changes_on: date | None
    ends_on: date | None
    is_to_change: bool
    over: str


class CareMadeOut(Schema):
    number: int = Field(..., alias="pk")


class PlacementMadeOut(Schema):
    number: int = Field(..., alias="pk")
    state: str

    @staticmethod
    def resolve_state(placement: Placement) -> str:
        return Placement.State(placement.state).name.lower()


class PlacementOut(Schema):
    number: int
    kind: str
    state: str
    place: str
    since: date | None
    until: date | None
    review_on: date | None
    own_view: str
    not_asked_because: str
    lacking: list[str]


class ChildOut(Schema):
    person: str
    name: str
    placements: list[PlacementOut]
    guardianships: list[GuardianshipOut]
    to_decide: int | None


class CareDecisionOut(Schema):
    number: int = Field(..., alias="pk")
    person: str = Field(..., alias="person.code")
    opened_on: date


def _shown(shown: PlacementShown) -> dict[str, Any]:
    one = shown.placement
    return {
        "number": one.pk, "kind": one.kind, "state": Placement.State(one.state).name.lower(), "place": shown.place,
        "since": one.since, "until": one.until, "review_on": one.review_on, "own_view": shown.own_view,
        "not_asked_because": one.not_asked_because, "lacking": shown.lacking,
    }  # fmt: skip


def _held(shown: GuardianshipShown) -> dict[str, Any]:
    one = shown.guardianship
    return {
        "number": one.pk, "form": Guardianship.Form(one.form).name.lower(), "guardian": shown.guardian,
        "authority": one.authority.code, "decided_on": one.decided_on, "since": one.since,
        "changes_on": shown.changes_on, "ends_on": shown.ends_on, "is_to_change": shown.is_to_change,
        "over": shown.over,
    }  # fmt: skip


def _placement(request: Request, code: str, number: int) -> Placement:
    return placement_for(queries.family_for(request.actor, code), number)


@router.get("/families/{code}/care", auth=Needs("family.see"), response=list[ChildOut])
def care(request: Request, code: Path[Code]) -> list[dict[str, Any]]:
    """Give where the children of a family live, lived and are to live; their names are opened."""
    told = []
    for child in care_file(request.actor, queries.family_for(request.actor, code)).children:
        placements = [one for one in (child.current, child.waiting, *child.former) if one]
        told.append({
            "person": child.person.code, "name": child.name, "placements": [_shown(one) for one in placements],
            "guardianships": [_held(one) for one in child.guardianships],
            "to_decide": child.to_decide.pk if child.to_decide else None,
        })  # fmt: skip
    return told


@router.post("/families/{code}/placements", auth=Needs(WRITES), response={201: PlacementMadeOut})
def propose(request: Request, code: Path[Code], given: PlacementIn) -> Status[Placement]:
    """Propose where a child is to live."""
    family = queries.family_for(request.actor, code)
    child = queries.person_for(request.actor, given.child)
    return Status(201, actions.propose_placement(
        request.actor, family, child=child, kind=given.kind, place=given.place(request.actor), view=given.view()
    ))  # fmt: skip


@router.post(f"{PLACEMENT}/study", auth=Needs(WRITES), response={204: None})
def study(request: Request, code: Path[Code], number: Path[Number], given: StudyIn) -> Status[None]:
    """Record the home study."""
    actions.study_home(request.actor, _placement(request, code, number), **given.dict())
    return Status(204, None)


@router.post(f"{PLACEMENT}/agreement", auth=Needs(WRITES), response={204: None})
def agreement(request: Request, code: Path[Code], number: Path[Number], given: OnIn) -> Status[None]:
    """Record that the receiving family agreed."""
    actions.agree_on_placement(request.actor, _placement(request, code, number), on=given.on)
    return Status(204, None)


@router.post(f"{PLACEMENT}/apart", auth=Needs(WRITES), response={204: None})
def apart(request: Request, code: Path[Code], number: Path[Number], given: ApartIn) -> Status[None]:
    """Say why brothers and sisters live apart, and when to look again."""
    actions.explain_apart(request.actor, _placement(request, code, number), **given.dict())
    return Status(204, None)


@router.post(f"{PLACEMENT}/approval", auth=Needs("placement.approve"), response=PlacementMadeOut)
def approve(request: Request, code: Path[Code], number: Path[Number]) -> Placement:
    """Agree to a placement that a colleague proposed."""
    return actions.approve_placement(request.actor, _placement(request, code, number))


@router.post(f"{PLACEMENT}/beginning", auth=Needs(WRITES), response=PlacementMadeOut)
def begin(request: Request, code: Path[Code], number: Path[Number], given: OnIn) -> Placement:
    """Record since when the child lives there."""
    return actions.begin_placement(request.actor, _placement(request, code, number), on=given.on)


@router.post(f"{PLACEMENT}/reviews", auth=Needs(WRITES), response={201: None})
def review(request: Request, code: Path[Code], number: Path[Number], given: PlacementReviewIn) -> Status[None]:
    """Record a look at where a child lives."""
    actions.review_placement(
        request.actor, _placement(request, code, number), on=given.on, view=given.view(), words=given.words,
        next_on=given.next_on,
    )  # fmt: skip
    return Status(201, None)


@router.post(f"{PLACEMENT}/end", auth=Needs(WRITES), response={204: None})
def end(request: Request, code: Path[Code], number: Path[Number], given: PlacementEndIn) -> Status[None]:
    """Record that a child lives there no more."""
    actions.end_placement(request.actor, _placement(request, code, number), **given.dict())
    return Status(204, None)


@router.post(f"{PLACEMENT}/dropping", auth=Needs(WRITES), response={204: None})
def drop(request: Request, code: Path[Code], number: Path[Number], given: DropIn) -> Status[None]:
    """Drop a placement that is not carried out."""
    actions.drop_placement(request.actor, _placement(request, code, number), because=given.because)
    return Status(204, None)


@router.post("/families/{code}/absence", auth=Needs(WRITES), response={201: list[CareDecisionOut]})
def absent(request: Request, code: Path[Code]) -> Status[list[CareDecision]]:
    """Say that whoever cares for the children is away; a decision for each is due today."""
    return Status(201, actions.say_carer_absent(request.actor, queries.family_for(request.actor, code)))


@router.post("/families/{code}/care-decisions/{number}", auth=Needs(WRITES), response={204: None})
def decide(request: Request, code: Path[Code], number: Path[Number], given: CareDecisionIn) -> Status[None]:
    """Decide who cares for a child for now."""
    found = care_decision_for(queries.family_for(request.actor, code), number)
    actions.decide_care(
        request.actor, found, outcome=CareDecision.Outcome[given.outcome.upper()], place=given.place(request.actor),
        view=given.view(), words=given.words,
    )  # fmt: skip
    return Status(204, None)


@router.post("/families/{code}/guardianships", auth=Needs("guardianship.record"), response={201: CareMadeOut})
def record_guardianship(request: Request, code: Path[Code], given: GuardianshipIn) -> Status[Guardianship]:
    """Record a decision on who acts for a child; what was decided before ends with that day."""
    family = queries.family_for(request.actor, code)
    told = given.dict(include={"number", "decided_on", "since", "until"})
    return Status(201, actions.record_guardianship(
        request.actor, family, child=queries.person_for(request.actor, given.child),
        form=Guardianship.Form[given.form.upper()], place=given.place(request.actor),
        authority=access.agency(given.authority), **told,
    ))  # fmt: skip


@router.post(
    "/families/{code}/guardianships/{number}/end", auth=Needs("guardianship.record"), response={204: None}
)  # fmt: skip
def end_guardianship(request: Request, code: Path[Code], number: Path[Number], given: PlacementEndIn) -> Status[None]:
    """Record that a decision does not hold any more."""
    held = guardianship_for(queries.family_for(request.actor, code), number)
    actions.end_guardianship(request.actor, held, **given.dict())
    return Status(204, None)
