"""Emergencies: which file is open by one now, which wait for their review, and what one of them was about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from panoh.access.clock import now
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Emergency, Family, Grant
from panoh.casework.queries.reach import within
from panoh.vault.queries import open_parts

__all__ = [
    "EmergencyShown", "Held", "emergency_for", "held_now", "may_review", "recent_emergencies", "review_of",
    "waiting_emergencies",
]  # fmt: skip

MOST_WAITING, MOST_RECENT = 20, 50
PERMISSION = "glass.review"


@dataclass(frozen=True)
class EmergencyShown:
    """One emergency in words: of the file only its code.

    reason and note: empty for whoever does not reach the file; steps: how often something was done in it meanwhile.
    """

    code: str
    about: str
    who: str
    agency: str
    kind: str
    at: datetime
    until: datetime
    is_open: bool
    is_late: bool
    finding: str = ""
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    reason: str = ""
    note: str = ""
    steps: int = 0
    may_review: bool = False
    is_in_reach: bool = False


@dataclass(frozen=True)
class Held:
    """Who has a file open in an emergency, and until when."""

    who: str
    until: datetime
    code: str
    is_own: bool


def held_now(actor: Actor, family: Family, grants: Iterable[Grant] | None = None) -> list[Held]:
    """Return by whom the file is open in an emergency now; grants: those that hold, if they are known already."""
    if grants is None:
        holding = Q(ended_at=None, expires_at__gt=now())
        grants = Grant.objects.filter(holding, family=family).select_related("staff").order_by("pk")
    return [
        Held(str(one.staff), one.expires_at, one.code, one.staff_id == actor.staff_id)
        for one in grants
        if one.expires_at
    ]


def waiting_emergencies(actor: Actor) -> list[EmergencyShown]:
    """Return the emergencies that the actor is to know of and that nobody has reviewed, the oldest first."""
    if not actor.may(PERMISSION):
        return []
    found = _seen().filter(reviewed_at=None).exclude(staff=actor.staff_id)
    return [_shown(one) for one in found.order_by("at")[:MOST_WAITING]]


def recent_emergencies(actor: Actor) -> list[EmergencyShown]:
    """Return the newest emergencies that the actor may see, those that wait for a review first."""
    found = _seen().order_by(F("reviewed_at").desc(nulls_first=True), "-at")
    return [_shown(one) for one in found[:MOST_RECENT]]


def emergency_for(actor: Actor, code: str) -> Emergency:
    """Return the emergency of this code; else NotThere."""
    found = _seen().filter(code=code).first() if actor.may(PERMISSION) else None
    if found is None:
        raise NotThere
    return found


def review_of(actor: Actor, emergency: Emergency) -> EmergencyShown:
    """Return all that a review needs: what was said, and how much was done; the words only to who reaches the file."""
    words = open_parts([emergency.reason_id, emergency.note_id])
    done = AuditEntry.objects.filter(
        staff=emergency.staff_id, about=emergency.about, at__gte=emergency.at, at__lte=emergency.expires_at
    )
    return _shown(
        emergency,
        reason=words.get(emergency.reason_id, ""),
        note=words.get(emergency.note_id, "") if emergency.note_id else "",
        steps=done.count(),
        may_review=may_review(actor, emergency),
        is_in_reach=Family.objects.filter(within(actor), pk=emergency.family_id).exists(),
    )


def may_review(actor: Actor, emergency: Emergency) -> bool:
    """Tell whether it waits for the actor's finding: of the lead agency, or watching over all; never one's own."""
    if emergency.reviewed_at or emergency.staff_id == actor.staff_id or not actor.may(PERMISSION):
        return False
    return actor.role.scope == "none" or emergency.lead // 4 in actor.agencies


def _seen() -> QuerySet[Emergency]:
    """Return what the fence shows, without a step to the file, which may be hidden."""
    return Emergency.objects.select_related("staff__agency", "reviewed_by")


def _shown(one: Emergency, **more: object) -> EmergencyShown:
    return EmergencyShown(
        code=one.code, about=one.about, who=str(one.staff), agency=str(one.staff.agency),
        kind=catalogue().label("emergency_kinds", one.kind), at=one.at, until=one.expires_at, is_open=one.is_open,
        is_late=one.is_late, finding=str(one.get_finding_display()) if one.finding else "",
        reviewed_by=str(one.reviewed_by or ""), reviewed_at=one.reviewed_at,
        **more,  # type: ignore[arg-type]  # each is named by its field
    )  # fmt: skip
