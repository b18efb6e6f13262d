"""What the page of a person shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from panoh.access.entrances import Actor
from panoh.casework.catalogue import Stage, catalogue
from panoh.casework.models import Case, Family, Membership, Person, StageChange, TracingRequest
from panoh.casework.queries.families import PURPOSE
from panoh.casework.queries.forgetting import is_forgotten
from panoh.vault.queries import IdentityFacts, open_identities


@dataclass(frozen=True)
class StageOn:
    """A stage, and the day the case entered it last; None if it never did."""

    code: str
    label: str
    on: date | None


@dataclass(frozen=True)
class PersonFile:
    """All that the page of a person shows."""

    facts: IdentityFacts
    family: Family
    case: Case | None
    stages: list[StageOn]
    current: Stage | None
    memberships: list[Membership]
    changes: list[tuple[StageChange, str]]
    is_forgotten: bool


def person_file(actor: Actor, person: Person) -> PersonFile:
    """Return a person's file with the opened identity; the audit names the person's code."""
    facts = open_identities(actor, [person.identity_id], purpose=PURPOSE, about=person.code).get(
        person.identity_id, IdentityFacts()
    )
    memberships = list(person.memberships.select_related("family").order_by("-since", "-pk"))
    case = person.cases.select_related("family").order_by("-opened_on", "-pk").first()
    changes = list(StageChange.objects.filter(case__person=person).select_related("by").order_by("-recorded_at", "-pk"))
    return PersonFile(
        facts=facts,
        family=memberships[0].family,
        case=case,
        stages=_stages(change for change in changes if case and change.case_id == case.pk),
        current=catalogue().stage_numbered(case.stage) if case else None,
        memberships=memberships,
        changes=[(change, catalogue().stage_numbered(change.to_stage).label) for change in changes],
        is_forgotten=is_forgotten(person),
    )


def _stages(changes: Iterable[StageChange]) -> list[StageOn]:
    entered: dict[int, date] = {}
    for change in changes:
        entered.setdefault(change.to_stage, change.on)
    return [StageOn(stage.code, stage.label, entered.get(stage.number)) for stage in catalogue().stages]


def tracing_requests_open() -> QuerySet[TracingRequest]:
    """Return the open requests of relatives, the newest first."""
    return TracingRequest.objects.filter(state=TracingRequest.State.OPEN).order_by("-opened_on", "-pk")
