"""What one member of staff has to do: counted before the account ends, so that nothing falls to nobody."""

from __future__ import annotations

from django.db.models import Q

from panoh.access.models import Staff
from panoh.casework.models import Family, PlanItem, Task, Visit


def work_of(staff: Staff) -> dict[str, int]:
    """Return how many families somebody leads, and how many open tasks, steps of plans and planned visits."""
    return {
        "families": Family.objects.filter(worker=staff).count(),
        "tasks": Task.objects.filter(owner=staff, done_on=None).count(),
        "steps": PlanItem.objects.filter(responsible=staff, outcome="").count(),
        "visits": Visit.objects.filter(by=staff, made_on=None, cancelled_on=None).count(),
    }


def has_something_of(staff: Staff) -> Q:
    """Return the condition that something open in a family is theirs to do."""
    return (
        Q(tasks__owner=staff, tasks__done_on=None)
        | Q(visits__by=staff, visits__made_on=None, visits__cancelled_on=None)
        | Q(cases__needs__steps__responsible=staff, cases__needs__steps__outcome="")
    )
