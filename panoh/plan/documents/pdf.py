"""A plan as PDF, from a template, in the print style of all rooms."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import override

from panoh.access.printing import pdf_of
from panoh.plan.documents.outline import PlanTold

__all__ = ["as_pdf"]


def as_pdf(told: PlanTold) -> bytes:
    """Return the plan as PDF.

    Raises:
        NoPdfHere: the library that lays out text is missing on this machine.
    """
    with override(told.language):
        page = render_to_string("plan/document.html", {"plan": told})
    return pdf_of(page)
