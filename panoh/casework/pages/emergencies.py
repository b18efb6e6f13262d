"""Pages: open a file in an emergency, and review what was opened so."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_emergencies import EmergencyForm, ReviewForm

BOTH: Any = ("GET", "POST")


@page("emergencies/new/", name="emergency-new", needs="glass.break", methods=BOTH)
def break_glass(request: Request) -> HttpResponse:
    """Open a file out of one's reach, for four hours."""

    def then(form: EmergencyForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        family = actions.break_glass(request.actor, given.pop("code"), **given)
        return see(request, "family", family.code, said=_("The file is open to you for four hours."))

    asked = request.GET.get("code", "")[:20]
    form = EmergencyForm(request.POST or None, initial={"code": asked} if asked.isprintable() else None)
    says = _(
        "For when somebody needs help now and nobody who leads the work can be asked. The file opens at once, for four"
        " hours. The supervisors of both agencies and the data-protection officer are told as it opens, and it is"
        " reviewed afterwards."
    )
    words = {"title": _("Open a file in an emergency"), "submit": _("Open the file now"), "cancel": reverse("today")}
    return ask(request, form, then, says=says, **words)


@page("emergencies/", name="emergencies", needs="glass.review")
def emergencies(request: Request) -> HttpResponse:
    """Show what was opened in an emergency, by code: what waits for its review first."""
    return render(request, "casework/emergencies.html", {"emergencies": queries.recent_emergencies(request.actor)})


@page("emergencies/<str:code>/", name="emergency", needs="glass.review", methods=BOTH)
def review(request: Request, code: str) -> HttpResponse:
    """Show one emergency, and take what a second person finds."""
    found = queries.emergency_for(request.actor, code)

    def then(form: ReviewForm) -> HttpResponse:
        actions.review_emergency(request.actor, found, **form.cleaned_data)
        return see(request, "emergencies", said=_("Your review is recorded."))

    form = ReviewForm(request.POST or None)
    shown = {"one": queries.review_of(request.actor, found), "submit": _("Record the review")}
    return ask(request, form, then, template="casework/emergency.html", cancel=reverse("emergencies"), **shown)
