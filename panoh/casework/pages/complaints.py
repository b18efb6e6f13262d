"""Pages: complaints, for whoever takes them down and for those who read and answer them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_rights import ComplaintForm, ReplyForm, ShareOutForm
from panoh.casework.queries.complaints import complaint_for, complaint_shown, complaints

BOTH: Any = ("GET", "POST")


@page("complaints/", name="complaints", needs="complaint.see")
def listed(request: Request) -> HttpResponse:
    """Show the complaints the reader may read, what is overdue first."""
    return render(request, "casework/complaints.html", {"complaints": complaints(request.actor)})


@page("complaints/new/", name="complaint-new", needs="complaint.take", methods=BOTH)
def take(request: Request) -> HttpResponse:
    """Take a complaint down; what is written is gone from sight once it is sent."""

    def then(form: ComplaintForm) -> HttpResponse:
        given = form.cleaned_data
        about = given.pop("about")
        person = queries.person_for(request.actor, about) if about else None
        taken = actions.take_complaint(request.actor, person=person, **given)
        return render(request, "casework/complaint_taken.html", {"taken": taken})

    says = _("It goes to the data-protection officer. Once sent, you cannot read it any more; it stands in no file.")
    return ask(
        request, ComplaintForm(request.POST or None), then, title=_("Take a complaint down"), says=says,
        submit=_("Send the complaint"), cancel=reverse("today"),
    )  # fmt: skip


@page("complaints/<str:code>/", name="complaint", needs="complaint.see")
def one(request: Request, code: str) -> HttpResponse:
    """Show one complaint."""
    shown = complaint_shown(request.actor, complaint_for(request.actor, code))
    return render(request, "casework/complaint.html", {"shown": shown, "complaint": shown.complaint})


def _back(code: str) -> dict[str, Any]:
    address = reverse("complaint", args=[code])
    return {"back": address, "back_label": code, "cancel": address}


@page("complaints/<str:code>/share-out/", name="complaint-share-out", needs="complaint.answer", methods=BOTH)
def share_out(request: Request, code: str) -> HttpResponse:
    """Say whom it is about, and who looks into it."""
    found = complaint_for(request.actor, code)

    def then(form: ShareOutForm) -> HttpResponse:
        actions.share_out_complaint(request.actor, found, **form.cleaned_data)
        return see(request, "complaints", said=_("Recorded. Those it is about cannot read it."))

    form = ShareOutForm(found, request.POST or None, initial={"handler": found.handler_id})
    words = {"title": _("Whom it is about, and who looks into it"), "submit": _("Record it"), **_back(code)}
    return ask(request, form, then, **words)


@page("complaints/<str:code>/acknowledge/", name="complaint-acknowledge", needs="complaint.answer", methods=BOTH)
def acknowledge(request: Request, code: str) -> HttpResponse:
    """Note that who complained was told that it was received."""
    found = complaint_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.acknowledge_complaint(request.actor, found)
        return see(request, "complaint", code, said=_("Recorded: they know that it was received."))

    return ask(
        request, forms.Form(request.POST if request.method == "POST" else None), then, template="confirm.html",
        title=_("They were told that it was received?"), says=_("Tell them, too, by when it is answered."),
        submit=_("They were told"), cancel=reverse("complaint", args=[code]),
    )  # fmt: skip


@page("complaints/<str:code>/answer/", name="complaint-answer", needs="complaint.answer", methods=BOTH)
def answer(request: Request, code: str) -> HttpResponse:
    """Answer a complaint in words."""
    found = complaint_for(request.actor, code)

    def then(form: ReplyForm) -> HttpResponse:
        actions.answer_complaint(request.actor, found, **form.cleaned_data)
        return see(request, "complaint", code, said=_("Answered."))

    return ask(
        request, ReplyForm(request.POST or None), then, title=_("Answer the complaint"), submit=_("Answer"),
        **_back(code),
    )  # fmt: skip
