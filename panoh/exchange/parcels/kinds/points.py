"""Who does what about a review until when, and how far it is; never which person did or verified it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.parcels.kinds import Code, Day, Item, Kind, Known, Name, Said, Source, State, Text
from panoh.plan import actions as plan
from panoh.plan.queries import points_told


class PointItem(Item):
    code: Code
    review: Code
    finding: Name
    text: Said
    body: Code
    country: State
    due: date
    state: Annotated[int, Field(ge=1, le=3)]
    taken: Text
    evidence: Source
    done_on: Day
    verified_on: Day
    doubt: Text


def take_out(country: str) -> Iterable[PointItem]:
    return [] if country else map(PointItem.model_validate, points_told())


def standing(codes: Collection[str]) -> Mapping[str, PointItem]:
    return {item.code: item for item in map(PointItem.model_validate, points_told(codes))}


def refers(item: PointItem) -> Iterable[str]:
    found = [f"review:{item.review}", f"body:{item.body}"]
    return [*found, f"finding:{item.finding}"] if item.finding else found


def lacks(item: PointItem, known: Known, here: PointItem | None) -> str:
    missing = [name for name in refers(item) if name not in known]
    if missing:
        return _("It names something that is not here: %(name)s.") % {"name": missing[0]}
    return plan.why_no_point(item.model_dump())


def put(actor: Actor, item: PointItem) -> None:
    plan.take_over_point(actor, item.model_dump())


def take_back(actor: Actor, item: PointItem, before: PointItem | None) -> None:
    if before:
        put(actor, before)
    else:
        plan.give_back_point(actor, item.code)


KIND = Kind(
    name="point", version=1, label=gettext_lazy("Action points"), schema=PointItem,
    after=("body", "review", "finding"), take_out=take_out, key=lambda item: item.code, whose=lambda item: "",
    words=lambda item: f"{item.code} {Wording(item.text)}"[:200], standing=standing, put=put, take_back=take_back,
    refers=refers, lacks=lacks,
)  # fmt: skip
