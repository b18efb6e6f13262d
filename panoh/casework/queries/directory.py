"""The service directory as it is read: who offers what where, and who fits next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from panoh.access.entrances import Actor
from panoh.access.models import District
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Offer

__all__ = ["OfferShown", "fitting", "offer_for", "offers"]

MOST = 200


@dataclass(frozen=True)
class OfferShown:
    """One entry of the directory in words."""

    offer: Offer
    service: str
    may_change: bool = False


def offers(
    actor: Actor, *, service: str = "", district: District | None = None, has_place: bool = False
) -> list[OfferShown]:
    """Return what is offered, by service and agency, 200 at most.

    district: also what is offered everywhere. has_place: without what said that no place is free.
    """
    found = Offer.objects.filter(ended_on=None, agency__is_active=True).select_related("agency", "district")
    if service:
        found = found.filter(service=service)
    if district:
        found = found.filter(Q(district=district) | Q(district=None))
    if has_place:
        found = found.exclude(places_free=0)
    keeps, everywhere = actor.may("directory.keep"), actor.role.scope in {"all", "region"}
    words = catalogue()
    return [
        OfferShown(
            offer, words.label("services", offer.service), keeps and (everywhere or offer.agency_id == actor.agency_id)
        )
        for offer in found.order_by("service", "agency__name", "pk")[:MOST]
    ]


def offer_for(code: str) -> Offer:
    """Return the entry of this code; else NotThere."""
    found = Offer.objects.filter(code=code).select_related("agency", "district").first()
    if found is None:
        raise NotThere
    return found


def fitting(service: str, *, district: District | None, age: int | None, but: Collection[int] = ()) -> list[Offer]:
    """Return who offers a service to somebody of this age living there, who comes first.

    In the district, then in its region, then everywhere; who said how many places are free before who did not, and who
    has none last. but: agencies left out.
    """
    found = Offer.objects.filter(service=service, ended_on=None, agency__is_active=True).exclude(agency__in=list(but))
    if district:
        there = Q(district__country=district.country, district__region_code=district.region_code)
        found = found.filter(there | Q(district=None))
    fit = [offer for offer in found.select_related("agency", "district") if offer.fits_age(age)]

    def order(offer: Offer) -> tuple[bool, int, int, int]:
        near = 2 if offer.district is None else 0 if district and offer.district_id == district.pk else 1
        return offer.is_full, near, -(offer.places_free or 0), offer.pk

    return sorted(fit, key=order)
