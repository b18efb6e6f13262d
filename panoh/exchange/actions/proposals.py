"""Proposals and the positions taken on them."""

from __future__ import annotations

from datetime import date

from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotAllowed
from panoh.access.wordings import Wording
from panoh.exchange.models import Event, Position, Proposal
from panoh.exchange.refusals import PositionOfNobody, ProposalOver
from panoh.plan.models import Body
from panoh.plan.queries import country_of


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
    quote: str = "",
) -> Proposal:
    """Enter a proposal; who does not edit all of them enters those of their own country.

    Raises:
        NotAllowed: it is another country's.
    """
    _own(actor, country)
    return Proposal.objects.create(
        title=title, text=text, proposer=proposer, country=country, body=body, event=event, quote=quote
    )


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
    """
    if not country and body is None:
        raise PositionOfNobody
    _own(actor, country)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state not in (Proposal.State.DRAFT, Proposal.State.CIRCULATED):
        raise ProposalOver
    whose = {"body": body} if body else {"country": country, "body": None}
    proposal.positions.filter(is_current=True, **whose).update(is_current=False)
    return Position.objects.create(
        proposal=proposal, country=country, body=body, who=who, stance=stance, statement=statement, taken_on=taken_on,
        source=source,
    )  # fmt: skip


def _own(actor: Actor, country: str) -> None:
    if not actor.may("proposal.consolidate") and country != country_of(actor):
        raise NotAllowed
