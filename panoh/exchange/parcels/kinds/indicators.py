"""What is measured of a plan in force, and by which rules its values are put together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.parcels.kinds import Code, Item, Kind, Known, Number, Said
from panoh.plan import actions as plan
from panoh.plan.queries import indicators_told


class IndicatorItem(Item):
    plan: Code
    number: Number
    place: Annotated[str, StringConstraints(pattern=r"^[^\x00]{1,24}$")]  # an action, or a pillar and area: 1/1.2
    text: Said
    kind: Annotated[int, Field(ge=1, le=4)]
    measure: Annotated[int, Field(ge=1, le=5)]
    ascending: bool
    unit: Said
    method: Said
    verification: Said
    every: Annotated[int, Field(ge=1, le=3)]
    breakdowns: tuple[Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", max_length=40)], ...]
    disclosure: Annotated[int, Field(ge=1, le=3)]
    over_periods: Annotated[int, Field(ge=1, le=4)]
    over_countries: Annotated[int, Field(ge=1, le=4)]


def _key(item: IndicatorItem) -> str:
    return f"{item.plan}:{item.number}"


def take_out(country: str) -> Iterable[IndicatorItem]:
    return [] if country else map(IndicatorItem.model_validate, indicators_told())


def standing(keys: Collection[str]) -> Mapping[str, IndicatorItem]:
    names = [(plan, number) for plan, _colon, number in (key.partition(":") for key in keys)]
    found = {_key(item): item for item in map(IndicatorItem.model_validate, indicators_told(names))}
    return {key: found[key] for key in keys if key in found}


def refers(item: IndicatorItem) -> Iterable[str]:
    return [f"edition:{item.plan}"]


def lacks(item: IndicatorItem, known: Known, here: IndicatorItem | None) -> str:
    if f"edition:{item.plan}" not in known:
        return _("It measures a plan that is not in force here.")
    return plan.why_no_indicator(item.model_dump(mode="json")) if here else ""


def put(actor: Actor, item: IndicatorItem) -> bool:
    return plan.take_over_indicator(actor, item.model_dump(mode="json")) is not None


def take_back(actor: Actor, item: IndicatorItem, before: IndicatorItem | None) -> None:
    if before:
        put(actor, before)
    else:
        plan.give_back_indicator(actor, item.plan, item.number)


KIND = Kind(
    name="indicator", version=1, label=gettext_lazy("Indicators"), schema=IndicatorItem, after=("edition",),
    take_out=take_out, key=_key, whose=lambda item: "", words=lambda item: f"{item.number} {Wording(item.text)}",
    standing=standing, put=put, take_back=take_back, refers=refers, lacks=lacks,
)  # fmt: skip
