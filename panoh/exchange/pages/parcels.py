"""Pages: partners, what goes to them as a signed file, and what comes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotRight
from panoh.exchange import actions, queries
from panoh.exchange.forms_parcels import Chosen, ConfirmPartnerForm, PartnerForm, ReceiveForm, Sure, TakeInForm
from panoh.exchange.parcels.files import SUFFIX

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)
PAGE_ROWS = 50


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _back() -> dict[str, Any]:
    return {"back": reverse("parcels"), "back_label": _("Parcels"), "cancel": reverse("parcels")}


@page("parcels/", name="parcels", needs="parcel.receive")
def parcels(request: Request) -> HttpResponse:
    """Show the partners, what went and came, and this instance's own keys."""
    shown = {
        "own": queries.own_keys(),
        "partners": queries.partners(),
        "page": Paginator(queries.parcels(), PAGE_ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "exchange/parcels.html", shown)


@page("parcels/log/", name="parcel-log", needs="parcel.receive")
def log(request: Request) -> HttpResponse:
    """Show what was done with parcels and partners, refused files among it."""
    return render(request, "exchange/parcel_log.html", {"steps": queries.parcel_steps()})


# --- partners ----------------------------------------------------------------------------------------------------


@page("parcels/partners/new/", name="partner-new", needs="parcel.receive", methods=BOTH)
def add_partner(request: Request) -> HttpResponse:
    """Enter another instance and its keys."""

    def then(form: PartnerForm) -> HttpResponse:
        partner = actions.add_partner(request.actor, **form.cleaned_data)
        return see(request, "partner", partner.code, said=_("Entered. A colleague confirms its key."))

    words = {"title": _("New partner"), "submit": _("Enter the partner"), **_back()}
    return ask(request, PartnerForm(_sent(request)), then, **words)


@page("parcels/partners/<str:code>/", name="partner", needs="parcel.receive")
def partner(request: Request, code: str) -> HttpResponse:
    """Show a partner, and whether its key is confirmed."""
    return render(request, "exchange/partner.html", {"partner": queries.partner_for(code)})


@page("parcels/partners/<str:code>/confirm/", name="partner-confirm", needs="parcel.receive", methods=BOTH)
def confirm_partner(request: Request, code: str) -> HttpResponse:
    """Confirm a partner's key by its check code."""
    found = queries.partner_for(code)

    def then(form: ConfirmPartnerForm) -> HttpResponse:
        actions.confirm_partner(request.actor, found, **form.cleaned_data)
        return see(request, "partner", code, said=_("Confirmed: parcels go to it and come from it now."))

    words = {"title": _("Confirm %(name)s") % {"name": found.name}, "submit": _("Confirm the key"), **_back()}
    return ask(request, ConfirmPartnerForm(_sent(request)), then, **words)


@page("parcels/partners/<str:code>/end/", name="partner-end", needs="parcel.receive", methods=BOTH)
def end_partner(request: Request, code: str) -> HttpResponse:
    """Confirm and end a partner."""
    found = queries.partner_for(code)

    def then(form: Sure) -> HttpResponse:
        actions.end_partner(request.actor, found)
        return see(request, "parcels", said=_("%(name)s has ended.") % {"name": found.name})

    return ask(
        request, Sure(_sent(request)), then, template="confirm.html",
        title=_("End %(name)s?") % {"name": found.name},
        says=_("No parcel goes to it or comes from it any more. This key is never taken again."),
        will=[_("What came from it stays, with where it came from.")],
        submit=_("End the partner"), cancel=reverse("partner", args=[code]), danger=True,
    )  # fmt: skip


# --- sending -----------------------------------------------------------------------------------------------------


@page("parcels/partners/<str:code>/send/", name="parcel-send", needs="parcel.send", methods=BOTH)
def send(request: Request, code: str) -> HttpResponse:
    """Show exactly what will leave, and sign it."""
    found, everything = queries.partner_for(code), "all" in request.GET
    things = queries.what_would_leave(request.actor, found, everything=everything)

    def then(form: Chosen) -> HttpResponse:
        kept = set(form.cleaned_data["things"])
        out = {thing.name for thing in things} - kept
        parcel = actions.send_parcel(request.actor, found, leaving_out=out, everything=everything)
        return see(request, "parcel", parcel.code, said=_("Signed. Fetch the file and bring it to the partner."))

    shown = {"partner": found, "everything": everything, "groups": queries.grouped(things)}
    return ask(request, Chosen(things, _sent(request)), then, template="exchange/parcel_send.html", **shown)


@page("parcels/<str:code>/fetch/", name="parcel-fetch", needs="parcel.send", methods=POST)
def fetch(request: Request, code: str) -> HttpResponse:
    """Hand out the file of a parcel that was signed."""
    parcel = queries.parcel_for(code)
    file = actions.fetch_parcel(request.actor, parcel)
    headers = {"Content-Disposition": f'attachment; filename="{parcel.code}{SUFFIX}"'}
    return HttpResponse(file, content_type="application/octet-stream", headers=headers)


# --- receiving ---------------------------------------------------------------------------------------------------


@page("parcels/receive/", name="parcel-receive", needs="parcel.receive", methods=BOTH)
def receive(request: Request) -> HttpResponse:
    """Look at a file that came; it waits for a decision."""

    def then(form: ReceiveForm) -> HttpResponse:
        parcel = actions.receive_parcel(request.actor, form.cleaned_data["file"].read())
        return see(request, "parcel", parcel.code, said=_("Sender and signature are right. Look at what it brings."))

    words = {"title": _("Open a parcel"), "submit": _("Open the file"), **_back()}
    return ask(request, ReceiveForm(_sent(request), request.FILES or None), then, **words)


@page("parcels/<str:code>/", name="parcel", needs="parcel.receive")
def parcel(request: Request, code: str) -> HttpResponse:
    """Show what is in a parcel, and of one that waits how it differs from what stands here."""
    return render(
        request, "exchange/parcel.html", {"shown": queries.parcel_shown(request.actor, queries.parcel_for(code))}
    )


@page("parcels/<str:code>/take-in/", name="parcel-take-in", needs="parcel.receive", methods=POST)
def take_in(request: Request, code: str) -> HttpResponse:
    """Take a parcel in."""
    found = queries.parcel_for(code)
    form = TakeInForm(queries.parcel_shown(request.actor, found).conflicts, request.POST)
    if not form.is_valid():
        raise NotRight
    actions.take_in_parcel(request.actor, found, over=form.cleaned_data["things"])
    return see(request, "parcel", code, said=_("Taken in, as the words of %(name)s.") % {"name": found.partner.name})


@page("parcels/<str:code>/decline/", name="parcel-decline", needs="parcel.receive", methods=POST)
def decline(request: Request, code: str) -> HttpResponse:
    """Take nothing of a parcel in."""
    actions.decline_parcel(request.actor, queries.parcel_for(code))
    return see(request, "parcels", said=_("Declined: nothing of it was taken in."))


@page("parcels/<str:code>/take-back/", name="parcel-take-back", needs="parcel.receive", methods=BOTH)
def take_back(request: Request, code: str) -> HttpResponse:
    """Confirm and undo what a parcel put here."""
    found = queries.parcel_for(code)

    def then(form: Sure) -> HttpResponse:
        actions.take_back_parcel(request.actor, found)
        return see(request, "parcel", code, said=_("Taken back: what stood here before stands again."))

    return ask(
        request, Sure(_sent(request)), then, template="confirm.html",
        title=_("Take parcel %(number)s of %(name)s back?") % {"number": found.number, "name": found.partner.name},
        says=_("Everything that it put here goes, or nothing does."),
        will=[
            _("What stood here before stands again."),
            _("It is refused if something was changed since, or stands on it."),
            _("To have it again, ask the partner for a new parcel."),
        ],
        submit=_("Take it back"), cancel=reverse("parcel", args=[code]), danger=True,
    )  # fmt: skip
