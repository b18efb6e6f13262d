"""Proposals, read: each with its way from lesson to edition, and where everybody stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.exchange.models import Change, Position, Proposal, ProposalPart
from panoh.exchange.queries.parcels import where_from
from panoh.plan.queries import changes_asked_for, country_of, plan_states


@dataclass(frozen=True)
class ProposalShown:
    """A proposal with its parts, positions (the latest and those before) and the changes of the plan it led to."""

    proposal: Proposal
    parts: Sequence[ProposalPart]
    merged: Sequence[Proposal]
    positions: Sequence[Position]
    former: Sequence[Position]
    changes: Sequence[Change]
    is_open: bool
    may_change: bool
    may_speak: bool
    came_from: str = ""
    senders: Mapping[int, str] = field(default_factory=dict)

    @property
    def stands(self) -> list[tuple[Position, str]]:
        """Return the latest positions, each with the partner in whose parcel it came."""
        return [(one, self.senders.get(one.pk, "")) for one in self.positions]


@dataclass(frozen=True)
class ProposalFilters:
    """What a list of proposals is narrowed to; what is empty narrows nothing."""

    state: int | None = None
    country: str = ""
    text: str = ""


def proposals(filters: ProposalFilters | None = None) -> QuerySet[Proposal]:
    """Return the proposals that the reader may see, the newest first."""
    wanted = filters or ProposalFilters()
    found = Proposal.objects.select_related("event", "body")
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.country:
        found = found.filter(country=wanted.country)
    return found.filter(title__icontains=wanted.text) if wanted.text else found


def proposal_for(code: str) -> Proposal:
    """Return the proposal with this code.

    Raises:
        NotThere: there is none, or it is not the reader's to see.
    """
    found = proposals().select_related("merged_into", "lesson").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def proposal_shown(actor: Actor, proposal: Proposal) -> ProposalShown:
    """Return what the page of a proposal shows."""
    positions = list(proposal.positions.select_related("body").order_by("country", "body__code", "-pk"))
    codes = [proposal.code, *([proposal.merged_into.code] if proposal.merged_into else [])]
    is_open = proposal.state in (Proposal.State.DRAFT, Proposal.State.CIRCULATED)
    own = actor.may("proposal.consolidate") or proposal.country == country_of(actor)
    return ProposalShown(
        proposal,
        list(proposal.parts.select_related("asked_by", "proposal")),
        list(proposal.merged.all()),
        [position for position in positions if position.is_current],
        [position for position in positions if not position.is_current],
        changes_asked_for(codes),
        is_open,
        is_open and own and actor.may("proposal.write"),
        is_open and actor.may("position.take"),
        _came_from(proposal),
        _senders(proposal, [position for position in positions if position.is_current]),
    )


def _came_from(proposal: Proposal) -> str:
    """Return the partner in whose parcel a proposal came; nothing of one that was entered here."""
    came = where_from("proposal", [proposal.code]).get(proposal.code)
    return str(came.parcel.partner) if came else ""


def _senders(proposal: Proposal, positions: Sequence[Position]) -> dict[int, str]:
    """Return the partner in whose parcel each of these positions came, where it stands as it came."""
    keys = {one.pk: f"{proposal.code}:{one.body.code if one.body else one.country}" for one in positions}
    came = where_from("position", list(keys.values()))
    found = {}
    for one in positions:
        arrived = came.get(keys[one.pk])
        stands = {"stance": one.stance, "statement": one.statement, "taken_on": one.taken_on.isoformat()}
        if arrived and stands.items() <= arrived.told.items():
            found[one.pk] = str(arrived.parcel.partner)
    return found


def stances(proposals: Collection[int]) -> dict[tuple[int, str], int]:
    """Return the latest position of each country on these proposals; a country that took none is left out."""
    taken = Position.objects.filter(proposal__in=proposals, is_current=True, body=None).exclude(country="")
    return {(proposal, country): stance for proposal, country, stance in
            taken.values_list("proposal_id", "country", "stance")}  # fmt: skip


def matrix_states() -> list[str]:
    """Return the countries that the matrix of positions has a column for: those of the plans, and who took one."""
    taken = Position.objects.filter(is_current=True).exclude(country="").order_by("country")
    return sorted({*plan_states(), *taken.values_list("country", flat=True).distinct()})


def proposals_by_state() -> dict[int, int]:
    """Return how many proposals the reader sees in each state."""
    return dict(Proposal.objects.order_by("state").values_list("state").annotate(n=Count("pk")))
