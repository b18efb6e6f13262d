"""Pages: forget a person, and the certificate of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_forgetting import ForgetForm

BOTH: Any = ("GET", "POST")


@page("people/<str:code>/forget/", name="person-forget", needs="person.forget", methods=BOTH)
def forget(request: Request, code: str) -> HttpResponse:
    """Forget a person for good."""
    found = queries.person_for(request.actor, code)

    def then(form: ForgetForm) -> HttpResponse:
        actions.forget_person(request.actor, found, **form.cleaned_data)
        return see(request, "person-forgotten", found.code, said=_("The person is forgotten."))

    return ask(
        request,
        ForgetForm(found.code, request.POST or None),
        then,
        template="casework/forget.html",
        title=_("Forget this person for good"),
        under=found.code,
        submit=_("Forget for good"),
        danger=True,
        cancel=reverse("person", args=[found.code]),
    )


@page("people/<str:code>/forgotten/", name="person-forgotten", needs="person.see")
def certificate(request: Request, code: str) -> HttpResponse:
    """Show the certificate that a person was forgotten, to print."""
    found = queries.person_for(request.actor, code)
    shown = queries.certificate_of(request.actor, found)
    return render(request, "casework/certificate.html", {"certificate": shown})
