"""Paper: a page of HTML as PDF in the one print style of all rooms; nothing is fetched while it is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow

__all__ = ["NoPdfHere", "pdf_of"]

LOOK = Path(__file__).with_name("print.css")


class NoPdfHere(NotNow):
    code = "access.no-pdf-here"
    says = _(
        "This machine cannot make a PDF: the library Pango is missing. Ask whoever runs it to install libpango-1.0-0"
        " and libpangoft2-1.0-0, or print the page itself."
    )


def pdf_of(page: str) -> bytes:
    """Return a page as PDF (PDF/UA-1), its first heading at the foot of each sheet.

    Raises:
        NoPdfHere: the library that lays out text is missing on this machine.
    """
    try:
        import weasyprint  # noqa: PLC0415  # it loads Pango, which a machine may lack
    except OSError as error:
        raise NoPdfHere from error
    look = weasyprint.CSS(string=LOOK.read_text(encoding="utf-8"))
    written = weasyprint.HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(
        stylesheets=[look], pdf_variant="pdf/ua-1"
    )
    return bytes(written)


def _fetch_nothing(url: str, *_more: Any, **_named: Any) -> NoReturn:
    raise ValueError(url)
