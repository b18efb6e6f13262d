"""What a country answers to a review, once it is submitted; told to the region alone, and never who wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints

from panoh.access.entrances import Actor
from panoh.exchange.parcels.kinds import Code, Item, Kind, Known
from panoh.exchange.refusals_parcels import WordStays
from panoh.plan import actions as plan
from panoh.plan.queries import answers_told


class AnswerItem(Item):
    review: Code
    question: Annotated[int, Field(ge=1, lt=1000)]
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=20_000)]


def _key(item: AnswerItem) -> str:
    return f"{item.review}:{item.question}:{item.country}"


def take_out(country: str) -> Iterable[AnswerItem]:
    return map(AnswerItem.model_validate, answers_told(country)) if country else []


def standing(keys: Collection[str]) -> Mapping[str, AnswerItem]:
    found = map(AnswerItem.model_validate, answers_told(reviews=[key.split(":", 1)[0] for key in keys]))
    return {key: item for item in found if (key := _key(item)) in keys}


def refers(item: AnswerItem) -> Iterable[str]:
    return [f"review:{item.review}"]


def lacks(item: AnswerItem, known: Known, here: AnswerItem | None) -> str:
    if f"review:{item.review}" not in known:
        return _("Its review is not here.")
    return plan.why_no_answer(item.model_dump())


def put(actor: Actor, item: AnswerItem) -> None:
    plan.take_over_answer(actor, item.model_dump())


def take_back(actor: Actor, item: AnswerItem, before: AnswerItem | None) -> None:
    raise WordStays(words=words(item))


def words(item: AnswerItem) -> str:
    told = {"who": item.country, "number": item.question, "code": item.review}
    return _("%(who)s to question %(number)s of review %(code)s") % told


KIND = Kind(
    name="answer", version=1, label=gettext_lazy("Answers to reviews"), schema=AnswerItem, after=("review",),
    take_out=take_out, key=_key, whose=lambda item: item.country, words=words, standing=standing, put=put,
    take_back=take_back, refers=refers, lacks=lacks, goes_to=lambda item, country: not country,
)  # fmt: skip
