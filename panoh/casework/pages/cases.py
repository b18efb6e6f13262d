"""Pages of a case: its stage, its needs, its plan and how they end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.entrances import Request, ask, page
from panoh.access.refusals import Refusal
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import (
    CloseForm,
    OutcomeForm,
    StepForm,
)
from panoh.casework.forms_people import (
    MoveForm,
)
from panoh.casework.forms_planning import AssessmentForm
from panoh.casework.models import Assessment, Case, Family, Need, PlanItem
from panoh.casework.pages.families import BOTH, _about, _ask, _back
from panoh.casework.rhythms import kind_for


def _of_case(request: Request, code: str) -> tuple[Case, Family]:
    case = queries.case_for(request.actor, code)
    return case, case.family


@page("cases/<str:code>/stage/", name="case-move", needs="case.move", methods=BOTH)
def move_case(request: Request, code: str) -> HttpResponse:
    """Bring a case to its next stage, alone or with others of the family, or open a closed one again."""
    case, found = _of_case(request, code)
    now = catalogue().stage_numbered(case.stage)
    along = _at_stage(request, case) if case.is_open else []
    labels = dict(along)

    def then(form: MoveForm) -> HttpResponse:
        to, on = form.cleaned_data["to"], form.cleaned_data["on"]
        label = catalogue().stage(to).label
        if not case.is_open:
            actions.reopen_case(request.actor, case, to=to, on=on)
            return _back(request, found, _("The case is now at “%(stage)s”.") % {"stage": label})
        chosen = form.cleaned_data.get("people") or [case.code]
        if chosen == [case.code]:
            actions.move_case(request.actor, case, to=to, on=on)
            return _back(request, found, _("The case is now at “%(stage)s”.") % {"stage": label})
        cases = [queries.case_for(request.actor, one) for one in chosen]
        went, stay = actions.move_family(request.actor, found, cases=cases, to=to, on=on)
        if not went:
            for one, why in stay:
                form.add_error(None, f"{labels[one.code]}: {why}")
            return render(request, "form.html", {"form": form, **words}, status=409)
        return _went(request, found, label, went, stay)

    everybody = [one for one, _name in along] if "all" in request.GET else [case.code]
    form = MoveForm(now, along, request.POST or None, initial={"people": everybody})
    title = _("Next stage") if case.is_open else _("Open the case again")
    back = reverse("family", args=[found.code])
    words: dict[str, Any] = {
        "title": title, "submit": title, "about": _about(request, case), "cancel": back, "back": back,
        "back_label": _("Family %(code)s") % {"code": found.code},
    }  # fmt: skip
    return ask(request, form, then, **words)


def _at_stage(request: Request, case: Case) -> list[tuple[str, str]]:
    """Return the open cases of the family at the stage of this one: its code, and the member's name."""
    members = queries.family_file(request.actor, case.family).members
    open_cases = [(member.case, member.name) for member in members if member.case and member.case.is_open]
    return [(one.code, name) for one, name in open_cases if one.stage == case.stage]


def _went(
    request: Request, family: Family, label: str, went: list[Case], stay: list[tuple[Case, Refusal]]
) -> HttpResponse:
    said = ngettext("%(n)s person is now at “%(stage)s”.", "%(n)s people are now at “%(stage)s”.", len(went))
    for one, why in stay:
        messages.warning(request, _("%(person)s stays: %(why)s") % {"person": one.person.code, "why": why})
    return _back(request, family, said % {"n": len(went), "stage": label})


@page("cases/<str:code>/close/", name="case-close", needs="case.close", methods=BOTH)
def close_case(request: Request, code: str) -> HttpResponse:
    """Close a case."""
    case, found = _of_case(request, code)

    def then(form: CloseForm) -> HttpResponse:
        actions.close_case(request.actor, case, **form.cleaned_data)
        return _back(request, found, _("The case is closed. It can be opened again."))

    says = _("Closing ends the reminders of this case. Its history stays, and it can be opened again.")
    return _ask(
        request,
        found,
        CloseForm(request.POST or None),
        then,
        about=_about(request, case),
        title=_("Close the case"),
        submit=_("Close case"),
        says=says,
    )


