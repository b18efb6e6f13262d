"""Editions of a plan in force, each with its whole tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.parcels.kinds import Code, Day, Item, Kind, Known, Name, Said, Short, State, Web
from panoh.plan import actions as plan
from panoh.plan.queries import edition_told, plans, plans_in_force

Count = Annotated[int, Field(ge=1, lt=2**15)]


class AreaTold(Item):
    code: Code
    title: Said
    rationale: Said


class PillarTold(Item):
    number: Count
    title: Said
    areas: tuple[AreaTold, ...]


class ActionTold(Item):
    code: Code
    pillar: Count
    area: Code
    parent: Name
    text: Said
    starts: Day
    ends: Day
    states: tuple[State, ...]
    origin: Annotated[int, Field(ge=1, le=3)]
    asked_for_in: Name
    grade: Annotated[str, Field(pattern=r"^[ABC]$")]
    source: Web
    since: Count
    edition: Count
    serves: tuple[Count, ...]
    bodies: tuple[tuple[Code, Annotated[int, Field(ge=1, le=4)]], ...]


class EditionItem(Item):
    code: Code
    title: Said
    states: tuple[State, ...]
    edition: Count
    state: Annotated[int, Field(ge=2, le=3)]
    starts: Day
    ends: Day
    source: Web
    adopted_on: date
    adopted_at: Short
    pillars: tuple[PillarTold, ...]
    actions: tuple[ActionTold, ...]


def take_out(country: str) -> Iterable[EditionItem]:
    return [] if country else list(standing([one.code for one in plans_in_force()]).values())


def standing(codes: Collection[str]) -> Mapping[str, EditionItem]:
    found = {code: edition_told(code) for code in codes}
    return {code: EditionItem.model_validate(told) for code, told in found.items() if told}


def refers(item: EditionItem) -> Iterable[str]:
    return {f"body:{code}" for action in item.actions for code, _part in action.bodies}


def lacks(item: EditionItem, known: Known, here: EditionItem | None) -> str:
    if here is None and any(one.code == item.code for one in plans()):
        return _("A draft with this code is written here. Give the draft another code first.")
    if here and here.edition > item.edition:
        return _("Edition %(edition)s is in force here already.") % {"edition": here.edition}
    if here and here.edition == item.edition and here != item:
        return _("The same edition is in force here with other words. Ask the sender which one was adopted.")
    places = {(pillar.number, area.code) for pillar in item.pillars for area in pillar.areas}
    if any((one.pillar, one.area) not in places for one in item.actions):
        return _("An action stands in an area that the plan does not have.")
    missing = sorted(name for name in refers(item) if name not in known)
    return _("It names a body that is not registered here: %(body)s.") % {"body": missing[0]} if missing else ""


def put(actor: Actor, item: EditionItem) -> None:
    plan.take_over_plan(actor, item.model_dump(mode="json"))


def take_back(actor: Actor, item: EditionItem, before: EditionItem | None) -> None:
    plan.give_back_plan(actor, item.code)


def words(item: EditionItem) -> str:
    told = {"plan": Wording(item.title), "edition": item.edition, "actions": len(item.actions)}
    return _("%(plan)s, edition %(edition)s, %(actions)s actions") % told


KIND = Kind(
    name="edition", version=1, label=gettext_lazy("Editions of the plan"), schema=EditionItem, after=("body",),
    take_out=take_out, key=lambda item: item.code, whose=lambda item: "", words=words, standing=standing, put=put,
    take_back=take_back, refers=refers, lacks=lacks,
)  # fmt: skip
