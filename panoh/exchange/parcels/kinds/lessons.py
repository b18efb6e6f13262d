"""Published lessons that their country agreed to share, and that one of them is shared no more; never who wrote it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any, Self

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints, model_validator

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.models import MOST_TAGS, TEXTS, Arrived, Event, Lesson, Parcel
from panoh.exchange.parcels.kinds import Code, Day, Item, Kind, Known, Name, Said, State, said
from panoh.exchange.refusals_parcels import ChangedSince, StandsOn
from panoh.exchange.spelling import spellings_of
from panoh.plan.queries import body_coded

PUBLISHED, WITHDRAWN, NATIONAL = Lesson.State.PUBLISHED, Lesson.State.WITHDRAWN, Lesson.Secrecy.NATIONAL
PLAIN = ("kind", "strength", "secrecy", "consent_on")
Tag = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", max_length=40)]


class LessonItem(Item):
    """A lesson as it is shared, or with state 4 nothing of it but that it is not shared any more."""

    code: Code
    country: State
    state: Annotated[int, Field(ge=3, le=4)]
    kind: Annotated[int, Field(ge=0, le=5)] = 0
    strength: Annotated[int, Field(ge=0, le=3)] = 0
    secrecy: Annotated[int, Field(ge=0, le=2)] = 0
    title: Said = ()
    context: Said = ()
    tried: Said = ()
    outcome: Said = ()
    for_whom: Said = ()
    evidence: Said = ()
    conditions: Said = ()
    cost: Said = ()
    tags: Annotated[tuple[Tag, ...], Field(max_length=MOST_TAGS)] = ()
    body: Name = ""
    event: Name = ""
    consent_on: Day = None

    @model_validator(mode="after")
    def says_all(self) -> Self:
        """Refuse a lesson that is shared and lacks what each has, or its country's consent."""
        if self.state == PUBLISHED and not (self.kind and self.strength and self.secrecy and self.title):
            raise ValueError("a lesson without its title or kind")
        if self.state == PUBLISHED and self.country and not self.consent_on:
            raise ValueError("a lesson that its country did not agree to share")
        return self


def _told(lesson: Lesson) -> LessonItem:
    if lesson.state != PUBLISHED or lesson.secrecy == NATIONAL or lesson.needs_consent:
        return LessonItem(code=lesson.code, country=lesson.country, state=WITHDRAWN)
    told: dict[str, Any] = {name: said(getattr(lesson, name)) for name in TEXTS}
    told |= {name: getattr(lesson, name) for name in PLAIN}
    return LessonItem(
        code=lesson.code, country=lesson.country, state=PUBLISHED, tags=tuple(lesson.tags),
        body=lesson.body.code if lesson.body else "", event=lesson.event.code if lesson.event else "", **told,
    )  # fmt: skip


def _told_once() -> set[str]:
    """Return the codes of the lessons that any parcel took to a partner."""
    sent = Parcel.objects.filter(direction=Parcel.Direction.OUT, content__contains='"kind":"lesson"')
    parts = (part for (text,) in sent.values_list("content") for part in json.loads(text)["contents"])
    return {item["code"] for part in parts if part["kind"] == KIND.name for item in part["items"]}


def take_out(country: str) -> Iterable[LessonItem]:
    every = Lesson.objects.select_related("body", "event").defer("words", "plain", "spellings").order_by("pk")
    found = [_told(lesson) for lesson in (every.filter(country=country) if country else every)]
    gone = {item.code for item in found if item.state == WITHDRAWN}
    told = _told_once() if gone else set()
    return [item for item in found if item.state == PUBLISHED or item.code in told]


def standing(codes: Collection[str]) -> Mapping[str, LessonItem]:
    found = Lesson.objects.filter(code__in=codes).select_related("body", "event").defer("words", "plain", "spellings")
    return {lesson.code: _told(lesson) for lesson in found}


def hidden(codes: Collection[str]) -> Collection[str]:
    with connection.cursor() as cursor:
        cursor.execute("select app.lessons_standing(%s)", [list(codes)])
        return {code for (code,) in cursor.fetchall()}


def refers(item: LessonItem) -> Iterable[str]:
    return [f"{kind}:{code}" for kind, code in (("body", item.body), ("event", item.event)) if code]


def fit(item: LessonItem, known: Known) -> LessonItem:
    kept = {
        kind: code if f"{kind}:{code}" in known else "" for kind, code in (("body", item.body), ("event", item.event))
    }
    return item.model_copy(update=kept)


def lacks(item: LessonItem, known: Known, here: LessonItem | None) -> str:
    if here is None and item.state == WITHDRAWN:
        return _("It is not shared any more, and never stood here.")
    if here and Lesson.objects.filter(code=item.code, came_from="").exists():
        return _("It was written here, and stands here in other words.")
    return ""


def _sender(actor: Actor, code: str) -> str:
    """Return the code of the partner whose words are to stand now."""
    parcel = Parcel.objects.select_related("partner").get(
        by_id=actor.me, state__in=(Parcel.State.TAKING, Parcel.State.TAKING_BACK)
    )
    if parcel.state == Parcel.State.TAKING_BACK:
        before = Arrived.objects.filter(kind=KIND.name, key=code, parcel__state=Parcel.State.TAKEN).order_by("-pk")
        parcel = one.parcel if (one := before.select_related("parcel__partner").first()) else parcel
    return parcel.partner.code


def put(actor: Actor, item: LessonItem) -> None:
    lesson = Lesson.objects.filter(code=item.code).first() or Lesson(code=item.code, country=item.country)
    lesson.state, lesson.came_from = item.state, _sender(actor, item.code)
    if item.state == WITHDRAWN:
        lesson.save(update_fields=("state", "came_from"))
        return
    for name in TEXTS:
        setattr(lesson, name, Wording(getattr(item, name)))
    for name in PLAIN:
        setattr(lesson, name, getattr(item, name))
    lesson.country, lesson.tags = item.country, list(item.tags)
    lesson.body = body_coded(item.body) if item.body else None
    lesson.event = Event.objects.filter(code=item.event).first() if item.event else None
    lesson.consent_by = item.country if item.consent_on else ""
    lesson.spellings = spellings_of(lesson)
    lesson.save()


def take_back(actor: Actor, item: LessonItem, before: LessonItem | None) -> None:
    lesson = Lesson.objects.filter(code=item.code).exclude(came_from="").first()
    if lesson is None:  # its country took it up here and had it reviewed anew
        raise ChangedSince(words=words(item))
    if before:
        put(actor, before)
    elif lesson.reviews.exists():
        raise StandsOn(words=words(item))
    else:
        lesson.delete()


def words(item: LessonItem) -> str:
    if item.state == WITHDRAWN:
        return _("%(code)s is not shared any more") % {"code": item.code}
    return f"{item.code} {Wording(item.title)}"


KIND = Kind(
    name="lesson", version=1, label=gettext_lazy("Lessons"), schema=LessonItem, after=("body", "event"),
    take_out=take_out, key=lambda item: item.code, whose=lambda item: item.country, words=words, standing=standing,
    put=put, take_back=take_back, refers=refers, fit=fit, lacks=lacks, hidden=hidden,
)  # fmt: skip
