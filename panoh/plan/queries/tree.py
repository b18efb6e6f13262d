"""The plan as it stands, read whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from panoh.access.entrances import Actor
from panoh.access.models import Agency
from panoh.access.refusals import NotThere
from panoh.plan.models import ActionBody, Area, Pillar, Plan, PlanAction, Revision


def country_of(actor: Actor) -> str:
    """Return the state for which the actor's agency speaks; empty for an organisation of no single state."""
    return Agency.objects.filter(pk=actor.agency_id or 0).values_list("country", flat=True).first() or ""


def plans() -> QuerySet[Plan]:
    """Return all plans, the newest first."""
    return Plan.objects.all()


def plan_for(code: str) -> Plan:
    """Return the plan with this code.

    Raises:
        NotThere: there is none.
    """
    found = Plan.objects.filter(code=code).first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class PlanShown:
    """A plan with its pillars, areas and actions in order, and the revision that is being prepared, if one is."""

    plan: Plan
    pillars: Sequence[Pillar]
    revision: Revision | None


def plan_shown(plan: Plan) -> PlanShown:
    """Return what the plan's page shows; a dropped action is left out."""
    bodies = ActionBody.objects.select_related("body")
    actions = (
        PlanAction.objects.filter(until=None).select_related("parent").prefetch_related(Prefetch("bodies", bodies))
    )
    areas = Area.objects.prefetch_related(Prefetch("actions", actions))
    pillars = plan.pillars.prefetch_related(Prefetch("areas", areas))
    return PlanShown(plan, list(pillars), plan.revisions.filter(state=Revision.State.OPEN).first())
