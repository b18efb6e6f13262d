"""Pages: what is measured, each measure with its figures, and where it began and is to be."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotAllowed
from panoh.plan.actions import indicators as actions
from panoh.plan.forms_indicators import IndicatorForm, LevelForm
from panoh.plan.queries.indicators import indicator_for, indicator_shown, indicators_of, measurable, place_for
from panoh.plan.queries.tree import country_of, plan_for

BOTH: Any = ("GET", "POST")


@page("joint-plan/<slug:code>/indicators/", name="indicators", needs="joint.see")
def indicators(request: Request, code: str) -> HttpResponse:
    """Show what is measured."""
    plan = plan_for(code)
    return render(request, "plan/indicators.html", {"plan": plan, "indicators": indicators_of(plan)})


@page("joint-plan/<slug:code>/indicators/new/", name="indicator-new", needs="joint.edit", methods=BOTH)
def new_indicator(request: Request, code: str) -> HttpResponse:
    """Say what is measured and how."""
    plan = plan_for(code)

    def then(form: IndicatorForm) -> HttpResponse:
        place = place_for(plan, form.cleaned_data["of"])
        made = actions.add_indicator(request.actor, plan, form.measured, of=place)
        return see(request, "indicator", made.code, said=_("Added. Open periods ask for it."))

    url = reverse("indicators", args=[code])
    form = IndicatorForm(measurable(plan), request.POST or None)
    more = {"back": url, "back_label": _("Indicators"), "cancel": url}
    return ask(request, form, then, title=_("New indicator"), submit=_("Add the indicator"), **more)


@page("indicators/<str:code>/", name="indicator", needs="joint.see")
def indicator(request: Request, code: str) -> HttpResponse:
    """Show a measure with its figures."""
    shown = indicator_shown(request.actor, indicator_for(code), request.GET.get("country", ""))
    return render(request, "plan/indicator.html", {"shown": shown, "indicator": shown.indicator})


@page("indicators/<str:code>/change/", name="indicator-change", needs="joint.edit", methods=BOTH)
def change_indicator(request: Request, code: str) -> HttpResponse:
    """Change what an indicator says."""
    found = indicator_for(code)

    def then(form: IndicatorForm) -> HttpResponse:
        actions.edit_indicator(request.actor, found, form.measured)
        return see(request, "indicator", code, said=_("Changed."))

    url = reverse("indicator", args=[code])
    form = IndicatorForm((), request.POST or None, at=found)
    more = {"back": url, "back_label": found.number, "cancel": url}
    return ask(request, form, then, title=_("Change the indicator"), submit=_("Keep the change"), **more)


@page("indicators/<str:code>/levels/new/", name="level-new", needs="joint.report", methods=BOTH)
def new_level(request: Request, code: str) -> HttpResponse:
    """Say where an indicator began or is to be; what was said before for the same is replaced."""
    found, mine = indicator_for(code), country_of(request.actor)
    countries = [(state, state) for state in found.states if request.actor.may("joint.edit") or state == mine]
    if request.actor.may("joint.edit"):
        countries.insert(0, ("", _("all together")))
    if not countries:
        raise NotAllowed

    def then(form: LevelForm) -> HttpResponse:
        actions.set_level(request.actor, found, **form.cleaned_data)
        return see(request, "indicator", code, said=_("Kept."))

    url = reverse("indicator", args=[code])
    form = LevelForm(countries, request.POST or None)
    more = {"back": url, "back_label": found.number, "cancel": url}
    return ask(request, form, then, title=_("Baseline or target"), under=str(found), submit=_("Keep it"), **more)
