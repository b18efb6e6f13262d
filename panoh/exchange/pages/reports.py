"""Pages: reports that are read in, one beside what was found in it, and a decision on each item."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.clock import now
from panoh.access.entrances import Actor, Request, ask, page, see
from panoh.access.models import JobProgress
from panoh.access.queries import job
from panoh.access.refusals import NotRight, NotThere, Refusal
from panoh.exchange import actions
from panoh.exchange.forms_reports import ItemForm, ReportForm, item_form
from panoh.exchange.jobs_reports import begin_reading
from panoh.exchange.models import Report, ReportItem
from panoh.exchange.queries.reports import (
    item_for,
    item_shown,
    kind_called,
    report_for,
    report_shown,
    reports,
)

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)
STILL_AFTER = timedelta(seconds=60)
STEPS: dict[str, Callable[[Actor, Report, int], ReportItem]] = {
    "confirm": actions.confirm_item, "reject": actions.reject_item, "undo": actions.undo_item,
}  # fmt: skip


@page("exchange/reports/", name="reports", needs="report.enter")
def all_reports(request: Request) -> HttpResponse:
    """Show the reports that were entered, the newest first."""
    return render(request, "exchange/reports.html", {"reports": reports()})


@page("exchange/reports/new/", name="report-new", needs="report.enter", methods=BOTH)
def enter_report(request: Request) -> HttpResponse:
    """Take a report in, and read it."""

    def then(form: ReportForm) -> HttpResponse:
        report = actions.enter_report(request.actor, **form.cleaned_data)
        code = begin_reading(request.actor, report)
        if code:
            return redirect("report-progress", report.code, code)
        return see(request, "report", report.code, said=_("The report was read. Nothing of it is entered yet."))

    form = ReportForm(request.POST or None, request.FILES or None)
    return ask(
        request, form, then, title=_("Read a report"), submit=_("Read it"), cancel=reverse("reports"),
        under=_("Panoh proposes what it finds, each with its sentence. Nothing enters before somebody confirms it."),
        busy=_("The text is being read…"), back=reverse("reports"), back_label=_("Reports"),
    )  # fmt: skip


@page("exchange/reports/<str:code>/", name="report", needs="report.enter")
def one_report(request: Request, code: str) -> HttpResponse:
    """Show the text at the one side and the items of a kind at the other."""
    report = report_for(code)
    if report.state == Report.State.WAITING:
        return render(request, "exchange/report_waiting.html", {"report": report})
    shown = report_shown(report, kind_called(request.GET.get("show", "")), request.GET.get("page", 1))
    return render(request, "exchange/report.html", {"shown": shown, "report": report})


@page("exchange/reports/<str:code>/read/", name="report-read", needs="report.enter", methods=POST)
def read_again(request: Request, code: str) -> HttpResponse:
    """Begin the reading of a report anew, where it was interrupted."""
    report = report_for(code)
    job_code = begin_reading(request.actor, report)
    return redirect("report-progress", code, job_code) if job_code else redirect("report", code)


@page("exchange/reports/<str:code>/progress/<str:job_code>/", name="report-progress", needs="report.enter")
def progress(request: Request, code: str, job_code: str) -> HttpResponse:
    """Show how far the reading has come; htmx asks for the card alone."""
    report, work = report_for(code), job(request.actor, job_code)
    if work.about != report.code:
        raise NotThere
    address = reverse("report", args=[code])
    told: dict[str, Any] = {"done": work.done, "total": work.total, "url": request.path, "only_percent": True}
    told |= {"title": _("Reading “%(title)s”") % {"title": report.title}, "report": report}
    if work.state in (JobProgress.State.DONE, JobProgress.State.REFUSED):
        bad = work.state == JobProgress.State.REFUSED
        told |= {"ended": True, "says": work.says, "ended_badly": bad, "next": address, "next_label": _("Look at it")}
    elif now() - work.changed_at > STILL_AFTER:
        says = _("Nothing has moved for more than a minute. If it was interrupted, nothing of it was kept.")
        told |= {
            "ended": True,
            "says": says,
            "ended_badly": True,
            "next": address,
            "next_label": _("Back to the report"),
        }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "components/progress.html" if is_part else "exchange/report_progress.html", told)


@page("exchange/reports/<str:code>/items/<int:number>/", name="report-item", needs="report.enter", methods=BOTH)
def item(request: Request, code: str, number: int) -> HttpResponse:
    """Show one item, and confirm, reject or undo it; htmx swaps the item alone."""
    report = report_for(code)
    if request.method != "POST":
        return _item(request, item_for(report, number))
    found, step = item_for(report, number), STEPS.get(request.POST.get("decision", ""))
    if step is None:
        raise NotRight
    try:
        step(request.actor, report, number)
    except NotThere:
        raise
    except Refusal as refusal:
        return _item(request, found, str(refusal))
    return _item(request, item_for(report, number))


def _item(request: Request, found: ReportItem, refused: str = "") -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return render(request, "exchange/report_item.html", {"one": item_shown(found), "refused": refused})
    if refused:
        messages.error(request, refused)
    return HttpResponseRedirect(_where(found))


def _where(found: ReportItem) -> str:
    """Return the address of an item on its report's page."""
    kind = ReportItem.Kind(found.kind).name.casefold()
    return f"{reverse('report', args=[found.report.code])}?show={kind}#item-{found.number}"


