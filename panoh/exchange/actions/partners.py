"""The register of partners: other instances, and the keys by which their parcels are known."""

from __future__ import annotations

import re

import pyrage

from panoh.access.clock import now
from panoh.access.entrances import Actor, action
from panoh.access.instance_keys import own_key
from panoh.exchange.models import ParcelStep, Partner
from panoh.exchange.refusals_parcels import (
    CheckCodeOther,
    PartnerAgeKeyUnfit,
    PartnerByTwo,
    PartnerDecided,
    PartnerIsUs,
    PartnerKeyUnfit,
    PartnerKnown,
)

__all__ = ["add_partner", "confirm_partner", "end_partner"]

KEY = re.compile(r"[0-9a-f]{64}")


@action("parcel.receive")
def add_partner(actor: Actor, *, name: str, key: str, country: str = "", age_key: str = "") -> Partner:
    """Enter another instance and its key; nothing goes to it or comes from it until a colleague confirms it.

    Raises:
        PartnerKeyUnfit, PartnerAgeKeyUnfit, PartnerIsUs, PartnerKnown.
    """
    key, age_key = key.strip().lower(), age_key.strip()
    if not KEY.fullmatch(key):
        raise PartnerKeyUnfit
    if key == own_key():
        raise PartnerIsUs
    if known := Partner.objects.filter(key=key).first():
        raise PartnerKnown(name=known.name)
    if age_key:
        try:
            pyrage.x25519.Recipient.from_str(age_key)
        except pyrage.RecipientError as error:
            raise PartnerAgeKeyUnfit from error
    partner = Partner.objects.create(name=name.strip(), country=country, key=key, age_key=age_key, added_by_id=actor.me)
    _log(actor, partner, ParcelStep.What.PARTNER_ADDED)
    return partner


@action("parcel.receive")
def confirm_partner(actor: Actor, partner: Partner, *, check_code: str) -> Partner:
    """Confirm that the key is the partner's, by the check code that the partner read out.

    Raises:
        PartnerDecided: it is confirmed or has ended.
        PartnerByTwo: the actor entered it.
        CheckCodeOther: the key has another one.
    """
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if partner.confirmed_at or partner.ended_at:
        raise PartnerDecided
    if partner.added_by_id == actor.me:
        raise PartnerByTwo
    if _letters(check_code) != _letters(partner.check_code):
        raise CheckCodeOther
    partner.confirmed_by_id, partner.confirmed_at = actor.me, now()
    partner.save(update_fields=("confirmed_by", "confirmed_at"))
    _log(actor, partner, ParcelStep.What.PARTNER_CONFIRMED)
    return partner


@action("parcel.receive")
def end_partner(actor: Actor, partner: Partner) -> Partner:
    """End a partner: no parcel goes to it or comes from it any more; what came stays.

    Raises:
        PartnerDecided: it has ended.
    """
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if partner.ended_at:
        raise PartnerDecided
    partner.ended_at = now()
    partner.save(update_fields=("ended_at",))
    _log(actor, partner, ParcelStep.What.PARTNER_ENDED)
    return partner


def _letters(written: str) -> str:
    """Return a check code without what people write between its letters, O and I read as the digits they look like."""
    return re.sub(r"[^0-9A-Z]", "", written.upper()).translate(str.maketrans("OIL", "011"))


def _log(actor: Actor, partner: Partner, what: ParcelStep.What) -> None:
    ParcelStep.objects.create(partner=partner, what=what, by_id=actor.me)
