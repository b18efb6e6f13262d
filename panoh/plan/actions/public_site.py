"""Publishing a plan as plain web pages."""

from __future__ import annotations

import io
import zipfile

from panoh.access.entrances import Actor, action
from panoh.plan.models import Plan
from panoh.plan.queries.site import site_of

__all__ = ["publish_site"]


@action("joint.publish")
def publish_site(actor: Actor, plan: Plan) -> bytes:
    """Return the public pages of a plan as a zip.

    Raises:
        PlanNotPublic: the plan is a draft.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in site_of(plan).items():
            zipped.writestr(f"{plan.code}/{name}", content)
    return written.getvalue()
