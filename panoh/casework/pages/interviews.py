"""Pages: who asked a person about what, shown before anybody asks again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_referrals import InterviewForm
from panoh.casework.queries.interviews import interviews_of

BOTH: Any = ("GET", "POST")


@page("people/<str:code>/interviews/", name="interviews", needs="interview.record", methods=BOTH)
def interviews(request: Request, code: str) -> HttpResponse:
    """Show who asked about what and where the answers stand, and record another talk."""
    found = queries.person_for(request.actor, code)

    def then(form: InterviewForm) -> HttpResponse:
        actions.record_interview(request.actor, found, **form.cleaned_data)
        return see(request, "interviews", found.code, said=_("Recorded: the next who wants to ask sees it first."))

    address = reverse("person", args=[found.code])
    return ask(
        request, InterviewForm(request.POST or None), then, template="casework/interviews.html", person=found,
        about=queries.about_person(request.actor, found, found.home), talks=interviews_of(found),
        submit=_("Record the talk"), back=address, cancel=address,
    )  # fmt: skip
