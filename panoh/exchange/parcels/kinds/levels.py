"""Where indicators began and are to be: of all together, and of one country, which goes to that country alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, model_validator

from panoh.access.entrances import Actor
from panoh.exchange.parcels.kinds import Code, Figure, Item, Kind, Known, Number, Source, State, Text
from panoh.plan import actions as plan
from panoh.plan.queries import levels_told

BASELINE, TARGET = 1, 2


class LevelItem(Item):
    plan: Code
    indicator: Number
    kind: Annotated[int, Field(ge=BASELINE, le=TARGET)]
    country: State
    year: Annotated[int, Field(ge=0, lt=2**15)]
    figure: Figure
    source: Source
    note: Text

    @model_validator(mode="after")
    def says_where_to(self) -> Self:
        """Refuse a target without a figure."""
        if self.kind == TARGET and not self.figure:
            raise ValueError("a target without a figure")
        return self


def _key(item: LevelItem) -> str:
    return f"{item.plan}:{item.indicator}:{item.kind}:{item.country}:{item.year if item.kind == TARGET else ''}"


def take_out(country: str) -> Iterable[LevelItem]:
    return map(LevelItem.model_validate, levels_told(country))


def _indicator(key: str) -> tuple[str, str]:
    plan, _colon, rest = key.partition(":")
    return plan, rest.rsplit(":", 3)[0]


def standing(keys: Collection[str]) -> Mapping[str, LevelItem]:
    found = map(LevelItem.model_validate, levels_told(names=[_indicator(key) for key in keys]))
    return {key: item for item in found if (key := _key(item)) in keys}


def refers(item: LevelItem) -> Iterable[str]:
    return [f"indicator:{item.plan}:{item.indicator}"]


def lacks(item: LevelItem, known: Known, here: LevelItem | None) -> str:
    missing = next((name for name in refers(item) if name not in known), "")
    return _("Its indicator is not here.") if missing else ""


def put(actor: Actor, item: LevelItem) -> bool:
    return plan.take_over_level(actor, item.model_dump(mode="json")) is not None


def take_back(actor: Actor, item: LevelItem, before: LevelItem | None) -> None:
    if before:
        put(actor, before)
    else:
        plan.give_back_level(actor, item.model_dump(mode="json"))


def words(item: LevelItem) -> str:
    told = {"number": item.indicator, "who": item.country, "year": item.year, "figure": item.figure or "–"}
    if item.kind == TARGET:
        return _("%(number)s %(who)s, target of %(year)s: %(figure)s") % told
    return _("%(number)s %(who)s, baseline of %(year)s: %(figure)s") % told


KIND = Kind(
    name="level", version=1, label=gettext_lazy("Baselines and targets"), schema=LevelItem, after=("indicator",),
    take_out=take_out, key=_key, whose=lambda item: item.country, words=words, standing=standing, put=put,
    take_back=take_back, refers=refers, lacks=lacks,
    goes_to=lambda item, country: not item.country or country in ("", item.country),
)  # fmt: skip
