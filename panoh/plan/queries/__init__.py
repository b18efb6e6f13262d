"""Everything that reads the plan for a page or the API."""

from panoh.plan.queries.asking import (
    actions_of,
    areas_of,
    bodies,
    body_for,
    changes_asked_for,
    open_revision,
    plan_states,
    plans_in_force,
)
from panoh.plan.queries.tree import country_of, plan_for, plan_shown, plans

__all__ = [
    "actions_of", "areas_of", "bodies", "body_for", "changes_asked_for", "country_of", "open_revision", "plan_for",
    "plan_shown", "plan_states", "plans", "plans_in_force",
]  # fmt: skip
