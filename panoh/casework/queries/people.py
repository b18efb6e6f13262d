"""What the page of a person shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from panoh.access.entrances import Actor
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import Stage
from panoh.casework.models import (
    Case,
    Family,
    Membership,
    Merge,
    Person,
    StageChange,
    Suggestion,
    TracingRequest,
    Whereabouts,
)
from panoh.casework.queries.emergencies import Held, held_now
from panoh.casework.queries.families import head_of
from panoh.casework.queries.forgetting import is_forgotten
from panoh.casework.queries.merging import files_joined_to
from panoh.casework.queries.parting import whereabouts_of
from panoh.casework.queries.purposes import purpose_for
from panoh.casework.queries.timeline import Event, events_of_person
from panoh.vault.queries import IdentityFacts, names_of, open_identities


@dataclass(frozen=True)
class StageOn:
    """A stage, and the day the case entered it last; None if it never did."""

    code: str
    label: str
    on: date | None


@dataclass(frozen=True)
class JoinedFile:
    """A file that leads to this one: what it knows of the person, since when they are one and who decided."""

    merge: Merge
    facts: IdentityFacts
    cases: list[tuple[Case, str]]


@dataclass(frozen=True)
class PersonFile:
    """All that the page of a person shows; memberships and events are those of joined files, too."""

    facts: IdentityFacts
    family: Family
    case: Case | None
    stages: list[StageOn]
    current: Stage | None
    memberships: list[Membership]
    is_forgotten: bool
    joined: list[JoinedFile]
    sought: list[TracingRequest]
    held: list[Held]
    purpose: str
    whereabouts: list[tuple[Whereabouts, str, str]]
    events: list[Event]


def person_file(actor: Actor, person: Person) -> PersonFile:
    """Return a person's file with the opened identity, and those joined to it; the audit names the person's code."""
    merges = files_joined_to(person)
    people = [person, *(merge.merged for merge in merges)]
    lived = Membership.objects.filter(person__in=people).select_related("family").order_by("-since", "-pk")
    memberships = sorted(lived, key=lambda membership: membership.person_id != person.pk)
    purpose = purpose_for(actor, memberships[0].family)
    known = open_identities(actor, [one.identity_id for one in people], purpose=purpose, about=person.code)
    worked = Case.objects.filter(person__in=people).select_related("family").order_by("-opened_on", "-pk")
    cases = list(worked)
    case = next((one for one in cases if one.person_id == person.pk), None)
    changed = StageChange.objects.filter(case__person__in=people).select_related("by", "case")
    changes = list(changed.order_by("-recorded_at", "-pk"))
    return PersonFile(
        facts=without_numbers(known.get(person.identity_id, IdentityFacts())),
        family=memberships[0].family,
        case=case,
        stages=_stages(change for change in changes if case and change.case_id == case.pk),
        current=catalogue().stage_numbered(case.stage) if case else None,
        memberships=memberships,
        is_forgotten=is_forgotten(person),
        joined=[
            _joined(merge, without_numbers(known.get(merge.merged.identity_id, IdentityFacts())), cases)
            for merge in merges
        ],
        sought=_sought(people) if actor.may("tracing.see") else [],
        held=held_now(actor, memberships[0].family),
        purpose=purpose,
        whereabouts=whereabouts_of(person),
        events=events_of_person(cases, changes, {one.pk: one.code for one in people} if merges else {}),
    )


def without_numbers(facts: IdentityFacts) -> IdentityFacts:
    """Return facts that say how somebody can be reached and not under which number: that is asked for by itself."""
    numbers = {contact.value for contact in facts.contacts}
    return replace(
        facts,
        contacts=tuple(replace(contact, value="", safe_when="") for contact in facts.contacts),
        origins=tuple(replace(one, cell="…") if one.cell in numbers else one for one in facts.origins),
    )


def _joined(merge: Merge, facts: IdentityFacts, cases: Iterable[Case]) -> JoinedFile:
    own = [case for case in cases if case.person_id == merge.merged_id]
    return JoinedFile(merge, facts, [(case, catalogue().stage_numbered(case.stage).label) for case in own])


def _sought(people: Iterable[Person]) -> list[TracingRequest]:
    """Return the requests of relatives whose person sought was decided to be this one."""
    found = Suggestion.objects.filter(person__in=list(people), state=Suggestion.State.SAME)
    return list(TracingRequest.objects.filter(pk__in=found.values("request")).order_by("-opened_on", "-pk"))


def _stages(changes: Iterable[StageChange]) -> list[StageOn]:
    entered: dict[int, date] = {}
    for change in changes:
        entered.setdefault(change.to_stage, change.on)
    return [StageOn(stage.code, stage.label, entered.get(stage.number)) for stage in catalogue().stages]


@dataclass(frozen=True)
class About:
    """Whom a form is about, for the line under its title."""

    name: str
    code: str
    kinship: str = ""
    born: date | int | None = None
    precision: int = Person.YearPrecision.UNKNOWN
    stage: Stage | None = None
    opened_on: date | None = None


def about_person(actor: Actor, person: Person, family: Family, case: Case | None = None) -> About:
    """Return who somebody is, in one line: name, place in the family, birth year and stage."""
    names = names_of(actor, [person.identity_id], purpose=purpose_for(actor, family), about=family.code)
    membership = person.memberships.filter(family=family).order_by("-since", "-pk").first()
    kinship = catalogue().label("kinships", membership.kinship) if membership and membership.kinship else ""
    return About(
        name=names.get(person.identity_id, "") or person.code,
        code=person.code,
        kinship=kinship,
        born=person.birth_year,
        precision=person.birth_precision,
        stage=catalogue().stage_numbered(case.stage) if case else None,
        opened_on=case.opened_on if case else None,
    )


def about_family(actor: Actor, family: Family) -> About:
    """Return who a family is, in one line: the name of its head."""
    members = list(Membership.objects.filter(family=family, until=None).select_related("person").order_by("pk"))
    head = head_of(members)
    purpose = purpose_for(actor, family)
    names = names_of(actor, [head.identity_id], purpose=purpose, about=family.code) if head else {}
    return About(name=names.get(head.identity_id, "") if head else "", code=family.code)


def tracing_requests_open() -> QuerySet[TracingRequest]:
    """Return the open requests of relatives, the newest first."""
    return TracingRequest.objects.filter(state=TracingRequest.State.OPEN).order_by("-opened_on", "-pk")
