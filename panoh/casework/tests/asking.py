"""What the tests of consents and referrals begin with: a family with consent, offices of the directory, and staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Agency, Staff
from panoh.casework import actions
from panoh.casework.actions import Answer, Basis, Told
from panoh.casework.models import Consent, Offer, Referral, Via
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home

SERVICE = "PSY-38"
FEELINGS = FieldClass.PSYCHOSOCIAL
OFFICES = ("First", "Second", "Third")


@dataclass
class Desk:
    """A family, its worker and supervisor, and three offices that offer one service where it lives."""

    home: Home
    offers: list[Offer]
    staff: dict[str, Actor] = field(default_factory=dict)

    @property
    def me(self) -> Actor:
        return self.home.me

    def at(self, office: str) -> Actor:
        """Return somebody of an office who answers."""
        if office not in self.staff:
            self.staff[office] = make.actor("psychologist", office)
        return self.staff[office]

    def consent(self, *, kinds: tuple[int, ...] = (Agency.Kind.CLINIC,), days: int = 100, **said: object) -> Consent:
        given = {"classes": [FieldClass.IDENTITY, FEELINGS], "agencies": [], "language": "uz", **said}
        until = None if days < 0 else today() + timedelta(days)
        answer = Answer(kinds=kinds, until=until, **given)  # type: ignore[arg-type]
        return actions.record_consent(self.me, self.home.mother, purpose="services", said=answer)

    def send(self, office: int = 0, *, by: Actor | None = None, **given: object) -> Referral:
        words = {"classes": [FieldClass.IDENTITY], "words": "She sleeps badly.", **given}
        return actions.send_referral(by or self.me, self.home.case, offer=self.offers[office], **words)  # type: ignore[arg-type]

    def by_law(self, reason: str = "Her life is in danger.") -> Basis:
        return Basis(legal_basis="vital", reason=reason)


def desk(home: Home, *, via: int = Via.ACCOUNT) -> Desk:
    place = make.district()
    actions.settle_district(home.boss, home.family, district=place)
    home.case.refresh_from_db()
    offers = []
    for number, office in enumerate(OFFICES):
        agency = make.agency(office, Agency.Kind.CLINIC)
        told = Told(via=via, places_free=9 - number)
        offers.append(actions.offer_service(home.boss, agency, service=SERVICE, district=place, told=told))
    return Desk(home, offers)


def supervisor(desk: Desk) -> Staff:
    return make.hire("supervisor", desk.home.worker.agency.name)


def again(referral: Referral) -> Referral:
    return Referral.objects.select_related("agency", "case__person", "case__family").get(pk=referral.pk)