@page(
    "exchange/reports/<str:code>/items/<int:number>/correct/", name="report-correct", needs="report.enter", methods=BOTH
)
def correct(request: Request, code: str, number: int) -> HttpResponse:
    """Correct an item and enter it so."""
    report = report_for(code)
    found = item_for(report, number)

    def then(form: ItemForm) -> HttpResponse:
        actions.correct_item(request.actor, report, number, form.told())
        return _item(request, item_for(report, number))

    form = item_form(found, request.POST if request.method == "POST" else None)
    is_part = request.headers.get("HX-Request") == "true"
    response = ask(
        request, form, then, template="exchange/report_item_form.html" if is_part else "exchange/report_correct.html",
        one=item_shown(found), cancel=_where(found), report=report,
    )  # fmt: skip
    if is_part and response.status_code >= 400:
        response.status_code = 200  # htmx shows it in place of the item
    return response


@page("exchange/reports/<str:code>/all/<str:kind>/", name="report-all", needs="report.enter", methods=BOTH)
def confirm_many(request: Request, code: str, kind: str) -> HttpResponse:
    """List what is open of a kind with its sentences, and confirm those that are ticked."""
    report, which = report_for(code), kind_called(kind)
    if which is None:
        raise NotThere
    if request.method == "POST":
        numbers = [int(number) for number in request.POST.getlist("items") if number.isdecimal()]
        done = actions.confirm_items(request.actor, report, numbers)
        _tell(request, report, done)
        return HttpResponseRedirect(f"{reverse('report', args=[code])}?show={kind}")
    shown = report_shown(report, which, request.GET.get("page", 1))
    listed = [one for one in shown.items if one.item.is_open]
    return render(
        request, "exchange/report_all.html", {"report": report, "shown": shown, "listed": listed, "kind": kind}
    )


def _tell(request: Request, report: Report, done: actions.Together) -> None:
    n = len(done.entered)
    if n:
        messages.success(request, ngettext("%(n)s is confirmed.", "%(n)s are confirmed.", n) % {"n": n})
    for why in dict.fromkeys(why for _number, why in done.left):
        numbers = [str(number) for number, other in done.left if other == why]
        said = ngettext(
            "Not confirmed: number %(which)s. %(why)s", "Not confirmed: numbers %(which)s. %(why)s", len(numbers)
        )
        messages.warning(request, said % {"which": ", ".join(numbers), "why": why})
    if not n and not done.left:
        messages.warning(request, _("Nothing was ticked, and nothing is confirmed."))
