"""Pages: what one was told of, how one wants to be told, and the address of one's own calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from panoh.access import audit
from panoh.access.clock import now, today
from panoh.access.entrances import Actor, Request, ask, page, see
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.calendars import calendar
from panoh.casework.forms_work import WishForm

BOTH: Any = ("GET", "POST")
BACK_DAYS, AHEAD_DAYS = 30, 180
FETCHED = "calendar.fetch"


@page("notices/", name="notices", needs="account.see", methods=BOTH)
def notices(request: Request) -> HttpResponse:
    """Show what the reader was told of; sent, all of it is seen."""
    if request.method == "POST":
        actions.see_notices(request.actor)
        return see(request, "notices", said=_("All is marked as seen."))
    shown = {"told": queries.notices_of(request.actor), "has_mail": bool(request.user.email)}  # type: ignore[union-attr]  # who signed in
    return render(request, "casework/notices.html", shown)


@page("notices/wishes/", name="notices-wishes", needs="account.see", methods=BOTH)
def wishes(request: Request) -> HttpResponse:
    """Choose how to be told of each kind."""

    def then(form: WishForm) -> HttpResponse:
        actions.wish(request.actor, **form.chosen())
        return see(request, "notices", said=_("It is kept how you want to be told."))

    has_email = bool(request.user.email)  # type: ignore[union-attr]  # who signed in
    form = WishForm(queries.wishes_of(request.actor), has_email, request.POST or None)
    says = _("A mail says only kinds, codes and how many; once a day, and none when there is nothing new.")
    words = {"title": _("How you are told"), "submit": _("Keep"), "says": says, "cancel": reverse("notices")}
    return ask(request, form, then, back=reverse("notices"), back_label=_("Notices"), **words)


@page("calendar/", name="calendar", needs="account.see", methods=BOTH)
def calendar_address(request: Request) -> HttpResponse:
    """Make an address for the reader's own calendar, shown this once; or end the one there is."""
    shown: dict[str, Any] = {"there": queries.has_calendar(request.actor)}
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_calendar(request.actor)
            return see(request, "calendar", said=_("The address is ended. It answers to nobody any more."))
        secret = actions.open_calendar(request.actor)
        shown = {"there": True, "address": request.build_absolute_uri(reverse("calendar-feed", args=[secret]))}
    return render(request, "casework/calendar.html", shown)


@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a calendar program the days of whoever made the address; one that is wrong or ended answers as absent."""
    if limited := ratelimit.consume_or_429(request, action="calendar", limit_get=True):
        return limited  # type: ignore[no-any-return]  # allauth ships no types
    staff = queries.calendar_of(secret) if request.method in {"GET", "HEAD"} else None
    if staff is None:
        return HttpResponse(status=404)
    actor = Actor.of(staff)
    with acting_for(staff.pk):
        found = queries.entries(actor, today() - timedelta(BACK_DAYS), today() + timedelta(AHEAD_DAYS))
        audit.write(actor, FETCHED, about=staff.code)
    told = calendar(found, now())
    return HttpResponse(told, content_type="text/calendar; charset=utf-8")
