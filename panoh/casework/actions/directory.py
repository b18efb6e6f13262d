"""Steps of the service directory: what an agency offers, whether there is a place, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import Agency, District
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Offer, Via
from panoh.casework.refusals_referrals import NotYourAgency, OfferedAlready, OfferEnded, OfferUnfit

__all__ = ["Told", "change_offer", "end_offer", "offer_service", "tell_places"]

REACH_OF_ALL = {"all", "region"}


@dataclass(frozen=True)
class Told:
    """What an agency says of its offer: for whom, places, how it is asked and reached, when it is open, its fee."""

    via: int
    from_age: int | None = None
    to_age: int | None = None
    places_free: int | None = None
    reached: str = ""
    opening: str = ""
    fee: str = ""


@action("directory.keep")
def offer_service(actor: Actor, agency: Agency, *, service: str, told: Told, district: District | None = None) -> Offer:
    """Enter which service an agency offers, where (everywhere if not said), for whom, and how it is asked.

    Raises:
        NotYourAgency, OfferUnfit, Unknown (the service).
        OfferedAlready: it stands there.
    """
    require_kept(actor, agency.pk)
    offer = Offer(agency=agency, service=catalogue().known("services", service), district=district)
    _tell(offer, told)
    try:
        with transaction.atomic():
            offer.save()
    except IntegrityError as error:
        raise OfferedAlready(agency=agency) from error
    return offer


@action("directory.keep")
def change_offer(actor: Actor, offer: Offer, *, told: Told) -> Offer:
    """Put right for whom an offer is, how it is asked, when it is open and what it costs.

    Raises:
        NotYourAgency, OfferEnded, OfferUnfit.
    """
    offer = _held(actor, offer)
    _tell(offer, told)
    offer.save()
    return offer


@action("directory.keep")
def tell_places(actor: Actor, offer: Offer, *, places_free: int | None) -> Offer:
    """Say how many places are free today; None: they are not counted.

    Raises:
        NotYourAgency, OfferEnded, OfferUnfit.
    """
    offer = _held(actor, offer)
    _tell_places(offer, places_free)
    offer.save(update_fields=["places_free", "places_told_on"])
    return offer


@action("directory.keep")
def end_offer(actor: Actor, offer: Offer) -> Offer:
    """Say that an agency does not offer this any more; what was asked of it goes on.

    Raises:
        NotYourAgency, OfferEnded.
    """
    offer = _held(actor, offer)
    offer.ended_on = today()
    offer.save(update_fields=["ended_on"])
    return offer


def require_kept(actor: Actor, agency_id: int) -> None:
    """Refuse what an agency keeps to whoever is of another, unless they look after several.

    Raises:
        NotYourAgency.
    """
    if agency_id != actor.agency_id and actor.role.scope not in REACH_OF_ALL:
        raise NotYourAgency


def _held(actor: Actor, offer: Offer) -> Offer:
    require_kept(actor, offer.agency_id)
    offer = Offer.objects.select_for_update(of=("self",)).select_related("agency", "district").get(pk=offer.pk)
    if offer.ended_on:
        raise OfferEnded(agency=offer.agency)
    return offer


def _tell(offer: Offer, told: Told) -> None:
    if told.from_age is not None and told.to_age is not None and told.from_age > told.to_age:
        raise OfferUnfit
    offer.via, offer.from_age, offer.to_age = Via(told.via), told.from_age, told.to_age
    offer.reached, offer.opening, offer.fee = told.reached.strip(), told.opening.strip(), told.fee.strip()
    if told.places_free != offer.places_free:
        _tell_places(offer, told.places_free)


def _tell_places(offer: Offer, places_free: int | None) -> None:
    if places_free is not None and places_free < 0:
        raise OfferUnfit
    offer.places_free = places_free
    offer.places_told_on = None if places_free is None else today()
