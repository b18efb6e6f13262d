"""Bodies that answer for something, without their contact office."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.parcels.kinds import Code, Item, Kind, Said, State
from panoh.plan import actions as plan
from panoh.plan.queries import bodies_told


class BodyItem(Item):
    code: Code
    name: Said
    kind: Annotated[int, Field(ge=1, le=6)]
    country: State


def take_out(country: str) -> Iterable[BodyItem]:
    return [BodyItem.model_validate(told) for told in bodies_told(country)]


def standing(codes: Collection[str]) -> Mapping[str, BodyItem]:
    return {told["code"]: BodyItem.model_validate(told) for told in bodies_told() if told["code"] in codes}


def put(actor: Actor, item: BodyItem) -> None:
    plan.take_over_body(actor, item.model_dump())


def take_back(actor: Actor, item: BodyItem, before: BodyItem | None) -> None:
    if before:
        put(actor, before)
    else:
        plan.give_back_body(actor, item.code)


KIND = Kind(
    name="body", version=1, label=_("Bodies"), schema=BodyItem, after=(), take_out=take_out,
    key=lambda item: item.code, whose=lambda item: item.country, words=lambda item: str(Wording(item.name)),
    standing=standing, put=put, take_back=take_back,
)  # fmt: skip
