"""Pages: the plans, and one of them whole."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from panoh.access.entrances import Request, page
from panoh.plan.queries import plan_for, plan_shown, plans


@page("joint-plan/", name="plans", needs="joint.see")
def all_plans(request: Request) -> HttpResponse:
    """Show every plan."""
    return render(request, "plan/plans.html", {"plans": plans()})


@page("joint-plan/<slug:code>/", name="plan", needs="joint.see")
def one_plan(request: Request, code: str) -> HttpResponse:
    """Show a plan with its pillars, areas and actions."""
    return render(request, "plan/plan.html", {"shown": plan_shown(plan_for(code))})
