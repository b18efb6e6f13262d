"""Tables of the plan. They hold public bodies' own, and nothing of anybody who is helped."""

from panoh.plan.models.revisions import Change, Revision
from panoh.plan.models.tree import ActionBody, Area, Body, Pillar, Plan, PlanAction

__all__ = ["ActionBody", "Area", "Body", "Change", "Pillar", "Plan", "PlanAction", "Revision"]
