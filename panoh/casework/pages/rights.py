"""Pages: what people ask about their files, the copy that is given to them, their codes, and what was put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from panoh.access.clock import today
from panoh.access.entrances import Request, ask, page, see
from panoh.access.printing import pdf_of
from panoh.casework import actions, queries
from panoh.casework.forms_rights import AnswerForm, AskerForm, PutRightForm, RightsRequestForm
from panoh.casework.models import Person, RightsRequest
from panoh.casework.queries.rights import (
    facts_to_put_right,
    my_file,
    request_for,
    request_shown,
    requests_of,
    requests_open,
)

BOTH: Any = ("GET", "POST")


def _of_person(found: Person) -> dict[str, Any]:
    address = reverse("person-rights", args=[found.code])
    return {"back": address, "back_label": found.code, "cancel": address}


@page("rights/", name="rights", needs="right.see")
def waiting(request: Request) -> HttpResponse:
    """Show what people asked about their files and nobody answered yet, by code."""
    return render(request, "casework/rights.html", {"requests": requests_open(request.actor)})


@page("people/<str:code>/rights/", name="person-rights", needs="right.record")
def of_person(request: Request, code: str) -> HttpResponse:
    """Show what was asked about one person's file, and what can be done."""
    found = queries.person_for(request.actor, code)
    about = queries.about_person(request.actor, found, found.home)
    shown = {"person": found, "about": about, "requests": requests_of(found)}
    return render(request, "casework/person_rights.html", shown)


@page("people/<str:code>/rights/new/", name="right-new", needs="right.record", methods=BOTH)
def record(request: Request, code: str) -> HttpResponse:
    """Record what somebody asks about a file."""
    found = queries.person_for(request.actor, code)

    def then(form: RightsRequestForm) -> HttpResponse:
        made = actions.record_request(request.actor, found, **form.cleaned_data)
        return see(request, "right", made.code, said=_("Recorded. It is answered by %(day)s.") % {
            "day": date_format(made.due_on)})  # fmt: skip

    words = {"title": _("Somebody asks about the file"), "submit": _("Record the request"), **_of_person(found)}
    return ask(request, RightsRequestForm(request.POST or None), then, **words)


@page("people/<str:code>/rights/code/", name="right-code", needs="right.record", methods=BOTH)
def give_code(request: Request, code: str) -> HttpResponse:
    """Give a code with which the family asks without naming itself; it is shown once, to be printed."""
    found = queries.person_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        given = actions.give_code(request.actor, found)
        shown = {"given": given, "address": request.build_absolute_uri(reverse("ask-by-code")), "person": found}
        return render(request, "casework/receipt.html", shown)

    return ask(
        request, forms.Form(request.POST if request.method == "POST" else None), then, template="confirm.html",
        title=_("Give a code?"), says=_("With it somebody can ask about this file, or complain, without a name."),
        will=[_("It is shown once. Print it, and give it to the person alone."), _("A code from before ends.")],
        submit=_("Give a code"), cancel=reverse("person-rights", args=[code]),
    )  # fmt: skip


@page("people/<str:code>/my-file/", name="my-file", needs="right.record", methods=BOTH)
def give_copy(request: Request, code: str) -> HttpResponse:
    """Say who asks for a copy, before it is shown."""
    found = queries.person_for(request.actor, code)

    def then(form: AskerForm) -> HttpResponse:
        actions.give_copy(request.actor, found, **form.cleaned_data)
        return see(request, "my-file-sheet", found.code)

    says = _("Give a copy to the person alone, or to who may speak for them. What others told in confidence is not in"
             " it, nor anybody else of the family.")  # fmt: skip
    words = {"title": _("Give a copy of the file"), "says": says, "submit": _("Show the copy"), **_of_person(found)}
    return ask(request, AskerForm(request.POST or None), then, **words)


def _language(request: Request) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@page("people/<str:code>/my-file/sheet/", name="my-file-sheet", needs="right.record")
def sheet(request: Request, code: str) -> HttpResponse:
    """Show the copy to be read out, in the language of who listens."""
    found = queries.person_for(request.actor, code)
    with override(_language(request)):
        shown = {"person": found, "sections": my_file(request.actor, found), "day": today()}
        return render(request, "casework/my_file.html", shown | {"languages": settings.LANGUAGES})


@page("people/<str:code>/my-file/pdf/", name="my-file-pdf", needs="right.record")
def pdf(request: Request, code: str) -> HttpResponse:
    """Hand the copy out as PDF, named by the code."""
    found = queries.person_for(request.actor, code)
    with override(_language(request)):
        shown = {"person": found, "sections": my_file(request.actor, found), "day": today()}
        content = pdf_of(render_to_string("casework/my_file_print.html", shown))
    headers = {"Content-Disposition": f'attachment; filename="{found.code}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@page("rights/<str:code>/", name="right", needs="right.record")
def one(request: Request, code: str) -> HttpResponse:
    """Show one request, with what was put right for it and its answer."""
    shown = request_shown(request.actor, request_for(request.actor, code))
    return render(request, "casework/right.html", {"shown": shown, "asked": shown.request})


def _back(found: RightsRequest) -> dict[str, Any]:
    address = reverse("right", args=[found.code])
    return {"back": address, "back_label": found.code, "cancel": address}


@page("rights/<str:code>/put-right/", name="right-put", needs="right.answer", methods=BOTH)
def put_right(request: Request, code: str) -> HttpResponse:
    """Put a fact right; what it was stays beside it."""
    found = request_for(request.actor, code)

    def then(form: PutRightForm) -> HttpResponse:
        actions.put_right(request.actor, found, **form.change)
        return see(request, "right", code, said=_("Put right; what it was stands beside it."))

    form = PutRightForm(facts_to_put_right(request.actor, found.person), request.POST or None)
    says = _("A birth date is put right on the page of the person, where what was held before stays, too.")
    return ask(request, form, then, title=_("Put a fact right"), says=says, submit=_("Put it right"), **_back(found))


@page("rights/<str:code>/answer/", name="right-answer", needs="right.answer", methods=BOTH)
def answer(request: Request, code: str) -> HttpResponse:
    """Answer what was asked."""
    found = request_for(request.actor, code)

    def then(form: AnswerForm) -> HttpResponse:
        actions.answer_request(request.actor, found, **form.cleaned_data)
        return see(request, "right", code, said=_("Answered."))

    return ask(
        request, AnswerForm(request.POST or None), then, title=_("Answer the request"), submit=_("Answer"),
        **_back(found),
    )  # fmt: skip