@page("cases/<str:code>/assess/", name="case-assess", needs="need.record", methods=BOTH)
def assess(request: Request, code: str) -> HttpResponse:
    """Assess how a person is doing; with ?kind=family the family together, or whoever takes a child in."""
    case, found = _of_case(request, code)
    kinds = Assessment.Kind
    about = request.GET.get("kind", "")
    if about not in {kinds.FAMILY, kinds.RECEIVING_FAMILY}:
        about = kind_for(case.person)

    def then(form: AssessmentForm) -> HttpResponse:
        given = {name: form.cleaned_data[name] for name in ("on", "own_view", "not_asked_because", "seen")}
        actions.assess(
            request.actor, case, found=form.found(), kind=about, words=form.words(), answers=form.answers(), **given
        )
        return _back(request, found, _("The assessment is kept; each need now waits for a step."))

    says = _("Begin with what goes well. Say for each part of life whether help is needed, and how soon.")
    known = {need.domain: need for need in case.needs.filter(state=Need.State.OPEN).order_by("-urgency")}
    return _ask(
        request,
        found,
        AssessmentForm(about, request.POST or None, known=known),
        then,
        about=_about(request, case),
        body="casework/assess_fields.html",
        wide=True,
        title=_("Assess: %(whom)s") % {"whom": kinds(about).label},
        submit=_("Keep assessment"),
        says=says,
    )


@page("needs/<str:code>/steps/new/", name="step-new", needs="plan.write", methods=BOTH)
def plan_step(request: Request, code: str) -> HttpResponse:
    """Plan a step for a need."""
    need = queries.need_for(request.actor, code)

    def then(form: StepForm) -> HttpResponse:
        actions.plan_step(request.actor, need, **form.cleaned_data)
        return _back(request, need.case.family, _("The step is planned."))

    title = _("Plan a step: %(domain)s") % {"domain": catalogue().label("domains", need.domain)}
    return _ask(
        request,
        need.case.family,
        StepForm(request.actor, need.case.family, request.POST or None),
        then,
        about=_about(request, need.case),
        title=title,
        submit=_("Plan step"),
    )


@page("needs/<str:code>/settle/", name="need-settle", needs="need.record", methods=("POST",))
def settle_need(request: Request, code: str) -> HttpResponse:
    """Say that a need is met, or no longer there."""
    need = queries.need_for(request.actor, code)
    actions.settle_need(request.actor, need, met=request.POST.get("met") == "1")
    return _back(request, need.case.family, _("The need is settled."))


@page("steps/<str:code>/outcome/", name="step-outcome", needs="plan.write", methods=BOTH)
def settle_step(request: Request, code: str) -> HttpResponse:
    """Record how a step ended."""
    step = queries.step_for(request.actor, code)
    found = step.need.case.family

    def then(form: OutcomeForm) -> HttpResponse:
        actions.settle_step(request.actor, step, **form.cleaned_data)
        return _back(request, found, _("The outcome is recorded."))

    return _ask(
        request,
        found,
        OutcomeForm(request.POST or None),
        then,
        about=_about(request, step.need.case),
        says=_step_in_words(step),
        title=_("How did the step end?"),
        submit=_("Record outcome"),
    )


def _step_in_words(step: PlanItem) -> str:
    words = catalogue()
    return f"{words.label('domains', step.need.domain)}: {words.label('services', step.service)}"


@page("tasks/<str:code>/done/", name="task-done", needs="task.write", methods=("POST",))
def do_task(request: Request, code: str) -> HttpResponse:
    """Say that a task is done."""
    task = queries.task_for(request.actor, code)
    actions.do_task(request.actor, task)
    return _back(request, task.family, _("The task is done."))
