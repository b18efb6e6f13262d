"""What waits for somebody's word, and what was decided of one family: steps asked for, hand-overs, best interests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Approval, Conference, Determination, Family, Transfer
from panoh.casework.queries.reach import within
from panoh.vault.queries import open_parts

__all__ = [
    "ApprovalShown", "Decisions", "FamilyDecisions", "TransferShown", "approval_for", "approval_shown", "decisions",
    "decisions_of", "decisions_waiting", "transfer_for", "transfer_shown",
]  # fmt: skip

MOST = 50


@dataclass(frozen=True)
class Decisions:
    """What waits for the reader's word, and what the reader asked for and waits for; the oldest first."""

    approvals: list[Approval]
    transfers: list[Transfer]
    interests: list[Determination]
    asked_approvals: list[Approval]
    asked_transfers: list[Transfer]

    @property
    def count(self) -> int:
        """Return how many wait for the reader."""
        return len(self.approvals) + len(self.transfers) + len(self.interests)


@dataclass(frozen=True)
class FamilyDecisions:
    """What was or is to be decided about one family."""

    conferences: list[Conference]
    interests: list[tuple[Determination, str]]
    transfers: list[Transfer]
    approvals: list[Approval]


@dataclass(frozen=True)
class ApprovalShown:
    """A step asked for, in words."""

    approval: Approval
    words: str
    answer: str
    what: list[tuple[str, str]]
    may_decide: bool
    is_mine: bool


@dataclass(frozen=True)
class TransferShown:
    """A hand-over in words: what the next worker must know and what is open; no name before it is taken over."""

    transfer: Transfer
    family: str
    district: str
    notes: str
    open: list[tuple[str, date | None]]
    answer: str
    basis: str
    because: str
    may_agree: bool
    may_take: bool
    is_mine: bool
    opens: bool


def decisions(actor: Actor) -> Decisions:
    """Return what waits for the actor's word, and what the actor waits for. Five queries."""
    asked = Approval.objects.filter(within(actor, "case__family"), state=Approval.State.ASKED)
    approvals = list(asked.select_related("case__family", "case__person", "asked_by").order_by("asked_at")[:MOST])
    mine = [one for one in approvals if one.asked_by_id == actor.staff_id]
    open_ones = Transfer.objects.filter(state__in=[Transfer.State.ASKED, Transfer.State.OFFERED])
    open_ones = open_ones.select_related("to_agency", "to_worker", "asked_by", "from_agency")
    transfers = list(open_ones.order_by("asked_at")[:MOST])
    return Decisions(
        approvals=[one for one in approvals if one not in mine and _decides(actor, one)],
        transfers=[one for one in transfers if _agrees(actor, one) or _takes(actor, one)],
        interests=_interests(actor),
        asked_approvals=mine,
        asked_transfers=[one for one in transfers if one.asked_by_id == actor.staff_id],
    )


def decisions_waiting(actor: Actor) -> int:
    """Return how many wait for the actor's word."""
    return decisions(actor).count if actor.may("transfer.answer") or actor.may("interest.sit") else 0


def _decides(actor: Actor, approval: Approval) -> bool:
    return actor.may("approval.decide") and actor.may(catalogue().approval(approval.step).permission)


def _agrees(actor: Actor, transfer: Transfer) -> bool:
    return (
        transfer.state == Transfer.State.ASKED
        and actor.may("transfer.approve")
        and transfer.asked_by_id != actor.staff_id
        and actor.leads(transfer.family_id)
    )


def _takes(actor: Actor, transfer: Transfer) -> bool:
    return (
        transfer.state == Transfer.State.OFFERED
        and actor.may("transfer.answer")
        and transfer.asked_by_id != actor.staff_id
        and transfer.to_agency_id == actor.agency_id
        and transfer.to_worker_id in (None, actor.staff_id)
    )


def _interests(actor: Actor) -> list[Determination]:
    """Return the best-interests procedures in which the actor's word is the next."""
    if not (actor.may("interest.sit") or actor.may("interest.decide")):
        return []
    states = Determination.State
    sits = Q(state=states.WITH_PANEL, panel__staff=actor.staff_id, panel__answered_on=None)
    decides = Q(pk__in=())
    if actor.may("interest.decide"):
        alone = Q(state=states.WITH_PANEL, kind=Determination.Kind.ASSESSMENT)
        decides = alone | Q(state=states.APPEALED) & ~Q(decided_by=actor.staff_id)
        # The panel has answered: one of it records what it decided.
        decides |= Q(state=states.WITH_PANEL, panel__staff=actor.staff_id, panel__is_close=False)
    found = Determination.objects.filter(within(actor, "case__family")).filter(sits | decides)
    found = found.exclude(prepared_by=actor.staff_id).select_related("case__family", "case__person", "prepared_by")
    return list(found.distinct().order_by("prepared_on", "pk")[:MOST])


