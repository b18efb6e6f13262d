"""Page: find a person. What is typed goes in the body of the request, never into an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from panoh.access.entrances import Request, page
from panoh.access.refusals import NotRight
from panoh.casework import queries
from panoh.casework.forms_finding import FindForm, PurposeForm
from panoh.casework.refusals import SearchedEnough


@page("find/", name="find", needs="person.find", methods=("GET", "POST"))
def find(request: Request) -> HttpResponse:
    """Show who may be meant: in one's own care as soon as the writer pauses, beyond it when it is asked for."""
    form = FindForm(request.POST or None)
    is_wide = request.actor.role.scope in ("region", "all")
    shown: dict[str, Any] = {"form": form, "purposes": PurposeForm().fields["purpose"], "is_wide": is_wide}
    shown["may_break_glass"] = request.actor.may("glass.break")
    status = 200
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            try:
                shown["found"] = queries.find_people(
                    request.actor, form.asked, purpose=given["purpose"], everywhere=given["everywhere"]
                )
            except SearchedEnough as refusal:  # beside what was typed, which stays
                shown["found"], status = queries.PeopleFound([], str(refusal)), refusal.status
            shown["asked"] = form.asked
        else:
            status = NotRight.status
    is_part = request.headers.get("HX-Request") == "true"
    template = "casework/found.html" if is_part and form.is_valid() else "casework/find.html"
    return render(request, template, shown, status=status)


@page("find/lead/", name="find-lead", needs="person.find", methods=("POST",))
def who_leads(request: Request) -> HttpResponse:
    """Tell, for a stated purpose, whom to ask about somebody out of one's care."""
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return render(request, "casework/find_lead.html", {"form": form}, status=NotRight.status)
    given = form.cleaned_data
    match = queries.who_leads(request.actor, given["code"], purpose=given["purpose"])
    return render(request, "casework/find_lead.html", {"match": match})
