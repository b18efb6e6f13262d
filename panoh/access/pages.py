"""Pages for the data-protection officer: a search in the audit, and the report of a month."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from panoh.access import account
from panoh.access.entrances import Request, page
from panoh.access.forms import AuditSearch
from panoh.access.refusals import NotRight


@page("audit/", name="audit", needs="audit.search")
def audit(request: Request) -> HttpResponse:
    """Show the entries that were asked for, the newest first, 25 a page."""
    form = AuditSearch(request.GET or None)
    if form.is_bound and not form.is_valid():
        return render(request, "access/audit.html", {"form": form, "page": account.Page([])}, status=NotRight.status)
    asked = form.asked if form.is_bound else account.Asked()
    shown = account.search(request.actor, asked, **account.part_asked(request.GET))
    return render(request, "access/audit.html", {"form": form, "page": shown, "is_asked": asked != account.Asked()})


@page("audit/report/", name="audit-report", needs="audit.report")
def report(request: Request) -> HttpResponse:
    """Show the figures of a month; without one in the address, of the present one."""
    months = account.months()
    month = next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month")), months[0])
    shown = {"report": account.report(request.actor, month), "months": months}
    return render(request, "access/report.html", shown)
