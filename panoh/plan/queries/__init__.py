"""Everything that reads the plan for a page or the API."""

from panoh.plan.queries.tree import country_of, plan_for, plan_shown, plans

__all__ = ["country_of", "plan_for", "plan_shown", "plans"]
