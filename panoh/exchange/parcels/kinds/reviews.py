"""Reviews of a plan with what countries are asked, from where they are held to the countries that answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.parcels.kinds import Code, Day, Item, Kind, Known, Name, Said, Short
from panoh.plan import actions as plan
from panoh.plan.queries import reviews_told


class ReviewItem(Item):
    plan: Code
    code: Code
    title: Said
    kind: Annotated[int, Field(ge=1, le=5)]
    state: Annotated[int, Field(ge=2, le=4)]
    starts: date
    ends: date
    answers_due: date
    met_on: Day
    met_at: Short
    event: Name
    questions: tuple[tuple[Annotated[int, Field(ge=1, lt=1000)], Said], ...]


def take_out(country: str) -> Iterable[ReviewItem]:
    return [] if country else map(ReviewItem.model_validate, reviews_told())


def standing(codes: Collection[str]) -> Mapping[str, ReviewItem]:
    told = (one for one in reviews_told(codes) if one["state"] > 1)
    return {item.code: item for item in map(ReviewItem.model_validate, told)}


def lacks(item: ReviewItem, known: Known, here: ReviewItem | None) -> str:
    if f"edition:{item.plan}" not in known:
        return _("It looks back at a plan that is not in force here.")
    return plan.why_no_review(item.model_dump(mode="json"))


def put(actor: Actor, item: ReviewItem) -> bool:
    return plan.take_over_review(actor, item.model_dump(mode="json")) is not None


def take_back(actor: Actor, item: ReviewItem, before: ReviewItem | None) -> None:
    if before:
        put(actor, before)
    else:
        plan.give_back_review(actor, item.code)


KIND = Kind(
    name="review", version=1, label=gettext_lazy("Reviews"), schema=ReviewItem, after=("edition",), take_out=take_out,
    key=lambda item: item.code, whose=lambda item: "", words=lambda item: f"{item.code} {Wording(item.title)}",
    standing=standing, put=put, take_back=take_back, refers=lambda item: [f"edition:{item.plan}"], lacks=lacks,
)  # fmt: skip
