"""Pages: decisions in the best interests of a child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms_deciding import (
    AppealAnswerForm,
    AppealForm,
    BecauseForm,
    DecideForm,
    DeterminationForm,
    OptionForm,
    PanelAnswerForm,
    SeatForm,
    SendForm,
    WriteDeterminationForm,
)
from panoh.casework.models import Determination
from panoh.casework.pages.families import BOTH
from panoh.casework.queries.interests import (
    determination_for,
    determination_shown,
    option_for,
    words_of_determination,
)


@page("cases/<str:code>/best-interests/new/", name="determination-new", needs="interest.prepare", methods=BOTH)
def begin(request: Request, code: str) -> HttpResponse:
    """Begin to prepare a decision in the best interests of a child."""
    case = queries.case_for(request.actor, code)
    address = reverse("family-decisions", args=[case.family.code])

    def then(form: DeterminationForm) -> HttpResponse:
        words = dict(form.cleaned_data)
        given = {name: words.pop(name) for name in ("kind", "sought")}
        made = actions.begin_determination(request.actor, case, words=words, **given)
        return see(request, "determination", made.code, said=_("Begun. Weigh at least two options next."))

    return ask(
        request, DeterminationForm(request.POST or None), then, title=_("Best-interests decision"),
        submit=_("Begin"), cancel=address, back=address, back_label=case.family.code,
        says=_("The child's own view of the last talk goes along. You can write on until it is sent."),
        about=queries.about_person(request.actor, case.person, case.family, case),
    )  # fmt: skip


@page("best-interests/<str:code>/", name="determination", needs="family.see")
def one(request: Request, code: str) -> HttpResponse:
    """Show a best-interests procedure."""
    found = determination_for(request.actor, code)
    about = queries.about_person(request.actor, found.case.person, found.case.family, found.case)
    shown = determination_shown(request.actor, found)
    return render(request, "casework/determination.html", {"shown": shown, "one": found, "about": about})


def _ask(
    request: Request, found: Determination, form: forms.Form, step: Callable[[Any], Any], said: str, **words: Any
) -> HttpResponse:
    """Ask for what a step needs, take it, and go back to the procedure."""
    address = reverse("determination", args=[found.code])

    def then(filled: forms.Form) -> HttpResponse:
        step(filled.cleaned_data)
        return see(request, "determination", found.code, said=said)

    about = queries.about_person(request.actor, found.case.person, found.case.family, found.case)
    return ask(request, form, then, cancel=address, back=address, back_label=found.code, about=about, **words)


def _options(found: Determination) -> list[tuple[int, str]]:
    return [(option.pk, catalogue().label("arrangements", option.kind)) for option in found.options.order_by("pk")]


@page("best-interests/<str:code>/write/", name="determination-write", needs="interest.prepare", methods=BOTH)
def write(request: Request, code: str) -> HttpResponse:
    """Write on."""
    found = determination_for(request.actor, code)
    form = WriteDeterminationForm(request.POST or None, initial=words_of_determination(found))
    words = {"title": _("Write on"), "submit": _("Keep")}

    def step(given: dict[str, Any]) -> None:
        actions.write_determination(request.actor, found, words=given)

    return _ask(request, found, form, step, _("Kept."), **words)


@page("best-interests/<str:code>/options/new/", name="determination-option", needs="interest.prepare", methods=BOTH)
def option(request: Request, code: str) -> HttpResponse:
    """Weigh one option."""
    found = determination_for(request.actor, code)
    words = {"title": _("Weigh an option"), "submit": _("Add option")}

    def step(given: dict[str, Any]) -> None:
        actions.add_option(request.actor, found, **given)

    return _ask(request, found, OptionForm(request.POST or None), step, _("The option is weighed."), **words)


@page("best-interests/<str:code>/panel/new/", name="determination-seat", needs="interest.prepare", methods=BOTH)
def seat(request: Request, code: str) -> HttpResponse:
    """Ask a colleague to sit on the panel."""
    found = determination_for(request.actor, code)
    form = SeatForm(request.actor, found.case.family, request.POST or None)
    words = {"title": _("Who sits on the panel"), "submit": _("Ask to sit on it")}

    def step(given: dict[str, Any]) -> None:
        actions.seat_on_panel(request.actor, found, **given)

    return _ask(request, found, form, step, _("Asked to sit on the panel."), **words)


@page("best-interests/<str:code>/send/", name="determination-send", needs="interest.prepare", methods=BOTH)
def send(request: Request, code: str) -> HttpResponse:
    """Have it decided."""
    found = determination_for(request.actor, code)
    words = {"title": _("Have it decided"), "submit": _("Send it")}

    def step(given: dict[str, Any]) -> None:
        actions.send_to_panel(request.actor, found, recommended=option_for(found, given["recommended"]))

    form = SendForm(_options(found), request.POST or None)
    return _ask(request, found, form, step, _("Sent. It waits for a decision."), **words)


@page("best-interests/<str:code>/answer/", name="determination-answer", needs="interest.sit", methods=BOTH)
def answer(request: Request, code: str) -> HttpResponse:
    """Answer as a member of the panel."""
    found = determination_for(request.actor, code)
    says = _("Each of the panel answers apart from the others; the words show once it is decided.")
    words = {"title": _("Your answer"), "submit": _("Answer"), "says": says}

    def step(given: dict[str, Any]) -> None:
        actions.answer_panel(request.actor, found, **given)

    return _ask(request, found, PanelAnswerForm(request.POST or None), step, _("Your answer is recorded."), **words)


@page("best-interests/<str:code>/decide/", name="determination-decide", needs="interest.decide", methods=BOTH)
def decide(request: Request, code: str) -> HttpResponse:
    """Record the decision."""
    found = determination_for(request.actor, code)
    words = {"title": _("The decision"), "submit": _("Record decision")}

    def step(given: dict[str, Any]) -> None:
        number = given.pop("recommended")
        chosen = option_for(found, number) if number else None
        actions.decide_determination(request.actor, found, chosen=chosen, **given)

    form = DecideForm(_options(found), request.POST or None)
    return _ask(request, found, form, step, _("Recorded."), **words)


@page("best-interests/<str:code>/appeal/", name="determination-appeal", needs="interest.prepare", methods=BOTH)
def appeal(request: Request, code: str) -> HttpResponse:
    """Note that somebody asks to look at it again."""
    found = determination_for(request.actor, code)
    words = {"title": _("Somebody asks to look at it again"), "submit": _("Record")}

    def step(given: dict[str, Any]) -> None:
        actions.appeal_determination(request.actor, found, **given)

    said = _("Recorded. One who neither prepared nor decided it answers.")
    return _ask(request, found, AppealForm(request.POST or None), step, said, **words)


@page("best-interests/<str:code>/appeal/answer/", name="appeal-answer", needs="interest.decide", methods=BOTH)
def answer_determination_appeal(request: Request, code: str) -> HttpResponse:
    """Answer who asked to look at it again."""
    found = determination_for(request.actor, code)
    words = {"title": _("Answer who asked to look at it again"), "submit": _("Answer")}

    def step(given: dict[str, Any]) -> None:
        actions.answer_determination_appeal(request.actor, found, **given)

    return _ask(request, found, AppealAnswerForm(request.POST or None), step, _("Answered."), **words)


@page("best-interests/<str:code>/withdraw/", name="determination-withdraw", needs="interest.prepare", methods=BOTH)
def withdraw(request: Request, code: str) -> HttpResponse:
    """End it without a decision."""
    found = determination_for(request.actor, code)
    words = {"title": _("Not needed any more"), "submit": _("End it without a decision")}

    def step(given: dict[str, Any]) -> None:
        actions.withdraw_determination(request.actor, found, **given)

    return _ask(request, found, BecauseForm(request.POST or None), step, _("Ended without a decision."), **words)
