"""What the page of one family shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.queries import looked_at
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import Stage
from panoh.casework.models import (
    Assessment,
    Assistance,
    CareDecision,
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
from panoh.casework.queries.emergencies import Held, held_now
from panoh.casework.queries.families import head_of
from panoh.casework.queries.parting import changes_told, whereabouts_now
from panoh.casework.queries.purposes import purpose_for
from panoh.casework.queries.reach import planned_visits, still_led
from panoh.casework.queries.sharing import Reader, grants_of, readers_of, withheld_of
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
class Event:
    """One entry of the timeline. who: the member it is about; wrong: it was corrected since, and says why."""

    at: date
    what: str
    text: str
    by: str
    url: str = ""
    who: str = ""
    wrong: str = ""
    parts: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Said:
    """What an entry of the timeline says of one member."""

    who: str
    text: str


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
        tree=[_tree_person(membership, called, away) for membership in living],
        links=[
            TreeLink(
                LINK_KINDS.get(relation.kind, "other"), relation.subject.code, relation.other.code, relation.is_verified
            )
            for relation in relations
            if relation.subject_id in called and relation.other_id in called
        ],
        events=_events(family, cases, called),
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


def _tree_person(membership: Membership, called: dict[int, str], away: dict[int, str]) -> TreePerson:
    person = membership.person
    kinship = catalogue().label("kinships", membership.kinship) if membership.kinship else ""
    year = str(person.birth_year) if person.birth_year else "?"
    detail = f"{kinship}, {year}" if kinship else year
    return TreePerson(person.code, called[person.pk], detail, person.sex, away.get(person.pk, ""))


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
    visits = list(Visit.objects.filter(family=family).exclude(made_on=None, cancelled_on=None).select_related("by"))
    notes = list(Note.objects.filter(family=family).select_related("by", "case"))
    given = list(Assistance.objects.filter(case__in=cases).select_related("by", "case", "agency"))
    talks = list(Assessment.objects.filter(case__in=cases).select_related("by", "case"))
    dropped = list(Task.objects.filter(family=family).exclude(cancelled_because="").select_related("done_by", "case"))
    texts = open_parts(
        [
            *(v.report_id for v in visits),
            *(n.text_id for n in notes),
            *(c.note_id for c in changes),
            *(a.own_view_id for a in talks),
            *(t.words_id for t in dropped),
        ]
    )

    def said(part: UUID | None) -> str:
        return str(texts.get(part, "")) if part else ""

    def whom(case: Case | None) -> str:
        return called.get(case.person_id, case.code) if case else ""

    def why(code: str) -> str:
        return gettext("Cancelled: %(why)s") % {"why": words.label("cancel_reasons", code)}

    events = [
        Event(c.on, words.stage_numbered(c.to_stage).label, said(c.note_id), _by(c.by), who=whom(c.case))
        for c in changes
    ]
    events += [
        Event(
            v.made_on or v.cancelled_on or today(),
            words.label("visit_kinds", v.kind),
            said(v.report_id),
            _by(v.by),
            wrong=why(v.cancelled_because) if v.cancelled_on else "",
        )
        for v in visits
    ]
    events += [
        Event(
            t.done_on or today(),
            words.label("task_kinds", t.kind),
            said(t.words_id),
            _by(t.done_by),
            who=whom(t.case),
            wrong=why(t.cancelled_because),
        )
        for t in dropped
    ]
    events += [Event(_day(n.written_at), gettext("Note"), said(n.text_id), _by(n.by), who=whom(n.case)) for n in notes]
    events += [_help(family, a, whom(a.case)) for a in given]
    events += [Event(t.made_on, gettext("Assessment"), said(t.own_view_id), _by(t.by), who=whom(t.case)) for t in talks]
    events += [
        Event(one.on, str(one.get_kind_display()), told, _by(one.by), who=called.get(one.person_id, one.person.code))
        for one, told in changes_told(family)
    ]
    newest_first = _together(events)[::-1]  # what happened on one day stands as it followed
    return sorted(newest_first, key=lambda event: event.at, reverse=True)


def _help(family: Family, a: Assistance, who: str) -> Event:
    words = catalogue()
    what = words.label("services", a.service)
    text = f"{amount(a.quantity, a.unit, a.currency)}, {a.agency.name}"
    if a.wrong_on:
        because = words.label("correction_reasons", a.wrong_because)
        return Event(a.given_on, what, text, _by(a.by), who=who, wrong=gettext("Corrected: %(why)s") % {"why": because})
    url = reverse("assistance-correct", args=[family.code, a.pk])
    return Event(a.given_on, what, text, _by(a.by), url=url, who=who)


def amount(quantity: Decimal, unit: str, currency: str = "") -> str:
    """Return how much was given: "1 session", "3 sessions", "20.5 UZS"."""
    number = f"{quantity.normalize():f}"
    return f"{number} {currency or catalogue().unit_of(unit, number)}"


def _together(events: Iterable[Event]) -> list[Event]:
    """Say once what happened to several on one day; what can be corrected, or was, stays an entry of its own."""
    grouped: dict[tuple[date, str, str, str, str], list[Said]] = defaultdict(list)
    for event in events:
        grouped[event.at, event.what, event.by, event.url, event.wrong].append(Said(event.who, event.text))
    return [
        Event(
            at,
            what,
            "; ".join(": ".join(filter(None, (said.who, said.text))) for said in parts if said.who or said.text),
            by,
            url,
            wrong=wrong,
            parts=tuple(said for said in parts if said.who or said.text),
        )
        for (at, what, by, url, wrong), parts in grouped.items()
    ]


def _by(staff: Any) -> str:
    return str(staff) if staff else ""


def _day(at: datetime) -> date:
    return localdate(at)
