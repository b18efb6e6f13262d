"""Pages: one action, what is written of it, and what countries report on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.plan import actions
from panoh.plan.forms import PartsForm, WantedForm
from panoh.plan.forms_progress import FundingForm, MilestoneForm, ReachedForm, StatusForm
from panoh.plan.models import PlanAction
from panoh.plan.pages.tree import BOTH
from panoh.plan.queries import (
    action_for,
    action_shown,
    bodies_named,
    country_of,
    funding_for,
    milestone_for,
    reached_for,
    revision_in_work,
)

POST: Any = ("POST",)
ACTION = "joint-plan/<slug:code>/actions/<str:action>/"
MILESTONE = ACTION + "milestones/<int:milestone>/"


def _under(of: PlanAction) -> dict[str, str]:
    url = reverse("plan-action", args=[of.plan.code, of.code])
    return {"back": url, "back_label": _("Action %(n)s") % {"n": of.code}, "cancel": url}


def _own(request: Request) -> str:
    """Return the country for which the reader reports; empty for who may choose."""
    return "" if request.actor.may("joint.edit") else country_of(request.actor)


@page(ACTION, name="plan-action", needs="joint.see")
def one_action(request: Request, code: str, action: str) -> HttpResponse:
    """Show an action with what each country reported, its milestones and its money."""
    of = action_for(code, action)
    told = {"plan": of.plan, "shown": action_shown(request.actor, of), "revision": revision_in_work(of.plan)}
    return render(request, "plan/action.html", told)


@page(ACTION + "edit/", name="plan-action-edit", needs="joint.edit", methods=BOTH)
def edit(request: Request, code: str, action: str) -> HttpResponse:
    """Reword an action of a draft."""
    of = action_for(code, action)

    def then(form: WantedForm) -> HttpResponse:
        made = actions.edit_action(request.actor, of, form.wanted)
        return see(request, "plan-action", code, made.code, said=_("Saved."))

    form = WantedForm(of.plan, request.POST or None, of=of)
    return ask(request, form, then, title=_("Edit action %(n)s") % {"n": of.code}, **_under(of))


@page(
    "joint-plan/<slug:code>/actions/<str:action>/remove/", name="plan-action-remove", needs="joint.edit", methods=BOTH
)
def remove(request: Request, code: str, action: str) -> HttpResponse:
    """Take an action out of a draft."""
    of = action_for(code, action)
    if request.method == "POST":
        actions.remove_action(request.actor, of)
        return see(request, "plan", code, said=_("Action %(n)s is taken out.") % {"n": of.code})
    told = {"title": _("Take action %(n)s out") % {"n": of.code}, "says": str(of.text), "danger": True}
    return render(request, "confirm.html", {**told, "submit": _("Take it out of the draft"), **_under(of)})


@page(
    "joint-plan/<slug:code>/actions/<str:action>/bodies/", name="plan-action-bodies", needs="joint.edit", methods=BOTH
)
def bodies(request: Request, code: str, action: str) -> HttpResponse:
    """Say who leads an action, who contributes, funds and is consulted."""
    of = action_for(code, action)

    def then(form: PartsForm) -> HttpResponse:
        named = {part: bodies_named([one for one in codes if one]) for part, codes in form.chosen.items()}
        actions.name_bodies(request.actor, of, parts=named)
        return see(request, "plan-action", code, of.code, said=_("Saved."))

    title = _("Who answers for action %(n)s") % {"n": of.code}
    says = _("A body that is missing here is registered first, on the page “Bodies”.")
    return ask(request, PartsForm(of, request.POST or None), then, title=title, says=says, **_under(of))


@page(ACTION + "status/", name="plan-status", needs="joint.report", methods=BOTH)
def status(request: Request, code: str, action: str) -> HttpResponse:
    """Report what has become of an action in a country."""
    of = action_for(code, action)

    def then(form: StatusForm) -> HttpResponse:
        told = actions.report_status(request.actor, of, **form.cleaned_data)
        said = _("Reported for %(country)s: %(state)s.") % {"country": told.country, "state": told.get_state_display()}
        return see(request, "plan-action", code, of.code, said=said)

    form = StatusForm(of, _own(request), request.POST or None, initial={"country": request.GET.get("country", "")})
    title = _("Report on action %(n)s") % {"n": of.code}
    return ask(request, form, then, title=title, under=str(of.text), submit=_("Report"), **_under(of))


@page(ACTION + "milestones/new/", name="milestone-new", needs="joint.edit", methods=BOTH)
def new_milestone(request: Request, code: str, action: str) -> HttpResponse:
    """Set a day by which something of an action is due."""
    of = action_for(code, action)

    def then(form: MilestoneForm) -> HttpResponse:
        given = {name: form.cleaned_data[name] for name in ("due", "for_each")}
        actions.add_milestone(request.actor, of, text=form.worded("text"), **given)
        return see(request, "plan-action", code, of.code, said=_("The milestone is set."))

    return ask(request, MilestoneForm(request.POST or None), then, title=_("Set a milestone"), **_under(of))


@page(MILESTONE + "remove/", name="milestone-remove", needs="joint.edit", methods=POST)
def remove_milestone(request: Request, code: str, action: str, milestone: int) -> HttpResponse:
    """Take a milestone away that nobody has reached."""
    actions.remove_milestone(request.actor, milestone_for(action_for(code, action), milestone))
    return see(request, "plan-action", code, action, said=_("The milestone is taken away."))


@page(MILESTONE + "reached/", name="milestone-reached", needs="joint.report", methods=BOTH)
def reached(request: Request, code: str, action: str, milestone: int) -> HttpResponse:
    """Record that a milestone was reached."""
    of = action_for(code, action)
    found = milestone_for(of, milestone)

    def then(form: ReachedForm) -> HttpResponse:
        actions.reach_milestone(request.actor, found, **form.cleaned_data)
        return see(request, "plan-action", code, of.code, said=_("The milestone is recorded as reached."))

    form = ReachedForm(found, _own(request), request.POST or None, initial={"country": request.GET.get("country", "")})
    return ask(request, form, then, title=_("Milestone reached"), under=str(found.text), **_under(of))


@page(MILESTONE + "take-back/", name="milestone-take-back", needs="joint.report", methods=POST)
def take_back(request: Request, code: str, action: str, milestone: int) -> HttpResponse:
    """Take back that a milestone was reached."""
    country = request.POST.get("country", "")[:2]
    actions.take_back_reached(request.actor, reached_for(action_for(code, action), milestone, country))
    return see(request, "plan-action", code, action, said=_("Taken back: the milestone is open again."))


@page(ACTION + "money/new/", name="funding-new", needs="joint.report", methods=BOTH)
def money(request: Request, code: str, action: str) -> HttpResponse:
    """Record the budget of an action in a year, or what somebody gives."""
    of = action_for(code, action)

    def then(form: FundingForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        funder = next(iter(bodies_named([given["funder"]])), None) if given["funder"] else None
        actions.record_funding(request.actor, of, **{**given, "funder": funder})
        return see(request, "plan-action", code, of.code, said=_("Recorded."))

    form = FundingForm(of, _own(request), request.POST or None)
    says = _("Recorded again for the same year, giver, country and currency, it replaces what stood there.")
    return ask(request, form, then, title=_("Money for action %(n)s") % {"n": of.code}, says=says, **_under(of))


@page(ACTION + "money/<int:record>/take-out/", name="funding-take-out", needs="joint.report", methods=POST)
def take_out_money(request: Request, code: str, action: str, record: int) -> HttpResponse:
    """Take a record of money out."""
    actions.take_out_funding(request.actor, funding_for(action_for(code, action), record))
    return see(request, "plan-action", code, action, said=_("Taken out."))
