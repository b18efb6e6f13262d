"""Everything that reads the plan for a page or the API."""

from panoh.plan.queries.bodies import bodies, body_called
from panoh.plan.queries.tree import country_of, plan_for, plan_shown, plans

__all__ = ["bodies", "body_called", "country_of", "plan_for", "plan_shown", "plans"]
