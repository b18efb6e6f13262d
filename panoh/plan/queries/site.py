"""The public pages of a plan: what is adopted and published, in every language it has."""

from __future__ import annotations

from panoh.plan.documents.site import Site, pages_of
from panoh.plan.models import Plan
from panoh.plan.queries.figures import public_record
from panoh.plan.queries.outline import languages_of, plan_told
from panoh.plan.queries.told import statuses_told
from panoh.plan.refusals_documents import PlanNotPublic

__all__ = ["site_of"]


def site_of(plan: Plan) -> dict[str, bytes]:
    """Return the files of the site by their path.

    Raises:
        PlanNotPublic: the plan is a draft.
    """
    if plan.state == Plan.State.DRAFT:
        raise PlanNotPublic
    languages = languages_of(plan)
    told = [plan_told(plan, language, statuses_told(plan, language, public=True)) for language in languages]
    return pages_of(Site(told, public_record))
