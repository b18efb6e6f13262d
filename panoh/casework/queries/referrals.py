"""Referrals as they are read: what is asked of one's agency, what was sent, one in full, and refusals counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import SEALED, FieldClass
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Family, Person, Referral, ServiceRefusal
from panoh.casework.queries.reach import within
from panoh.vault.queries import names_of, open_parts

__all__ = [
    "Counted", "ReferralLine", "ReferralShown", "RefusalShown", "WholeRefused", "age_of", "asked_of_us",
    "chain_of", "families_refused", "referral_for", "referral_shown", "referrals_of", "refusal_for", "refusals_counted",
    "refusals_of", "sent",
]  # fmt: skip

MOST = 200
LEAST_FOR_WHOLE = 2
State = Referral.State


@dataclass(frozen=True)
class ReferralLine:
    """One referral in a list."""

    referral: Referral
    service: str


@dataclass(frozen=True)
class ReferralShown:
    """One referral in full, as far as the reader sees its file; is_ours: the reader's agency is asked."""

    referral: Referral
    service: str
    what: list[str]
    words: str
    said: str
    feedback: str
    reason: str
    basis: str
    why: str
    refusal: ServiceRefusal | None
    refused: str
    refused_because: str
    family: Family | None
    person: Person | None
    name: str
    is_ours: bool
    may_answer: bool
    may_finish: bool
    may_take_back: bool
    before: list[ReferralLine]
    after: Referral | None


@dataclass(frozen=True)
class RefusalShown:
    """One refusal of a service in words."""

    refusal: ServiceRefusal
    service: str
    why: str
    basis: str
    appeal: str
    answer: str


@dataclass(frozen=True)
class Counted:
    """How often a service was refused: in all, by reason, and what became of appeals."""

    service: str
    total: int
    reasons: list[tuple[str, int]]
    appealed: int
    given_after_all: int


@dataclass(frozen=True)
class WholeRefused:
    """A family that was refused whatever it asked for."""

    family_code: str
    refused: int


def age_of(person: Person) -> int | None:
    """Return how old somebody becomes this year, as far as the birth year tells."""
    return today().year - person.birth_year if person.birth_year else None


def asked_of_us(actor: Actor) -> list[ReferralLine]:
    """Return what is asked of the actor's agency and waits, and what the actor took; what is late first."""
    if not actor.may("referral.answer") or actor.agency_id is None:
        return []
    mine = Q(state=State.SENT) | Q(taken_by=actor.staff_id)
    found = Referral.objects.filter(mine, agency=actor.agency_id, via=1).select_related("agency", "grant")
    return _lines(found.order_by("state", "answer_by", "pk")[:MOST])


def sent(actor: Actor) -> list[ReferralLine]:
    """Return the referrals of the families in reach that are open or wait for another way; what is late first."""
    if not actor.may("referral.send"):
        return []
    waits = Q(state__in=[State.SENT, State.ACCEPTED]) | Q(escalated_on__gte=today().replace(day=1))
    found = Referral.objects.filter(within(actor, "case__family"), waits).select_related("agency", "case__family")
    return _lines(found.order_by("state", "answer_by", "pk")[:MOST])


def referrals_of(family: Family) -> list[ReferralLine]:
    """Return every referral of a family, the newest first."""
    found = Referral.objects.filter(case__family=family).select_related("agency", "case__person")
    return _lines(found.order_by("-sent_at", "-pk"))


def _lines(found: Iterable[Referral]) -> list[ReferralLine]:
    words = catalogue()
    return [ReferralLine(referral, words.label("services", referral.service)) for referral in found]


def referral_for(actor: Actor, code: str) -> Referral:
    """Return the referral of this code if the actor may see it: the fence says so; else NotThere."""
    found = Referral.objects.filter(code=code).select_related("agency", "sent_by__agency", "taken_by").first()
    if found is None:
        raise NotThere
    return found


def chain_of(referral: Referral) -> list[Referral]:
    """Return a referral and those it followed, the newest first."""
    chain = [referral]
    while chain[-1].follows_id:
        chain.append(Referral.objects.select_related("agency").get(pk=chain[-1].follows_id))
    return chain


