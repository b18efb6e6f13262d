"""What the page of one family shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.queries import looked_at
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import Stage
from panoh.casework.models import (
    CareDecision,
    Case,
    Family,
    HandOver,
    LegalFile,
    Membership,
    Need,
    Person,
    PlanItem,
    ReceptionEntry,
    Relationship,
    Task,
    Visit,
)
from panoh.casework.queries.emergencies import Held, held_now
from panoh.casework.queries.families import head_of
from panoh.casework.queries.parting import whereabouts_now
from panoh.casework.queries.purposes import purpose_for
from panoh.casework.queries.reach import planned_visits, still_led
from panoh.casework.queries.sharing import Reader, grants_of, readers_of, withheld_of
from panoh.casework.queries.timeline import Event, events_of_family
from panoh.vault.queries import Document, Group, IdentityFacts, open_identities, open_parts


@dataclass(frozen=True)
class Member:
    """One person living in the family now."""

    person: Person
    name: str
    kinship: str
    case: Case | None
    stage: Stage | None
    next_stages: list[Stage]
    whereabouts: str = ""


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
class Todo:
    """A visit that is planned, or a task, with its kind in words."""

    due: date
    kind: str
    words: str = ""
    visit: Visit | None = None
    task: Task | None = None


@dataclass(frozen=True)
class FamilyFile:
    """All that the page of a family shows."""

    name: str
    shared_stage: str
    members: list[Member]
    needs: list[BoardNeed]
    tasks: list[tuple[Task, str, str]]
    visits: list[tuple[Visit, str]]
    relations: list[tuple[Relationship, str, str, str, str]]
    tree: list[TreePerson]
    links: list[TreeLink]
    events: list[Event]
    readers: list[Reader]
    withheld: list[Reader]
    held: list[Held]
    purpose: str
    looks: Sequence[Any]
    stages: tuple[Stage, ...]
    documents: list[tuple[str, list[str], list[str]]]
    care_to_decide: bool

    @property
    def todo(self) -> list[Todo]:
        """Return the planned visits and the open tasks, what is due first at the top."""
        visits = [Todo(visit.planned_on or today(), kind, visit=visit) for visit, kind in self.visits]
        tasks = [Todo(task.due, kind, words, task=task) for task, kind, words in self.tasks]
        return sorted([*visits, *tasks], key=lambda one: one.due)

    @property
    def open_needs(self) -> list[BoardNeed]:
        """Return the needs that somebody still has to see to."""
        return [one for one in self.needs if one.need.state == Need.State.OPEN]

    @property
    def settled_needs(self) -> list[BoardNeed]:
        """Return the needs that are met or no longer there."""
        return [one for one in self.needs if one.need.state != Need.State.OPEN]


LINK_KINDS = {
    "parent": "parent",
    "spouse": "spouse",
    "sibling": "sibling",
    "guardian": "guardian",
    "trustee": "guardian",
}


def family_file(actor: Actor, family: Family) -> FamilyFile:
    """Return the whole file of a family; its names are opened once, and the audit says so."""
    purpose = purpose_for(actor, family)
    living = list(Membership.objects.filter(family=family, until=None).select_related("person").order_by("pk"))
    people = [membership.person for membership in living]
    identities = [person.identity_id for person in people]
    known = open_identities(
        actor, identities, purpose=purpose, about=family.code, groups=(Group.NAMES, Group.DOCUMENTS)
    )
    none = IdentityFacts()
    called = {person.pk: known.get(person.identity_id, none).known_as or person.code for person in people}
    papers = {person.pk: known.get(person.identity_id, none).documents for person in people}
    cases = list(Case.objects.filter(family=family).select_related("person").order_by("pk"))
    by_person = {case.person_id: case for case in cases}
    relations = list(
        Relationship.objects.filter(Q(subject__in=people) | Q(other__in=people))
        .select_related("subject", "other")
        .order_by("pk")
    )
    head, grants = head_of(living), grants_of(family)
    away = whereabouts_now(people)
    members = [_member(one, called, by_person.get(one.person_id), away) for one in living]
    return FamilyFile(
        name=called[head.pk] if head else "",
        shared_stage=_shared_stage(members),
        members=members,
        needs=needs_of(cases, called),
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
        tree=[
            _tree_person(one, called, away.get(one.person_id) or _fate(by_person.get(one.person_id))) for one in living
        ]
        + _elsewhere(relations, called),
        links=[
            TreeLink(
                LINK_KINDS.get(relation.kind, "other"), relation.subject.code, relation.other.code, relation.is_verified
            )
            for relation in relations
        ],
        events=events_of_family(family, cases, called),
        readers=readers_of(family, grants),
        withheld=withheld_of(family),
        held=held_now(actor, family, grants),
        purpose=purpose,
        looks=looked_at(family.code, most=10),
        stages=catalogue().stages,
        documents=_documents(people, called, papers),
        care_to_decide=CareDecision.objects.filter(person__in=people, outcome=None).exists(),
    )


def _member(membership: Membership, called: dict[int, str], case: Case | None, away: dict[int, str]) -> Member:
    stage = catalogue().stage_numbered(case.stage) if case else None
    ahead = [catalogue().stage(code) for code in stage.next] if stage else []
    kinship = catalogue().label("kinships", membership.kinship) if membership.kinship else ""
    whereabouts = away.get(membership.person_id, "")
    return Member(membership.person, called[membership.person_id], kinship, case, stage, ahead, whereabouts)


def _shared_stage(members: Sequence[Member]) -> str:
    """Return the code of an open case at a stage where another of the family is, too; empty if each is alone."""
    at: dict[int, list[str]] = defaultdict(list)
    for member in members:
        if member.case and member.case.is_open and member.next_stages:
            at[member.case.stage].append(member.case.code)
    most = max(at.values(), key=len, default=[])
    return most[0] if len(most) > 1 else ""


def _tree_person(membership: Membership, called: Mapping[int, str], fate: str) -> TreePerson:
    person = membership.person
    kinship = catalogue().label("kinships", membership.kinship) if membership.kinship else ""
    year = _year(person)
    detail = f"{kinship}, {year}" if kinship else year
    return TreePerson(person.code, called[person.pk], detail, person.sex, fate)


def _elsewhere(relations: Iterable[Relationship], called: Mapping[int, str]) -> list[TreePerson]:
    """Return, by code, those who are related to somebody here and do not live here."""
    related = {one.pk: one for relation in relations for one in (relation.subject, relation.other)}
    return [
        TreePerson(one.code, one.code, _year(one), one.sex, gettext("lives elsewhere"))
        for pk, one in related.items()
        if pk not in called
    ]


def _year(person: Person) -> str:
    about = person.birth_year and person.birth_precision == Person.YearPrecision.ABOUT
    return (gettext("about %(year)s") if about else "%(year)s") % {"year": person.birth_year or "?"}


def _fate(case: Case | None) -> str:
    """Return what a closed case says of somebody: that they died, or cannot be found; nothing of the living."""
    if case is None or case.closed_on is None:
        return ""
    year = {"year": case.closed_on.year}
    if case.closing_reason == "died" or case.closing_circumstance == "deceased":
        return gettext("died, recorded %(year)s") % year
    return gettext("missing since %(year)s") % year if case.closing_reason == "not_found" else ""


def _documents(
    people: Iterable[Person], called: Mapping[int, str], papers: Mapping[int, Sequence[Document]]
) -> list[tuple[str, list[str], list[str]]]:
    """Return, for each person with any, the kinds of documents there are, and those missing since they arrived."""
    there, words = list(papers), catalogue()
    lacking: dict[int, set[str]] = defaultdict(set)
    for noted in (
        HandOver.objects.filter(person__in=there).values_list("person", "missing"),
        ReceptionEntry.objects.filter(person__in=there).values_list("person", "missing_documents"),
    ):
        for person, missing in noted.order_by():
            lacking[person].update(missing)
    gives = {kind.code: kind.gives for kind in words.legal_kinds}
    ended = [step.code for step in words.legal_steps if step.ends == "there"]
    for person, kind in LegalFile.objects.filter(person__in=there, step__in=ended).values_list("person", "kind"):
        lacking[person].discard(gives.get(kind, ""))
    told = [
        (
            called[person.pk],
            [document.kind_label for document in papers[person.pk]],
            [label for code, label in words.choices("missing_documents") if code in lacking[person.pk]],
        )
        for person in people
    ]
    return [(name, has, lacks) for name, has, lacks in told if has or lacks]


def needs_of(cases: Iterable[Case], called: Mapping[int, str]) -> list[BoardNeed]:
    """Return the needs of cases with their steps, those open first and the urgent ones above. Three queries."""
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
