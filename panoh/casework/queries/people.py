"""What the page of a person shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from panoh.access.entrances import Actor
from panoh.casework.catalogue import Stage, catalogue
from panoh.casework.models import (
    Case,
    Family,
    Membership,
    Merge,
    Person,
    StageChange,
    Suggestion,
    TracingRequest,
)
from panoh.casework.queries.families import PURPOSE
from panoh.casework.queries.merging import files_joined_to
from panoh.vault.queries import IdentityFacts, open_identities


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
    """All that the page of a person shows; memberships and changes are those of joined files, too."""

    facts: IdentityFacts
    family: Family
    case: Case | None
    stages: list[StageOn]
    current: Stage | None
    memberships: list[Membership]
    changes: list[tuple[StageChange, str]]
    joined: list[JoinedFile]
    sought: list[TracingRequest]


def person_file(actor: Actor, person: Person) -> PersonFile:
    """Return a person's file with the opened identity, and those joined to it; the audit names the person's code."""
    merges = files_joined_to(person)
    people = [person, *(merge.merged for merge in merges)]
    known = open_identities(actor, [one.identity_id for one in people], purpose=PURPOSE, about=person.code)
    lived = Membership.objects.filter(person__in=people).select_related("family").order_by("-since", "-pk")
    memberships = sorted(lived, key=lambda membership: membership.person_id != person.pk)
    worked = Case.objects.filter(person__in=people).select_related("family").order_by("-opened_on", "-pk")
    cases = list(worked)
    case = next((one for one in cases if one.person_id == person.pk), None)
    changed = StageChange.objects.filter(case__person__in=people).select_related("by", "case")
    changes = list(changed.order_by("-recorded_at", "-pk"))
    return PersonFile(
        facts=known.get(person.identity_id, IdentityFacts()),
        family=memberships[0].family,
        case=case,
        stages=_stages(change for change in changes if case and change.case_id == case.pk),
        current=catalogue().stage_numbered(case.stage) if case else None,
        memberships=memberships,
        changes=[(change, catalogue().stage_numbered(change.to_stage).label) for change in changes],
        joined=[_joined(merge, known.get(merge.merged.identity_id, IdentityFacts()), cases) for merge in merges],
        sought=_sought(people) if actor.may("tracing.see") else [],
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


def tracing_requests_open() -> QuerySet[TracingRequest]:
    """Return the open requests of relatives, the newest first."""
    return TracingRequest.objects.filter(state=TracingRequest.State.OPEN).order_by("-opened_on", "-pk")
