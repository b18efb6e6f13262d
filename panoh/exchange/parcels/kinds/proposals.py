"""Proposals: their words, and whose they are, never who spoke; a draft leaves from its own country alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.models import Event, Proposal
from panoh.exchange.parcels.kinds import Code, Item, Kind, Known, Name, Said, State, said
from panoh.plan.queries import body_coded


class ProposalItem(Item):
    code: Code
    title: Said
    text: Said
    country: State
    body: Name
    event: Name


def _told(proposal: Proposal) -> ProposalItem:
    return ProposalItem(
        code=proposal.code, title=said(proposal.title), text=said(proposal.text), country=proposal.country,
        body=proposal.body.code if proposal.body else "", event=proposal.event.code if proposal.event else "",
    )  # fmt: skip


def take_out(country: str) -> Iterable[ProposalItem]:
    every = Proposal.objects.select_related("body", "event").order_by("pk")
    return map(_told, every.filter(country=country) if country else every.exclude(state=Proposal.State.DRAFT))


def standing(codes: Collection[str]) -> Mapping[str, ProposalItem]:
    found = Proposal.objects.filter(code__in=codes).select_related("body", "event")
    return {proposal.code: _told(proposal) for proposal in found}


def refers(item: ProposalItem) -> Iterable[str]:
    return [f"{kind}:{code}" for kind, code in (("body", item.body), ("event", item.event)) if code]


def fit(item: ProposalItem, known: Known) -> ProposalItem:
    kept = {
        kind: code if f"{kind}:{code}" in known else "" for kind, code in (("body", item.body), ("event", item.event))
    }
    return item.model_copy(update=kept)


def put(actor: Actor, item: ProposalItem) -> None:
    given = {
        "title": Wording(item.title), "text": Wording(item.text), "country": item.country,
        "body": body_coded(item.body) if item.body else None,
        "event": Event.objects.filter(code=item.event).first() if item.event else None,
    }  # fmt: skip
    Proposal.objects.update_or_create(code=item.code, defaults=given)


def take_back(actor: Actor, item: ProposalItem, before: ProposalItem | None) -> None:
    if before:
        put(actor, before)
    else:
        Proposal.objects.get(code=item.code).delete()


KIND = Kind(
    name="proposal", version=1, label=_("Proposals"), schema=ProposalItem, after=("body", "event"), take_out=take_out,
    key=lambda item: item.code, whose=lambda item: item.country,
    words=lambda item: f"{item.code} {Wording(item.title)}",
    standing=standing, put=put, take_back=take_back, refers=refers, fit=fit,
)  # fmt: skip
