"""Pages: what changed in a file, a text put back, a text put right; and the plan as a board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms_work import TextForm
from panoh.casework.pages.families import _back
from panoh.casework.queries.board import board_of
from panoh.vault.queries import open_parts

BOTH: Any = ("GET", "POST")


@page("families/<str:code>/history/", name="family-history", needs="family.see")
def family_history(request: Request, code: str) -> HttpResponse:
    """Show what changed in a family's file, who changed it and when."""
    found = queries.family_for(request.actor, code)
    about = queries.about_family(request.actor, found)
    shown = {"changes": queries.history_of_family(found), "about": about, "family": found}
    back = {"back": reverse("family", args=[code]), "back_label": _("Family %(code)s") % {"code": code}}
    return render(request, "casework/history.html", {**shown, **back, "may": request.actor.role.permissions})


@page("people/<str:code>/history/", name="person-history", needs="person.see")
def person_history(request: Request, code: str) -> HttpResponse:
    """Show what changed of a person, who changed it and when."""
    found = queries.person_for(request.actor, code)
    about = queries.about_person(request.actor, found, found.home)
    shown = {"changes": queries.history_of_person(found), "about": about, "family": found.home, "person": found}
    back = {"back": reverse("person", args=[found.code]), "back_label": _("Person %(code)s") % {"code": found.code}}
    return render(request, "casework/history.html", {**shown, **back, "may": request.actor.role.permissions})


@page("families/<str:code>/history/<int:number>/restore/", name="text-restore", needs="note.write", methods=BOTH)
def restore_text(request: Request, code: str, number: int) -> HttpResponse:
    """Put back a text that stood there before."""
    found = queries.family_for(request.actor, code)
    change = queries.change_for(found, number)

    def then(form: forms.Form) -> HttpResponse:
        actions.restore_text(request.actor, change)
        return see(request, "family-history", code, said=_("The text stands there again; the other is in the history."))

    where = reverse("family-history", args=[code])
    words = {"title": _("Put this text back?"), "submit": _("Put it back"), "cancel": where}
    says = _("What stands there now stays in the history, and can be put back in turn.")
    form = forms.Form(request.POST if request.method == "POST" else None)
    return ask(request, form, then, template="confirm.html", says=says, **words)


@page("needs/<str:code>/words/", name="need-words", needs="need.record", methods=BOTH)
def reword_need(request: Request, code: str) -> HttpResponse:
    """Put the words of a need right."""
    need = queries.need_for(request.actor, code)
    family = need.case.family

    def then(form: TextForm) -> HttpResponse:
        actions.reword_need(request.actor, need, words=form.cleaned_data["text"])
        return _back(request, family, _("The words are kept; those before are in the history."))

    title = _("Words of the need: %(domain)s") % {"domain": catalogue().label("domains", need.domain)}
    return _ask(request, family.code, need.words_id, then, title=title)


@page("families/<str:code>/visits/<int:number>/report/", name="visit-report", needs="visit.record", methods=BOTH)
def correct_report(request: Request, code: str, number: int) -> HttpResponse:
    """Put the report of a visit right."""
    found = queries.family_for(request.actor, code)
    visit = queries.visit_for(found, number)

    def then(form: TextForm) -> HttpResponse:
        actions.correct_report(request.actor, visit, report=form.cleaned_data["text"])
        return _back(request, found, _("The report is kept; the one before is in the history."))

    return _ask(request, code, visit.report_id, then, title=_("Report of a visit"))


def _ask(request: Request, family: str, part: Any, then: Any, *, title: str) -> HttpResponse:
    text = open_parts([part]).get(part, "") if part else ""
    where = reverse("family", args=[family])
    back = {"cancel": where, "back": where, "back_label": _("Family %(code)s") % {"code": family}}
    return ask(
        request, TextForm(request.POST or None, initial={"text": text}), then, title=title, submit=_("Keep"), **back
    )


@page("families/<str:code>/board/", name="family-board", needs="family.see")
def board(request: Request, code: str) -> HttpResponse:
    """Show a family's plan as a board: each need and its steps by how far they are."""
    found = queries.family_for(request.actor, code)
    about = queries.about_family(request.actor, found)
    shown = {"family": found, "about": about, "board": board_of(request.actor, found)}
    return render(request, "casework/board.html", {**shown, "may": request.actor.role.permissions})
