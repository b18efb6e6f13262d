"""Pages: programmes, what was given out of them, and the receipt of what was given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_programmes import ProgrammeForm
from panoh.casework.pages.consents import as_pdf
from panoh.casework.queries.printing import given_pdf
from panoh.casework.queries.programmes import help_given, programme_for, programmes

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)
KEEPS = "programme.keep"


def _words(**words: Any) -> dict[str, Any]:
    address = reverse("programmes")
    return {"cancel": address, "back": address, "back_label": _("Programmes"), **words}


@page("programmes/", name="programmes", needs="assistance.give")
def listed(request: Request) -> HttpResponse:
    """Show the programmes, and how much of each was given."""
    return render(request, "casework/programmes.html", {"programmes": programmes(request.actor)})


@page("programmes/new/", name="programme-new", needs=KEEPS, methods=BOTH)
def open_programme(request: Request) -> HttpResponse:
    """Enter a programme."""

    def then(form: ProgrammeForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        actions.open_programme(request.actor, given.pop("agency"), **given)
        return see(request, "programmes", said=_("The programme is entered. Help can be given out of it."))

    form = ProgrammeForm(request.actor, request.POST or None)
    return ask(request, form, then, **_words(title=_("Enter a programme"), submit=_("Enter")))


@page("programmes/<str:code>/end/", name="programme-end", needs=KEEPS, methods=BOTH)
def end_programme(request: Request, code: str) -> HttpResponse:
    """Let nothing more be given out of a programme."""
    found = programme_for(code)

    def then(form: forms.Form) -> HttpResponse:
        actions.end_programme(request.actor, found)
        return see(request, "programmes", said=_("It is ended."))

    words = _words(title=_("End programme %(name)s?") % {"name": found}, submit=_("End it"))
    form = forms.Form(request.POST if request.method == "POST" else None)
    says = _("Nothing more is given out of it; what was given stays counted.")
    return ask(request, form, then, template="confirm.html", says=says, **words)


@page("families/<str:code>/assistance/", name="assistance", needs="family.see")
def given(request: Request, code: str) -> HttpResponse:
    """Show all help given to a family."""
    found = queries.family_for(request.actor, code)
    shown = {
        "family": found, "about": queries.about_family(request.actor, found), "given": help_given(found),
        "may": request.actor.role.permissions,
    }  # fmt: skip
    return render(request, "casework/assistance.html", shown)


@page("families/<str:code>/assistance/<int:number>/receipt/", name="assistance-receipt", needs="assistance.give",
      methods=POST)  # fmt: skip
def receipt(request: Request, code: str, number: int) -> HttpResponse:
    """Hand out the receipt of help that was given, to be signed."""
    given = queries.assistance_for(queries.family_for(request.actor, code), number)
    return as_pdf(given_pdf(given), f"{given.case.code}-{given.pk}")
