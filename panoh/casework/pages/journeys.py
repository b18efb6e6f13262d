"""Pages: what is known of a person before arrival, who comes on which flight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_journeys import FlightForm, HandOverForm, HypothesisForm, KinshipTestForm, StandingForm
from panoh.casework.models import Person
from panoh.casework.pages.care import Called, members_called
from panoh.casework.queries.journeys import flights, hypothesis_for, journey_file, journey_for

BOTH: Any = ("GET", "POST")
WRITES = "journey.write"
HERE = "people/<str:code>"


@page("flights/", name="flights", needs=WRITES)
def who_flies(request: Request) -> HttpResponse:
    """Show who of the families in reach comes on which flight, by code."""
    return render(request, "casework/flights.html", {"flights": flights(request.actor)})


@page(f"{HERE}/journey/", name="journey", needs="person.see")
def journey(request: Request, code: str) -> HttpResponse:
    """Show what is known of a person before arrival."""
    found = queries.person_for(request.actor, code)
    shown = {
        "person": found, "file": journey_file(request.actor, found), "may": request.actor.role.permissions,
    }  # fmt: skip
    return render(request, "casework/journey.html", shown)


def _ask(
    request: Request, person: Person, form: Any, step: Callable[[Any], object], said: str, **words: Any
) -> HttpResponse:
    def then(filled: Any) -> HttpResponse:
        step(filled)
        return see(request, "journey", person.code, said=said)

    address = reverse("journey", args=[person.code])
    about = queries.about_person(request.actor, person, person.home)
    return ask(request, form, then, cancel=address, back=address, back_label=_("Before arrival"), about=about, **words)


def _others(request: Request, person: Person) -> Called:
    return [one for one in members_called(request, person.home) if one[0].pk != person.pk]


@page(f"{HERE}/hypotheses/new/", name="hypothesis-new", needs=WRITES, methods=BOTH)
def add_hypothesis(request: Request, code: str) -> HttpResponse:
    """Add who a person may be."""
    found = queries.person_for(request.actor, code)
    return _ask(
        request, found, HypothesisForm(request.POST or None),
        lambda filled: actions.add_hypothesis(request.actor, found, **filled.cleaned_data),
        _("It is added; what others said stays beside it."), title=_("Who this may be"), submit=_("Add"),
    )  # fmt: skip


@page(f"{HERE}/hypotheses/<int:number>/", name="hypothesis-settle", needs=WRITES, methods=BOTH)
def settle_hypothesis(request: Request, code: str, number: int) -> HttpResponse:
    """Take one as right, rule it out, or leave it open."""
    found = queries.person_for(request.actor, code)
    claim = hypothesis_for(found, number)
    return _ask(
        request, found, StandingForm(request.POST or None, initial={"standing": claim.standing}),
        lambda filled: actions.settle_hypothesis(request.actor, claim, **filled.cleaned_data),
        _("It is recorded what it is now."), title=_("Is it this person?"), submit=_("Record"),
        says=_("One is taken as right at a time. Names and papers go to the person's file, with this as their source."),
    )  # fmt: skip


@page(f"{HERE}/kinship-tests/new/", name="kinship-test-new", needs=WRITES, methods=BOTH)
def record_test(request: Request, code: str) -> HttpResponse:
    """Record the outcome of a kinship test."""
    found = queries.person_for(request.actor, code)
    return _ask(
        request, found, KinshipTestForm(_others(request, found), request.POST or None),
        lambda filled: actions.record_kinship_test(request.actor, found, **filled.cleaned_data),
        _("The outcome is recorded."), title=_("Outcome of a kinship test"), submit=_("Record"),
    )  # fmt: skip


@page(f"{HERE}/flights/new/", name="flight-new", needs=WRITES, methods=BOTH)
def book(request: Request, code: str) -> HttpResponse:
    """Put a person on a flight."""
    found = queries.person_for(request.actor, code)
    return _ask(
        request, found, FlightForm(request.POST or None),
        lambda filled: actions.book_flight(request.actor, found, **filled.cleaned_data),
        _("The person is on the flight."), title=_("On a flight"), submit=_("Put on the flight"),
    )  # fmt: skip


@page(f"{HERE}/flights/<int:number>/take-off/", name="flight-off", needs=WRITES, methods=BOTH)
def take_off(request: Request, code: str, number: int) -> HttpResponse:
    """Take a person off a flight."""
    found = queries.person_for(request.actor, code)
    booked = journey_for(found, number)
    form = forms.Form(request.POST if request.method == "POST" else None)
    return _ask(
        request, found, form, lambda filled: actions.take_off_flight(request.actor, booked),
        _("The person is off the flight; that they were on it stays on record."), template="confirm.html",
        title=_("Does not come on flight %(flight)s?") % {"flight": booked.flight}, submit=_("Take them off it"),
    )  # fmt: skip


@page(f"{HERE}/hand-overs/new/", name="person-handed-over", needs=WRITES, methods=BOTH)
def hand_over(request: Request, code: str) -> HttpResponse:
    """Record who received a person from whom."""
    found = queries.person_for(request.actor, code)
    return _ask(
        request, found, HandOverForm(_others(request, found), request.POST or None),
        lambda filled: actions.hand_over_person(request.actor, found, **filled.step()),
        _("The hand-over is recorded."), title=_("Hand-over at the airport"), submit=_("Record"),
    )  # fmt: skip
