"""Pages: who has looked at a family or a person, and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from panoh.access.entrances import Request, page
from panoh.access.queries import part_asked
from panoh.casework import queries
from panoh.casework.queries.looking import looks_at_family, looks_at_person


@page("families/<str:code>/looked/", name="family-looked", needs="family.see")
def family(request: Request, code: str) -> HttpResponse:
    """Show who has looked at a family's file, and why."""
    found = queries.family_for(request.actor, code)
    looks = looks_at_family(request.actor, found, **part_asked(request.GET))
    shown = {"code": found.code, "page": looks, "back": reverse("family", args=[found.code])}
    return render(request, "casework/looked.html", shown)


@page("people/<str:code>/looked/", name="person-looked", needs="person.see")
def person(request: Request, code: str) -> HttpResponse:
    """Show who has looked at a person, and why, from whatever page."""
    found = queries.person_for(request.actor, code)
    looks = looks_at_person(request.actor, found, **part_asked(request.GET))
    shown = {"code": found.code, "page": looks, "back": reverse("person", args=[found.code]), "of_person": True}
    return render(request, "casework/looked.html", shown)
