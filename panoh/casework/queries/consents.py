"""The consent register as it is read: of a person, what covers something, and what ends with a consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import SEALED, FieldClass
from panoh.access.models import Agency
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Consent, Grant, Person, Referral, Transfer
from panoh.casework.queries.sharing import Reader, withheld_of

__all__ = [
    "ConsentShown", "Resting", "consent_for", "consent_shown", "consents_of", "covering", "ends_with", "terms_now",
]  # fmt: skip


@dataclass(frozen=True)
class Resting:
    """What rests on a consent and ends with it: open referrals, grants that hold, families that are offered."""

    referrals: list[Referral]
    grants: list[Grant]
    transfers: list[Transfer]

    def __bool__(self) -> bool:
        """Tell whether anything rests on it."""
        return bool(self.referrals or self.grants or self.transfers)


@dataclass(frozen=True)
class ConsentShown:
    """One consent in words; withheld: what the family keeps from whom, whatever is agreed."""

    consent: Consent
    purpose: str
    recipients: list[str]
    what: list[str]
    evidence: str
    not_asked_because: str
    language: str
    resting: Resting
    withheld: list[Reader]


def consents_of(person: Person) -> list[ConsentShown]:
    """Return what a person was asked, the newest first."""
    found = Consent.objects.filter(person=person).select_related("person__home", "guardian", "terms", "recorded_by")
    return [consent_shown(consent) for consent in found.order_by("-said_on", "-pk")]


def consent_for(actor: Actor, code: str) -> Consent:
    """Return the consent of this code of somebody within reach; else NotThere."""
    found = Consent.objects.filter(code=code).select_related("person__home", "guardian", "terms", "recorded_by").first()
    if found is None or not actor.reaches(found):
        raise NotThere
    return found


def consent_shown(consent: Consent) -> ConsentShown:
    """Return a consent as its page and its receipt show it."""
    words = catalogue()
    named = Agency.objects.filter(code__in=consent.agencies).values_list("name", flat=True)
    return ConsentShown(
        consent=consent,
        purpose=words.label("consent_purposes", consent.purpose),
        recipients=[*(str(Agency.Kind(kind).label) for kind in consent.kinds), *named],
        what=[str(FieldClass(kind).label) for kind in consent.classes if kind not in SEALED],
        evidence=words.label("evidence_kinds", consent.evidence) if consent.evidence else "",
        not_asked_because=words.label("assent_reasons", consent.not_asked_because) if consent.not_asked_because else "",
        language=words.label("spoken_languages", consent.language),
        resting=ends_with(consent),
        withheld=withheld_of(consent.person.home),
    )


def covering(people: Iterable[Person], agency: Agency, classes: Iterable[int]) -> Consent | None:
    """Return the newest consent of one of these people that lets an agency know all of this, or None."""
    told = list(classes)
    given = Consent.objects.filter(person__in=list(people), state=Consent.State.GIVEN, until__gte=today()).order_by(
        "-pk"
    )
    return next((consent for consent in given if consent.covers(agency, told)), None)


def ends_with(consent: Consent) -> Resting:
    """Return what ends when a consent does."""
    open_states = (Referral.State.SENT, Referral.State.ACCEPTED)
    referrals = Referral.objects.filter(consent=consent, state__in=open_states).select_related("agency", "grant")
    grants = Grant.objects.filter(consent=consent, ended_at=None, until__gte=today(), referral=None)
    transfers = Transfer.objects.filter(consent=consent, state__in=[Transfer.State.ASKED, Transfer.State.OFFERED])
    return Resting(
        list(referrals.order_by("pk")),
        list(grants.select_related("staff", "agency").order_by("pk")),
        list(transfers.select_related("to_agency")),
    )


def terms_now() -> list[tuple[str, str]]:
    """Return each purpose with the words that are read to whoever is asked, in the reader's language."""
    return [(purpose.label, purpose.terms) for purpose in catalogue().consent_purposes]