def referral_shown(actor: Actor, referral: Referral) -> ReferralShown:
    """Return a referral as its page shows it; of the file only what the reader sees of it anyway, or by its grant."""
    case = Case.objects.filter(pk=referral.case_id).select_related("person", "family").first()
    refusal = ServiceRefusal.objects.filter(referral=referral).first()
    parts = [referral.words_id, referral.said_id, referral.feedback_id, referral.reason_id]
    opened = open_parts([*parts, refusal.basis_id if refusal else None])
    said = [opened.get(part, "") if part else "" for part in parts]
    words, leads = catalogue(), case is not None and actor.leads(case.person.home_id)
    is_ours = referral.agency_id == actor.agency_id and referral.via == 1 and actor.may("referral.answer")
    is_mine = is_ours and referral.taken_by_id == actor.staff_id
    shows_who = case is not None and (leads or referral.is_open)
    return ReferralShown(
        referral=referral,
        service=words.label("services", referral.service),
        what=[str(FieldClass(kind).label) for kind in referral.classes if kind not in {*SEALED, FieldClass.FILE}],
        words=said[0], said=said[1], feedback=said[2], reason=said[3],
        basis=words.label("legal_bases", referral.legal_basis) if referral.legal_basis else "",
        why=words.label("taking_back_reasons", referral.taken_back_because) if referral.taken_back_because else "",
        refusal=refusal,
        refused=_opened(opened, refusal.basis_id) if refusal else "",
        refused_because=words.label("refusal_reasons", refusal.because) if refusal else "",
        family=case.family if case and leads else None,
        person=case.person if case and shows_who else None,
        name=_name(actor, case) if case and shows_who else "",
        is_ours=is_ours,
        may_answer=is_ours and referral.state == State.SENT and referral.sent_by_id != actor.staff_id,
        may_finish=is_mine and referral.state == State.ACCEPTED,
        may_take_back=leads and referral.is_open and actor.may("referral.send"),
        before=_lines(chain_of(referral)[1:]) if leads else [],
        after=Referral.objects.filter(follows=referral).select_related("agency").first() if leads else None,
    )  # fmt: skip


def _opened(opened: dict[UUID, Any], part: UUID | None) -> str:
    return str(opened.get(part, "")) if part else ""


def _name(actor: Actor, case: Case) -> str:
    if FieldClass.IDENTITY not in actor.role.classes or not actor.may("identity.open"):
        return ""
    identity = case.person.identity_id
    return names_of(actor, [identity], purpose="referral", about=case.family.code).get(identity, "")


def refusals_of(family: Family) -> list[RefusalShown]:
    """Return what was refused to a family, the newest first."""
    found = list(ServiceRefusal.objects.filter(case__family=family).select_related("agency", "case__person"))
    found.sort(key=lambda refusal: (refusal.refused_on, refusal.pk), reverse=True)
    opened = open_parts(part for one in found for part in (one.basis_id, one.appeal_id, one.answer_words_id))
    return [_refusal(refusal, opened) for refusal in found]


def _refusal(refusal: ServiceRefusal, opened: dict[UUID, Any]) -> RefusalShown:
    words = catalogue()
    return RefusalShown(
        refusal,
        words.label("services", refusal.service),
        words.label("refusal_reasons", refusal.because),
        _opened(opened, refusal.basis_id),
        _opened(opened, refusal.appeal_id),
        _opened(opened, refusal.answer_words_id),
    )


def refusal_for(actor: Actor, code: str) -> ServiceRefusal:
    """Return the refusal of this code in a file within reach; else NotThere."""
    found = ServiceRefusal.objects.filter(code=code).select_related("case__family", "case__person", "agency").first()
    if found is None or not actor.reaches(found.case):
        raise NotThere
    return found


def refusals_counted(actor: Actor) -> list[Counted]:
    """Return how often each service was refused to the families in reach, and why; what is refused most first."""
    words = catalogue()
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    appeals: Counter[str] = Counter()
    granted: Counter[str] = Counter()
    seen = ServiceRefusal.objects.filter(within(actor, "case__family"))
    for service, because, appealed_on, answer in seen.values_list("service", "because", "appealed_on", "answer"):
        reasons[service][because] += 1
        appeals[service] += appealed_on is not None
        granted[service] += answer == ServiceRefusal.Answer.GIVEN_AFTER_ALL
    counted = [
        Counted(
            words.label("services", service),
            found.total(),
            [(words.label("refusal_reasons", because), n) for because, n in found.most_common()],
            appeals[service],
            granted[service],
        )
        for service, found in reasons.items()
    ]
    return sorted(counted, key=lambda one: (-one.total, one.service))


def families_refused(actor: Actor) -> list[WholeRefused]:
    """Return the families, by code, that were refused twice or more and given nothing that they were referred for."""
    refused: Counter[str] = Counter(
        ServiceRefusal.objects.filter(within(actor, "case__family")).values_list("case__family__code", flat=True)
    )
    helped = set(
        Referral.objects.filter(within(actor, "case__family"), state__in=[State.ACCEPTED, State.COMPLETED]).values_list(
            "case__family__code", flat=True
        )
    )
    helped |= set(
        ServiceRefusal.objects.filter(
            within(actor, "case__family"), answer=ServiceRefusal.Answer.GIVEN_AFTER_ALL
        ).values_list("case__family__code", flat=True)
    )
    whole = [(code, n) for code, n in refused.most_common() if n >= LEAST_FOR_WHOLE and code not in helped]
    return [WholeRefused(code, n) for code, n in whole]
