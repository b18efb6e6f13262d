"""A plan as PDF, from a template; nothing is fetched while it is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from django.template.loader import render_to_string
from django.utils.translation import override

from panoh.plan.documents.outline import PlanTold
from panoh.plan.refusals_documents import NoPdfHere

__all__ = ["as_pdf"]

LOOK = Path(__file__).with_name("print.css")


def as_pdf(told: PlanTold) -> bytes:
    """Return the plan as PDF.

    Raises:
        NoPdfHere: the library that lays out text is missing on this machine.
    """
    try:
        import weasyprint  # noqa: PLC0415  # it loads Pango, which a machine may lack
    except OSError as error:
        raise NoPdfHere from error
    with override(told.language):
        page = render_to_string("plan/document.html", {"plan": told})
    look = weasyprint.CSS(string=LOOK.read_text(encoding="utf-8"))
    written = weasyprint.HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(
        stylesheets=[look], pdf_variant="pdf/ua-1"
    )
    return bytes(written)


def _fetch_nothing(url: str, *_more: Any, **_named: Any) -> NoReturn:
    raise ValueError(url)
