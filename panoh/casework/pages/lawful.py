"""Pages: the register of lawful requests, their reviews, the extract that answers one, the figures of a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions
from panoh.casework.forms_lawful import LawfulForm, LawfulRefusalForm, LawfulReviewForm, NoticeForm, PostponeForm
from panoh.casework.models import LawfulRequest
from panoh.casework.queries.lawful import (
    lawful_extract,
    lawful_for,
    lawful_register,
    lawful_shown,
    lawful_year,
    years,
)

BOTH: Any = ("GET", "POST")


@page("lawful/", name="lawful", needs="lawful.see")
def register(request: Request) -> HttpResponse:
    """Show the requests: all to who keeps the register, to a lawyer those that wait and those they reviewed."""
    return render(request, "casework/lawful.html", {"requests": lawful_register(request.actor)})


@page("lawful/new/", name="lawful-new", needs="lawful.record", methods=BOTH)
def record(request: Request) -> HttpResponse:
    """Record what an authority asks for."""

    def then(form: LawfulForm) -> HttpResponse:
        made = actions.record_lawful(request.actor, **form.cleaned_data)
        said = _("Recorded. Two lawyers review it.") if made.about else _("Recorded, and refused: not one person.")
        return see(request, "lawful-one", made.code, said=said)

    back = {"back": reverse("lawful"), "back_label": _("Lawful requests"), "cancel": reverse("lawful")}
    form = LawfulForm(request.POST or None, initial={"received_on": today()})
    return ask(request, form, then, title=_("Record a lawful request"), submit=_("Record"), **back)


@page("lawful/count/", name="lawful-count", needs="lawful.count")
def count(request: Request) -> HttpResponse:
    """Show the figures of a year, to be printed and published."""
    choice = years(today())
    year = next((one for one in choice if str(one) == request.GET.get("year")), choice[0])
    shown = {"counted": lawful_year(request.actor, year), "years": choice}
    return render(request, "casework/lawful_count.html", shown)


@page("lawful/<str:code>/", name="lawful-one", needs="lawful.see")
def one(request: Request, code: str) -> HttpResponse:
    """Show one request."""
    shown = lawful_shown(request.actor, lawful_for(request.actor, code))
    may = request.actor.role.permissions
    return render(request, "casework/lawful_one.html", {"shown": shown, "asked": shown.request, "may": may})


def _ask(
    request: Request, found: LawfulRequest, form: forms.Form, step: Callable[..., Any], said: str, **words: Any
) -> HttpResponse:
    """Ask for what a step needs, take it, and go back to the request."""

    def then(filled: forms.Form) -> HttpResponse:
        step(request.actor, found, **filled.cleaned_data)
        return see(request, "lawful-one", found.code, said=said)

    address = reverse("lawful-one", args=[found.code])
    return ask(request, form, then, cancel=address, back=address, back_label=found.code, **words)


@page("lawful/<str:code>/review/", name="lawful-review", needs="lawful.review", methods=BOTH)
def review(request: Request, code: str) -> HttpResponse:
    """Say what one finds of a request, apart from the other reviewer."""
    found = lawful_for(request.actor, code)
    form = LawfulReviewForm(found, request.POST or None)
    words = {"title": _("Review request %(code)s") % {"code": code}, "submit": _("Give the review")}
    says = _("Another lawyer reviews it apart from you. Only what both of you tick can be given.")
    return _ask(request, found, form, actions.review_lawful, _("Your review is recorded."), says=says, **words)


@page("lawful/<str:code>/refuse/", name="lawful-refuse", needs="lawful.record", methods=BOTH)
def refuse(request: Request, code: str) -> HttpResponse:
    """Give nothing after all."""
    found, form = lawful_for(request.actor, code), LawfulRefusalForm(request.POST or None)
    words = {"title": _("Refuse request %(code)s") % {"code": code}, "submit": _("Refuse")}
    return _ask(request, found, form, actions.refuse_lawful, _("Refused: nothing is given."), **words)


@page("lawful/<str:code>/appeal/", name="lawful-appeal", needs="lawful.record", methods=BOTH)
def appeal(request: Request, code: str) -> HttpResponse:
    """Note that we appealed."""
    found, form = lawful_for(request.actor, code), forms.Form(request.POST if request.method == "POST" else None)
    words = {"title": _("Appeal against request %(code)s?") % {"code": code}, "submit": _("We appealed")}
    says = _("Nothing is given before the appeal is decided.")
    said = _("The appeal is recorded.")
    return _ask(request, found, form, actions.appeal_lawful, said, template="confirm.html", says=says, **words)


@page("lawful/<str:code>/notice/", name="lawful-notice", needs="lawful.record", methods=BOTH)
def notice(request: Request, code: str) -> HttpResponse:
    """Note that the person was told."""
    found, form = lawful_for(request.actor, code), NoticeForm(request.POST or None, initial={"on": today()})
    words = {"title": _("The person was told"), "submit": _("Record"), "under": code}
    return _ask(request, found, form, actions.give_notice, _("The notice is recorded."), **words)


@page("lawful/<str:code>/postpone/", name="lawful-postpone", needs="lawful.record", methods=BOTH)
def postpone(request: Request, code: str) -> HttpResponse:
    """Put off telling the person, as somebody ordered."""
    found, form = lawful_for(request.actor, code), PostponeForm(request.POST or None)
    words = {"title": _("The person is not told yet"), "submit": _("Put it off"), "under": code}
    return _ask(request, found, form, actions.postpone_notice, _("The notice is put off."), **words)


@page("lawful/<str:code>/answer/", name="lawful-answer", needs="lawful.answer", methods=BOTH)
def answer(request: Request, code: str) -> HttpResponse:
    """Open what both reviewers agreed to, after a page that says what that is and who will see it."""
    found = lawful_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.answer_lawful(request.actor, found)
        return see(request, "lawful-extract", found.code)

    address = reverse("lawful-one", args=[found.code])
    shown = lawful_shown(request.actor, found)
    return ask(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        then,
        template="confirm.html",
        title=_("Make the minimum extract of request %(code)s?") % {"code": code},
        says=_("Of %(person)s, and of nobody else: %(what)s.")
        % {"person": found.about, "what": "; ".join(shown.agreed)},
        will=[
            _("The file is open to you for this until the end of the day; then it closes by itself."),
            _("Whoever leads the work with the family sees that it is open to you, and why."),
            _("What the family wants kept from you, or from your agency, stays closed."),
        ],
        submit=_("Make the extract"),
        cancel=address,
    )


@page("lawful/<str:code>/extract/", name="lawful-extract", needs="lawful.answer")
def extract(request: Request, code: str) -> HttpResponse:
    """Show the extract, to be printed and handed over."""
    shown = lawful_extract(request.actor, lawful_for(request.actor, code))
    return render(request, "casework/lawful_extract.html", {"extract": shown, "day": today()})