def decisions_of(actor: Actor, family: Family) -> FamilyDecisions:
    """Return what was or is to be decided about a family, the newest first."""
    interests = Determination.objects.filter(case__family=family).select_related("case__person", "chosen")
    label = catalogue().label
    return FamilyDecisions(
        conferences=list(Conference.objects.filter(family=family).select_related("called_by").order_by("-on", "-pk")),
        interests=[(one, label("sought_decisions", one.sought)) for one in interests.order_by("-pk")],
        transfers=list(
            Transfer.objects.filter(family=family).select_related("to_agency", "to_worker", "asked_by").order_by("-pk")
        ),
        approvals=list(
            Approval.objects.filter(case__family=family)
            .select_related("asked_by", "decided_by", "case__person").order_by("-pk")
        ),
    )  # fmt: skip


def approval_for(actor: Actor, code: str) -> Approval:
    """Return the step asked for of this code; else NotThere."""
    found = Approval.objects.filter(within(actor, "case__family"), code=code)
    approval = found.select_related("case__family", "case__person", "asked_by", "decided_by").first()
    if approval is None:
        raise NotThere
    return approval


def approval_shown(actor: Actor, approval: Approval) -> ApprovalShown:
    """Return a step asked for as its page shows it."""
    words = open_parts([approval.words_id, approval.answer_id])
    label, field = catalogue().label, Approval._meta.get_field
    what = [
        (str(getattr(field(name), "verbose_name", "")), label(words_of, code))
        for name, words_of, code in (
            ("reason", "closing_reasons", approval.reason),
            ("circumstance", "closing_circumstances", approval.circumstance),
            ("to_stage", "stages", approval.to_stage),
        )
        if code
    ]
    is_mine = approval.asked_by_id == actor.staff_id
    waits = approval.state == Approval.State.ASKED
    return ApprovalShown(
        approval=approval,
        words=words.get(approval.words_id, ""),
        answer=words.get(approval.answer_id, "") if approval.answer_id else "",
        what=what,
        may_decide=waits and not is_mine and _decides(actor, approval),
        is_mine=waits and is_mine,
    )


def transfer_for(actor: Actor, code: str) -> Transfer:
    """Return the hand-over of this code, which the fence shows to both sides; else NotThere."""
    found = Transfer.objects.filter(code=code)
    transfer = found.select_related(
        "to_agency", "to_worker", "from_agency", "from_worker", "asked_by", "agreed_by", "answered_by"
    ).first()
    if transfer is None:
        raise NotThere
    return transfer


def transfer_shown(actor: Actor, transfer: Transfer) -> TransferShown:
    """Return a hand-over as both sides read it; the audit says so."""
    opened = open_parts([transfer.words_id, transfer.answer_id, transfer.because_id])
    told: Mapping[str, Any] = opened.get(transfer.words_id, {})
    audit.write(actor, "words.open", about=transfer.code)
    answer = opened.get(transfer.answer_id, {}) if transfer.answer_id else {}
    code = told.get("family", "")
    return TransferShown(
        transfer=transfer,
        family=code,
        district=told.get("district", ""),
        notes=told.get("notes", ""),
        open=_open(told.get("open", ())),
        answer=answer.get("why", ""),
        basis=catalogue().label("legal_bases", transfer.legal_basis) if transfer.legal_basis else "",
        because=opened.get(transfer.because_id, "") if transfer.because_id else "",
        may_agree=_agrees(actor, transfer),
        may_take=_takes(actor, transfer),
        is_mine=transfer.is_open and transfer.asked_by_id == actor.staff_id,
        opens=Family.objects.filter(within(actor), code=code).exists(),
    )


def _open(found: Sequence[Sequence[str]]) -> list[tuple[str, date | None]]:
    label = catalogue().label
    return [(label(words, code), date.fromisoformat(due) if due else None) for words, code, due in found]
