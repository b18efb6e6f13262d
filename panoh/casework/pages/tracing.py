"""Pages: requests of relatives, one request, its answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions
from panoh.casework.forms_joining import AnswerForm
from panoh.casework.queries.tracing import TABS, counts_of_requests, request_file, request_for, requests_page

BOTH: Any = ("GET", "POST")


@page("tracing/", name="tracing", needs="tracing.see")
def requests(request: Request) -> HttpResponse:
    """Show the requests of relatives, those whose person was found first."""
    counts = counts_of_requests(request.actor)
    asked = request.GET.get("show", "")
    tab = asked if asked in TABS else next((code for code in ("found", "suggested") if counts[code]), "open")
    shown = {
        "tabs": [
            {"code": code, "label": label, "count": counts[code], "is_here": code == tab}
            for code, label in TABS.items()
        ],
        "page": requests_page(request.actor, tab=tab, number=request.GET.get("page")),
    }
    return render(request, "casework/tracing.html", shown)


@page("tracing/<str:code>/", name="tracing-request", needs="tracing.see")
def one(request: Request, code: str) -> HttpResponse:
    """Show who is sought by whom, who may be that person, and what was told."""
    found = request_for(request.actor, code)
    shown = {"asked": found, "file": request_file(request.actor, found), "may": request.actor.role.permissions}
    return render(request, "casework/tracing_request.html", shown)


@page("tracing/<str:code>/answer/", name="tracing-answer", needs="tracing.answer", methods=BOTH)
def answer(request: Request, code: str) -> HttpResponse:
    """Record what a relative was told, and that the person agreed."""
    found = request_for(request.actor, code)

    def then(form: AnswerForm) -> HttpResponse:
        actions.answer_tracing_request(request.actor, found, **form.cleaned_data)
        return see(request, "tracing-request", code, said=_("The answer is recorded."))

    says = _("Talk with the person first. If they say no, the relative learns nothing: leave the request open.")
    return ask(
        request, AnswerForm(request.POST or None), then, title=_("Answer the relative"), says=says,
        submit=_("Record the answer"), cancel=reverse("tracing-request", args=[code]), under=code,
    )  # fmt: skip


@page("tracing/<str:code>/withdraw/", name="tracing-withdraw", needs="tracing.withdraw", methods=BOTH)
def withdraw(request: Request, code: str) -> HttpResponse:
    """Ask whether a relative asks no more, and note it."""
    found = request_for(request.actor, code)
    if request.method == "POST":
        actions.withdraw_tracing_request(request.actor, found)
        return see(request, "tracing-request", code, said=_("The request is withdrawn."))
    shown = {
        "title": _("Withdraw request %(code)s") % {"code": code},
        "says": _("Does the relative ask no more?"),
        "will": [_("Nobody is told anything."), _("Tasks about this request end. It stays on record.")],
        "submit": _("Withdraw the request"),
        "cancel": reverse("tracing-request", args=[code]),
    }
    return render(request, "confirm.html", shown)
