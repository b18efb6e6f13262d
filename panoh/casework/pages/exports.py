"""Pages: requests that something leaves on a file, what is decided on them, and the file itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotRight
from panoh.casework import actions
from panoh.casework.forms_exports import ExportDecisionForm, ExportForm
from panoh.casework.jobs import begin_export
from panoh.casework.queries.exports import export_for, export_shown, exports_page, families_named

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)


@page("exports/", name="exports", needs="export.ask")
def exports(request: Request) -> HttpResponse:
    """Show one's own requests, and those that wait for one's decision."""
    return render(request, "casework/exports.html", {"page": exports_page(request.actor)})


@page("exports/new/", name="export-new", needs="export.ask", methods=BOTH)
def ask_for_one(request: Request) -> HttpResponse:
    """Ask for a file; the page that comes next says what will leave and to whom."""

    def then(form: ExportForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        families = families_named(request.actor, given.pop("families"))
        export = actions.ask_export(request.actor, families, **given)
        return see(request, "export", export.code, said=_("Asked for. Another colleague decides."))

    back = {"back": reverse("exports"), "back_label": _("Exports"), "cancel": reverse("exports")}
    form = ExportForm(request.actor, request.POST or None, initial={"families": request.GET.get("families", "")[:300]})
    return ask(request, form, then, title=_("Ask for an export"), submit=_("Ask for the file"), **back)


@page("exports/<str:code>/", name="export", needs="export.ask")
def export(request: Request, code: str) -> HttpResponse:
    """Show a request: what would leave, to whom, why, and what can be done now."""
    return _shown(request, code)


def _shown(request: Request, code: str, passphrase: str = "") -> HttpResponse:
    shown = export_shown(request.actor, export_for(request.actor, code))
    return render(request, "casework/export.html", {"shown": shown, "export": shown.export, "passphrase": passphrase})


@page("exports/<str:code>/decide/", name="export-decide", needs="export.approve", methods=POST)
def decide(request: Request, code: str) -> HttpResponse:
    """Agree to a file, or let nothing leave."""
    found, form = export_for(request.actor, code), ExportDecisionForm(request.POST)
    if not form.is_valid():
        raise NotRight
    if form.cleaned_data["decision"] == "decline":
        actions.decline_export(request.actor, found)
        return see(request, "exports", said=_("Declined: nothing leaves."))
    begin_export(request.actor, found)
    return see(request, "exports", said=_("Agreed: the file is being made for %(name)s.") % {"name": found.asked_by})


@page("exports/<str:code>/passphrase/", name="export-passphrase", needs="export.make", methods=POST)
def passphrase(request: Request, code: str) -> HttpResponse:
    """Lock the file with a passphrase and show it, this once."""
    shown_once = actions.lock_export(request.actor, export_for(request.actor, code))
    return _shown(request, code, shown_once)


@page("exports/<str:code>/fetch/", name="export-fetch", needs="export.fetch", methods=POST)
def fetch(request: Request, code: str) -> HttpResponse:
    """Hand the file to who asked for it."""
    file = actions.fetch_export(request.actor, export_for(request.actor, code))
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type="application/octet-stream", headers=headers)
