"""Pages of work as a whole: the week, the load of each worker, standing in, several things at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.clock import today
from panoh.access.entrances import Request, ask, page, see
from panoh.access.sendings import only_shows
from panoh.casework import actions, queries
from panoh.casework.actions.several import Report
from panoh.casework.forms_work import SeveralTasksForm, SeveralVisitsForm, StandInForm
from panoh.casework.queries.several import families_to_visit, open_tasks

BOTH: Any = ("GET", "POST")


@page("week/", name="week", needs="today.see")
def week(request: Request) -> HttpResponse:
    """Show what is to be done on each day of a week; with ?all=1 in all families in reach."""
    on, everybody = _day_asked(request), "all" in request.GET
    days = queries.week(request.actor, on, everybody=everybody)
    codes = {entry.family_code for day in days for entry in day.entries}
    shown = {
        "days": days, "everybody": everybody, "names": queries.called(request.actor, codes),
        "before": days[0].on - timedelta(7), "after": days[0].on + timedelta(7),
        "stands_in": queries.stands_in_for(request.actor), "may": request.actor.role.permissions,
    }  # fmt: skip
    return render(request, "casework/week.html", shown)


def _day_asked(request: Request) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()
    return asked if abs((asked - today()).days) < 20 * 366 else today()


@page("workload/", name="workload", needs="worker.view")
def workload(request: Request) -> HttpResponse:
    """Show how the work is shared out, and which families nobody has seen lately."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, queries.UNSEEN_DAYS) else queries.UNSEEN_DAYS[1]
    found = queries.workload(request.actor, days=days)
    names = queries.called(request.actor, [one.family.code for one in found.unseen])
    return render(request, "casework/workload.html", {"load": found, "choices": queries.UNSEEN_DAYS, "names": names})


# --- standing in -------------------------------------------------------------------------------------------------


@page("absences/", name="absences", needs="grant.give")
def absences(request: Request) -> HttpResponse:
    """Show who is away and who stands in."""
    return render(request, "casework/absences.html", {"absences": queries.absences_of(request.actor), "day": today()})


@page("absences/new/", name="absence-new", needs="grant.give", methods=BOTH)
def name_stand_in(request: Request) -> HttpResponse:
    """Name who stands in while somebody is away."""

    def then(form: StandInForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        absence = actions.name_stand_in(request.actor, given.pop("staff"), **given)
        return see(request, "absences", said=_("%(name)s stands in.") % {"name": absence.stand_in})

    form = StandInForm(request.actor, request.POST or None)
    says = _("On these days each file is open to the stand-in, and its “Who can see this” says so. They see the tasks.")
    words = {"title": _("Name a stand-in"), "submit": _("Name the stand-in"), "says": says}
    back = {"back": reverse("absences"), "back_label": _("Standing in")}
    return ask(request, form, then, cancel=reverse("absences"), **back, **words)


@page("absences/<str:code>/end/", name="absence-end", needs="grant.give", methods=BOTH)
def end_absence(request: Request, code: str) -> HttpResponse:
    """End a standing in before its day."""
    absence = queries.absence_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.end_absence(request.actor, absence)
        return see(request, "absences", said=_("The files are closed to them again."))

    words = {"title": _("End this standing in?"), "submit": _("End it"), "cancel": reverse("absences")}
    says = _("From the next click on, %(name)s does not see the files any more.") % {"name": absence.stand_in}
    form = forms.Form(request.POST if request.method == "POST" else None)
    return ask(request, form, then, template="confirm.html", says=says, **words)


# --- several at once ---------------------------------------------------------------------------------------------


@page("tasks/several/", name="tasks-several", needs="task.write", methods=BOTH)
def several_tasks(request: Request) -> HttpResponse:
    """Say that several tasks are done, or move them; first it is shown what would happen."""
    found = {task.code: task for task in open_tasks(request.actor)}

    def then(form: SeveralTasksForm) -> HttpResponse:
        chosen = [found[code] for code in form.cleaned_data["tasks"] if code in found]
        report = actions.several_tasks(request.actor, chosen, to=form.cleaned_data["to"], preview=_is_preview(request))
        return _told(request, form, report, "tasks-several")

    form = SeveralTasksForm(found.values(), request.POST or None, initial={"tasks": list(found)})
    return _several(request, form, then, title=_("Several tasks"), empty=_("No task is open in your care."))


@page("visits/several/", name="visits-several", needs="visit.record", methods=BOTH)
def several_visits(request: Request) -> HttpResponse:
    """Plan a visit to each of several families; first it is shown what would happen."""
    families = {family.code: family for family in families_to_visit(request.actor)}
    names = queries.called(request.actor, families)

    def then(form: SeveralVisitsForm) -> HttpResponse:
        given = form.cleaned_data
        chosen = [families[code] for code in given["families"] if code in families]
        report = actions.plan_visits(
            request.actor, chosen, kind=given["kind"], on=given["on"], preview=_is_preview(request)
        )
        return _told(request, form, report, "visits-several")

    lines = [(family, names.get(code, "")) for code, family in families.items()]
    form = SeveralVisitsForm(lines, request.POST or None)
    return _several(request, form, then, title=_("Several visits"), empty=_("You lead no family with open work."))


def _is_preview(request: Request) -> bool:
    return request.POST.get("sure") != "1"


def _several(request: Request, form: Any, then: Any, *, title: str, empty: str) -> HttpResponse:
    back = {"back": reverse("week"), "back_label": _("Week"), "cancel": reverse("week")}
    words = {"title": title, "submit": _("See what would happen"), "empty": empty}
    return ask(request, form, then, template="casework/several.html", **words, **back)


def _told(request: Request, form: Any, report: Report[Any], again: str) -> HttpResponse:
    """Show what would happen; or, once it has happened, say so on the page of the week."""
    if report.is_preview:
        return only_shows(
            render(request, "casework/several_report.html", {"form": form, "report": report, "again": again})
        )
    for one, why in report.stay:
        messages.warning(request, _("%(code)s stays as it is: %(why)s") % {"code": one.code, "why": why})
    n, codes = len(report.done), ", ".join(one.code for one in report.done)
    said = ngettext("%(n)s is done: %(codes)s.", "%(n)s are done: %(codes)s.", n) if n else _("Nothing was changed.")
    return see(request, "week", said=said % {"n": n, "codes": codes})
