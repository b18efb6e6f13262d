"""Everything that reads the plan for a page or the API."""

from panoh.plan.queries.documents import file_of_plan
from panoh.plan.queries.figures import figure_for, operation_for, operation_shown, operations, public_record
from panoh.plan.queries.iati import bodies, iati_of
from panoh.plan.queries.outline import languages_of, plan_told
from panoh.plan.queries.site import site_of
from panoh.plan.queries.tree import country_of, plan_for, plan_shown, plans

__all__ = [
    "bodies", "country_of", "figure_for", "file_of_plan", "iati_of", "languages_of", "operation_for",
    "operation_shown", "operations", "plan_for", "plan_shown", "plan_told", "plans", "public_record", "site_of",
]  # fmt: skip
