"""What a review found, so that a change of the plan can cite its code in each country."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.parcels.kinds import Code, Item, Kind, Known, Said, Short, Text
from panoh.plan import actions as plan
from panoh.plan.queries import findings_told


class FindingItem(Item):
    """What was found. place: the number of the action, or of the area with its pillar's before it."""

    code: Code
    review: Code
    place: Short
    kind: Annotated[int, Field(ge=1, le=3)]
    text: Said
    evidence: Text
    asks_for_change: bool


def take_out(country: str) -> Iterable[FindingItem]:
    return [] if country else map(FindingItem.model_validate, findings_told())


def standing(codes: Collection[str]) -> Mapping[str, FindingItem]:
    return {item.code: item for item in map(FindingItem.model_validate, findings_told(codes))}


def lacks(item: FindingItem, known: Known, here: FindingItem | None) -> str:
    if f"review:{item.review}" not in known:
        return _("Its review is not here.")
    return plan.why_no_finding(item.model_dump())


def put(actor: Actor, item: FindingItem) -> None:
    plan.take_over_finding(actor, item.model_dump())


def take_back(actor: Actor, item: FindingItem, before: FindingItem | None) -> None:
    if before:
        put(actor, before)
    else:
        plan.give_back_finding(actor, item.code)


KIND = Kind(
    name="finding", version=1, label=gettext_lazy("Findings of reviews"), schema=FindingItem, after=("review",),
    take_out=take_out, key=lambda item: item.code, whose=lambda item: "",
    words=lambda item: f"{item.code} {Wording(item.text)}"[:200], standing=standing, put=put, take_back=take_back,
    refers=lambda item: [f"review:{item.review}"], lacks=lacks,
)  # fmt: skip
