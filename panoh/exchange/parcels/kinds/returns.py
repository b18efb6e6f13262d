"""That a country's value was given back where it was sent, with the reason; told to that country alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints

from panoh.access.entrances import Actor
from panoh.exchange.parcels.kinds import Code, Figure, Item, Kind, Known, Number, Text
from panoh.exchange.refusals_parcels import WordStays
from panoh.plan import actions as plan
from panoh.plan.queries import returns_told


class ReturnItem(Item):
    """Which value was given back and why. figure, numerator, denominator, words: what was meant, to know it by."""

    plan: Code
    indicator: Number
    every: Annotated[int, Field(ge=1, le=3)]
    starts: date
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    figure: Figure
    numerator: Figure
    denominator: Figure
    words: Text
    reason: Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=20_000)]


def _key(item: ReturnItem) -> str:
    return f"{item.plan}:{item.indicator}:{item.every}:{item.starts}:{item.country}"


def take_out(country: str) -> Iterable[ReturnItem]:
    return [] if country else map(ReturnItem.model_validate, returns_told())


def _indicator(key: str) -> tuple[str, str]:
    plan, _colon, rest = key.partition(":")
    return plan, rest.rsplit(":", 3)[0]


def standing(keys: Collection[str]) -> Mapping[str, ReturnItem]:
    found = map(ReturnItem.model_validate, returns_told([_indicator(key) for key in keys]))
    return {key: item for item in found if (key := _key(item)) in keys}


def lacks(item: ReturnItem, known: Known, here: ReturnItem | None) -> str:
    return plan.why_no_return(item.model_dump(mode="json"))


def put(actor: Actor, item: ReturnItem) -> bool:
    return plan.take_over_return(actor, item.model_dump(mode="json")) is not None


def take_back(actor: Actor, item: ReturnItem, before: ReturnItem | None) -> None:
    raise WordStays(words=words(item))


def words(item: ReturnItem) -> str:
    told = {"who": item.country, "number": item.indicator, "day": item.starts, "why": item.reason[:120]}
    return _("%(who)s on indicator %(number)s, from %(day)s, was returned: %(why)s") % told


KIND = Kind(
    name="return", version=1, label=gettext_lazy("Returned values"), schema=ReturnItem, after=("indicator", "period"),
    take_out=take_out, key=_key, whose=lambda item: "", words=words, standing=standing, put=put, take_back=take_back,
    lacks=lacks, goes_to=lambda item, country: item.country == country,
)  # fmt: skip
