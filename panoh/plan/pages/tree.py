"""Pages: the plans, one of them whole, and the writing of a draft."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.plan import actions
from panoh.plan.forms import AdoptForm, AreaForm, BodyForm, DraftActionForm, PillarForm, PlanForm
from panoh.plan.models import Plan
from panoh.plan.queries import bodies, plan_for, plan_shown, plans

BOTH: Any = ("GET", "POST")


def under(plan: Plan) -> dict[str, str]:
    """Return the way back from a form to the plan."""
    url = reverse("plan", args=[plan.code])
    return {"back": url, "back_label": str(plan.title), "cancel": url}


@page("joint-plan/", name="plans", needs="joint.see")
def all_plans(request: Request) -> HttpResponse:
    """Show every plan."""
    return render(request, "plan/plans.html", {"plans": plans()})


@page("joint-plan/new/", name="plan-new", needs="joint.edit", methods=BOTH)
def new_plan(request: Request) -> HttpResponse:
    """Begin a plan."""

    def then(form: PlanForm) -> HttpResponse:
        given = form.cleaned_data
        made = actions.begin_plan(
            request.actor, code=given["code"], title=form.worded("title"), states=given["states"],
            starts=given["starts"], ends=given["ends"], source=given["source"],
        )  # fmt: skip
        return see(request, "plan", made.code, said=_("The draft is begun. Add its pillars."))

    url = reverse("plans")
    back = {"back": url, "back_label": _("Joint plan"), "cancel": url}
    return ask(request, PlanForm(request.POST or None), then, title=_("Begin a plan"), submit=_("Begin"), **back)


@page("joint-plan/bodies/", name="bodies", needs="joint.see")
def all_bodies(request: Request) -> HttpResponse:
    """Show the bodies that answer for something."""
    return render(request, "plan/bodies.html", {"bodies": bodies()})


@page("joint-plan/bodies/new/", name="body-new", needs="joint.edit", methods=BOTH)
def new_body(request: Request) -> HttpResponse:
    """Register a body."""

    def then(form: BodyForm) -> HttpResponse:
        given = {name: form.cleaned_data[name] for name in ("code", "kind", "country", "contact")}
        made = actions.add_body(request.actor, name=form.worded("name"), **given)
        return see(request, "bodies", said=_("%(name)s is registered.") % {"name": made})

    url = reverse("bodies")
    back = {"back": url, "back_label": _("Bodies"), "cancel": url}
    return ask(request, BodyForm(request.POST or None), then, title=_("Register a body"), submit=_("Register"), **back)


@page("joint-plan/<slug:code>/", name="plan", needs="joint.see")
def one_plan(request: Request, code: str) -> HttpResponse:
    """Show a plan with its pillars, areas and actions."""
    return render(request, "plan/plan.html", {"shown": plan_shown(plan_for(code)), "here": "plan"})


@page("joint-plan/<slug:code>/pillars/new/", name="pillar-new", needs="joint.edit", methods=BOTH)
def new_pillar(request: Request, code: str) -> HttpResponse:
    """Add a pillar to a draft."""
    plan = plan_for(code)

    def then(form: PillarForm) -> HttpResponse:
        made = actions.add_pillar(request.actor, plan, number=form.cleaned_data["number"], title=form.worded("title"))
        return see(request, "plan", code, said=_("Added: pillar %(name)s") % {"name": made})

    form = PillarForm(request.POST or None, initial={"number": plan.pillars.count() + 1})
    return ask(request, form, then, title=_("Add a pillar"), submit=_("Add"), **under(plan))


@page("joint-plan/<slug:code>/areas/new/", name="area-new", needs="joint.edit", methods=BOTH)
def new_area(request: Request, code: str) -> HttpResponse:
    """Add a priority area."""
    plan = plan_for(code)

    def then(form: AreaForm) -> HttpResponse:
        pillar = plan.pillars.get(number=form.cleaned_data["pillar"])
        made = actions.add_area(request.actor, pillar, code=form.cleaned_data["code"], title=form.worded("title"))
        return see(request, "plan", code, said=_("Added: area %(name)s") % {"name": made})

    form = AreaForm(plan, request.POST or None, initial={"pillar": request.GET.get("pillar", "")})
    return ask(request, form, then, title=_("Add a priority area"), submit=_("Add"), **under(plan))


@page("joint-plan/<slug:code>/actions/new/", name="plan-action-new", needs="joint.edit", methods=BOTH)
def new_action(request: Request, code: str) -> HttpResponse:
    """Write an action into a draft."""
    plan = plan_for(code)

    def then(form: DraftActionForm) -> HttpResponse:
        known = {"grade": form.cleaned_data["grade"], "source": form.cleaned_data["source"]}
        made = actions.add_action(request.actor, plan, form.wanted, **known)
        return see(request, "plan", code, said=_("Added: action %(number)s.") % {"number": made.code})

    form = DraftActionForm(plan, request.POST or None, initial={"area": request.GET.get("area", "")})
    return ask(request, form, then, title=_("Add an action"), submit=_("Add"), **under(plan))


@page("joint-plan/<slug:code>/adopt/", name="plan-adopt", needs="joint.edit", methods=BOTH)
def adopt(request: Request, code: str) -> HttpResponse:
    """Put the first edition of a plan in force."""
    plan = plan_for(code)

    def then(form: AdoptForm) -> HttpResponse:
        actions.adopt_plan(request.actor, plan, **form.cleaned_data)
        return see(request, "plan", code, said=_("The plan is in force, in its first edition."))

    return ask(
        request, AdoptForm(request.POST or None), then, template="confirm.html", title=_("Adopt the plan"),
        says=_("Put %(plan)s in force?") % {"plan": plan.title}, submit=_("Put the plan in force"),
        will=[
            _("Its pillars and the wording of its actions can then be changed by a next edition only."),
            _("Countries begin to report on its actions."),
        ], **under(plan),
    )  # fmt: skip
