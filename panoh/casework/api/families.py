"""Today, families and people over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.db import transaction
from ninja import Field, Path, Query, Router, Schema, Status

from panoh.access import clock
from panoh.access import queries as access
from panoh.access.api import Code, Line, Needs, Text, Word
from panoh.access.entrances import Request
from panoh.access.meanwhile import Seen
from panoh.casework import actions, queries
from panoh.casework.api.people import BirthIn, DocumentIn, NameIn
from panoh.casework.api.relationships import RelationshipOut, relationship_shown
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, Person, Task
from panoh.casework.refusals import MayBeKnown
from panoh.vault.queries import BirthDate, Document, IdentityFacts, Name, script_of

router = Router(tags=["Families"])


class ToDoOut(Schema):
    due: date
    what: str
    family: str = Field(..., alias="family_code")
    who: str
    is_late: bool


class StageCountOut(Schema):
    label: str
    value: int


class TodayOut(Schema):
    late: list[ToDoOut]
    due: list[ToDoOut]
    waiting: list[ToDoOut]
    counts: dict[str, int]
    stages: list[StageCountOut]
    rows_to_decide: int


class TodayAsked(Schema):
    show: Literal["late", "due", "waiting"] = "late"
    page: int = Field(1, ge=1, le=10_000)


class PartOut(Schema):
    count: int
    items: list[ToDoOut]


class FamilyLineOut(Schema):
    code: str = Field(..., alias="family.code")
    name: str
    opened_on: date = Field(..., alias="family.opened_on")
    agency: str = Field(..., alias="family.agency.code")
    worker: str | None = Field(None, alias="family.worker.username")
    district: str | None = Field(None, alias="family.district.code")
    people: int
    children: int
    stages: list[str]
    urgent: int


class FamilyPageOut(Schema):
    page: int = Field(..., alias="number")
    has_next: bool
    families: list[FamilyLineOut] = Field(..., alias="rows")


class FamiliesAsked(Schema):
    page: int = Field(1, ge=1, le=100_000)
    stage: Word | None = None
    district: Code | None = None
    worker: Word | None = None
    need: Word | None = None
    code: Code | None = None


class MemberOut(Schema):
    person: str = Field(..., alias="person.code")
    name: str
    kinship: str
    sex: str = Field(..., alias="person.sex")
    birth_year: int | None = Field(None, alias="person.birth_year")
    case: str | None = Field(None, alias="case.code")
    stage: str | None = Field(None, alias="stage.code")
    next_stages: list[str]

    @staticmethod
    def resolve_next_stages(member: Any) -> list[str]:
        return [stage.code for stage in member.next_stages]


class StepOut(Schema):
    code: str = Field(..., alias="step.code")
    service: str = Field(..., alias="step.service")
    provider: str | None = Field(None, alias="step.provider.code")
    responsible: str | None = Field(None, alias="step.responsible.username")
    due: date | None = Field(None, alias="step.due")
    outcome: str = Field(..., alias="step.outcome")
    is_late: bool


class NeedOut(Schema):
    code: str = Field(..., alias="need.code")
    case: str = Field(..., alias="need.case.code")
    domain: str = Field(..., alias="need.domain")
    urgency: int = Field(..., alias="need.urgency")
    state: int = Field(..., alias="need.state")
    words: str
    is_covered: bool
    steps: list[StepOut]


class TaskOut(Schema):
    code: str
    kind: str
    due: date
    owner: str | None
    words: str


class EventOut(Schema):
    at: date
    what: str
    text: str
    by: str


class FamilyOut(Schema):
    code: str
    agency: str
    worker: str | None
    district: str | None
    is_protected: bool
    members: list[MemberOut]
    needs: list[NeedOut]
    tasks: list[TaskOut]
    visits: list[PlannedVisitOut]
    assistance: list[GivenOut]
    relationships: list[RelationshipOut]
    events: list[EventOut]


class WorkerSeen(Schema):
    worker: Word | None


class AssignIn(Schema):
    worker: Word
    seen: WorkerSeen


class DistrictSeen(Schema):
    district: Code | None


class DistrictIn(Schema):
    district: Code
    seen: DistrictSeen


class VisitIn(Schema):
    kind: Word
    on: date
    report: Text = ""
    next_on: date | None = None


class NoteIn(Schema):
    text: Text
    case: Code | None = None
    for_profession: bool = False


class TaskIn(Schema):
    kind: Word
    due: date
    owner: Word | None = None
    case: Code | None = None
    words: Text = ""


class PersonNewIn(Schema):
    """A person registered by hand. none_of_these: whoever is registered and may be the same was looked at."""

    names: list[NameIn] = Field(..., min_length=1, max_length=10)
    birth: BirthIn = Field(default_factory=lambda: BirthIn(precision="unknown"))
    documents: list[DocumentIn] = Field([], max_length=10)
    sex: Literal["f", "m", "u"]
    kinship: Word | Literal[""] = ""
    nationality: Annotated[str, Field(pattern=r"^([A-Za-z]{2})?$")] = ""
    source: Line
    since: date | None = None
    stage: Word | None = None
    none_of_these: bool = False


class FamilyNewIn(Schema):
    """A family registered by hand, with its first member."""

    person: PersonNewIn
    worker: Word | None = None
    district: Code | None = None


class RegisteredOut(Schema):
    family: str
    person: str


class PlannedVisitOut(Schema):
    number: int
    kind: str
    planned_on: date


class GivenOut(Schema):
    """Help that was given; one that was wrong says why."""

    number: int = Field(..., alias="pk")
    case: str = Field(..., alias="case.code")
    service: str
    quantity: str
    unit: str
    currency: str
    given_on: date
    agency: str = Field(..., alias="agency.code")
    wrong_because: str

    @staticmethod
    def resolve_quantity(given: Any) -> str:
        return f"{given.quantity:f}"


@router.get("/today", auth=Needs("today.see"), response=TodayOut)
def today(request: Request) -> queries.Today:
    """Tell what is late, what is due, and what waits for others."""
    return queries.todo(request.actor)


@router.get("/today/all", auth=Needs("today.see"), response=PartOut)
def part_of_today(request: Request, asked: Query[TodayAsked]) -> queries.Part:
    """Give one part of Today in full, 50 a page, the most pressing first."""
    return queries.part_of(request.actor, asked.show, page=asked.page, size=queries.families.PAGE_ROWS)


@router.get("/families", auth=Needs("family.see"), response=FamilyPageOut)
def families(request: Request, asked: Query[FamiliesAsked]) -> queries.FamilyPage:
    """List the families in reach, 50 a page, the newest first."""
    return queries.families_page(
        request.actor,
        page=asked.page,
        stage=catalogue().stage(asked.stage).number if asked.stage else None,
        district=access.district(asked.district).pk if asked.district else None,
        worker=access.staff_for(request.actor, asked.worker).pk if asked.worker else None,
        need=catalogue().known("domains", asked.need) if asked.need else "",
        code=asked.code or "",
    )


@router.get("/families/{code}", auth=Needs("family.see"), response=FamilyOut)
def family(request: Request, code: Path[Code]) -> dict[str, Any]:
    """Give the file of a family."""
    found = queries.family_for(request.actor, code)
    return _family(found, queries.family_file(request.actor, found))


def _family(found: Family, file: queries.FamilyFile) -> dict[str, Any]:
    return {
        "code": found.code,
        "agency": found.agency.code,
        "worker": found.worker.username if found.worker else None,
        "district": found.district.code if found.district else None,
        "is_protected": found.is_protected,
        "members": file.members,
        "needs": file.needs,
        "tasks": [_task(task, words) for task, _label, words in file.tasks],
        "visits": [
            {"number": visit.pk, "kind": visit.kind, "planned_on": visit.planned_on} for visit, _kind in file.visits
        ],
        "assistance": queries.assistance_of(found),
        "relationships": [relationship_shown(relation) for relation, *_words in file.relations],
        "events": file.events,
    }


def _task(task: Task, words: str) -> dict[str, Any]:
    owner = task.owner.username if task.owner else None
    return {"code": task.code, "kind": task.kind, "due": task.due, "owner": owner, "words": words}


@router.post("/families/{code}/worker", auth=Needs("case.assign"), response={204: None})
def assign(request: Request, code: Path[Code], given: AssignIn) -> Status[None]:
    """Name the lead worker."""
    found = queries.family_for(request.actor, code)
    worker = access.staff_for(request.actor, given.worker)
    actions.assign_family(request.actor, found, worker=worker, seen=Seen.of(given.seen.dict()))
    return Status(204, None)


@router.post("/families/{code}/district", auth=Needs("family.edit"), response={204: None})
def settle_district(request: Request, code: Path[Code], given: DistrictIn) -> Status[None]:
    """Record where the family lives."""
    found = queries.family_for(request.actor, code)
    district = access.district(given.district)
    actions.settle_district(request.actor, found, district=district, seen=Seen.of(given.seen.dict()))
    return Status(204, None)


@router.post("/families/{code}/visits", auth=Needs("visit.record"), response={201: None})
def make_visit(request: Request, code: Path[Code], given: VisitIn) -> Status[None]:
    """Record a visit that was made, and plan the next."""
    found = queries.family_for(request.actor, code)
    with transaction.atomic():
        actions.make_visit(request.actor, found, kind=given.kind, on=given.on, report=given.report)
        if given.next_on:
            actions.plan_visit(request.actor, found, kind=given.kind, on=given.next_on)
    return Status(201, None)


@router.post("/families/{code}/notes", auth=Needs("note.write"), response={201: None})
def write_note(request: Request, code: Path[Code], given: NoteIn) -> Status[None]:
    """Add a note to the file."""
    found = queries.family_for(request.actor, code)
    case = queries.case_for(request.actor, given.case) if given.case else None
    actions.write_note(request.actor, found, text=given.text, case=case, for_profession=given.for_profession)
    return Status(201, None)


@router.post("/families/{code}/tasks", auth=Needs("task.write"), response={201: TaskOut})
def set_task(request: Request, code: Path[Code], given: TaskIn) -> Status[dict[str, Any]]:
    """Set a task."""
    found = queries.family_for(request.actor, code)
    owner = access.staff_for(request.actor, given.owner) if given.owner else None
    case = queries.case_for(request.actor, given.case) if given.case else None
    task = actions.set_task(
        request.actor, found, kind=given.kind, due=given.due, owner=owner, case=case, words=given.words
    )
    return Status(201, _task(task, given.words))


@router.post("/families", auth=Needs("family.create"), response={201: RegisteredOut})
def register_family(request: Request, given: FamilyNewIn) -> Status[dict[str, str]]:
    """Register a family by hand, with its first member."""
    worker = access.staff_for(request.actor, given.worker) if given.worker else None
    district = access.district(given.district) if given.district else None
    with transaction.atomic():
        agency = worker.agency if worker else access.own_agency(request.actor)
        made = actions.create_family(
            request.actor, agency=agency, worker=worker, district=district, on=given.person.since
        )
        person = _register(request, made, given.person)
    return Status(201, {"family": made.code, "person": person.code})


@router.post("/families/{code}/people", auth=Needs("person.edit"), response={201: RegisteredOut})
def register_person(request: Request, code: Path[Code], given: PersonNewIn) -> Status[dict[str, str]]:
    """Add a newborn or another person to a family."""
    found = queries.family_for(request.actor, code)
    with transaction.atomic():
        person = _register(request, found, given)
    return Status(201, {"family": found.code, "person": person.code})


def _register(request: Request, family: Family, given: PersonNewIn) -> Person:
    facts = IdentityFacts(
        names=tuple(Name(script=script_of(name.text), **name.dict()) for name in given.names),
        birth=BirthDate(**given.birth.dict(), source=given.source),
        documents=tuple(Document(**document.dict()) for document in given.documents),
    )
    if not given.none_of_these and (alike := queries.known_alike(request.actor, facts, sex=given.sex)):
        raise MayBeKnown(number=len(alike))
    person = actions.register_person(
        request.actor, family, facts=facts, sex=given.sex, kinship=given.kinship, nationality=given.nationality,
        since=given.since,
    )  # fmt: skip
    if given.stage:
        actions.open_case(request.actor, family, person, stage=given.stage, on=clock.today())
    return person
