"""Pages: what is owed for a period, one value on its way, decisions, and the gate before publication."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotRight
from panoh.plan.actions import indicators as planning
from panoh.plan.actions import publishing, reporting
from panoh.plan.forms_indicators import DecisionForm, GateAnswerForm, PeriodForm, SaidForm, ValueForm
from panoh.plan.queries.reporting import (
    gate,
    period_for,
    period_shown,
    periods_of,
    value_for,
    value_shown,
    waiting_values,
)
from panoh.plan.queries.tree import plan_for

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)


@page("joint-plan/<slug:code>/periods/", name="periods", needs="joint.see")
def periods(request: Request, code: str) -> HttpResponse:
    """Show the times that are reported on."""
    plan = plan_for(code)
    return render(request, "plan/periods.html", {"plan": plan, "periods": periods_of(plan)})


@page("joint-plan/<slug:code>/periods/new/", name="period-new", needs="joint.edit", methods=BOTH)
def new_period(request: Request, code: str) -> HttpResponse:
    """Ask the countries for a period."""
    plan = plan_for(code)

    def then(form: PeriodForm) -> HttpResponse:
        made = planning.open_period(request.actor, plan, **form.cleaned_data)
        return see(request, "period", made.code, said=_("Opened: each country sees what it owes."))

    url = reverse("periods", args=[code])
    more = {"back": url, "back_label": _("Reporting"), "cancel": url}
    form = PeriodForm(request.POST or None)
    return ask(request, form, then, title=_("Open a period"), submit=_("Ask the countries"), **more)


@page("periods/<str:code>/", name="period", needs="joint.see")
def period(request: Request, code: str) -> HttpResponse:
    """Show what is owed for a period."""
    shown = period_shown(request.actor, period_for(code), request.GET.get("country", ""))
    return render(request, "plan/period.html", {"shown": shown, "period": shown.period})


@page("periods/<str:code>/decide/", name="period-decide", needs="joint.approve")
def to_decide(request: Request, code: str) -> HttpResponse:
    """Show what waits for a decision."""
    found = period_for(code)
    return render(request, "plan/to_decide.html", {"period": found, "values": waiting_values(found)})


@page("periods/<str:code>/publication/", name="publication", needs="joint.publish", methods=BOTH)
def publication(request: Request, code: str) -> HttpResponse:
    """Show what is missing or odd before the figures become public, and take an answer to one of these."""
    found = period_for(code)
    if request.method == "POST":
        form = GateAnswerForm(request.POST)
        if not form.is_valid():
            raise NotRight
        publishing.answer_oddity(request.actor, found, **form.cleaned_data)
        return see(request, "publication", code, said=_("Answered."))
    return render(request, "plan/publication.html", {"gate": gate(found), "period": found})


@page("periods/<str:code>/publish/", name="publish", needs="joint.publish", methods=BOTH)
def publish(request: Request, code: str) -> HttpResponse:
    """Ask before the figures of a period become public for good."""
    found = period_for(code)
    if request.method == "POST":
        publishing.publish_period(request.actor, found)
        return see(request, "publication", code, said=_("Published."))
    told = gate(found)
    will = [
        _("%(n)s of %(of)s values are approved and become public.") % {"n": told.approved, "of": told.of},
        _("What was not reported or not approved is shown as such, never as 0."),
        _("No value of this period can be entered, returned or approved after that."),
    ]
    more = {"says": _("Publish the figures of %(period)s?") % {"period": found}, "danger": True, "will": will}
    more |= {"submit": _("Publish the figures"), "cancel": reverse("publication", args=[code]), "title": _("Publish")}
    return render(request, "confirm.html", more)


@page("values/<str:code>/", name="value", needs="joint.see")
def value(request: Request, code: str) -> HttpResponse:
    """Show a value and what was said about it."""
    shown = value_shown(request.actor, value_for(code))
    return render(request, "plan/value.html", {"shown": shown, "value": shown.value})


@page("values/<str:code>/enter/", name="value-enter", needs="joint.report", methods=BOTH)
def enter(request: Request, code: str) -> HttpResponse:
    """Enter what a country reports."""
    found = value_for(code)

    def then(form: ValueForm) -> HttpResponse:
        reporting.enter_value(request.actor, found, form.entry)
        return see(request, "value", code, said=_("Kept. It is not submitted yet."))

    url = reverse("value", args=[code])
    more = {"back": url, "back_label": str(found), "cancel": url, "title": str(found.indicator.text)}
    under = f"{found.country}, {found.period}"
    form = ValueForm(found, request.POST or None)
    says = _("Leave the figure empty where there is no data. Empty is not 0.")
    return ask(request, form, then, submit=_("Keep as a draft"), says=says, under=under, **more)


@page("values/<str:code>/submit/", name="value-submit", needs="joint.report", methods=POST)
def submit(request: Request, code: str) -> HttpResponse:
    """Submit a value."""
    reporting.submit_value(request.actor, value_for(code))
    return see(request, "value", code, said=_("Submitted. Another colleague decides."))


@page("values/<str:code>/decide/", name="value-decide", needs="joint.approve", methods=POST)
def decide(request: Request, code: str) -> HttpResponse:
    """Approve a value, or return it with a reason."""
    found, form = value_for(code), DecisionForm(request.POST)
    if not form.is_valid():
        raise NotRight
    if form.cleaned_data["decision"] == "approve":
        reporting.approve_value(request.actor, found)
        return see(request, "period-decide", found.period.code, said=_("Approved: %(what)s.") % {"what": found})
    reporting.return_value(request.actor, found, reason=form.cleaned_data["reason"])
    return see(request, "period-decide", found.period.code, said=_("Returned: %(what)s.") % {"what": found})


@page("values/<str:code>/say/", name="value-say", needs="joint.report", methods=BOTH)
def say(request: Request, code: str) -> HttpResponse:
    """Add a sentence to what is said about a value."""
    found = value_for(code)

    def then(form: SaidForm) -> HttpResponse:
        reporting.remark_on_value(request.actor, found, **form.cleaned_data)
        return see(request, "value", code, said=_("Said."))

    url = reverse("value", args=[code])
    more = {"back": url, "back_label": str(found), "cancel": url}
    form = SaidForm(_("What you want to say"), request.POST or None)
    return ask(request, form, then, title=_("Say something about this value"), submit=_("Say it"), **more)
