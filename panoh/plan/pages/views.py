"""Pages: how far a plan is, seen as a matrix, in time, by pillar, and by what is late."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, page
from panoh.plan.forms_progress import CountryFilter, MatrixFilter, PillarFilter
from panoh.plan.models import LETTERS, Status
from panoh.plan.pictures.gantt import gantt
from panoh.plan.pictures.matrix import cell_class, commonest, matrix_rows
from panoh.plan.pictures.stacked import stacked
from panoh.plan.queries import behind, country_of, matrix, pillar_progress, plan_for, timed_actions
from panoh.plan.queries.progress import NOT_REPORTED
from panoh.plan.states import state_name


def _named(codes: list[str]) -> list[tuple[str, str]]:
    return [(code, state_name(code)) for code in codes]


@page("joint-plan/<slug:code>/actions/", name="plan-matrix", needs="joint.see")
def show_matrix(request: Request, code: str) -> HttpResponse:
    """Show what has become of each action in each country."""
    plan = plan_for(code)
    form = MatrixFilter(plan, request.GET or None)
    shown = matrix(plan, **(form.cleaned_data if form.is_valid() else {}))
    legend = [(cell_class(state), LETTERS[state], state.label) for state in Status.State]
    told = {"plan": plan, "form": form, "shown": shown, "rows": matrix_rows(shown), "legend": legend}
    told["usual"] = commonest(shown)
    named = _named(list(shown.countries))
    return render(request, "plan/matrix.html", {**told, "countries": named, "here": "plan-matrix"})


@page("joint-plan/<slug:code>/timeline/", name="plan-timeline", needs="joint.see")
def timeline(request: Request, code: str) -> HttpResponse:
    """Show when each action runs and what is due when."""
    plan = plan_for(code)
    form = PillarFilter(plan, request.GET or None)
    found = timed_actions(plan, **(form.cleaned_data if form.is_valid() else {}))
    told = {"plan": plan, "form": form, "found": found, "picture": gantt(found), "here": "plan-timeline"}
    return render(request, "plan/timeline.html", told)


@page("joint-plan/<slug:code>/progress/", name="plan-progress", needs="joint.see")
def progress(request: Request, code: str) -> HttpResponse:
    """Show the share of each status in each pillar."""
    plan = plan_for(code)
    form = CountryFilter(plan, request.GET or None)
    found = pillar_progress(plan, **(form.cleaned_data if form.is_valid() else {}))
    heads: list[tuple[str, object, object]] = [
        (cell_class(state), LETTERS[state], state.label) for state in Status.State
    ]
    heads.append((cell_class(NOT_REPORTED), "–", _("not reported")))
    told = {"plan": plan, "form": form, "bars": stacked(found), "heads": heads, "here": "plan-progress"}
    return render(request, "plan/progress.html", told)


@page("joint-plan/<slug:code>/late/", name="plan-late", needs="joint.see")
def late(request: Request, code: str) -> HttpResponse:
    """Show what is late and who can move it; who speaks for a country sees that of their own first."""
    plan = plan_for(code)
    own = country_of(request.actor)
    usual = {"country": own if own in plan.states else ""}
    form = CountryFilter(plan, request.GET if "country" in request.GET else usual)
    chosen = form.cleaned_data["country"] if form.is_valid() else ""
    shown = behind(plan, chosen)
    told = {"plan": plan, "form": form, "shown": shown, "countries": _named(list(plan.states))}
    return render(request, "plan/late.html", {**told, "here": "plan-late"})
