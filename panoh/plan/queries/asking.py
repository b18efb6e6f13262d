"""What a room above asks of the plan: what a proposal changed in it, and where a change can go."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from panoh.access.refusals import NotThere
from panoh.plan.models import Area, Body, Change, Plan, PlanAction


def changes_asked_for(codes: Collection[str]) -> list[Change]:
    """Return the changes that these proposals or findings asked for, the oldest first."""
    return list(Change.objects.filter(asked_for_in__in=codes).select_related("revision__plan", "action").order_by("pk"))


def areas_of(plan: Plan) -> QuerySet[Area]:
    """Return the priority areas of a plan in order."""
    return Area.objects.filter(pillar__plan=plan).order_by("pillar__number", "code")


def actions_of(plan: Plan) -> QuerySet[PlanAction]:
    """Return the actions that are in a plan now."""
    return plan.actions.filter(until=None).select_related("plan", "area", "parent").order_by("code")


def body_for(code: str) -> Body:
    """Return the body with this code.

    Raises:
        NotThere: there is none.
    """
    found = Body.objects.filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def plan_states() -> list[str]:
    """Return the states of all plans, in the order of their letters."""
    return sorted({state for states in Plan.objects.values_list("states", flat=True) for state in states})
