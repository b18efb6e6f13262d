"""What the region decided on proposals: merged, adopted, rejected, withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from panoh.access.entrances import Actor
from panoh.exchange.models import Proposal
from panoh.exchange.parcels.kinds import Code, Item, Kind, Known, Name

MERGED = Proposal.State.CONSOLIDATED


class DecisionItem(Item):
    proposal: Code
    state: Annotated[int, Field(ge=3, le=6)]
    merged_into: Name


def _decided(keys: Collection[str] | None = None) -> list[DecisionItem]:
    found = Proposal.objects.filter(state__gte=MERGED).select_related("merged_into").order_by("pk")
    return [
        DecisionItem(proposal=one.code, state=one.state, merged_into=one.merged_into.code if one.merged_into else "")
        for one in (found if keys is None else found.filter(code__in=keys))
    ]


def take_out(country: str) -> Iterable[DecisionItem]:
    return [] if country else _decided()


def standing(keys: Collection[str]) -> Mapping[str, DecisionItem]:
    return {item.proposal: item for item in _decided(keys)}


def refers(item: DecisionItem) -> Iterable[str]:
    return [f"proposal:{code}" for code in (item.proposal, item.merged_into) if code]


def lacks(item: DecisionItem, known: Known, here: DecisionItem | None) -> str:
    if (item.state == MERGED) != bool(item.merged_into):
        return _("It does not say into which proposal this one was merged.")
    missing = [name for name in refers(item) if name not in known]
    return _("It names a proposal that is not here: %(code)s.") % {"code": missing[0]} if missing else ""


def put(actor: Actor, item: DecisionItem) -> None:
    into = Proposal.objects.get(code=item.merged_into) if item.merged_into else None
    Proposal.objects.filter(code=item.proposal).update(state=item.state, merged_into=into)


def take_back(actor: Actor, item: DecisionItem, before: DecisionItem | None) -> None:
    if before:
        put(actor, before)
    else:
        Proposal.objects.filter(code=item.proposal).update(state=Proposal.State.CIRCULATED, merged_into=None)


KIND = Kind(
    name="decision", version=1, label=gettext_lazy("Decisions on proposals"), schema=DecisionItem, after=("proposal",),
    take_out=take_out, key=lambda item: item.proposal, whose=lambda item: "",
    words=lambda item: f"{item.proposal}: {Proposal.State(item.state).label} {item.merged_into}".strip(),
    standing=standing, put=put, take_back=take_back, refers=refers, lacks=lacks,
)  # fmt: skip
