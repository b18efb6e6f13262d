"""Who is away and who stands in for them, as far as it concerns whoever asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.queries import staff_of
from panoh.access.refusals import NotThere
from panoh.casework.models import Absence

__all__ = ["absence_for", "absences_of", "may_be_away", "stands_in_for"]


def absences_of(actor: Actor) -> list[Absence]:
    """Return the absences of today and later that concern the actor, or a colleague the actor leads."""
    found = _seen_by(actor).filter(ended_at=None, until__gte=today())
    return list(found.select_related("staff", "stand_in").order_by("since", "pk"))


def stands_in_for(actor: Actor) -> list[Absence]:
    """Return the absences of today in which the actor stands in."""
    now = Absence.objects.filter(stand_in=actor.staff_id, ended_at=None, since__lte=today(), until__gte=today())
    return list(now.select_related("staff").order_by("until", "pk"))


def absence_for(actor: Actor, code: str) -> Absence:
    """Return an absence that concerns the actor or a colleague they lead; else NotThere."""
    found = _seen_by(actor).filter(code=code).select_related("staff", "stand_in").first()
    if found is None:
        raise NotThere
    return found


def may_be_away(actor: Actor) -> list[Staff]:
    """Return for whom the actor may name a stand-in: oneself, and whom one leads."""
    if actor.may("worker.view"):
        return list(staff_of(actor))
    return [actor.staff] if actor.staff else []


def _seen_by(actor: Actor) -> QuerySet[Absence]:
    if actor.may("worker.view"):
        return Absence.objects.all()  # the fence keeps it to those whom the actor leads
    return Absence.objects.filter(Q(staff=actor.staff_id) | Q(stand_in=actor.staff_id))
