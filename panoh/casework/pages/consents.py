"""Pages: what a person was asked and said, its receipt, and how it ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_referrals import ConsentForm
from panoh.casework.models import Consent, Person
from panoh.casework.queries.consents import consent_for, consent_shown, consents_of, terms_now
from panoh.casework.queries.printing import receipt_pdf

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """Hand a PDF out under a name that tells nothing but its code."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@page("people/<str:code>/consents/", name="consents", needs="consent.record")
def consents(request: Request, code: str) -> HttpResponse:
    """Show what somebody was asked, and what they said."""
    found = queries.person_for(request.actor, code)
    about = queries.about_person(request.actor, found, found.home)
    return render(request, "casework/consents.html", {"person": found, "about": about, "consents": consents_of(found)})


def _ask(request: Request, person: Person, form: ConsentForm, then: Any, **words: Any) -> HttpResponse:
    back = {"back": reverse("consents", args=[person.code]), "back_label": _("Consents")}
    is_grown = person.birth_year is not None and not queries.is_child(person)
    about = queries.about_person(request.actor, person, person.home)
    more: dict[str, Any] = {"about": about, "terms": terms_now(), "is_grown": is_grown}
    return ask(request, form, then, body="casework/consent_fields.html", cancel=back["back"], **back, **more, **words)


def _carers(request: Request, person: Person) -> list[tuple[str, str]]:
    members = queries.family_file(request.actor, person.home).members
    return [(member.person.code, member.name) for member in members if member.person.pk != person.pk]


@page("people/<str:code>/consents/new/", name="consent-new", needs="consent.record", methods=BOTH)
def record_consent(request: Request, code: str) -> HttpResponse:
    """Record what somebody said when asked."""
    found = queries.person_for(request.actor, code)

    def then(form: ConsentForm) -> HttpResponse:
        made = actions.record_consent(request.actor, found, purpose=form.cleaned_data["purpose"], said=form.said())
        return see(request, "consent", made.code, said=_("Recorded. Print the receipt, and give it to them."))

    form = ConsentForm(_carers(request, found), request.POST or None)
    return _ask(request, found, form, then, title=_("Record a consent"), submit=_("Record"))


@page("consents/<str:code>/", name="consent", needs="consent.record")
def consent(request: Request, code: str) -> HttpResponse:
    """Show one consent: what was said, in which words it was asked, and what rests on it."""
    found = consent_for(request.actor, code)
    return render(request, "casework/consent.html", {"consent": found, "shown": consent_shown(found)})


@page("consents/<str:code>/receipt/", name="consent-receipt", needs="consent.record", methods=POST)
def receipt(request: Request, code: str) -> HttpResponse:
    """Hand out the receipt, to be printed for the family."""
    return as_pdf(receipt_pdf(consent_for(request.actor, code)), code)


@page("consents/<str:code>/renew/", name="consent-renew", needs="consent.record", methods=BOTH)
def renew_consent(request: Request, code: str) -> HttpResponse:
    """Record that somebody was asked again."""
    found = consent_for(request.actor, code)

    def then(form: ConsentForm) -> HttpResponse:
        made = actions.renew_consent(request.actor, found, said=form.said())
        return see(request, "consent", made.code, said=_("Renewed. Print the receipt, and give it to them."))

    names = ("purpose", "kinds", "agencies", "classes", "language", "is_interpreted", "evidence")
    former = {name: getattr(found, name) for name in names}
    former["guardian"] = found.guardian.code if found.guardian else ""
    form = ConsentForm(_carers(request, found.person), request.POST or None, initial=former)
    form.fields["purpose"].disabled = True
    return _ask(request, found.person, form, then, title=_("Ask again"), submit=_("Renew"), says=_resting(found))


def _resting(found: Consent) -> str:
    number = len(consent_shown(found).resting.referrals)
    return _("Open referrals that rest on it: %(n)s. What the new one does not cover is taken back.") % {"n": number}


@page("consents/<str:code>/withdraw/", name="consent-withdraw", needs="consent.record", methods=BOTH)
def withdraw_consent(request: Request, code: str) -> HttpResponse:
    """Take a consent back, after a page that says what ends with it."""
    found = consent_for(request.actor, code)
    shown = consent_shown(found)

    def then(form: forms.Form) -> HttpResponse:
        actions.withdraw_consent(request.actor, found)
        return see(request, "consent", found.code, said=_("Taken back. What was opened by it is closed."))

    resting = shown.resting
    will = [
        *(_("Referral %(code)s to %(agency)s is taken back.") % {"code": one.code, "agency": one.agency}
          for one in resting.referrals),
        *(_("The file is closed to %(who)s.") % {"who": one.staff or one.agency} for one in resting.grants),
        *(_("The offer of the family to %(agency)s is taken back.") % {"agency": one.to_agency}
          for one in resting.transfers),
        *([] if resting else [_("Nothing rests on it now.")]),
        _("What was told already stays told; the receipt says to whom it could be."),
        _("No help ends because of it, and none may."),
    ]  # fmt: skip
    address = reverse("consent", args=[code])
    return ask(
        request, forms.Form(request.POST if request.method == "POST" else None), then, template="confirm.html",
        title=_("Take consent %(code)s back?") % {"code": code}, will=will, submit=_("Take it back"), cancel=address,
        says=_("From now on nothing is told by it."),
    )  # fmt: skip
