"""Steps around a service that was refused: record it, appeal, note the answer."""

from __future__ import annotations

from datetime import date

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import Agency
from panoh.access.refusals import NotAllowed
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened_with
from panoh.casework.models import Case, ServiceRefusal
from panoh.casework.refusals import NoteEmpty
from panoh.casework.refusals_referrals import AppealedAlready, NoAppealOpen
from panoh.vault.actions import keep_words

__all__ = ["answer_appeal", "appeal_refusal", "record_refusal"]


@action("refusal.record")
def record_refusal(
    actor: Actor, case: Case, *, service: str, agency: Agency, because: str, basis: str = "", on: date | None = None
) -> ServiceRefusal:
    """Record that an office refused a service that nobody asked of it through a referral.

    Raises:
        InTheFuture, DayUnfit, Unknown (the service, the reason).
    """
    kind = catalogue().service(service).field_class
    return ServiceRefusal.objects.create(
        case=case, service=service, field_class=kind, agency=agency,
        because=catalogue().known("refusal_reasons", because),
        basis_id=keep_words(case.person.identity_id, basis, field_class=kind),
        refused_on=happened_with(case.family, on), recorded_by_id=actor.me,
    )  # fmt: skip


@action("refusal.record")
def appeal_refusal(actor: Actor, refusal: ServiceRefusal, *, words: str) -> ServiceRefusal:
    """Note that the family, or we for it, appealed against a refusal, and why.

    Raises:
        AppealedAlready. NoteEmpty: it is not said why.
    """
    refusal = _held(actor, refusal)
    if refusal.appealed_on:
        raise AppealedAlready(refusal=refusal.code, on=refusal.appealed_on)
    kept = keep_words(refusal.case.person.identity_id, words, field_class=refusal.field_class)
    if kept is None:
        raise NoteEmpty
    refusal.appealed_on, refusal.appealed_by_id, refusal.appeal_id = today(), actor.me, kept
    refusal.save(update_fields=["appealed_on", "appealed_by", "appeal"])
    return refusal


@action("refusal.record")
def answer_appeal(actor: Actor, refusal: ServiceRefusal, *, answer: int, words: str = "") -> ServiceRefusal:
    """Note what came of an appeal: given after all, or the refusal stays.

    Raises:
        NoAppealOpen: there is none, or it was answered.
    """
    refusal = _held(actor, refusal)
    if not refusal.appealed_on or refusal.answer:
        raise NoAppealOpen(refusal=refusal.code)
    refusal.answer, refusal.answered_on = ServiceRefusal.Answer(answer), today()
    refusal.answer_words_id = keep_words(refusal.case.person.identity_id, words, field_class=refusal.field_class)
    refusal.save(update_fields=["answer", "answered_on", "answer_words"])
    return refusal


def _held(actor: Actor, refusal: ServiceRefusal) -> ServiceRefusal:
    if not actor.reaches(refusal.case, changing=True):
        raise NotAllowed
    found = ServiceRefusal.objects.select_for_update(of=("self",))
    return found.select_related("case__person", "case__family", "agency").get(pk=refusal.pk)
