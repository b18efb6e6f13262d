"""By which purpose somebody looks at a file: the work with it, the grant that opened it, or what they said."""

from __future__ import annotations

from django.db.models import F, Q

from panoh.access.clock import now, today
from panoh.access.entrances import Actor
from panoh.access.refusals import PurposeMissing
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, Grant

__all__ = ["choices", "purpose_for"]

OF_THE_WORK = "service_delivery"
# Within the own agency nobody is asked: what the role looks for is plain, and said on the page, where it is changed.
IN_THE_AGENCY = {"supervisor": "supervision", "regional_coordinator": "supervision", "reception_officer": OF_THE_WORK}
WITHOUT_A_VISIT = "supervision"
# Said by itself where it is so, and by nobody at the door of a file.
NOT_SAID = ("registration", "emergency")


def choices() -> list[tuple[str, str]]:
    """Return the purposes that can be said at the door of a file, with their labels."""
    return [(code, label) for code, label in catalogue().choices("purposes") if code not in NOT_SAID]


def purpose_for(actor: Actor, family: Family) -> str:
    """Return the purpose by which the actor looks at a family's file. At most one query.

    Raises:
        PurposeMissing: it is the role alone that reaches the file, beyond the own agency, and nothing was said.
        Unknown: what was said is not on the list.
    """
    if said := actor.visit.purpose_of(family.code) if actor.visit else "":
        return catalogue().known("purposes", said)
    if family.worker_id is not None and family.worker_id == actor.staff_id:
        return OF_THE_WORK
    if family.agency_id == actor.agency_id and actor.role.code in IN_THE_AGENCY:
        return IN_THE_AGENCY[actor.role.code]
    if actor.role.scope != "all" and (given := _granted(actor, family)):
        return given
    if actor.visit is None:  # a job, or the command line: nobody stands at a door
        return WITHOUT_A_VISIT
    raise PurposeMissing(about=family.code)


def _granted(actor: Actor, family: Family) -> str | None:
    to_me = Q(staff=actor.staff_id) | Q(staff=None, agency=actor.agency_id)
    holding = Q(ended_at=None, until__gte=today()) & (Q(expires_at=None) | Q(expires_at__gt=now()))
    found = Grant.objects.filter(to_me & holding, family=family).order_by(F("expires_at").desc(nulls_last=True), "-pk")
    return found.values_list("purpose", flat=True).first()
