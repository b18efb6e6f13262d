"""Pages: the service directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions
from panoh.casework.forms_referrals import DirectoryFilter, OfferForm, ToldForm
from panoh.casework.queries.directory import offer_for, offers

BOTH: Any = ("GET", "POST")


def _words(**words: Any) -> dict[str, Any]:
    address = reverse("directory")
    return {"cancel": address, "back": address, "back_label": _("Service directory"), **words}


@page("directory/", name="directory", needs="directory.see")
def directory(request: Request) -> HttpResponse:
    """Show who offers what where, filtered."""
    form = DirectoryFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    shown = {"form": form, "offers": offers(request.actor, **chosen)}
    return render(request, "casework/directory.html", {**shown, "clear": reverse("directory") if chosen else ""})


@page("directory/new/", name="offer-new", needs="directory.keep", methods=BOTH)
def offer_service(request: Request) -> HttpResponse:
    """Enter what an agency offers."""

    def then(form: OfferForm) -> HttpResponse:
        given = form.cleaned_data
        actions.offer_service(
            request.actor, given["agency"], service=given["service"], district=given["district"], told=form.told
        )
        return see(request, "directory", said=_("It stands in the directory."))

    form = OfferForm(request.actor, request.POST or None)
    return ask(request, form, then, **_words(title=_("Enter an offer"), submit=_("Enter")))


@page("directory/<str:code>/change/", name="offer-change", needs="directory.keep", methods=BOTH)
def change_offer(request: Request, code: str) -> HttpResponse:
    """Put right what an agency says of its offer, the free places first of all."""
    found = offer_for(code)

    def then(form: ToldForm) -> HttpResponse:
        actions.change_offer(request.actor, found, told=form.told)
        return see(request, "directory", said=_("The directory is changed."))

    names = ("via", "from_age", "to_age", "places_free", "reached", "opening", "fee")
    form = ToldForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    words = _words(title=_("Change the offer of %(agency)s") % {"agency": found.agency}, submit=_("Change"))
    return ask(request, form, then, **words)


@page("directory/<str:code>/end/", name="offer-end", needs="directory.keep", methods=BOTH)
def end_offer(request: Request, code: str) -> HttpResponse:
    """Say that an agency does not offer this any more."""
    found = offer_for(code)

    def then(form: forms.Form) -> HttpResponse:
        actions.end_offer(request.actor, found)
        return see(request, "directory", said=_("It is not offered any more."))

    says = _("Nobody is asked for it any more; what was asked already goes on.")
    words = _words(title=_("%(agency)s does not offer this any more?") % {"agency": found.agency}, submit=_("End it"))
    form = forms.Form(request.POST if request.method == "POST" else None)
    return ask(request, form, then, template="confirm.html", says=says, **words)
