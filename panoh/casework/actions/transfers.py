"""Steps that hand a family over: offer it, agree to that, take it over or decline. Until then who gives it keeps it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.fields import OPEN, FieldClass
from panoh.access.models import Agency, Staff
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.roles import roles
from panoh.casework.actions.cases import hand_over
from panoh.casework.actions.consents import Basis, basis_for
from panoh.casework.actions.notices import tell, tell_who_may
from panoh.casework.catalogue import catalogue
from panoh.casework.days import due
from panoh.casework.models import Family, NoticeKind, PlanItem, Task, Transfer, Visit, Withhold
from panoh.casework.refusals import WithheldFromThem
from panoh.casework.refusals_deciding import NotTheAsker, NotWaiting, ReasonMissing, TransferOpen, TransferUnfit
from panoh.casework.refusals_requests import NotYourOwn
from panoh.vault.actions import keep_parts, keep_text, make_key
from panoh.vault.queries import Group

__all__ = [
    "agree_to_transfer", "ask_transfer", "decline_transfer", "refuse_transfer", "take_back_transfer", "take_over",
]  # fmt: skip

State = Transfer.State


@action("transfer.ask")
def ask_transfer(
    actor: Actor,
    family: Family,
    *,
    to_agency: Agency,
    reason: str,
    notes: str,
    to_worker: Staff | None = None,
    meeting_on: date | None = None,
    basis: Basis | None = None,
) -> Transfer:
    """Offer a family to another worker or agency, with what the next one must know and all that is open.

    Within the own agency it is offered at once; to another agency once a colleague agreed, and on a basis: a consent to
    tell the whole file, which is found by itself, or a legal basis with a reason.

    Raises:
        NotAllowed: the file is only open to the actor by a grant.
        TransferUnfit, TransferOpen, ReasonMissing, DayUnfit, Unknown (the reason).
        WithheldFromThem: the family asked that they do not see its file.
        NobodyAgreed, ConsentUnfit, LegalBasisMissing: on what it is told to another agency.
    """
    if not actor.leads(family.pk):
        raise NotAllowed
    if not notes.strip():
        raise ReasonMissing
    family = Family.objects.select_for_update(of=("self",)).select_related("district").get(pk=family.pk)
    _require_fit(actor, family, to_agency, to_worker)
    there = Transfer.objects.filter(family=family, state__in=[State.ASKED, State.OFFERED]).first()
    if there:
        raise TransferOpen(transfer=there.code)
    on_what: dict[str, Any] = {}
    if to_agency.pk != family.agency_id:
        people, seal = list(family.people_at_home.all()), partial(keep_text, family.papers_id)
        on_what = basis_for(people, to_agency, OPEN, basis or Basis(), seal=seal)
        on_what["because_id"] = on_what.pop("reason_id")
    key = make_key("request")
    told = {
        "family": family.code,
        "district": str(family.district or ""),
        "notes": notes.strip(),
        "open": _open(family),
    }
    transfer = Transfer.objects.create(
        family=family, from_agency_id=family.agency_id, from_worker_id=family.worker_id, to_agency=to_agency,
        to_worker=to_worker, reason=catalogue().known("transfer_reasons", reason), **on_what,
        state=State.OFFERED if to_agency.pk == family.agency_id else State.ASKED,
        people=family.memberships.filter(until=None).count(),
        last_seen_on=Visit.objects.filter(family=family).aggregate(seen=Max("made_on"))["seen"],
        meeting_on=meeting_on and due(meeting_on), key_id=key, words_id=_sealed(key, told), asked_by_id=actor.me,
    )  # fmt: skip
    if transfer.state == State.OFFERED:
        _tell_next(transfer)
    else:
        tell_who_may(
            "transfer.approve", NoticeKind.APPROVAL, transfer.code, agency=family.agency_id, but=[actor.me]
        )  # fmt: skip
    return transfer


def _tell_next(transfer: Transfer) -> None:
    """Tell the worker to whom a family is offered, or where none is named whoever may take it over."""
    if transfer.to_worker_id:
        tell(transfer.to_worker_id, NoticeKind.APPROVAL, transfer.code)
    else:
        tell_who_may("transfer.answer", NoticeKind.APPROVAL, transfer.code, agency=transfer.to_agency_id)


def _require_fit(actor: Actor, family: Family, agency: Agency, worker: Staff | None) -> None:
    if agency.pk == family.agency_id and worker is None:
        raise TransferUnfit
    if worker and (
        worker.agency_id != agency.pk
        or not worker.is_active
        or worker.pk in (family.worker_id, actor.staff_id)
        or "transfer.answer" not in roles()[worker.role_now].permissions
    ):
        raise TransferUnfit
    kept_from = Q(agency=agency) | Q(staff=worker) if worker else Q(agency=agency)
    if Withhold.objects.filter(kept_from, family=family, ended_at=None, classes__contains=[FieldClass.FILE]).exists():
        raise WithheldFromThem(name=worker or agency)


def _open(family: Family) -> list[list[str]]:
    """Return what is open in a family, as list, code and day: what the next worker goes on with, without names."""
    tasks = Task.objects.filter(family=family, done_on=None).values_list("kind", "due")
    steps = PlanItem.objects.filter(need__case__family=family, outcome="").values_list("service", "due")
    visits = Visit.objects.filter(family=family, made_on=None, cancelled_on=None).values_list("kind", "planned_on")
    found = [(words, code, day) for words, rows in (
        ("task_kinds", tasks), ("services", steps), ("visit_kinds", visits),
    ) for code, day in rows]  # fmt: skip
    found.sort(key=lambda one: (one[2] or date.max, one[1]))
    return [[words, code, day.isoformat() if day else ""] for words, code, day in found]


@action("transfer.approve")
def agree_to_transfer(actor: Actor, transfer: Transfer) -> Transfer:
    """Agree that a family is offered to another agency.

    Raises:
        NotWaiting. NotYourOwn: the actor asked for it. NotAllowed: the family is none of the actor's.
    """
    transfer = _at(transfer, State.ASKED)
    _require_other(actor, transfer)
    transfer.state, transfer.agreed_by_id = State.OFFERED, actor.me
    transfer.save(update_fields=["state", "agreed_by"])
    _tell_next(transfer)
    return transfer


@action("transfer.approve")
def refuse_transfer(actor: Actor, transfer: Transfer, *, why: str) -> Transfer:
    """Do not agree that a family is offered to another agency, with the reason.

    Raises:
        NotWaiting, ReasonMissing. NotYourOwn: the actor asked for it. NotAllowed.
    """
    transfer = _at(transfer, State.ASKED)
    _require_other(actor, transfer)
    return _answered(actor, transfer, State.NOT_AGREED, why)


@action("transfer.answer")
def take_over(actor: Actor, transfer: Transfer) -> Family:
    """Take a family over: the actor leads it from now on, and all that was open goes with it.

    Raises:
        NotWaiting. NotAllowed: it is not offered to the actor, or the family asked that they do not see it.
    """
    _at(transfer, State.OFFERED)
    with connection.cursor() as cursor:
        cursor.execute("select app.accept_transfer(%s)", [transfer.pk])
    family = Family.objects.select_related("agency", "worker").get(pk=transfer.family_id)
    hand_over(family)
    tell(transfer.asked_by_id, NoticeKind.ANSWER, transfer.code)
    return family


@action("transfer.answer")
def decline_transfer(actor: Actor, transfer: Transfer, *, why: str) -> Transfer:
    """Decline a family that is offered, with the reason; it stays with who leads it.

    Raises:
        NotWaiting, ReasonMissing. NotYourOwn: the actor offers it. NotAllowed.
    """
    transfer = _at(transfer, State.OFFERED)
    if transfer.asked_by_id == actor.staff_id:
        raise NotYourOwn
    if transfer.to_worker_id not in (None, actor.staff_id) or transfer.to_agency_id != actor.agency_id:
        raise NotAllowed
    return _answered(actor, transfer, State.DECLINED, why)


@action("transfer.ask")
def take_back_transfer(actor: Actor, transfer: Transfer) -> Transfer:
    """Take back the offer of a family.

    Raises:
        NotWaiting, NotTheAsker.
    """
    transfer = _at(transfer, State.ASKED, State.OFFERED)
    if transfer.asked_by_id != actor.staff_id:
        raise NotTheAsker
    transfer.state = State.TAKEN_BACK
    transfer.save(update_fields=["state"])
    return transfer


def _answered(actor: Actor, transfer: Transfer, state: int, why: str) -> Transfer:
    if not why.strip():
        raise ReasonMissing
    transfer.state, transfer.answered_by_id, transfer.answered_on = state, actor.me, today()
    transfer.answer_id = _sealed(transfer.key_id, {"why": why.strip()})
    transfer.save(update_fields=["state", "answered_by", "answered_on", "answer"])
    tell(transfer.asked_by_id, NoticeKind.ANSWER, transfer.code)
    return transfer


def _require_other(actor: Actor, transfer: Transfer) -> None:
    if transfer.asked_by_id == actor.staff_id:
        raise NotYourOwn
    if not actor.leads(transfer.family_id):
        raise NotAllowed


def _at(transfer: Transfer, *states: int) -> Transfer:
    found = Transfer.objects.select_for_update().filter(pk=transfer.pk).first()
    if found is None:
        raise NotThere
    transfer = found
    if transfer.state not in states:
        raise NotWaiting(code=transfer.code, state=transfer.get_state_display())
    return transfer


def _sealed(key: UUID, told: dict[str, Any]) -> UUID:
    return keep_parts(key, Group.TEXT, [told], field_class=FieldClass.CARE)[0]
