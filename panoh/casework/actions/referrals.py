"""Steps of a referral: send, take, decline, finish, take back; each side takes its own, the database sees to that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from panoh.access.clock import today
from panoh.access.codes import new_code
from panoh.access.entrances import Actor, action
from panoh.access.fields import COMPANIONS, FieldClass
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.cases import require_open
from panoh.casework.actions.consents import Basis, basis_for
from panoh.casework.actions.notices import tell, tell_who_may
from panoh.casework.actions.sharing import require_not_withheld
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, NoticeKind, Offer, PlanItem, Referral, Via
from panoh.casework.models.referrals import refusal_code
from panoh.casework.neutral import require_neutral
from panoh.casework.queries.referrals import age_of
from panoh.casework.refusals import NotOfThisFamily
from panoh.casework.refusals_referrals import (
    ConsentOver,
    NotAtThisState,
    OfferEnded,
    OfficeAsked,
    ReferralDayUnfit,
    ReferralToYourself,
)
from panoh.vault.actions import keep_parts, keep_words
from panoh.vault.queries import Group

__all__ = [
    "accept_referral", "complete_referral", "decline_referral", "send_referral",
    "take_back_referral",
]  # fmt: skip

State = Referral.State
LONGEST_DAYS = 366
USUAL_DAYS = 7


@action("referral.send")
def send_referral(
    actor: Actor,
    case: Case,
    *,
    offer: Offer,
    classes: Iterable[int] = (),
    basis: Basis | None = None,
    words: str = "",
    answer_by: date | None = None,
    step: PlanItem | None = None,
) -> Referral:
    """Ask an agency of the directory for a service, with no more of the file than it takes.

    classes: what opens of the file beside the service's own class to whoever takes it. words: what they should know,
    read by them alone.

    Raises:
        NotAllowed: the file is only open to the actor by a grant.
        CaseClosed, OfferEnded, NotOfThisFamily (the step), ReferralDayUnfit, OfficeAsked.
        NobodyAgreed, ConsentUnfit, LegalBasisMissing: on what it is told. WithheldFromThem. LabelInIt.
    """
    require_open(case)
    if not actor.leads(case.family_id):
        raise NotAllowed
    if offer.ended_on:
        raise OfferEnded(agency=offer.agency)
    if step and step.need.case_id != case.pk:
        raise NotOfThisFamily
    require_neutral([words])
    kind = catalogue().service(offer.service).field_class
    chosen = {FieldClass(one) for one in classes} | {kind}
    if not chosen <= actor.role.classes:
        raise NotAllowed
    chosen |= {FieldClass.FILE} | {COMPANIONS[one] for one in chosen if one in COMPANIONS}
    require_not_withheld(case.person.home, offer.agency, chosen)
    asked = Referral.objects.filter(case=case, service=offer.service, agency=offer.agency, state__in=[1, 2]).first()
    if asked:
        raise OfficeAsked(agency=offer.agency, referral=asked.code)

    def seal(text: str, kind: int = FieldClass.CARE) -> UUID | None:
        return keep_words(case.person.identity_id, text, field_class=kind)

    on_what = basis_for([case.person], offer.agency, chosen, basis or Basis(), seal=seal)
    made = Referral.objects.create(
        case=case, step=step, service=offer.service, field_class=kind, agency=offer.agency, via=offer.via,
        classes=sorted(chosen), age=age_of(case.person),
        words_id=seal(words, kind), **on_what, sent_by_id=actor.me,
        answer_by=_ahead(answer_by or today() + timedelta(USUAL_DAYS)),
    )  # fmt: skip
    tell_asked(made)
    return made


@action("referral.send")
def take_back_referral(actor: Actor, referral: Referral, *, because: str) -> Referral:
    """Take back what was asked; from the next click on it is hidden from whoever had taken it.

    Raises:
        NotAllowed: the actor does not lead the file. NotAtThisState. Unknown (why).
    """
    referral = held(referral)
    if not actor.leads(referral.case.person.home_id):
        raise NotAllowed
    require(referral, State.SENT, State.ACCEPTED)
    referral.taken_back_because = catalogue().known("taking_back_reasons", because)
    end(referral, State.WITHDRAWN)
    referral.save(update_fields=["state", "ended_on", "taken_back_because"])
    return referral


@action("referral.answer")
def accept_referral(actor: Actor, referral: Referral, *, due: date, words: str = "") -> Referral:
    """Take a referral: what it opens of the file opens to the actor, and to nobody else of the agency.

    due: the appointment, or the day by which it is done. words: for whoever asked.

    Raises:
        NotAtThisState: somebody took it meanwhile, or it ended. ReferralToYourself. ReferralDayUnfit.
        ConsentOver: the leave for it ended, or the family does not want it any more.
    """
    require(referral, State.SENT)
    if referral.sent_by_id == actor.me:
        raise ReferralToYourself
    if referral.agency_id != actor.agency_id:
        raise NotAllowed
    said = _said(referral, words)
    with connection.cursor() as cursor:
        cursor.execute("select app.take_referral(%s, %s, %s, %s)", [referral.pk, new_code("G"), _ahead(due), said])
        if not cursor.fetchone()[0]:
            raise ConsentOver
    referral.refresh_from_db()
    tell_asker(referral)
    return referral


@action("referral.answer")
def decline_referral(actor: Actor, referral: Referral, *, because: str, basis: str = "") -> Referral:
    """Decline what was asked, or give up what was taken, with the reason and, where the law says so, its basis.

    Raises:
        NotAtThisState. Unknown (why).
    """
    require(referral, State.SENT, State.ACCEPTED)
    refuse(referral, because=because, basis=_said(referral, basis))
    tell_asker(referral)
    return referral


@action("referral.answer")
def complete_referral(actor: Actor, referral: Referral, *, feedback: str) -> Referral:
    """Say that it is done, and how it went; the file closes.

    Raises:
        NotAtThisState: it was not taken, or it ended.
    """
    require(referral, State.ACCEPTED)
    referral.feedback_id = _said(referral, feedback)
    end(referral, State.COMPLETED)
    referral.save(update_fields=["state", "ended_on", "feedback"])
    tell_asker(referral)
    return referral


def tell_asked(referral: Referral) -> None:
    """Tell whoever of the agency that is asked may answer; who has no account gets the slip."""
    if referral.via == Via.ACCOUNT:
        tell_who_may("referral.answer", NoticeKind.REFERRAL, referral.code, agency=referral.agency_id)


def tell_asker(referral: Referral) -> None:
    """Tell who sent a referral that it was answered."""
    tell(referral.sent_by_id, NoticeKind.ANSWER, referral.code)


def refuse(referral: Referral, *, because: str, basis: UUID | None) -> str:
    """Write the refusal of who was asked, and return its code; the referral ends with it."""
    code = refusal_code()
    why = catalogue().known("refusal_reasons", because)
    with connection.cursor() as cursor:
        cursor.execute("select app.decline_referral(%s, %s, %s, %s)", [referral.pk, code, why, basis])
    return code


def end(referral: Referral, state: int) -> None:
    """Let a referral end today."""
    referral.state, referral.ended_on = State(state), today()


def held(referral: Referral) -> Referral:
    """Return a referral as it stands now, held until the step has ended, for whoever sees its file.

    Raises:
        NotAllowed: the file it stands in is hidden from the actor, who is asked.
    """
    held_now = Referral.objects.select_for_update(of=("self",))
    found = held_now.select_related("case__person__home", "case__family", "agency", "consent").filter(pk=referral.pk)
    if (one := found.first()) is None:
        raise NotAllowed
    return one


def require(referral: Referral, *states: int) -> None:
    """Refuse a step that the state of a referral does not allow.

    Raises:
        NotAtThisState.
    """
    if referral.state not in states:
        raise NotAtThisState(referral=referral.code, state=referral.get_state_display())


def _ahead(on: date) -> date:
    if not today() <= on <= today() + timedelta(LONGEST_DAYS):
        raise ReferralDayUnfit
    return on


def _said(referral: Referral, words: str) -> UUID | None:
    """Seal what who is asked says, under the person's key, whether or not anything of the file is open to them."""
    if not words.strip():
        return None
    with connection.cursor() as cursor:
        cursor.execute("select app.key_to_answer(%s)", [referral.pk])
        key: Any = cursor.fetchone()[0]
    if key is None:
        raise NotAtThisState(referral=referral.code, state=referral.get_state_display())
    return keep_parts(key, Group.TEXT, [words.strip()], field_class=referral.field_class)[0]
