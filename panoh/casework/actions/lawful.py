"""Steps of the register of lawful requests: record, review, refuse, appeal, answer, tell the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from panoh.access.clock import today
from panoh.access.codes import new_code
from panoh.access.entrances import Actor, action
from panoh.access.fields import OPEN, FieldClass
from panoh.casework.models import LawfulRequest, LawfulReview
from panoh.casework.refusals import NothingChosen
from panoh.casework.refusals_requests import (
    BasisMissing,
    LawfulDayUnfit,
    NotAtThisPoint,
    NothingKept,
    NotThePerson,
    NotYourOwn,
    ReviewedByYou,
    ScopeUnfit,
    WordsMissing,
)
from panoh.vault.actions import keep_parts, make_key
from panoh.vault.queries import Group

__all__ = [
    "answer_lawful", "appeal_lawful", "give_notice", "postpone_notice", "record_lawful", "refuse_lawful",
    "review_lawful",
]  # fmt: skip

State, Refusal = LawfulRequest.State, LawfulRequest.Refusal
BY_HAND = (Refusal.SET_ASIDE, Refusal.NOTHING_KEPT)


@action("lawful.record")
def record_lawful(
    actor: Actor,
    *,
    authority_kind: int,
    authority: str,
    reference: str,
    legal_basis: str,
    received_on: date,
    asked: Iterable[int],
    about: str = "",
) -> LawfulRequest:
    """Record what an authority asks for; what is not about one person's file is refused with that.

    Raises:
        WordsMissing, LawfulDayUnfit, NothingChosen.
        NotThePerson: nobody has this code.
    """
    words = {"authority": authority.strip(), "reference": reference.strip(), "legal_basis": legal_basis.strip()}
    if not all(words.values()):
        raise WordsMissing
    if received_on > today():
        raise LawfulDayUnfit
    wanted = sorted({FieldClass(kind) for kind in asked} & set(OPEN))
    if not wanted:
        raise NothingChosen
    if about and not _asks("select app.is_person(%s)", about):
        raise NotThePerson(person=about)
    key = make_key("request")
    refused: dict[str, Any] = {}
    if not about:
        refused = {"state": State.REFUSED, "refused_because": Refusal.NOT_ONE_PERSON, "settled_on": today()}
    return LawfulRequest.objects.create(
        authority_kind=LawfulRequest.Authority(authority_kind), received_on=received_on, about=about, asked=wanted,
        key_id=key, words_id=_sealed(key, words), recorded_by_id=actor.me, **refused,
    )  # fmt: skip


@action("lawful.review")
def review_lawful(
    actor: Actor, request: LawfulRequest, *, is_lawful: bool, basis: str, scope: Iterable[int] = ()
) -> LawfulRequest:
    """Say whether a request is lawful, on which basis and within what; the second review settles it.

    Raises:
        NotYourOwn: the actor recorded it. NotAtThisPoint: it waits for no review. ReviewedByYou.
        BasisMissing, ScopeUnfit.
    """
    if request.recorded_by_id == actor.staff_id:
        raise NotYourOwn
    if request.reviews.filter(by=actor.staff_id).exists():
        raise ReviewedByYou(request=request.code)
    _require(request, State.RECEIVED)
    found = sorted({FieldClass(kind) for kind in scope}) if is_lawful else []
    if is_lawful != bool(found) or not set(found) <= set(request.asked):
        raise ScopeUnfit
    if not basis.strip():
        raise BasisMissing
    LawfulReview.objects.create(
        request=request, by_id=actor.me, is_lawful=is_lawful, scope=found,
        basis_id=_sealed(request.key_id, {"basis": basis.strip()}),
    )  # fmt: skip
    request.refresh_from_db()
    return request


@action("lawful.record")
def refuse_lawful(actor: Actor, request: LawfulRequest, *, because: str) -> LawfulRequest:
    """Give nothing after all: it was set aside, or nothing is kept.

    Raises:
        NotAtThisPoint.
    """
    request = _held(request)
    _require(request, State.RECEIVED, State.AGREED, State.APPEALED)
    request.state, request.refused_because, request.settled_on = State.REFUSED, Refusal(because), today()
    request.save(update_fields=["state", "refused_because", "settled_on"])
    return request


@action("lawful.record")
def appeal_lawful(actor: Actor, request: LawfulRequest) -> LawfulRequest:
    """Note that we appealed; it ends with a refusal or, if both reviewers agreed, with an answer.

    Raises:
        NotAtThisPoint.
    """
    request = _held(request)
    _require(request, State.AGREED, State.REFUSED)
    request.state, request.refused_because, request.settled_on = State.APPEALED, "", None
    request.save(update_fields=["state", "refused_because", "settled_on"])
    return request


@action("lawful.answer")
def answer_lawful(actor: Actor, request: LawfulRequest) -> LawfulRequest:
    """Open of one file what both reviewers agreed to, until the day is over: who leads the family sees that it is open.

    Raises:
        NotAllowed: the actor did not record it, or the reviewers did not agree; the database says so.
        NothingKept: the person was forgotten.
    """
    request = _held(request)
    if not request.agreed:
        _require(request, State.AGREED)
    if _asks("select app.open_lawful(%s, %s)", request.pk, new_code("G")) is None:
        raise NothingKept(request=request.code)
    if request.state != State.ANSWERED:
        request.state, request.refused_because, request.settled_on = State.ANSWERED, "", today()
        request.save(update_fields=["state", "refused_because", "settled_on"])
    return request


@action("lawful.record")
def give_notice(actor: Actor, request: LawfulRequest, *, on: date) -> LawfulRequest:
    """Note that the person was told what was asked about them and what came of it.

    Raises:
        NotAtThisPoint: no one person is meant, or they know already. LawfulDayUnfit.
    """
    request = _to_tell(request)
    if not request.received_on <= on <= today():
        raise LawfulDayUnfit
    request.notice_given_on = on
    request.save(update_fields=["notice_given_on"])
    return request


@action("lawful.record")
def postpone_notice(
    actor: Actor, request: LawfulRequest, *, until: date, reason: str, ordered_by: str
) -> LawfulRequest:
    """Put off telling the person, as somebody ordered for a reason; on that day it comes up again.

    Raises:
        NotAtThisPoint, LawfulDayUnfit.
        WordsMissing: it is not said why, and who ordered it.
    """
    request = _to_tell(request)
    words = {"reason": reason.strip(), "ordered_by": ordered_by.strip()}
    if not all(words.values()):
        raise WordsMissing
    if until <= today():
        raise LawfulDayUnfit
    request.notice_postponed_until, request.notice_words_id = until, _sealed(request.key_id, words)
    request.save(update_fields=["notice_postponed_until", "notice_words"])
    return request


def _held(request: LawfulRequest) -> LawfulRequest:
    return LawfulRequest.objects.select_for_update().get(pk=request.pk)


def _to_tell(request: LawfulRequest) -> LawfulRequest:
    request = _held(request)
    if not request.about or request.notice_given_on:
        raise NotAtThisPoint(request=request.code, state=request.get_state_display())
    return request


def _require(request: LawfulRequest, *states: int) -> None:
    if request.state not in states:
        raise NotAtThisPoint(request=request.code, state=request.get_state_display())


def _sealed(key: UUID, words: dict[str, str]) -> UUID:
    (part,) = keep_parts(key, Group.TEXT, [words], field_class=FieldClass.FILE)
    return part


def _asks(question: str, *about: str | int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return cursor.fetchone()[0]
