"""Everything that reads the plan for a page or the API."""

from panoh.plan.queries.telling import bodies_told, body_called, body_told, plan_told, plans_in_force
from panoh.plan.queries.tree import country_of, plan_for, plan_shown, plans

__all__ = [
    "bodies_told", "body_called", "body_told", "country_of", "plan_for", "plan_shown", "plan_told", "plans",
    "plans_in_force",
]  # fmt: skip
