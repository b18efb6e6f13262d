"""Pages: a family's follow-up, and a worker's visits of a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.clock import today
from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotThere
from panoh.casework import actions, queries
from panoh.casework.forms_deciding import BecauseForm
from panoh.casework.forms_following import DayForm, FadeOutForm, LookAgainForm
from panoh.casework.pages.families import BOTH, _people
from panoh.casework.queries.following import day_of_visits, fade_out_for, follow_up_shown, visitors

POST: Any = ("POST",)
PLACE, NUMBER = re.compile(r"place-([0-9]{1,9})"), re.compile(r"[1-9][0-9]{0,2}")


@page("families/<str:code>/follow-up/", name="follow-up", needs="family.see")
def one(request: Request, code: str) -> HttpResponse:
    """Show how a family is followed: its rhythm, what a year brings, what makes us look again, its planned end."""
    found = queries.family_for(request.actor, code)
    members = queries.family_file(request.actor, found).members
    called = {member.person.pk: member.name for member in members}
    shown = {
        "family": found,
        "followed": follow_up_shown(request.actor, found, called),
        "about": queries.about_family(request.actor, found),
        "may": request.actor.role.permissions,
    }
    return render(request, "casework/follow_up.html", shown)


@page("families/<str:code>/follow-up/plan/", name="follow-up-plan", needs="visit.record", methods=POST)
def plan(request: Request, code: str) -> HttpResponse:
    """Plan the visits of the next six months by their rhythm."""
    found = queries.family_for(request.actor, code)
    n = len(actions.plan_follow_up(request.actor, found))
    said = ngettext("%(n)s visit is planned.", "%(n)s visits are planned.", n) % {"n": n}
    return see(request, "follow-up", code, said=said)


@page("families/<str:code>/look-again/", name="look-again", needs="task.write", methods=BOTH)
def look_again(request: Request, code: str) -> HttpResponse:
    """Record something that makes us look again."""
    found = queries.family_for(request.actor, code)
    address = reverse("follow-up", args=[code])

    def then(form: LookAgainForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        case = given.pop("case")
        given["case"] = queries.case_for(request.actor, case) if case else None
        actions.look_again(request.actor, found, **given)
        return see(request, "follow-up", code, said=_("Recorded. Looking again is on the list of things to do."))

    form = LookAgainForm(_people(request, found, cases=True), request.POST or None)
    return ask(
        request, form, then, title=_("Look again"), submit=_("Record"), cancel=address, back=address, back_label=code,
        about=queries.about_family(request.actor, found),
    )  # fmt: skip


@page("families/<str:code>/fade-out/", name="fade-out", needs="visit.record", methods=BOTH)
def fade_out(request: Request, code: str) -> HttpResponse:
    """Plan the day after which nobody needs the file."""
    found = queries.family_for(request.actor, code)
    address = reverse("follow-up", args=[code])

    def then(form: FadeOutForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        given["agreed_with"] = queries.person_for(request.actor, given["agreed_with"])
        actions.plan_fade_out(request.actor, found, **given)
        return see(request, "follow-up", code, said=_("Planned. A last talk is on the list of things to do."))

    form = FadeOutForm(_people(request, found, cases=False), request.POST or None)
    return ask(
        request, form, then, title=_("Plan the end of help"), submit=_("Plan it"), cancel=address, back=address,
        back_label=code, about=queries.about_family(request.actor, found),
    )  # fmt: skip


@page("families/<str:code>/fade-out/give-up/", name="fade-out-give-up", needs="visit.record", methods=BOTH)
def give_up(request: Request, code: str) -> HttpResponse:
    """Give up a planned end."""
    found = queries.family_for(request.actor, code)
    planned = fade_out_for(request.actor, found)
    address = reverse("follow-up", args=[code])

    def then(form: BecauseForm) -> HttpResponse:
        actions.give_up_fade_out(request.actor, planned, **form.cleaned_data)
        return see(request, "follow-up", code, said=_("Given up. Help goes on."))

    form = BecauseForm(request.POST or None)
    return ask(
        request, form, then, title=_("Help goes on"), submit=_("Give up the planned end"), cancel=address,
        back=address, back_label=code,
    )  # fmt: skip


@page("visits/day/", name="visits-day", needs="visit.record", methods=BOTH)
def day(request: Request) -> HttpResponse:
    """Show a worker's visits of a day by district, by codes only, to be printed; and put them in order."""
    people = visitors(request.actor)
    form = DayForm(people, {"on": today(), **request.GET.dict()})
    given = form.cleaned_data if form.is_valid() else {}
    worker = given.get("worker") or next((one for one in people if one.pk == request.actor.staff_id), None)
    on = given.get("on") or today()
    if worker is None:
        raise NotThere
    if request.method == "POST":
        actions.order_visits(request.actor, on=on, places=_places(request.POST.dict()))
        answer = see(request, "visits-day", said=_("The order is kept."))
        answer["Location"] = request.get_full_path()  # the same day of the same colleague
        return answer
    return render(request, "casework/visits_day.html", {"day": day_of_visits(request.actor, worker, on), "form": form})


def _places(sent: Mapping[str, Any]) -> dict[int, int]:
    """Return the place of each visit, as far as one was written."""
    found = {PLACE.fullmatch(name): str(value) for name, value in sent.items()}
    return {int(visit[1]): int(place) for visit, place in found.items() if visit and NUMBER.fullmatch(place)}
