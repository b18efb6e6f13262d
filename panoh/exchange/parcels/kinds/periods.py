"""Times that countries are asked to report on, and by when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints, model_validator

from panoh.access.entrances import Actor
from panoh.exchange.parcels.kinds import Code, Item, Kind, Known
from panoh.exchange.refusals_parcels import StandsOn
from panoh.plan import actions as plan
from panoh.plan.queries import periods_told


class PeriodItem(Item):
    plan: Code
    name: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=40)]
    every: Annotated[int, Field(ge=1, le=3)]
    starts: date
    ends: date
    due: date

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """Refuse a period that ends before it begins, or is due before it ends."""
        if not self.starts < self.ends <= self.due:
            raise ValueError("days out of order")
        return self


def _key(item: PeriodItem) -> str:
    return f"{item.plan}:{item.every}:{item.starts}"


def take_out(country: str) -> Iterable[PeriodItem]:
    return [] if country else map(PeriodItem.model_validate, periods_told())


def standing(keys: Collection[str]) -> Mapping[str, PeriodItem]:
    found = map(PeriodItem.model_validate, periods_told({key.partition(":")[0] for key in keys}))
    return {key: item for item in found if (key := _key(item)) in keys}


def refers(item: PeriodItem) -> Iterable[str]:
    return [f"edition:{item.plan}"]


def lacks(item: PeriodItem, known: Known, here: PeriodItem | None) -> str:
    if f"edition:{item.plan}" not in known:
        return _("It asks about a plan that is not in force here.")
    return plan.why_no_period(item.model_dump(mode="json")) if here else ""


def put(actor: Actor, item: PeriodItem) -> bool:
    return plan.take_over_period(actor, item.model_dump(mode="json")) is not None


def take_back(actor: Actor, item: PeriodItem, before: PeriodItem | None) -> None:
    if before:
        put(actor, before)
    elif not plan.give_back_period(actor, item.model_dump(mode="json")):
        raise StandsOn(words=item.name)


KIND = Kind(
    name="period", version=1, label=gettext_lazy("Periods"), schema=PeriodItem, after=("edition",), take_out=take_out,
    key=_key, whose=lambda item: "", words=lambda item: f"{item.name}: {item.starts} – {item.ends}",
    standing=standing, put=put, take_back=take_back, refers=refers, lacks=lacks,
)  # fmt: skip
