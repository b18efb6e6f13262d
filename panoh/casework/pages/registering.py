"""Pages: register a family or a person by hand, move somebody to another family, open a case."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.entrances import Request, ask, page, see
from panoh.access.queries import own_agency
from panoh.casework import actions, queries
from panoh.casework.forms_people import MovePersonForm, OpenCaseForm, RegisterFamilyForm, RegisterForm
from panoh.casework.models import Family, Person

BOTH: Any = ("GET", "POST")
FIELDS = "casework/register_fields.html"


@page("families/new/", name="family-new", needs="family.create", methods=BOTH)
def register_family(request: Request) -> HttpResponse:
    """Register a family by hand, with its first member."""

    def then(form: RegisterFamilyForm) -> HttpResponse:
        given = form.cleaned_data
        worker = given["worker"]
        form.require_unknown(request.actor)
        with transaction.atomic():
            agency = worker.agency if worker else own_agency(request.actor)
            made = actions.create_family(
                request.actor, agency=agency, worker=worker, district=given["district"], on=given["since"]
            )
            _register(request, made, form)
        return see(request, "family", made.code, said=_("The family is registered. Add its other members now."))

    form = RegisterFamilyForm(request.actor, request.POST or None)
    return ask(
        request, form, then, title=_("Register a family"), submit=_("Register family"), cancel=reverse("families"),
        under=_("Begin with the mother, the father or the guardian; the others are added on the family's page."),
        back=reverse("families"), back_label=_("Families"), body=FIELDS,
    )  # fmt: skip


@page("families/<str:code>/people/new/", name="person-new", needs="person.edit", methods=BOTH)
def register_person(request: Request, code: str) -> HttpResponse:
    """Add a newborn or another person to a family."""
    found = queries.family_for(request.actor, code)

    def then(form: RegisterForm) -> HttpResponse:
        form.require_unknown(request.actor)
        with transaction.atomic():
            _register(request, found, form)
        return see(request, "family", found.code, said=_("The person is registered. Say now how they are related."))

    form = RegisterForm(request.POST or None)
    return ask(
        request, form, then, title=_("Add a person"), submit=_("Add to the family"), body=FIELDS,
        about=queries.about_family(request.actor, found), cancel=reverse("family", args=[code]),
        back=reverse("family", args=[code]), back_label=_("Family %(code)s") % {"code": code},
    )  # fmt: skip


def _register(request: Request, family: Family, form: RegisterForm) -> Person:
    person = actions.register_person(request.actor, family, **form.person())
    if form.cleaned_data.get("stage"):
        actions.open_case(request.actor, family, person, stage=form.cleaned_data["stage"], on=today())
    return person


@page("people/<str:code>/move/", name="person-move", needs="family.edit", methods=BOTH)
def move_person(request: Request, code: str) -> HttpResponse:
    """Let a person leave a family and join another."""
    found = queries.person_for(request.actor, code)
    home = queries.home_of(found)

    def then(form: MovePersonForm) -> HttpResponse:
        actions.move_person(request.actor, home, person=found, **form.cleaned_data)
        return see(request, "family", form.cleaned_data["to"].code, said=_("The person lives in this family now."))

    form = MovePersonForm(request.actor, request.POST or None, leaves=home)
    says = _("The open case moves along. What was done for the person in the family so far stays in its timeline.")
    return ask(
        request, form, then, title=_("Move to another family"), submit=_("Move"), says=says,
        about=queries.about_person(request.actor, found, home), cancel=reverse("family", args=[home.code]),
        back=reverse("family", args=[home.code]), back_label=_("Family %(code)s") % {"code": home.code},
    )  # fmt: skip


@page("people/<str:code>/case/", name="case-open", needs="case.open", methods=BOTH)
def open_case(request: Request, code: str) -> HttpResponse:
    """Open the case of a person who has none."""
    found = queries.person_for(request.actor, code)
    home = queries.home_of(found)

    def then(form: OpenCaseForm) -> HttpResponse:
        actions.open_case(request.actor, home, found, **form.cleaned_data)
        return see(request, "family", home.code, said=_("The case is open. Assess the person to begin the plan."))

    return ask(
        request, OpenCaseForm(request.POST or None), then, title=_("Open a case"), submit=_("Open case"),
        about=queries.about_person(request.actor, found, home), cancel=reverse("family", args=[home.code]),
        back=reverse("family", args=[home.code]), back_label=_("Family %(code)s") % {"code": home.code},
    )  # fmt: skip
