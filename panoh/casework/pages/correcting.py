"""Pages: take a visit or a task off the plan, change a step, correct what was recorded as given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import StepChangeForm
from panoh.casework.forms_people import CancelForm, CorrectionForm
from panoh.casework.models import Family

BOTH: Any = ("GET", "POST")


def _ask(
    request: Request, family: Family, form: Any, then: Callable[[Any], HttpResponse], **words: Any
) -> HttpResponse:
    address = reverse("family", args=[family.code])
    words.setdefault("about", queries.about_family(request.actor, family))
    back = {"back": address, "back_label": _("Family %(code)s") % {"code": family.code}}
    return ask(request, form, then, cancel=address, **back, **words)


@page("families/<str:code>/visits/<int:number>/cancel/", name="visit-cancel", needs="visit.record", methods=BOTH)
def cancel_visit(request: Request, code: str, number: int) -> HttpResponse:
    """Take a planned visit off the plan."""
    found = queries.family_for(request.actor, code)
    visit = queries.visit_for(found, number)

    def then(form: CancelForm) -> HttpResponse:
        actions.cancel_visit(request.actor, visit, **form.cleaned_data)
        return see(request, "family", code, said=_("The visit is cancelled; the timeline says why."))

    kind = catalogue().label("visit_kinds", visit.kind)
    says = _("%(kind)s, planned for %(day)s") % {"kind": kind, "day": date_format(visit.planned_on or today())}
    form = CancelForm(request.POST or None)
    return _ask(request, found, form, then, title=_("Cancel the visit"), submit=_("Cancel visit"), says=says)


@page("tasks/<str:code>/cancel/", name="task-cancel", needs="task.write", methods=BOTH)
def cancel_task(request: Request, code: str) -> HttpResponse:
    """Take a task off the list undone."""
    task = queries.task_for(request.actor, code)

    def then(form: CancelForm) -> HttpResponse:
        actions.cancel_task(request.actor, task, **form.cleaned_data)
        return see(request, "family", task.family.code, said=_("The task is cancelled; the timeline says why."))

    kind = catalogue().label("task_kinds", task.kind)
    says = _("%(kind)s, due on %(day)s") % {"kind": kind, "day": date_format(task.due)}
    form = CancelForm(request.POST or None)
    return _ask(request, task.family, form, then, title=_("Cancel the task"), submit=_("Cancel task"), says=says)


@page("steps/<str:code>/change/", name="step-change", needs="plan.write", methods=BOTH)
def change_step(request: Request, code: str) -> HttpResponse:
    """Change a step that is still open."""
    step = queries.step_for(request.actor, code)
    case = step.need.case

    def then(form: StepChangeForm) -> HttpResponse:
        actions.change_step(request.actor, step, **form.cleaned_data)
        return see(request, "family", case.family.code, said=_("The step is changed."))

    begin = {name: getattr(step, name) for name in ("service", "provider", "responsible", "due")}
    form = StepChangeForm(request.actor, case.family, request.POST or None, initial=begin)
    return _ask(
        request, case.family, form, then, title=_("Change a step"), submit=_("Change step"),
        about=queries.about_person(request.actor, case.person, case.family, case),
        says=_("Need: %(domain)s") % {"domain": catalogue().label("domains", step.need.domain)},
    )  # fmt: skip


@page(
    "families/<str:code>/assistance/<int:number>/correct/",
    name="assistance-correct",
    needs="assistance.give",
    methods=BOTH,
)
def correct_assistance(request: Request, code: str, number: int) -> HttpResponse:
    """Correct a record of help; the wrong one stays to be seen."""
    found = queries.family_for(request.actor, code)
    given = queries.assistance_for(found, number)

    def then(form: CorrectionForm) -> HttpResponse:
        because = form.cleaned_data["because"]
        actions.correct_assistance(request.actor, given, because=because, instead=form.instead())
        return see(
            request, "family", code, said=_("It is corrected; the wrong record stays in the timeline, crossed out.")
        )

    begin = {name: getattr(given, name) for name in ("service", "unit", "currency", "agency", "programme")}
    begin |= {"on": given.given_on, "quantity": given.quantity.normalize()}
    amount = queries.amount(given.quantity, given.unit, given.currency)
    says = _("Recorded: %(service)s, %(amount)s, on %(day)s") % {
        "service": catalogue().label("services", given.service), "amount": amount, "day": date_format(given.given_on),
    }  # fmt: skip
    form = CorrectionForm(request.POST or None, initial=begin)
    return _ask(
        request, found, form, then, title=_("Correct what was given"), submit=_("Correct"), says=says,
        about=queries.about_person(request.actor, given.case.person, found, given.case),
    )  # fmt: skip
