"""Events: what, when, where, and by which bodies; nobody who took part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.models import Event, EventBody
from panoh.exchange.parcels.kinds import Code, Day, Item, Kind, Known, Name, Said, Short, said
from panoh.plan.queries import body_coded


class EventItem(Item):
    code: Code
    title: Said
    kind: Annotated[int, Field(ge=1, le=5)]
    mode: Annotated[int, Field(ge=1, le=3)]
    rules: Annotated[int, Field(ge=1, le=3)]
    state: Annotated[int, Field(ge=1, le=4)]
    starts: Day
    ends: Day
    place: Short
    beside: Name
    bodies: tuple[tuple[Code, Annotated[int, Field(ge=1, le=4)]], ...]


PLAIN = ("kind", "mode", "rules", "state", "starts", "ends", "place")


def _told(event: Event) -> EventItem:
    return EventItem(
        code=event.code, title=said(event.title), beside=event.beside.code if event.beside else "",
        bodies=tuple(sorted((part.body.code, part.part) for part in event.bodies.all())),
        **{name: getattr(event, name) for name in PLAIN},
    )  # fmt: skip


def take_out(country: str) -> Iterable[EventItem]:
    every = Event.objects.select_related("beside").prefetch_related("bodies__body").order_by("pk")
    return [] if country else map(_told, every)


def standing(codes: Collection[str]) -> Mapping[str, EventItem]:
    found = Event.objects.filter(code__in=codes).select_related("beside").prefetch_related("bodies__body")
    return {event.code: _told(event) for event in found}


def refers(item: EventItem) -> Iterable[str]:
    yield from (f"body:{code}" for code, _part in item.bodies)
    if item.beside:
        yield f"event:{item.beside}"


def fit(item: EventItem, known: Known) -> EventItem:
    bodies = tuple(part for part in item.bodies if f"body:{part[0]}" in known)
    beside = item.beside if f"event:{item.beside}" in known else ""
    return item.model_copy(update={"bodies": bodies, "beside": beside})


def put(actor: Actor, item: EventItem) -> None:
    given = {name: getattr(item, name) for name in PLAIN} | {"title": Wording(item.title)}
    given["beside"] = Event.objects.filter(code=item.beside).first() if item.beside else None
    event, _made = Event.objects.update_or_create(code=item.code, defaults=given)
    event.bodies.all().delete()
    EventBody.objects.bulk_create(
        EventBody(event=event, body=body, part=part) for code, part in item.bodies if (body := body_coded(code))
    )


def take_back(actor: Actor, item: EventItem, before: EventItem | None) -> None:
    if before:
        put(actor, before)
    else:
        EventBody.objects.filter(event__code=item.code).delete()
        Event.objects.get(code=item.code).delete()


KIND = Kind(
    name="event", version=1, label=_("Events"), schema=EventItem, after=("body",), take_out=take_out,
    key=lambda item: item.code, whose=lambda item: "", words=lambda item: str(Wording(item.title)),
    standing=standing, put=put, take_back=take_back, refers=refers, fit=fit,
)  # fmt: skip
