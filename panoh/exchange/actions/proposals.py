"""Proposals and the positions taken on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotAllowed
from panoh.access.wordings import Wording
from panoh.exchange.actions.checking import kept, locked
from panoh.exchange.models import Body, Event, Lesson, Plan, PlanAction, Position, Proposal, ProposalPart
from panoh.exchange.refusals import (
    DropWithoutReason,
    NothingToMerge,
    PositionOfNobody,
    ProposalNotCirculated,
    ProposalOver,
)
from panoh.plan.actions import Wanted, begin_revision, propose_change
from panoh.plan.queries import country_of, revision_in_work

OPEN = (Proposal.State.DRAFT, Proposal.State.CIRCULATED)


@action("proposal.write")
def add_proposal(
    actor: Actor,
    *,
    title: Wording,
    text: Wording,
    proposer: str = "",
    country: str = "",
    body: Body | None = None,
    event: Event | None = None,
    lesson: Lesson | None = None,
    quote: str = "",
) -> Proposal:
    """Enter a proposal as a draft; who does not edit all of them enters those of their own country.

    Raises:
        NotAllowed: it is another country's.
        EntryNotRight: something does not fit its field.
    """
    _own(actor, country)
    return kept(Proposal(
        title=title, text=text, proposer=proposer, country=country, body=body, event=event, lesson=lesson, quote=quote
    ))  # fmt: skip


@action("proposal.write")
def edit_proposal(actor: Actor, proposal: Proposal, *, title: Wording, text: Wording, proposer: str = "") -> Proposal:
    """Reword a draft; what is in circulation stays as countries read it.

    Raises:
        NotAllowed: it is another country's.
        ProposalOver: it is no draft any more.
    """
    proposal = _locked(actor, proposal, Proposal.State.DRAFT)
    proposal.title, proposal.text, proposal.proposer = title, text, proposer
    return kept(proposal)


@action("proposal.write")
def circulate_proposal(actor: Actor, proposal: Proposal) -> Proposal:
    """Let every country read a draft and take a position on it.

    Raises:
        NotAllowed: it is another country's.
        ProposalOver: it is no draft any more.
    """
    return _into(_locked(actor, proposal, Proposal.State.DRAFT), Proposal.State.CIRCULATED)


@action("proposal.write")
def withdraw_proposal(actor: Actor, proposal: Proposal) -> Proposal:
    """Withdraw a proposal; it and the positions on it stay to be read.

    Raises:
        NotAllowed: it is another country's.
        ProposalOver: it was decided, merged or withdrawn.
    """
    return _into(_locked(actor, proposal, *OPEN), Proposal.State.WITHDRAWN)


@action("proposal.adopt")
def reject_proposal(actor: Actor, proposal: Proposal) -> Proposal:
    """Record that a proposal was not adopted.

    Raises:
        ProposalOver: it was decided, merged or withdrawn.
    """
    return _into(_locked(actor, proposal, *OPEN), Proposal.State.REJECTED)


@action("proposal.consolidate")
def consolidate_proposals(actor: Actor, proposals: Sequence[Proposal], *, title: Wording, text: Wording) -> Proposal:
    """Merge proposals into a new one, a draft in which each of them is a part that was kept so far.

    Raises:
        NothingToMerge: fewer than two are open.
    """
    chosen = {proposal.pk for proposal in proposals}
    merged = list(Proposal.objects.select_for_update().filter(pk__in=chosen, state__in=OPEN).order_by("pk"))
    if len(merged) < 2 or len(merged) < len(chosen):
        raise NothingToMerge
    one = kept(Proposal(title=title, text=text))
    for number, source in enumerate(merged, 1):
        ProposalPart.objects.create(proposal=one, number=number, asked_by=source, asked=source.text, text=source.text)
        source.merged_into = one
        _into(source, Proposal.State.CONSOLIDATED)
    return one


@action("proposal.consolidate")
def word_part(
    actor: Actor, part: ProposalPart, *, outcome: int, text: Wording, because: str = "", dissent: str = ""
) -> ProposalPart:
    """Say what became of a part that a merged proposal asked for, why, and who dissents.

    Raises:
        ProposalOver: the consolidated proposal was decided or withdrawn.
        DropWithoutReason: the part is dropped and nobody says why.
    """
    if part.proposal.state not in OPEN:
        raise ProposalOver
    if outcome == ProposalPart.Outcome.DROPPED and not because.strip():
        raise DropWithoutReason
    part.outcome, part.because, part.dissent = outcome, because, dissent
    part.text = Wording() if outcome == ProposalPart.Outcome.DROPPED else text
    return kept(part)


@action("proposal.adopt")
def adopt_proposal(
    actor: Actor,
    proposal: Proposal,
    plan: Plan,
    *,
    of: PlanAction | None = None,
    to: Wanted | None = None,
    because: str = "",
) -> Proposal:
    """Put what a proposal asks for into the plan's open revision, or into one that begins with it.

    Raises:
        ProposalNotCirculated: countries have not seen it, or it is decided.
        PlanNotInForce, ActionNumberTaken, ChangedAlready, NotOfThisPlan, NothingToAdopt: of the plan.
    """
    proposal = locked(proposal)
    if proposal.state != Proposal.State.CIRCULATED:
        raise ProposalNotCirculated
    revision = revision_in_work(plan) or begin_revision(actor, plan)
    propose_change(actor, revision, of=of, to=to, asked_for_in=proposal.code, because=because)
    return _into(proposal, Proposal.State.ADOPTED)


@action("position.take")
def take_position(
    actor: Actor,
    proposal: Proposal,
    *,
    stance: int,
    taken_on: date,
    country: str = "",
    body: Body | None = None,
    who: str = "",
    statement: str = "",
    source: str = "",
) -> Position:
    """Record where a country or a body stands; what it said before stays to be read.

    Raises:
        PositionOfNobody: neither country nor body is named.
        ProposalOver: the proposal was decided, merged or withdrawn.
        NotAllowed: it is another country's.
        EntryNotRight: something does not fit its field.
    """
    if not country and body is None:
        raise PositionOfNobody
    _own(actor, country)
    proposal.refresh_from_db(fields=("state",))  # not locked: it is another country's
    if proposal.state not in OPEN:
        raise ProposalOver
    whose = {"body": body} if body else {"country": country, "body": None}
    proposal.positions.filter(is_current=True, **whose).update(is_current=False)
    return kept(Position(
        proposal=proposal, country=country, body=body, who=who, stance=stance, statement=statement, taken_on=taken_on,
        source=source,
    ))  # fmt: skip


def _own(actor: Actor, country: str) -> None:
    if not actor.may("proposal.consolidate") and country != country_of(actor):
        raise NotAllowed


def _locked(actor: Actor, proposal: Proposal, *states: int) -> Proposal:
    _own(actor, proposal.country)
    found = locked(proposal)
    if found.state not in states:
        raise ProposalOver
    return found


def _into(proposal: Proposal, state: int) -> Proposal:
    proposal.state = state
    proposal.save(update_fields=("state", "merged_into"))
    return proposal
