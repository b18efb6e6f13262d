"""Page: why one looks at a file. It is asked at the door and can be changed later; it shows nothing of the file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from panoh.access.entrances import Request, page
from panoh.access.visits import remember
from panoh.casework import queries
from panoh.casework.catalogue import catalogue

BOTH: Any = ("GET", "POST")


@page("families/<str:code>/purpose/", name="family-purpose", needs="family.see", methods=BOTH)
def say_purpose(request: Request, code: str) -> HttpResponse:
    """Ask for the purpose, or remember it for this visit and lead back."""
    found = queries.family_for(request.actor, code)
    back = request.POST.get("back") or request.GET.get("back", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("family", args=[found.code])
    if request.method == "POST":
        purpose = catalogue().known("purposes", request.POST.get("purpose", ""))
        remember(request, found.code, purpose)
        return redirect(back)
    return render(request, "purpose.html", {"code": found.code, "back": back})
