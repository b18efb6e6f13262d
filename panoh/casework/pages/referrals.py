"""Pages: what is asked of one's agency, what was sent, and each step of a referral on either side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotRight
from panoh.casework import actions, queries
from panoh.casework.actions import Basis
from panoh.casework.forms_referrals import (
    AcceptForm,
    DeclineForm,
    FeedbackForm,
    ReferralForm,
    ServiceForm,
    SlipForm,
    TakeBackForm,
)
from panoh.casework.jobs_referrals import begin_decline
from panoh.casework.models import Case, Consent, Referral, Via
from panoh.casework.pages.consents import as_pdf
from panoh.casework.queries.consents import consent_for, consents_of
from panoh.casework.queries.directory import fitting, offer_for
from panoh.casework.queries.printing import slip_pdf
from panoh.casework.queries.referrals import age_of, asked_of_us, referral_for, referral_shown, sent

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)


@page("referrals/", name="referrals", needs="referral.see")
def referrals(request: Request) -> HttpResponse:
    """Show what is asked of one's agency, and what was sent for the families in reach."""
    shown = {"asked": asked_of_us(request.actor), "sent": sent(request.actor), "may": request.actor.role.permissions}
    return render(request, "casework/referrals.html", shown)


@page("cases/<str:code>/refer/", name="refer", needs="referral.send", methods=BOTH)
def send_referral(request: Request, code: str) -> HttpResponse:
    """Choose a service, then whom to ask for it, and send."""
    case = queries.case_for(request.actor, code)
    chosen = ServiceForm(request.GET if request.GET.get("service") else None)
    about = queries.about_person(request.actor, case.person, case.family, case)
    back = {
        "back": reverse("family", args=[case.family.code]),
        "back_label": _("Family %(code)s") % {"code": case.family.code},
    }
    if request.method == "GET" and not chosen.is_valid():
        shown = {"form": chosen, "about": about, "case": case, **back}
        return render(request, "casework/refer.html", shown)
    service = chosen.cleaned_data["service"] if chosen.is_valid() else request.POST.get("service", "")
    if not service:
        raise NotRight
    found = fitting(service, district=case.family.district, age=age_of(case.person))
    holding = [one.consent for one in consents_of(case.person) if one.consent.holds]

    def then(form: ReferralForm) -> HttpResponse:
        made = _send(request, case, form)
        return see(request, "referral", made.code, said=_("The referral is sent."))

    form = ReferralForm(request.actor, service, found, holding, request.POST or None)
    words: dict[str, Any] = {"title": _("Ask for a service"), "submit": _("Send referral"), "cancel": back["back"]}
    more: dict[str, Any] = {"about": about, "case": case, "service": service, "offers": found, "wide": True}
    return ask(request, form, then, body="casework/refer_fields.html", **words, **more, **back)


def _send(request: Request, case: Case, form: ReferralForm) -> Referral:
    given = dict(form.cleaned_data)
    consent: Consent | None = consent_for(request.actor, given["consent"]) if given["consent"] else None
    basis = Basis(consent, given["legal_basis"], given["reason"])
    names = ("classes", "words", "answer_by")
    told = {name: given[name] for name in names}
    return actions.send_referral(request.actor, case, offer=offer_for(given["offer"]), basis=basis, **told)


@page("referrals/<str:code>/", name="referral", needs="referral.see")
def referral(request: Request, code: str) -> HttpResponse:
    """Show one referral: to who is asked with no more than it takes, to who leads the file with all that came of it."""
    return _shown(request, referral_for(request.actor, code))


def _shown(request: Request, found: Referral, slip: actions.MadeSlip | None = None) -> HttpResponse:
    shown = {"shown": referral_shown(request.actor, found), "referral": found, "may": request.actor.role.permissions}
    link = request.build_absolute_uri(reverse("outside-answer-by", args=[slip.code])) if slip else ""
    return render(request, "casework/referral.html", {**shown, "slip": slip, "link": link, "slip_form": SlipForm()})


def _ask(
    request: Request, found: Referral, form: forms.Form, step: Callable[..., Any], said: str, **words: Any
) -> HttpResponse:
    """Ask for what a step needs, take it, and go back to the referral, or to the list if that is hidden by now."""

    def then(filled: forms.Form) -> HttpResponse:
        step(request.actor, found, **filled.cleaned_data)
        if Referral.objects.filter(pk=found.pk).exists():
            return see(request, "referral", found.code, said=said)
        return see(request, "referrals", said=said)

    address = reverse("referral", args=[found.code])
    return ask(request, form, then, cancel=address, back=address, back_label=found.code, **words)


@page("referrals/<str:code>/accept/", name="referral-accept", needs="referral.answer", methods=BOTH)
def accept(request: Request, code: str) -> HttpResponse:
    """Take a referral."""
    found, form = referral_for(request.actor, code), AcceptForm(request.POST or None)
    says = _("What is told of the family opens to you alone, until a month after the day you name.")
    words = {"title": _("Take referral %(code)s") % {"code": code}, "submit": _("Take it"), "says": says}
    return _ask(request, found, form, actions.accept_referral, _("It is yours now."), **words)


@page("referrals/<str:code>/decline/", name="referral-decline", needs="referral.answer", methods=BOTH)
def decline(request: Request, code: str) -> HttpResponse:
    """Decline a referral; the next fitting office is asked."""
    found, form = referral_for(request.actor, code), DeclineForm(request.POST or None)
    says = _("Whoever asked reads the reason. The family can appeal against a refusal.")
    words = {"title": _("Decline referral %(code)s") % {"code": code}, "submit": _("Decline"), "says": says}
    return _ask(request, found, form, begin_decline, _("Declined. Another way is looked for."), **words)


@page("referrals/<str:code>/complete/", name="referral-complete", needs="referral.answer", methods=BOTH)
def complete(request: Request, code: str) -> HttpResponse:
    """Say that it is done, and how it went."""
    found, form = referral_for(request.actor, code), FeedbackForm(request.POST or None)
    says = _("With this the file closes to you.")
    words = {"title": _("Referral %(code)s is done") % {"code": code}, "submit": _("It is done"), "says": says}
    return _ask(request, found, form, actions.complete_referral, _("Thank you: whoever asked reads it."), **words)


@page("referrals/<str:code>/take-back/", name="referral-take-back", needs="referral.send", methods=BOTH)
def take_back(request: Request, code: str) -> HttpResponse:
    """Take back what was asked."""
    found, form = referral_for(request.actor, code), TakeBackForm(request.POST or None)
    says = _("From the next click on the file is closed to whoever had taken it.")
    words = {"title": _("Take referral %(code)s back") % {"code": code}, "submit": _("Take it back"), "says": says}
    return _ask(request, found, form, actions.take_back_referral, _("Taken back."), **words)


@page("referrals/<str:code>/slip/", name="referral-slip", needs="referral.send", methods=POST)
def slip(request: Request, code: str) -> HttpResponse:
    """Make the code for an office without an account: as a slip to print, or as a link that is shown this once."""
    found, form = referral_for(request.actor, code), SlipForm(request.POST)
    if not form.is_valid():
        raise NotRight
    is_named = form.cleaned_data["is_named"] and found.via == Via.SLIP
    made = actions.make_slip(request.actor, found, is_named=is_named)
    if found.via == Via.LINK:
        return _shown(request, found, made)
    address = request.build_absolute_uri(reverse("outside-answer"))
    printed = slip_pdf(request.actor, made.referral, code=made.code, address=address, is_named=is_named)
    return as_pdf(printed, found.code)
