"""Everything that reads the plan for a page or the API."""

from panoh.plan.queries.actions import ActionShown, action_shown, funding_for, milestone_for, reached_for
from panoh.plan.queries.asking import actions_of, areas_of, body_for, changes_asked_for, plan_states
from panoh.plan.queries.documents import file_of_plan
from panoh.plan.queries.editions import Comparison, change_for, comparison, editions, open_revision, revision_in_work
from panoh.plan.queries.figures import figure_for, operation_for, operation_shown, operations, public_record
from panoh.plan.queries.iati import iati_of
from panoh.plan.queries.outline import languages_of, plan_told
from panoh.plan.queries.progress import Behind, Matrix, behind, matrix, pillar_progress, timed_actions
from panoh.plan.queries.site import site_of
from panoh.plan.queries.telling import bodies_told, body_coded, body_told, edition_told, plans_in_force
from panoh.plan.queries.telling_figures import indicators_told, levels_told, periods_told, values_told
from panoh.plan.queries.telling_reports import reports_told, status_in_words
from panoh.plan.queries.telling_reviews import answers_told, findings_told, points_told, returns_told, reviews_told
from panoh.plan.queries.tree import (
    action_for,
    bodies,
    bodies_named,
    body_called,
    country_of,
    pillars_of,
    plan_for,
    plan_shown,
    plans,
)

__all__ = [
    "ActionShown", "Behind", "Comparison", "Matrix", "action_for", "action_shown", "actions_of", "answers_told",
    "areas_of", "behind", "bodies", "bodies_named", "bodies_told", "body_called", "body_coded", "body_for",
    "body_told", "change_for", "changes_asked_for", "comparison", "country_of", "edition_told", "editions",
    "figure_for", "file_of_plan", "findings_told", "funding_for", "iati_of", "indicators_told", "languages_of",
    "levels_told", "matrix", "milestone_for", "open_revision", "operation_for", "operation_shown", "operations",
    "periods_told", "pillar_progress", "pillars_of", "plan_for", "plan_shown", "plan_states", "plan_told", "plans",
    "plans_in_force", "points_told", "public_record", "reached_for", "reports_told", "returns_told", "reviews_told",
    "revision_in_work", "site_of", "status_in_words", "timed_actions", "values_told",
]  # fmt: skip
