"""Pages: a person's plan, its versions beside one another, their signatures, and the plan on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_planning import PlanForm, PrintForm, SignForm
from panoh.casework.pages.families import BOTH, _people
from panoh.casework.queries.planning import case_plan, compare, plan_pdf, plan_shown, signers_called, version_for

__all__ = ["plan", "plan_print", "sign", "version", "write"]


@page("cases/<str:code>/plan/", name="case-plan", needs="family.see")
def plan(request: Request, code: str) -> HttpResponse:
    """Show the talks with a person, and the versions of the plan."""
    case = queries.case_for(request.actor, code)
    shown = {
        "plan": case_plan(request.actor, case),
        "about": queries.about_person(request.actor, case.person, case.family, case),
        "may": request.actor.role.permissions,
        "leads": request.actor.leads(case.family_id),
    }
    return render(request, "casework/case_plan.html", shown)


@page("cases/<str:code>/plan/new/", name="plan-write", needs="plan.write", methods=BOTH)
def write(request: Request, code: str) -> HttpResponse:
    """Write the plan down as it stands."""
    case = queries.case_for(request.actor, code)
    address = reverse("case-plan", args=[code])

    def then(form: PlanForm) -> HttpResponse:
        made = actions.write_plan(request.actor, case, **form.cleaned_data)
        return see(request, "plan-version", made.code, said=_("Written down. Go through it, and let it be signed."))

    return ask(
        request, PlanForm(request.POST or None), then, title=_("Write the plan down"), submit=_("Write it down"),
        says=_("The open needs and their steps become the next version as they stand now. It is never changed."),
        about=queries.about_person(request.actor, case.person, case.family, case), cancel=address, back=address,
        back_label=_("Plan"),
    )  # fmt: skip


@page("plans/<str:code>/", name="plan-version", needs="family.see")
def version(request: Request, code: str) -> HttpResponse:
    """Show a version of a plan, and what differs from the one before it."""
    found = version_for(request.actor, code)
    shown = plan_shown(found)
    told = {
        "shown": shown,
        "signers": signers_called(request.actor, found),
        "version": found,
        "compared": compare(shown.lines, plan_shown(shown.before).lines) if shown.before else None,
        "about": queries.about_person(request.actor, found.case.person, found.case.family, found.case),
        "may": request.actor.role.permissions,
    }
    return render(request, "casework/plan_version.html", told)


@page("plans/<str:code>/sign/", name="plan-sign", needs="plan.write", methods=BOTH)
def sign(request: Request, code: str) -> HttpResponse:
    """Record who agreed to a version."""
    found = version_for(request.actor, code)
    address = reverse("plan-version", args=[code])

    def then(form: SignForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        person = given.pop("person")
        given["person"] = queries.person_for(request.actor, person) if person else None
        actions.sign_plan(request.actor, found, **given)
        return see(request, "plan-version", code, said=_("The signature is recorded."))

    people = _people(request, found.case.family, cases=False)
    return ask(
        request, SignForm(request.actor, people, request.POST or None), then, title=_("Sign the plan"),
        submit=_("Record signature"), cancel=address, back=address, back_label=code,
        about=queries.about_person(request.actor, found.case.person, found.case.family, found.case),
    )  # fmt: skip


@page("plans/<str:code>/print/", name="plan-print", needs="plan.write", methods=BOTH)
def plan_print(request: Request, code: str) -> HttpResponse:
    """Ask in which language, then hand the plan out as PDF."""
    found = version_for(request.actor, code)
    address = reverse("plan-version", args=[code])

    def then(form: PrintForm) -> HttpResponse:
        content = plan_pdf(request.actor, found, form.cleaned_data["language"])
        headers = {"Content-Disposition": f'attachment; filename="{found.code}.pdf"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)

    return ask(
        request, PrintForm(request.POST or None), then, title=_("Print the plan"), submit=_("Make the PDF"),
        says=_("What was written in words stays in the language it was written in."), cancel=address, back=address,
        back_label=code,
    )  # fmt: skip
