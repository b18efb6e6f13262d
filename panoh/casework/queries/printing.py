"""What is printed of consents, help and referrals: receipts for the family, a slip for an office; in neutral words."""

from __future__ import annotations

from django.template.loader import render_to_string

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.printing import pdf_of
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Assistance, Consent, Referral
from panoh.casework.neutral import require_neutral
from panoh.casework.queries.consents import consent_shown
from panoh.casework.queries.timeline import amount
from panoh.vault.queries import names_of

__all__ = ["given_pdf", "receipt_pdf", "slip_pdf"]


def receipt_pdf(consent: Consent) -> bytes:
    """Return the receipt of a consent: what was said, in which words it was asked, and how it is taken back.

    Raises:
        NoPdfHere.
    """
    shown = consent_shown(consent)
    return pdf_of(render_to_string("casework/print_receipt.html", {"shown": shown, "consent": consent}))


def given_pdf(given: Assistance) -> bytes:
    """Return the receipt of help that was given: what, how much, when and by whom, to be signed by both; nobody's name.

    Raises:
        LabelInIt: something on it would tell where somebody came from.
        NoPdfHere.
    """
    service = catalogue().label("services", given.service)
    require_neutral([service, given.agency.name])
    told = {"given": given, "service": service, "amount": amount(given.quantity, given.unit, given.currency)}
    return pdf_of(render_to_string("casework/print_given.html", told))


def slip_pdf(actor: Actor, referral: Referral, *, code: str, address: str, is_named: bool) -> bytes:
    """Return the slip that is handed to an office without an account: the service asked, and a code for the answer.

    address: of the page where the code is taken.

    Raises:
        LabelInIt: something on it would tell where somebody came from.
        NoPdfHere.
    """
    name = ""
    if is_named:
        identity = referral.case.person.identity_id
        name = names_of(actor, [identity], purpose="referral", about=referral.case.family.code).get(identity, "")
    service = catalogue().label("services", referral.service)
    require_neutral([service, referral.agency.name])
    told = {"service": service, "agency": referral.agency.name, "answer_by": referral.answer_by}
    more = {"name": name, "code": code, "address": address, "day": today()}
    return pdf_of(render_to_string("casework/print_slip.html", {**told, **more}))
