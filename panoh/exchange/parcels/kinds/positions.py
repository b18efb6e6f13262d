"""Where a country or a body stands on a proposal now; never who spoke for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from panoh.access.entrances import Actor
from panoh.exchange.models import Position, Proposal
from panoh.exchange.parcels.kinds import Code, Item, Kind, Known, Name, Source, State, Text
from panoh.plan.queries import body_coded


class PositionItem(Item):
    proposal: Code
    country: State
    body: Name
    stance: Annotated[int, Field(ge=1, le=5)]
    statement: Text
    taken_on: date
    source: Source


def _key(item: PositionItem) -> str:
    return f"{item.proposal}:{item.body or item.country}"


def _told(one: Position) -> PositionItem:
    return PositionItem(
        proposal=one.proposal.code, country=one.country, body=one.body.code if one.body else "", stance=one.stance,
        statement=one.statement, taken_on=one.taken_on, source=one.source,
    )  # fmt: skip


def take_out(country: str) -> Iterable[PositionItem]:
    now = Position.objects.filter(is_current=True).exclude(proposal__state=Proposal.State.DRAFT)
    found = now.select_related("proposal", "body").order_by("pk")
    return map(_told, found.filter(country=country, body=None) if country else found)


def standing(keys: Collection[str]) -> Mapping[str, PositionItem]:
    codes = {key.split(":", 1)[0] for key in keys}
    now = Position.objects.filter(is_current=True, proposal__code__in=codes).select_related("proposal", "body")
    found = {_key(item): item for item in map(_told, now)}
    return {key: found[key] for key in keys if key in found}


def refers(item: PositionItem) -> Iterable[str]:
    return [f"proposal:{item.proposal}", *([f"body:{item.body}"] if item.body else [])]


def lacks(item: PositionItem, known: Known, here: PositionItem | None) -> str:
    if not item.country and not item.body:
        return _("It names neither country nor body.")
    missing = [name for name in refers(item) if name not in known]
    return _("It names something that is not here: %(name)s.") % {"name": missing[0]} if missing else ""


def _whose(item: PositionItem) -> Q:
    return Q(body__code=item.body) if item.body else Q(body=None, country=item.country)


def put(actor: Actor, item: PositionItem) -> None:
    proposal = Proposal.objects.get(code=item.proposal)
    proposal.positions.filter(_whose(item), is_current=True).update(is_current=False)
    Position.objects.create(
        proposal=proposal, country=item.country, body=body_coded(item.body) if item.body else None,
        stance=item.stance, statement=item.statement, taken_on=item.taken_on, source=item.source,
    )  # fmt: skip


def take_back(actor: Actor, item: PositionItem, before: PositionItem | None) -> None:
    taken = Position.objects.filter(_whose(item), proposal__code=item.proposal)
    taken.get(is_current=True).delete()
    if before and (last := taken.order_by("-pk").first()):
        last.is_current = True
        last.save(update_fields=("is_current",))


def words(item: PositionItem) -> str:
    told = {"who": item.body or item.country, "what": Position.Stance(item.stance).label, "code": item.proposal}
    return _("%(who)s on %(code)s: %(what)s") % told


KIND = Kind(
    name="position", version=1, label=gettext_lazy("Positions"), schema=PositionItem, after=("body", "proposal"),
    take_out=take_out, key=_key, whose=lambda item: item.country, words=words, standing=standing, put=put,
    take_back=take_back, refers=refers, lacks=lacks,
)  # fmt: skip
