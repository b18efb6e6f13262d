"""What a country reports on indicators, told to the region alone; submitted there, and approved by somebody there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints, model_validator

from panoh.access.entrances import Actor
from panoh.exchange.parcels.kinds import Code, Figure, Item, Kind, Known, Number, Short, Text
from panoh.exchange.refusals_parcels import StandsOn
from panoh.plan import actions as plan
from panoh.plan.queries import values_told

RELEASE = 4


class ValueItem(Item):
    """A value that was submitted at home. An empty figure is none, never 0."""

    plan: Code
    indicator: Number
    every: Annotated[int, Field(ge=1, le=3)]
    starts: date
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    figure: Figure
    numerator: Figure
    denominator: Figure
    words: Text
    parts: tuple[tuple[Short, Short], ...]
    source_kind: Annotated[int, Field(ge=1, le=RELEASE)]
    source: Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=400)]
    source_url: Annotated[str, StringConstraints(pattern=r"^((https?|ftps?)://[^\x00\s]+)?$", max_length=400)]
    digest: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
    note: Text

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Refuse a value that says nothing, is of no denominator, or of a release without its digest."""
        if not (self.figure or (self.numerator and self.denominator) or self.words):
            raise ValueError("nothing is reported")
        if self.denominator and Decimal(self.denominator) <= 0:
            raise ValueError("a denominator that is not above 0")
        if (self.source_kind == RELEASE) != bool(self.digest):
            raise ValueError("a release without its digest")
        return self


def _key(item: ValueItem) -> str:
    return f"{item.plan}:{item.indicator}:{item.every}:{item.starts}:{item.country}"


def take_out(country: str) -> Iterable[ValueItem]:
    return map(ValueItem.model_validate, values_told(country)) if country else []


def _indicator(key: str) -> tuple[str, str]:
    plan, _colon, rest = key.partition(":")
    return plan, rest.rsplit(":", 3)[0]


def standing(keys: Collection[str]) -> Mapping[str, ValueItem]:
    found = map(ValueItem.model_validate, values_told(names=[_indicator(key) for key in keys]))
    return {key: item for item in found if (key := _key(item)) in keys}


def refers(item: ValueItem) -> Iterable[str]:
    return [f"indicator:{item.plan}:{item.indicator}", f"period:{item.plan}:{item.every}:{item.starts}"]


def lacks(item: ValueItem, known: Known, here: ValueItem | None) -> str:
    indicator, period = refers(item)
    if indicator not in known:
        return _("Its indicator is not here.")
    if period not in known:
        return _("Nobody is asked here to report on this time.")
    return plan.why_no_value(item.model_dump(mode="json"))


def put(actor: Actor, item: ValueItem) -> bool:
    return plan.take_over_value(actor, item.model_dump(mode="json")) is not None


def take_back(actor: Actor, item: ValueItem, before: ValueItem | None) -> None:
    told = before.model_dump(mode="json") if before else None
    if not plan.give_back_value(actor, item.model_dump(mode="json"), told):
        raise StandsOn(words=words(item))


def words(item: ValueItem) -> str:
    what = item.figure or item.words[:80] or f"{item.numerator} / {item.denominator}"
    told = {"who": item.country, "number": item.indicator, "day": item.starts, "what": what}
    return _("%(who)s on indicator %(number)s, from %(day)s: %(what)s") % told


KIND = Kind(
    name="value", version=1, label=gettext_lazy("Values of indicators"), schema=ValueItem,
    after=("indicator", "period"), take_out=take_out, key=_key, whose=lambda item: item.country, words=words,
    standing=standing, put=put, take_back=take_back, refers=refers, lacks=lacks,
    goes_to=lambda item, country: not country,
)  # fmt: skip
