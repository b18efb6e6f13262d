"""What a state reported last on each action of a plan in force; never who reported it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints

from panoh.access.entrances import Actor
from panoh.exchange.parcels.kinds import Code, Day, Item, Kind, Known, Text, Web
from panoh.exchange.refusals_parcels import ReportStays
from panoh.plan import actions as plan
from panoh.plan.queries import reports_told, status_in_words


class StatusItem(Item):
    plan: Code
    action: Code
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    state: Annotated[int, Field(ge=1, le=5)]
    on: date
    note: Text
    source: Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=400)]
    evidence_kind: Annotated[str, StringConstraints(pattern=r"^(document|dataset|event|statement|visit)?$")]
    evidence: Web
    evidence_on: Day


def _key(item: StatusItem) -> str:
    return f"{item.plan}:{item.action}:{item.country}"


def take_out(country: str) -> Iterable[StatusItem]:
    return map(StatusItem.model_validate, reports_told(country=country))


def standing(keys: Collection[str]) -> Mapping[str, StatusItem]:
    asked = [(plan, action, country) for plan, action, country in (key.split(":") for key in keys)]
    return {_key(item): item for item in map(StatusItem.model_validate, reports_told(keys=asked))}


def refers(item: StatusItem) -> Iterable[str]:
    return [f"edition:{item.plan}"]


def lacks(item: StatusItem, known: Known, here: StatusItem | None) -> str:
    if f"edition:{item.plan}" not in known:
        return _("It reports on a plan that is not in force here.")
    if here and here.on > item.on:
        return _("A report of a later day stands here.")
    return ""


def put(actor: Actor, item: StatusItem) -> bool:
    return plan.take_over_status(actor, item.model_dump(mode="json")) is not None


def take_back(actor: Actor, item: StatusItem, before: StatusItem | None) -> None:
    raise ReportStays(words=words(item))


def words(item: StatusItem) -> str:
    told = {"who": item.country, "code": item.action, "what": status_in_words(item.state), "day": item.on}
    return _("%(who)s on action %(code)s: %(what)s, %(day)s") % told


KIND = Kind(
    name="status", version=1, label=gettext_lazy("Reports on actions"), schema=StatusItem, after=("edition",),
    take_out=take_out, key=_key, whose=lambda item: item.country, words=words, standing=standing, put=put,
    take_back=take_back, refers=refers, lacks=lacks,
)  # fmt: skip
