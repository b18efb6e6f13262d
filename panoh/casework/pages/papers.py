"""Pages: the papers of a family on their way, the steps of one, its pictures, and counts for who coordinates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_papers import DocumentFactsForm, HeldForm, LegalFileForm, LegalStepForm, PictureForm
from panoh.casework.models import Family, LegalFile
from panoh.casework.pages.care import members_called
from panoh.casework.queries.papers import (
    legal_file_for,
    legal_file_shown,
    paper_counts,
    papers_of,
    picture_for,
    picture_of,
)

BOTH: Any = ("GET", "POST")
PAPER = "families/<str:code>/papers/<int:number>"
WRITES = "paper.write"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@page("papers/", name="papers-count", needs="paper.count")
def count(request: Request) -> HttpResponse:
    """Show how many papers of the families in reach stand at which step."""
    return render(request, "casework/papers_count.html", {"counts": paper_counts(request.actor)})


@page("families/<str:code>/papers/", name="papers", needs="family.see")
def papers(request: Request, code: str) -> HttpResponse:
    """Show the papers of a family."""
    found = queries.family_for(request.actor, code)
    about = queries.about_family(request.actor, found)
    shown = {"family": found, "about": about, "papers": papers_of(request.actor, found)}
    return render(request, "casework/papers.html", {**shown, "may": request.actor.role.permissions})


@page("families/<str:code>/papers/new/", name="paper-new", needs=WRITES, methods=BOTH)
def open_file(request: Request, code: str) -> HttpResponse:
    """Begin the file of a paper that somebody needs."""
    found = queries.family_for(request.actor, code)

    def then(form: LegalFileForm) -> HttpResponse:
        file = actions.open_legal_file(request.actor, found, **form.cleaned_data)
        return see(request, "paper", code, file.pk, said=_("The way to this paper is begun."))

    address = reverse("papers", args=[code])
    return ask(
        request, LegalFileForm(members_called(request, found), request.POST or None), then, cancel=address,
        back=address, back_label=_("Papers"), title=_("Begin a paper"), submit=_("Begin"),
        about=queries.about_family(request.actor, found),
    )  # fmt: skip


@page(f"{PAPER}/", name="paper", needs="family.see")
def paper(request: Request, code: str, number: int) -> HttpResponse:
    """Show one paper: its steps, where it is, its pictures."""
    family, file = _found(request, code, number)
    shown = {
        "family": family, "shown": legal_file_shown(request.actor, family, file),
        "may": request.actor.role.permissions,
    }  # fmt: skip
    return render(request, "casework/paper.html", shown)


def _found(request: Request, code: str, number: int) -> tuple[Family, LegalFile]:
    family = queries.family_for(request.actor, code)
    return family, legal_file_for(family, number)


def _ask(
    request: Request, code: str, number: int, form: Any, step: Callable[[LegalFile, Any], object], said: str,
    **words: Any,
) -> HttpResponse:  # fmt: skip
    family, file = _found(request, code, number)

    def then(filled: Any) -> HttpResponse:
        step(file, filled)
        return see(request, "paper", code, number, said=said)

    address = reverse("paper", args=[code, number])
    about = queries.about_person(request.actor, file.person, family)
    return ask(request, form, then, cancel=address, back=address, back_label=_("Paper"), about=about, **words)


@page(f"{PAPER}/step/", name="paper-step", needs=WRITES, methods=BOTH)
def lead(request: Request, code: str, number: int) -> HttpResponse:
    """Lead a paper on to another step."""
    family, file = _found(request, code, number)
    form = LegalStepForm(legal_file_shown(request.actor, family, file).next_steps, request.POST or None)
    return _ask(
        request, code, number, form,
        lambda file, filled: actions.lead_legal_file(request.actor, file, **filled.cleaned_data),
        _("It is recorded where the paper stands."), title=_("Next step"), submit=_("Record"),
    )  # fmt: skip


@page(f"{PAPER}/document/", name="paper-document", needs=WRITES, methods=BOTH)
def document(request: Request, code: str, number: int) -> HttpResponse:
    """Record what stands on the document."""
    family, file = _found(request, code, number)
    there = {
        "number": legal_file_shown(request.actor, family, file).number, "issued_on": file.issued_on,
        "valid_until": file.valid_until,
    }  # fmt: skip
    return _ask(
        request, code, number, DocumentFactsForm(request.POST or None, initial=there),
        lambda file, filled: actions.record_document(request.actor, file, **filled.cleaned_data),
        _("What stands on the document is recorded."), title=_("What stands on the document"), submit=_("Record"),
    )  # fmt: skip


@page(f"{PAPER}/held/", name="paper-held", needs=WRITES, methods=BOTH)
def hold(request: Request, code: str, number: int) -> HttpResponse:
    """Say who has the paper itself."""
    return _ask(
        request, code, number, HeldForm(request.POST or None),
        lambda file, filled: actions.hold_paper(request.actor, file, **filled.cleaned_data),
        _("It is recorded where the paper is."), title=_("Where the paper is"), submit=_("Record"),
    )  # fmt: skip


@page(f"{PAPER}/pictures/new/", name="picture-new", needs=WRITES, methods=BOTH)
def add_picture(request: Request, code: str, number: int) -> HttpResponse:
    """Keep a picture of the paper."""
    sent = request.POST if request.method == "POST" else None
    form = PictureForm(sent, request.FILES or None, is_too_large=bool(request.META.get("panoh.upload-too-large")))
    return _ask(
        request, code, number, form,
        lambda file, filled: actions.add_picture(request.actor, file, content=filled.cleaned_data["file"].read()),
        _("The picture is kept, sealed."), title=_("Add a picture"), submit=_("Keep it"),
    )  # fmt: skip


@page(f"{PAPER}/pictures/<int:picture>/", name="picture", needs="family.see")
def picture(request: Request, code: str, number: int, picture: int) -> HttpResponse:
    """Show a picture of a paper; its name tells nobody's."""
    family, file = _found(request, code, number)
    found = picture_for(file, picture)
    content = picture_of(request.actor, found, family)
    name = f"{file.person.code}-{found.pk}.{ENDINGS[found.media_type]}"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }  # fmt: skip
    return HttpResponse(content, content_type=found.media_type, headers=headers)
