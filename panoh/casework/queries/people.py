"""What the page of a person shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from panoh.access.entrances import Actor
from panoh.casework.catalogue import Stage, catalogue
from panoh.casework.models import Case, Family, Membership, Person, StageChange, TracingRequest
from panoh.casework.queries.families import PURPOSE
from panoh.vault.queries import IdentityFacts, open_identities


@dataclass(frozen=True)
class PersonFile:
    """All that the page of a person shows."""

    facts: IdentityFacts
    family: Family
    case: Case | None
    stages: tuple[Stage, ...]
    current: Stage | None
    memberships: list[Membership]
    changes: list[tuple[StageChange, str]]


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
        stages=catalogue().stages,
        current=catalogue().stage_numbered(case.stage) if case else None,
        memberships=memberships,
        changes=[(change, catalogue().stage_numbered(change.to_stage).label) for change in changes],
    )


def tracing_requests_open() -> QuerySet[TracingRequest]:
    """Return the open requests of relatives, the newest first."""
    return TracingRequest.objects.filter(state=TracingRequest.State.OPEN).order_by("-opened_on", "-pk")
