"""Pages: what must be minded before anybody calls, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.sendings import only_shows
from panoh.casework import actions, queries
from panoh.casework.forms_work import SafeContactForm
from panoh.casework.queries import Instruction
from panoh.vault.queries import ContactKind

BOTH: Any = ("GET", "POST")


@page("people/<str:code>/reach/", name="contact-reach", needs="identity.open", methods=BOTH)
def reach(request: Request, code: str) -> HttpResponse:
    """Show what must be minded before a person is called; sent, show the numbers below it, on record."""
    found = queries.person_for(request.actor, code)
    shown: dict[str, Any] = {"person": found, "instructions": queries.instructions_for(found)}
    shown |= {"about": queries.about_person(request.actor, found, found.home), "may": request.actor.role.permissions}
    if request.method != "POST":
        return render(request, "casework/reach.html", shown)
    kinds, numbers = dict(ContactKind.choices), queries.numbers_of(request.actor, found)
    told = [(kinds.get(contact.kind, contact.kind), contact) for contact in numbers]
    return only_shows(render(request, "casework/reach.html", {**shown, "numbers": told}))


@page("people/<str:code>/safe-contact/", name="safe-contact", needs="person.edit", methods=BOTH)
def set_safe_contact(request: Request, code: str) -> HttpResponse:
    """Say what must be minded before a person is called."""
    found = queries.person_for(request.actor, code)
    known = [one for one in queries.instructions_for(found) if not one.is_of_family]

    def keep(words: Mapping[str, str]) -> HttpResponse:
        actions.set_safe_contact(request.actor, found, words=words)
        return see(request, "contact-reach", code, said=_("It is kept, and shown before any number."))

    back = {"back": reverse("person", args=[code]), "back_label": _("Person %(code)s") % {"code": code}}
    about = queries.about_person(request.actor, found, found.home)
    return _ask(request, known, keep, about=about, cancel=back["back"], **back)


@page("families/<str:code>/safe-contact/", name="safe-contact-family", needs="family.edit", methods=BOTH)
def set_safe_contact_of_family(request: Request, code: str) -> HttpResponse:
    """Say what must be minded before anybody of a family is called."""
    found = queries.family_for(request.actor, code)

    def keep(words: Mapping[str, str]) -> HttpResponse:
        actions.set_safe_contact_of_family(request.actor, found, words=words)
        return see(request, "family", code, said=_("It is kept, and shown before any number."))

    back = {"back": reverse("family", args=[code]), "back_label": _("Family %(code)s") % {"code": code}}
    about = queries.about_family(request.actor, found)
    return _ask(request, queries.instructions_of_family(found), keep, about=about, cancel=back["back"], **back)


def _ask(
    request: Request, known: list[Instruction], keep: Callable[[Mapping[str, str]], HttpResponse], **words: Any
) -> HttpResponse:
    def then(form: SafeContactForm) -> HttpResponse:
        return keep(form.cleaned_data)

    form = SafeContactForm(request.POST or None, initial=dict(known[0].words) if known else {})
    says = _("It is sealed, and read by everybody before a number is shown to them.")
    return ask(request, form, then, title=_("Safe contact"), submit=_("Keep"), says=says, **words)
