"""Everything that reads the plan for a page or the API."""

from panoh.plan.queries.actions import ActionShown, action_shown, funding_for, milestone_for, reached_for
from panoh.plan.queries.editions import Comparison, change_for, comparison, editions, open_revision, revision_in_work
from panoh.plan.queries.progress import Behind, Matrix, behind, matrix, pillar_progress, timed_actions
from panoh.plan.queries.tree import action_for, bodies, bodies_named, country_of, plan_for, plan_shown, plans

__all__ = [
    "ActionShown", "Behind", "Comparison", "Matrix", "action_for", "action_shown", "behind", "bodies", "bodies_named",
    "change_for", "comparison", "country_of", "editions", "funding_for", "matrix", "milestone_for", "open_revision",
    "pillar_progress", "plan_for", "plan_shown", "plans", "reached_for", "revision_in_work", "timed_actions",
]  # fmt: skip
