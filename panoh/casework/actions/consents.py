"""Steps of the consent register: record what somebody said when asked, renew it, take it back; and what rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import override

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.fields import SEALED, FieldClass
from panoh.access.models import Agency
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened_with
from panoh.casework.models import Consent, ConsentTerms, Person, Referral, Relationship, Transfer
from panoh.casework.queries.consents import covering, ends_with
from panoh.casework.refusals import NothingChosen
from panoh.casework.refusals_referrals import (
    ChildNotAsked,
    ChildSaysNo,
    ConsentDayUnfit,
    ConsentEnded,
    ConsentUnfit,
    GuardianNotChosen,
    LegalBasisMissing,
    NobodyAgreed,
    NotTheGuardian,
    RecipientMissing,
    TooYoungToAgree,
)

__all__ = ["Answer", "Basis", "basis_for", "record_consent", "renew_consent", "withdraw_consent"]

LONGEST_DAYS = 3 * 366
CARERS = ("parent", "guardian", "trustee", "grandparent", "aunt_uncle", "other_kin", "sibling")
State, GivenBy, Assent = Consent.State, Consent.GivenBy, Consent.Assent


@dataclass(frozen=True)
class Answer:
    """What somebody said when asked, and how they were asked; until: None when they refused."""

    kinds: Iterable[int]
    agencies: Iterable[Agency]
    classes: Iterable[int]
    language: str
    until: date | None
    guardian: Person | None = None
    evidence: str = ""
    assent: int | None = None
    not_asked_because: str = ""
    is_interpreted: bool = False
    on: date | None = None


@dataclass(frozen=True)
class Basis:
    """On what something is told to others: a consent, or a legal basis with a reason in words."""

    consent: Consent | None = None
    legal_basis: str = ""
    reason: str = field(default="", repr=False)


@action("consent.record")
def record_consent(actor: Actor, person: Person, *, purpose: str, said: Answer) -> Consent:
    """Record what somebody said when asked, in the words of the terms as they stand today.

    Raises:
        RecipientMissing, NothingChosen, TooYoungToAgree, GuardianNotChosen, NotTheGuardian, ChildNotAsked, ChildSaysNo.
        ConsentDayUnfit, InTheFuture, DayUnfit, Unknown.
    """
    return _record(actor, person, purpose, said)


@action("consent.record")
def renew_consent(actor: Actor, consent: Consent, *, said: Answer) -> Consent:
    """Record that somebody was asked again; what rested on the former consent rests on this one, as far as it reaches.

    Raises:
        ConsentEnded: it was withdrawn, refused or renewed.
        and whatever `record_consent` raises.
    """
    consent = _held(consent)
    made = _record(actor, consent.person, consent.purpose, said, renews=consent)
    for referral in ends_with(consent).referrals:
        if made.covers(referral.agency, referral.classes):
            _move(referral, made)
    _end(actor, consent, State.RENEWED)
    return made


@action("consent.record")
def withdraw_consent(actor: Actor, consent: Consent) -> Consent:
    """Take a consent back: what was opened by it closes, what was asked by it is taken back.

    Raises:
        ConsentEnded: it ended before.
    """
    consent = _held(consent)
    _end(actor, consent, State.WITHDRAWN)
    return consent


def basis_for(
    people: Sequence[Person],
    agency: Agency,
    classes: Iterable[int],
    basis: Basis,
    *,
    seal: Callable[[str], UUID | None],
) -> dict[str, Any]:
    """Return the columns that say on what something is told; a consent that covers it is found where none is named.

    people: whose consent counts. seal: keeps the reason with what it is about.

    Raises:
        NobodyAgreed: there is none, and no legal basis is given.
        ConsentUnfit: the one that is named does not cover it.
        LegalBasisMissing: without consent it takes legal basis and reason.
        Unknown: the legal basis.
    """
    told = list(classes)
    if basis.consent is None and basis.legal_basis:
        legal_basis, reason = catalogue().known("legal_bases", basis.legal_basis), seal(basis.reason)
        if reason is None:
            raise LegalBasisMissing
        return {"consent": None, "legal_basis": legal_basis, "reason_id": reason}
    if basis.reason.strip():
        raise LegalBasisMissing
    consent = basis.consent or covering(people, agency, told)
    if consent is None:
        shown = [str(FieldClass(kind).label) for kind in told if kind not in {FieldClass.FILE, *SEALED}]
        raise NobodyAgreed(agency=agency, what="; ".join(shown))
    if consent.person_id not in {person.pk for person in people} or not consent.covers(agency, told):
        raise ConsentUnfit(consent=consent.code, agency=agency)
    return {"consent": consent, "legal_basis": "", "reason_id": None}


def _record(actor: Actor, person: Person, purpose: str, said: Answer, renews: Consent | None = None) -> Consent:
    asked = catalogue().consent_purpose(purpose)
    kinds = sorted({int(Agency.Kind(kind)) for kind in said.kinds})
    agencies = sorted({agency.code for agency in said.agencies})
    if not kinds and not agencies:
        raise RecipientMissing
    classes = sorted({int(FieldClass(kind)) for kind in said.classes})
    if not classes:
        raise NothingChosen
    is_refused = said.until is None
    if said.until and not today() <= said.until <= today() + timedelta(LONGEST_DAYS):
        raise ConsentDayUnfit(last=today() + timedelta(LONGEST_DAYS))
    language = catalogue().known("spoken_languages", said.language)
    return Consent.objects.create(
        person=person, purpose=asked.code, kinds=kinds, agencies=agencies, classes=classes,
        **_who_said(person, said, asked.own_from), language=language, is_interpreted=said.is_interpreted,
        terms=_terms(asked.code, language), state=State.REFUSED if is_refused else State.GIVEN,
        said_on=happened_with(person.home, said.on), until=said.until, renews=renews, recorded_by_id=actor.me,
    )  # fmt: skip


def _who_said(person: Person, said: Answer, own_from: int) -> dict[str, Any]:
    """Return who said it: the person, or a guardian with what shows that, and the child beside."""
    if said.guardian is None:
        if person.birth_year and today().year - person.birth_year < own_from:
            raise TooYoungToAgree(age=own_from)
        return {"given_by": GivenBy.PERSON}
    if not said.evidence:
        raise GuardianNotChosen
    related = Relationship.objects.filter(subject=said.guardian, other=person, kind__in=CARERS)
    if not related.exists():
        raise NotTheGuardian(person=said.guardian)
    if said.assent is None or (said.assent == Assent.NOT_ASKED) != bool(said.not_asked_because):
        raise ChildNotAsked
    if said.assent == Assent.NO and said.until is not None:
        raise ChildSaysNo
    words = catalogue()
    return {
        "given_by": GivenBy.GUARDIAN, "guardian": said.guardian, "assent": Assent(said.assent),
        "evidence": words.known("evidence_kinds", said.evidence),
        "not_asked_because": said.not_asked_because and words.known("assent_reasons", said.not_asked_because),
    }  # fmt: skip


def _terms(purpose: str, language: str) -> ConsentTerms:
    """Return the words as they stand today, kept as a version of their own once they differ from the last one."""
    with override(language if language != "other" else None):
        text = catalogue().consent_purpose(purpose).terms
    kept = ConsentTerms.objects.filter(purpose=purpose, language=language)
    last = kept.order_by("-version").first()
    if last and last.text == text:
        return last
    number = (kept.aggregate(last=Max("version"))["last"] or 0) + 1
    return ConsentTerms.objects.create(purpose=purpose, language=language, version=number, text=text, since=today())


def _held(consent: Consent) -> Consent:
    found = Consent.objects.select_for_update(of=("self",)).select_related("person__home").get(pk=consent.pk)
    if found.state != State.GIVEN:
        raise ConsentEnded(consent=found.code, state=found.get_state_display())
    return found


def _end(actor: Actor, consent: Consent, state: int) -> None:
    """End a consent and all that rests on it."""
    resting = ends_with(consent)
    for referral in resting.referrals:
        referral.state, referral.taken_back_because = Referral.State.WITHDRAWN, "consent_ended"
        referral.ended_on = today()
        referral.save(update_fields=["state", "taken_back_because", "ended_on"])
    for grant in resting.grants:
        grant.ended_at, grant.ended_by_id = now(), actor.me
        grant.save(update_fields=["ended_at", "ended_by"])
    for transfer in resting.transfers:
        transfer.state = Transfer.State.TAKEN_BACK
        transfer.save(update_fields=["state"])
    consent.state, consent.ended_on = State(state), today()
    consent.save(update_fields=["state", "ended_on"])


def _move(referral: Referral, consent: Consent) -> None:
    referral.consent = consent
    referral.save(update_fields=["consent"])
    if referral.grant and referral.grant.ended_at is None:
        referral.grant.consent = consent
        referral.grant.save(update_fields=["consent"])
