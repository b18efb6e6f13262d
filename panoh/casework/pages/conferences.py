"""Pages: case conferences about a family."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms_deciding import BecauseForm, ConferenceForm, DissentForm, PointForm
from panoh.casework.pages.families import BOTH
from panoh.casework.queries.interests import conference_for, conference_shown, participant_for, point_for

POST: Any = ("POST",)


@page("families/<str:code>/conferences/new/", name="conference-new", needs="conference.hold", methods=BOTH)
def call(request: Request, code: str) -> HttpResponse:
    """Call a case conference."""
    found = queries.family_for(request.actor, code)
    address = reverse("family-decisions", args=[code])

    def then(form: ConferenceForm) -> HttpResponse:
        given = {name: form.cleaned_data[name] for name in ("on", "why", "domains")}
        made = actions.call_conference(request.actor, found, invited=form.invited(), **given)
        return see(request, "conference", made.code, said=_("The conference is called."))

    form = ConferenceForm(request.actor, found, request.POST or None)
    return ask(
        request, form, then, title=_("Call a case conference"), submit=_("Call it"), cancel=address, back=address,
        back_label=code, about=queries.about_family(request.actor, found), body="casework/conference_fields.html",
        wide=True,
    )  # fmt: skip


@page("conferences/<str:code>/", name="conference", needs="family.see")
def one(request: Request, code: str) -> HttpResponse:
    """Show a case conference."""
    found = conference_for(request.actor, code)
    shown = {
        "shown": conference_shown(request.actor, found),
        "conference": found,
        "about": queries.about_family(request.actor, found.family),
        "may": request.actor.role.permissions,
    }
    return render(request, "casework/conference.html", shown)


@page("conferences/<str:code>/points/<int:number>/", name="conference-point", needs="conference.hold", methods=BOTH)
def point(request: Request, code: str, number: int) -> HttpResponse:
    """Write down one point of the agenda."""
    found = conference_for(request.actor, code)
    about = point_for(found, number)
    address = reverse("conference", args=[code])

    def then(form: PointForm) -> HttpResponse:
        actions.record_point(request.actor, found, point=about, **form.cleaned_data)
        return see(request, "conference", code, said=_("The point is written down."))

    title = catalogue().label("domains", about.domain)
    says = _("What was decided becomes a task of whoever sees to it.")
    form = PointForm(request.actor, found, request.POST or None)
    return ask(
        request, form, then, title=title, submit=_("Write it down"), says=says, cancel=address, back=address,
        back_label=code,
    )  # fmt: skip


@page("conferences/<str:code>/dissent/<int:number>/", name="conference-dissent", needs="conference.hold", methods=BOTH)
def dissent(request: Request, code: str, number: int) -> HttpResponse:
    """Write down that somebody saw it otherwise."""
    found = conference_for(request.actor, code)
    whose = participant_for(found, number)
    address = reverse("conference", args=[code])

    def then(form: DissentForm) -> HttpResponse:
        actions.record_dissent(request.actor, found, participant=whose, **form.cleaned_data)
        return see(request, "conference", code, said=_("It is written down who saw it otherwise."))

    title = _("Saw it otherwise: %(who)s") % {"who": catalogue().label("participant_roles", whose.role)}
    form = DissentForm(request.POST or None)
    return ask(
        request, form, then, title=title, submit=_("Write it down"), cancel=address, back=address, back_label=code
    )


@page("conferences/<str:code>/end/", name="conference-end", needs="conference.hold", methods=POST)
def end(request: Request, code: str) -> HttpResponse:
    """End a conference that was held."""
    actions.end_conference(request.actor, conference_for(request.actor, code))
    return see(request, "conference", code, said=_("The conference is over; what it said stays."))


@page("conferences/<str:code>/cancel/", name="conference-cancel", needs="conference.hold", methods=BOTH)
def cancel(request: Request, code: str) -> HttpResponse:
    """Cancel a conference that was called."""
    found = conference_for(request.actor, code)
    address = reverse("conference", args=[code])

    def then(form: BecauseForm) -> HttpResponse:
        actions.cancel_conference(request.actor, found, **form.cleaned_data)
        return see(request, "conference", code, said=_("The conference is cancelled."))

    form = BecauseForm(request.POST or None)
    return ask(
        request, form, then, title=_("Cancel the conference"), submit=_("Cancel it"), cancel=address, back=address,
        back_label=code,
    )  # fmt: skip
