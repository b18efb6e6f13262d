"""Pages: where the children of a family live, the steps of a placement, and who cares for them when a carer is away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms_care import (
    ApartForm,
    CareForm,
    DropForm,
    GuardianshipEndForm,
    GuardianshipForm,
    OnForm,
    PlacementEndForm,
    PlacementForm,
    PlacementReviewForm,
    StudyForm,
)
from panoh.casework.models import Family, Person
from panoh.casework.queries.care import care_file
from panoh.casework.queries.guardianships import guardianship_for
from panoh.casework.queries.placements import care_decision_for, children_of, placement_for

Called = list[tuple[Person, str]]
BOTH: Any = ("GET", "POST")
PLACEMENT = "families/<str:code>/placements/<int:number>"


@page("families/<str:code>/care/", name="care", needs="family.see")
def care(request: Request, code: str) -> HttpResponse:
    """Show where the children of a family live, what is proposed for them, and what is to be decided today."""
    found = queries.family_for(request.actor, code)
    file = care_file(request.actor, found)
    about = queries.about_family(request.actor, found)
    shown = {"family": found, "file": file, "about": about, "may": request.actor.role.permissions}
    return render(request, "casework/care.html", shown)


def members_called(request: Request, family: Family) -> Called:
    """Return who lives in a family, with what they are called."""
    return [(member.person, member.name) for member in queries.family_file(request.actor, family).members]


def ask_on_care(
    request: Request, family: Family, form: Any, step: Callable[[Any], object], said: str, **words: Any
) -> HttpResponse:
    """Ask for what a step needs, take it, and go back to the page of care."""

    def then(filled: Any) -> HttpResponse:
        step(filled)
        return see(request, "care", family.code, said=said)

    address = reverse("care", args=[family.code])
    if "about" not in words:
        words["about"] = queries.about_family(request.actor, family)
    return ask(request, form, then, cancel=address, back=address, back_label=_("Children"), **words)


@page("families/<str:code>/placements/new/", name="placement-new", needs="placement.write", methods=BOTH)
def propose(request: Request, code: str) -> HttpResponse:
    """Propose where a child is to live."""
    found = queries.family_for(request.actor, code)
    form = PlacementForm(*_children_among(request, found), request.POST or None)
    return ask_on_care(
        request, found, form, lambda filled: actions.propose_placement(request.actor, found, **filled.step()),
        _("The placement is proposed. Another colleague agrees to it."),
        title=_("Propose where a child lives"), submit=_("Propose"),
    )  # fmt: skip


def _children_among(request: Request, family: Family) -> tuple[Called, Called]:
    people, kids = members_called(request, family), {child.pk for child in children_of(family)}
    return [one for one in people if one[0].pk in kids], people


def _step(
    request: Request, code: str, number: int, form: Any, step: Callable[..., object], said: str, **words: Any
) -> HttpResponse:
    found = queries.family_for(request.actor, code)
    placement = placement_for(found, number)
    about = queries.about_person(request.actor, placement.person, found)

    def take(filled: Any) -> object:
        given = filled.step() if hasattr(filled, "step") else filled.cleaned_data
        return step(request.actor, placement, **given)

    return ask_on_care(request, found, form, take, said, about=about, **words)


@page(f"{PLACEMENT}/study/", name="placement-study", needs="placement.write", methods=BOTH)
def study(request: Request, code: str, number: int) -> HttpResponse:
    """Record the home study."""
    return _step(
        request, code, number, StudyForm(request.POST or None), actions.study_home, _("The home study is recorded."),
        title=_("Home study"), submit=_("Record"),
    )  # fmt: skip


@page(f"{PLACEMENT}/agreement/", name="placement-agreement", needs="placement.write", methods=BOTH)
def agreement(request: Request, code: str, number: int) -> HttpResponse:
    """Record that the receiving family agreed."""
    return _step(
        request, code, number, OnForm(request.POST or None), actions.agree_on_placement,
        _("It is recorded that the family agreed."), title=_("The receiving family agreed"), submit=_("Record"),
    )  # fmt: skip


@page(f"{PLACEMENT}/apart/", name="placement-apart", needs="placement.write", methods=BOTH)
def apart(request: Request, code: str, number: int) -> HttpResponse:
    """Say why brothers and sisters live apart, and when to look again."""
    return _step(
        request, code, number, ApartForm(request.POST or None), actions.explain_apart,
        _("The reason is recorded, and the day to look again."),
        title=_("Brothers and sisters apart"), submit=_("Record"),
    )  # fmt: skip


@page(f"{PLACEMENT}/approve/", name="placement-approve", needs="placement.approve", methods=BOTH)
def approve(request: Request, code: str, number: int) -> HttpResponse:
    """Agree to a placement, after a page that says what that means."""
    placement = placement_for(queries.family_for(request.actor, code), number)
    home = placement.with_family or placement.with_agency or placement.with_person
    how = catalogue().label("placement_kinds", placement.kind)
    return _step(
        request, code, number, _confirmed(request), actions.approve_placement, _("You agreed to the placement."),
        template="confirm.html", title=_("Agree to this placement?"), submit=_("Agree"),
        says=_("Your name stands under it, and it cannot be taken back. Dropping it later takes a reason."),
        will=[f"{how}: {home}" if home else how],
    )  # fmt: skip


@page(f"{PLACEMENT}/begin/", name="placement-begin", needs="placement.write", methods=BOTH)
def begin(request: Request, code: str, number: int) -> HttpResponse:
    """Record since when the child lives there."""
    return _step(
        request, code, number, OnForm(request.POST or None), actions.begin_placement,
        _("It is recorded where the child lives."), title=_("The child lives there now"), submit=_("Record"),
        says=_("Where it lived before ends with that day."),
    )  # fmt: skip


@page(f"{PLACEMENT}/review/", name="placement-review", needs="placement.write", methods=BOTH)
def review(request: Request, code: str, number: int) -> HttpResponse:
    """Record a look at where a child lives."""
    return _step(
        request, code, number, PlacementReviewForm(request.POST or None), actions.review_placement,
        _("The look is recorded, and when the next is due."), title=_("Look again"), submit=_("Record"),
    )  # fmt: skip


@page(f"{PLACEMENT}/end/", name="placement-end", needs="placement.write", methods=BOTH)
def end(request: Request, code: str, number: int) -> HttpResponse:
    """Record that a child lives there no more."""
    return _step(
        request, code, number, PlacementEndForm(request.POST or None), actions.end_placement,
        _("It is recorded that this ended."), title=_("The child lives there no more"), submit=_("Record"),
    )  # fmt: skip


@page(f"{PLACEMENT}/drop/", name="placement-drop", needs="placement.write", methods=BOTH)
def drop(request: Request, code: str, number: int) -> HttpResponse:
    """Drop a placement that was not carried out."""
    return _step(
        request, code, number, DropForm(request.POST or None), actions.drop_placement,
        _("The proposal is dropped; it stays in the history."), title=_("Drop this placement"), submit=_("Drop"),
    )  # fmt: skip


@page("families/<str:code>/absent/", name="carer-absent", needs="placement.write", methods=BOTH)
def absent(request: Request, code: str) -> HttpResponse:
    """Say that whoever cares for the children is away, after a page that says what follows."""
    found = queries.family_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        opened = actions.say_carer_absent(request.actor, found)
        text = ngettext(
            "A decision for %(n)s child is due today.", "A decision for each of %(n)s children is due today.",
            len(opened),
        )  # fmt: skip
        return see(request, "care", found.code, said=text % {"n": len(opened)})

    return ask(
        request, _confirmed(request), then, template="confirm.html", cancel=reverse("family", args=[found.code]),
        title=_("Is the carer of the children away?"), submit=_("The carer is away"),
        about=queries.about_family(request.actor, found),
        says=_("Say so when whoever cares for them cannot, from one day to the next."),
        will=[
            _("For each child in the family a decision stands on Today, yours and the supervisor's, by code."),
            _("It goes away only when somebody decided with whom the child is."),
        ],
    )  # fmt: skip


@page("families/<str:code>/care-decisions/<int:number>/", name="care-decide", needs="placement.write", methods=BOTH)
def decide(request: Request, code: str, number: int) -> HttpResponse:
    """Decide who cares for a child for now."""
    found = queries.family_for(request.actor, code)
    decision = care_decision_for(found, number)
    form = CareForm(members_called(request, found), request.POST or None)
    return ask_on_care(
        request, found, form, lambda filled: actions.decide_care(request.actor, decision, **filled.step()),
        _("It is decided with whom the child is for now."), title=_("Who cares for the child now"),
        submit=_("Decide"), about=queries.about_person(request.actor, decision.person, found),
    )  # fmt: skip


@page("families/<str:code>/guardianships/new/", name="guardianship-new", needs="guardianship.record", methods=BOTH)
def record_guardianship(request: Request, code: str) -> HttpResponse:
    """Record a decision on who acts for a child."""
    found = queries.family_for(request.actor, code)
    form = GuardianshipForm(*_children_among(request, found), request.POST or None)
    return ask_on_care(
        request, found, form, lambda filled: actions.record_guardianship(request.actor, found, **filled.step()),
        _("The decision is recorded."), title=_("Record a guardianship"), submit=_("Record"),
        says=_("What was decided for the child before ends with that day."),
    )  # fmt: skip


@page(
    "families/<str:code>/guardianships/<int:number>/end/", name="guardianship-end", needs="guardianship.record",
    methods=BOTH,
)  # fmt: skip
def end_guardianship(request: Request, code: str, number: int) -> HttpResponse:
    """Record that a decision does not hold any more."""
    found = queries.family_for(request.actor, code)
    held = guardianship_for(found, number)
    return ask_on_care(
        request, found, GuardianshipEndForm(request.POST or None),
        lambda filled: actions.end_guardianship(request.actor, held, **filled.cleaned_data),
        _("It is recorded that this ended."), title=_("The guardianship ended"), submit=_("Record"),
        about=queries.about_person(request.actor, held.person, found),
    )  # fmt: skip


def _confirmed(request: Request) -> forms.Form:
    return forms.Form(request.POST if request.method == "POST" else None)
