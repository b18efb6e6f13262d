"""What the pages Families, Family and Person show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.queries import looked_at
from panoh.access.roles import roles
from panoh.casework.catalogue import Stage, catalogue
from panoh.casework.models import (
    Assessment,
    Assistance,
    Case,
    Family,
    Membership,
    Need,
    Note,
    Person,
    PlanItem,
    ReceptionEntry,
    Relationship,
    StageChange,
    Task,
    Visit,
)
from panoh.casework.queries.reach import planned_visits, still_led, within
from panoh.vault.queries import Document, Group, IdentityFacts, names_of, open_identities, open_parts

PAGE_ROWS = 50
PURPOSE = "service_delivery"
ADULT_YEARS = 18


@dataclass(frozen=True)
class FamilyRow:
    """One line of the list of families."""

    family: Family
    name: str
    people: int
    children: int
    stages: list[str]
    urgent: int


@dataclass(frozen=True)
class FamilyPage:
    """Up to 50 families, the newest first, and whether there are more on either side."""

    rows: list[FamilyRow]
    number: int
    has_next: bool


def families_page(
    actor: Actor,
    *,
    page: int = 1,
    stage: int | None = None,
    district: int | None = None,
    worker: int | None = None,
    need: str = "",
    code: str = "",
) -> FamilyPage:
    """Return one page of the families in reach, filtered. Seven queries, however many families there are.

    worker: 0 for families without a lead worker.
    """
    found = Family.objects.filter(within(actor)).select_related("worker", "district", "agency")
    if stage:
        found = found.filter(Exists(Case.objects.filter(family=OuterRef("pk"), stage=stage)))
    if district:
        found = found.filter(district=district)
    if worker is not None:
        found = found.filter(worker=worker or None)
    if need:
        open_need = Need.objects.filter(case__family=OuterRef("pk"), domain=need, state=Need.State.OPEN)
        found = found.filter(Exists(open_need))
    if code:
        found = found.filter(Q(code=code) | Q(cases__code=code) | Q(memberships__person__code=code)).distinct()
    start = (page - 1) * PAGE_ROWS
    families = list(found.order_by("-opened_on", "-id")[start : start + PAGE_ROWS + 1])
    return FamilyPage(_rows(actor, families[:PAGE_ROWS]), page, len(families) > PAGE_ROWS)


def _rows(actor: Actor, families: Sequence[Family]) -> list[FamilyRow]:
    members: dict[int, list[Membership]] = defaultdict(list)
    living = Membership.objects.filter(family__in=families, until=None).select_related("person").order_by("pk")
    for membership in living:
        members[membership.family_id].append(membership)
    heads = {family.pk: _head(members[family.pk]) for family in families}
    names = names_of(actor, [head.identity_id for head in heads.values() if head], purpose=PURPOSE)
    stages: dict[int, set[int]] = defaultdict(set)
    for family_id, number in Case.objects.filter(family__in=families).values_list("family_id", "stage"):
        stages[family_id].add(number)
    urgent: dict[int, int] = defaultdict(int)
    pressing = Need.objects.filter(case__family__in=families, state=Need.State.OPEN, urgency=Need.Urgency.URGENT)
    for family_id in pressing.values_list("case__family_id", flat=True):
        urgent[family_id] += 1
    words = catalogue()
    return [
        FamilyRow(
            family=family,
            name=names.get(head.identity_id, "") if (head := heads[family.pk]) else "",
            people=len(members[family.pk]),
            children=sum(is_child(membership.person) for membership in members[family.pk]),
            stages=[words.stage_numbered(number).label for number in sorted(stages[family.pk])],
            urgent=urgent[family.pk],
        )
        for family in families
    ]


def _head(members: Sequence[Membership]) -> Person | None:
    adults = [member.person for member in members if member.kinship in {"mother", "father", "head", "guardian"}]
    people = adults or [member.person for member in members]
    return people[0] if people else None


def is_child(person: Person) -> bool:
    """Tell whether somebody turns 18 after this year, as far as the birth year tells."""
    return person.birth_year is not None and today().year - person.birth_year < ADULT_YEARS


# --- one family --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Member:
    """One person living in the family now."""

    person: Person
    name: str
    kinship: str
    case: Case | None
    stage: Stage | None
    next_stages: list[Stage]


@dataclass(frozen=True)
class BoardNeed:
    """A need with its steps, as it stands on the board."""

    need: Need
    name: str
    domain: str
    words: str
    steps: list[BoardStep]
    is_covered: bool


@dataclass(frozen=True)
class BoardStep:
    """A step of the plan."""

    step: PlanItem
    service: str
    outcome: str
    is_late: bool


@dataclass(frozen=True)
class Event:
    """One entry of the timeline."""

    at: date
    what: str
    text: str
    by: str
    url: str = ""


@dataclass(frozen=True)
class TreePerson:
    """A person in the picture of the family."""

    code: str
    label: str
    detail: str
    sex: str
    state: str


@dataclass(frozen=True)
class TreeLink:
    """A line in the picture of the family."""

    kind: str
    a: str
    b: str
    verified: bool


@dataclass(frozen=True)
class FamilyFile:
    """All that the page of a family shows."""

    members: list[Member]
    needs: list[BoardNeed]
    tasks: list[tuple[Task, str, str]]
    visits: list[tuple[Visit, str]]
    relations: list[tuple[Relationship, str, str, str, str]]
    tree: list[TreePerson]
    links: list[TreeLink]
    events: list[Event]
    readers: list[dict[str, str]]
    looks: Sequence[Any]
    stages: tuple[Stage, ...]
    documents: list[tuple[str, list[str], list[str]]]


LINK_KINDS = {
    "parent": "parent",
    "spouse": "spouse",
    "sibling": "sibling",
    "guardian": "guardian",
    "trustee": "guardian",
}


def family_file(actor: Actor, family: Family) -> FamilyFile:
    """Return the whole file of a family; its names are opened once, and the audit says so."""
    living = list(Membership.objects.filter(family=family, until=None).select_related("person").order_by("pk"))
    people = [membership.person for membership in living]
    identities = [person.identity_id for person in people]
    known = open_identities(
        actor, identities, purpose=PURPOSE, about=family.code, groups=(Group.NAMES, Group.DOCUMENTS)
    )
    none = IdentityFacts()
    called = {person.pk: known.get(person.identity_id, none).known_as or person.code for person in people}
    papers = {person.pk: known.get(person.identity_id, none).documents for person in people}
    cases = list(Case.objects.filter(family=family).select_related("person").order_by("pk"))
    by_person = {case.person_id: case for case in cases}
    relations = list(
        Relationship.objects.filter(Q(subject__in=people) | Q(other__in=people)).select_related("subject", "other")
    )
    return FamilyFile(
        members=[_member(membership, called, by_person.get(membership.person_id)) for membership in living],
        needs=_board(cases, called),
        tasks=_tasks(family),
        visits=[(visit, catalogue().label("visit_kinds", visit.kind)) for visit in planned_visits(family).values()],
        relations=[
            (
                relation,
                called.get(relation.subject_id, relation.subject.code),
                catalogue().label("relationship_kinds", relation.kind),
                called.get(relation.other_id, relation.other.code),
                catalogue().label("evidence_kinds", relation.evidence),
            )
            for relation in relations
        ],
        tree=[_tree_person(membership, called) for membership in living],
        links=[
            TreeLink(
                LINK_KINDS.get(relation.kind, "other"), relation.subject.code, relation.other.code, relation.is_verified
            )
            for relation in relations
            if relation.subject_id in called and relation.other_id in called
        ],
        events=_events(family, cases, called),
        readers=_readers(family),
        looks=looked_at(family.code, most=10),
        stages=catalogue().stages,
        documents=_documents(people, called, papers),
    )


def _member(membership: Membership, called: dict[int, str], case: Case | None) -> Member:
    stage = catalogue().stage_numbered(case.stage) if case else None
    ahead = [catalogue().stage(code) for code in stage.next] if stage else []
    kinship = catalogue().label("kinships", membership.kinship) if membership.kinship else ""
    return Member(membership.person, called[membership.person_id], kinship, case, stage, ahead)


def _tree_person(membership: Membership, called: dict[int, str]) -> TreePerson:
    person = membership.person
    kinship = catalogue().label("kinships", membership.kinship) if membership.kinship else ""
    year = str(person.birth_year) if person.birth_year else "?"
    return TreePerson(person.code, called[person.pk], f"{kinship}, {year}" if kinship else year, person.sex, "")


def _documents(
    people: Iterable[Person], called: Mapping[int, str], papers: Mapping[int, Sequence[Document]]
) -> list[tuple[str, list[str], list[str]]]:
    """Return, for each person with any, the kinds of documents there are and those noted as missing at reception."""
    received = ReceptionEntry.objects.filter(person__in=list(papers)).order_by("pk")
    lacking = dict(received.values_list("person", "missing_documents"))
    words = catalogue()
    told = [
        (
            called[person.pk],
            [document.kind_label for document in papers[person.pk]],
            [words.label("missing_documents", code) for code in lacking.get(person.pk, ())],
        )
        for person in people
    ]
    return [(name, has, lacks) for name, has, lacks in told if has or lacks]


def _board(cases: Iterable[Case], called: dict[int, str]) -> list[BoardNeed]:
    needs = list(Need.objects.filter(case__in=list(cases)).select_related("case").order_by("state", "urgency", "pk"))
    words = open_parts(need.words_id for need in needs)
    steps: dict[int, list[BoardStep]] = defaultdict(list)
    for step in PlanItem.objects.filter(need__in=needs).select_related("provider", "responsible").order_by("pk"):
        late = not step.outcome and step.due is not None and step.due < today()
        outcome = catalogue().label("step_outcomes", step.outcome) if step.outcome else ""
        steps[step.need_id].append(BoardStep(step, catalogue().label("services", step.service), outcome, late))
    return [
        BoardNeed(
            need,
            called.get(need.case.person_id, need.case.code),
            catalogue().label("domains", need.domain),
            words.get(need.words_id, "") if need.words_id else "",
            steps[need.pk],
            any(step.step.is_complete and not step.step.outcome for step in steps[need.pk]),
        )
        for need in needs
    ]


def _tasks(family: Family) -> list[tuple[Task, str, str]]:
    found = Task.objects.filter(still_led(), family=family, done_on=None, case__closed_on=None)
    tasks = list(found.select_related("owner", "case").order_by("due"))
    words = open_parts(task.words_id for task in tasks)
    return [
        (task, catalogue().label("task_kinds", task.kind), words.get(task.words_id, "") if task.words_id else "")
        for task in tasks
    ]


def _events(family: Family, cases: list[Case], called: dict[int, str]) -> list[Event]:
    words = catalogue()
    changes = list(StageChange.objects.filter(case__in=cases).select_related("by", "case").order_by("pk"))
    visits = list(Visit.objects.filter(family=family, made_on__isnull=False).select_related("by"))
    notes = list(Note.objects.filter(family=family).select_related("by", "case"))
    given = list(Assistance.objects.filter(case__in=cases).select_related("by", "case", "agency"))
    talks = list(Assessment.objects.filter(case__in=cases).select_related("by", "case"))
    texts = open_parts(
        [
            *(v.report_id for v in visits),
            *(n.text_id for n in notes),
            *(c.note_id for c in changes),
            *(a.own_view_id for a in talks),
        ]
    )

    def said(part: UUID | None) -> str:
        return str(texts.get(part, "")) if part else ""

    def whom(case: Case | None) -> str:
        return called.get(case.person_id, case.code) if case else ""

    events = [
        Event(
            c.on,
            words.stage_numbered(c.to_stage).label,
            ": ".join(filter(None, (whom(c.case), said(c.note_id)))),
            _by(c.by),
        )
        for c in changes
    ]
    events += [
        Event(v.made_on or today(), words.label("visit_kinds", v.kind), said(v.report_id), _by(v.by)) for v in visits
    ]
    events += [
        Event(_day(n.written_at), gettext("Note"), f"{whom(n.case)} {said(n.text_id)}".strip(), _by(n.by))
        for n in notes
    ]
    events += [
        Event(
            a.given_on,
            words.label("services", a.service),
            f"{whom(a.case)}: {a.quantity.normalize():f} {a.currency or words.label('units', a.unit)}, {a.agency.name}",
            _by(a.by),
        )
        for a in given
    ]
    events += [
        Event(t.made_on, gettext("Assessment"), ": ".join(filter(None, (whom(t.case), said(t.own_view_id)))), _by(t.by))
        for t in talks
    ]
    newest_first = _together(events)[::-1]  # what happened on one day stands as it followed
    return sorted(newest_first, key=lambda event: event.at, reverse=True)


def _together(events: Iterable[Event]) -> list[Event]:
    """Say once what happened to several on one day."""
    texts: dict[tuple[date, str, str], list[str]] = defaultdict(list)
    for event in events:
        texts[event.at, event.what, event.by].append(event.text)
    return [Event(at, what, "; ".join(filter(None, said)), by) for (at, what, by), said in texts.items()]


def _by(staff: Any) -> str:
    return str(staff) if staff else ""


def _day(at: datetime) -> date:
    return localdate(at)


def _readers(family: Family) -> list[dict[str, str]]:
    """Say who can see the file, and why: it follows from the roles' scopes alone."""
    labels = {role.scope: role.label for role in roles().values() if role.signs_in}
    readers = [{"who": str(family.worker), "why": gettext("leads the work with this family")}] if family.worker else []
    readers.append({"who": f"{labels['agency']}, {family.agency}", "why": gettext("of the lead agency")})
    return [*readers, {"who": labels["all"], "why": gettext("sees every family")}]
