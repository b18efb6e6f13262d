"""What somebody can take in hand at once: their open tasks, and the families they lead."""

from __future__ import annotations

from django.db.models import Q

from panoh.access.entrances import Actor
from panoh.casework.models import Case, Family, Task
from panoh.casework.queries.absences import stands_in_for
from panoh.casework.queries.reach import still_led, within

__all__ = ["families_to_visit", "open_tasks"]

MOST = 100


def open_tasks(actor: Actor) -> list[Task]:
    """Return the hundred most pressing tasks that fall to the actor, or to whom they stand in for."""
    whose = _whose(actor)
    falls = Q(owner__in=whose) | Q(owner=None, family__worker__in=whose)
    found = Task.objects.filter(within(actor, "family"), falls, still_led(), done_on=None, case__closed_on=None)
    return list(found.select_related("family").order_by("due", "pk")[:MOST])


def families_to_visit(actor: Actor) -> list[Family]:
    """Return the families with an open case that the actor leads, or whom they stand in for."""
    going_on = Case.objects.filter(closed_on=None).values("family")
    found = Family.objects.filter(within(actor), pk__in=going_on, worker__in=_whose(actor))
    return list(found.order_by("opened_on", "pk")[:MOST])


def _whose(actor: Actor) -> list[int]:
    return [actor.me, *(absence.staff_id for absence in stands_in_for(actor))]
