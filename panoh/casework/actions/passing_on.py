"""What follows when nobody helps: the next fitting office is asked, people are reminded, a supervisor decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import Agency, Staff
from panoh.casework.actions.referrals import end, held, tell_asked
from panoh.casework.models import Case, Consent, Offer, Referral, Task, Via, Withhold
from panoh.casework.queries.directory import fitting
from panoh.casework.queries.referrals import chain_of

__all__ = ["pass_on", "remind_of_consents", "watch_referrals"]

State = Referral.State
SUPERVISOR_AFTER_DAYS = 5
LAPSES_AFTER_DAYS = 14
LEAST_DAYS = 3
ENDS, ASKED_AGAIN_DAYS = "consent_ends", 14
MOST_DECLINES = 2


@action("referral.run")
def pass_on(actor: Actor, referral: Referral) -> Referral | None:
    """Look for another way after an office declined or did not answer, once; return the referral to the next office.

    The next fitting office of the directory is asked, if the consent or the legal basis reaches it; else a colleague is
    told what to do. After two, or where nobody is left, the supervisor decides.
    """
    referral = held(referral)
    if referral.passed_on or referral.state not in (State.DECLINED, State.LAPSED):
        return None
    referral.passed_on = today()
    referral.save(update_fields=["passed_on"])
    case = referral.case
    if not case.is_open:
        return None
    chain = chain_of(referral)
    tried = [one.agency_id for one in chain]
    left = [
        offer for offer in fitting(referral.service, district=case.family.district, age=referral.age, but=tried)
        if not offer.is_full and not _is_withheld(referral, offer.agency)
    ]  # fmt: skip
    if len(chain) >= MOST_DECLINES or not left:
        _escalate(referral)
        return None
    allowed = [offer for offer in left if _reaches(referral, offer)]
    if not allowed:
        _tell(referral, "referral_new_basis", case.family.worker)
        return None
    return _ask(referral, allowed[0])


@action("referral.run")
def watch_referrals(actor: Actor) -> int:
    """Remind of what is late, put before the supervisor what stays so, end what nobody answers; return how many."""
    touched = 0
    for referral in _late():
        touched += _hurry(referral, referral.waits_until or today())
    for referral in Referral.objects.filter(state__in=[State.DECLINED, State.LAPSED], passed_on=None):
        pass_on(actor, referral)
        touched += 1
    return touched


@action("referral.run")
def remind_of_consents(actor: Actor) -> int:
    """Have people asked again whose consent ends within two weeks; return how many tasks were set."""
    last = today() + timedelta(ASKED_AGAIN_DAYS)
    told = Task.objects.filter(family=OuterRef("person__home"), kind=ENDS, due=OuterRef("until"))
    ending = Consent.objects.filter(
        ~Exists(told),
        state=Consent.State.GIVEN,
        until__range=(today(), last),
        person__cases__in=Case.objects.filter(closed_on=None),
    )
    families = ending.values_list("person__home", "person__home__worker", "until").distinct()
    tasks = [
        Task(family_id=family, owner_id=worker, kind=ENDS, due=until) for family, worker, until in families if until
    ]
    return len(Task.objects.bulk_create(tasks))


def _late() -> Iterable[Referral]:
    day = today()
    waits = Q(state=State.SENT, answer_by__lt=day) | Q(state=State.ACCEPTED, due__lt=day)
    return Referral.objects.filter(waits).select_related("case__person__home", "case__family__worker", "agency")


def _hurry(referral: Referral, since: date) -> bool:
    """Take the one step that is due by now."""
    late = today() - since
    if referral.reminded_on is None:
        _tell(referral, "referral_open", referral.case.family.worker)
        referral.reminded_on = today()
        referral.save(update_fields=["reminded_on"])
    elif referral.state == State.SENT and late >= timedelta(LAPSES_AFTER_DAYS):
        end(referral, State.LAPSED)
        referral.save(update_fields=["state", "ended_on"])
    elif referral.escalated_on is None and late >= timedelta(SUPERVISOR_AFTER_DAYS):
        _escalate(referral)
    else:
        return False
    return True


def _is_withheld(referral: Referral, agency: Agency) -> bool:
    kept = Withhold.objects.filter(family=referral.case.person.home_id, agency=agency, ended_at=None)
    return any(set(entry.classes) & {0, *referral.classes} for entry in kept)


def _reaches(referral: Referral, offer: Offer) -> bool:
    return referral.consent is None or referral.consent.covers(offer.agency, referral.classes)


def _ask(referral: Referral, offer: Offer) -> Referral:
    days = max((referral.answer_by - referral.sent_at.date()).days, LEAST_DAYS)
    made = Referral.objects.create(
        case_id=referral.case_id, step_id=referral.step_id, service=referral.service,
        field_class=referral.field_class, agency=offer.agency, via=offer.via, classes=referral.classes,
        age=referral.age, consent_id=referral.consent_id, legal_basis=referral.legal_basis,
        reason_id=referral.reason_id, follows=referral, sent_by_id=referral.sent_by_id,
        answer_by=today() + timedelta(days),
    )  # fmt: skip
    tell_asked(made)
    if offer.via != Via.ACCOUNT:  # somebody must carry it there
        _tell(made, "referral_hand_over", referral.case.family.worker)
    return made


def _escalate(referral: Referral) -> None:
    family = referral.case.family
    leads = Staff.objects.filter(is_active=True, role="supervisor", agency=family.agency_id).order_by("pk").first()
    owner = leads or Staff.objects.filter(is_active=True, role="coordinator").order_by("pk").first() or family.worker
    _tell(referral, "referral_stuck", owner)
    referral.escalated_on = today()
    referral.save(update_fields=["escalated_on"])


def _tell(referral: Referral, kind: str, owner: Staff | None) -> None:
    Task.objects.create(
        family_id=referral.case.family_id, case_id=referral.case_id, kind=kind, due=today(), owner=owner
    )
