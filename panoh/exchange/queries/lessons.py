"""Lessons, read: what the reader's class allows, searched in any language, compared version by version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.db import connection
from django.db.models import Count, QuerySet

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.exchange.models import TEXTS, Lesson, LessonReview, Partner, Proposal
from panoh.exchange.spelling import asked_spellings
from panoh.plan.queries import country_of

MOST_FOUND = 300
MOST_RELATED = 5
_KEPT_FOR_SEARCH = ("words", "plain", "spellings")


@dataclass(frozen=True)
class Filters:
    """What a list of lessons is narrowed to; what is empty narrows nothing."""

    kind: int | None = None
    country: str = ""
    tag: str = ""
    state: int | None = None


def lessons(filters: Filters | None = None) -> QuerySet[Lesson]:
    """Return the lessons that the reader may see, the newest first."""
    wanted = filters or Filters()
    given = {"kind": wanted.kind, "country": wanted.country, "state": wanted.state}
    every = Lesson.objects.defer(*_KEPT_FOR_SEARCH).filter(**{name: value for name, value in given.items() if value})
    return every.filter(tags__contains=[wanted.tag]) if wanted.tag else every


class Found(Sequence[Lesson]):
    """Lessons in the order of their numbers; of many only those of a page are read, when it is asked for."""

    def __init__(self, order: Sequence[int]) -> None:
        self.order = order

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[Lesson]:
        return iter(self[:])

    @overload
    def __getitem__(self, place: int) -> Lesson: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Lesson]: ...
    def __getitem__(self, place: int | slice) -> Lesson | Sequence[Lesson]:
        asked = self.order[place] if isinstance(place, slice) else [self.order[place]]
        there = lessons().in_bulk(asked)
        found = [there[pk] for pk in asked if pk in there]
        return found if isinstance(place, slice) else found[0]


def find_lessons(said: str, filters: Filters | None = None) -> Found:
    """Return the lessons that answer a question in any language and script, the best first, 300 at most."""
    wanted = filters or Filters()
    given = [said[:400], asked_spellings(said), wanted.kind, wanted.country or None, wanted.tag or None, wanted.state]
    return _in_order("select id from app.find_lessons(%s, %s, %s, %s, %s, %s, %s)", [*given, MOST_FOUND])


def lesson_for(code: str) -> Lesson:
    """Return the lesson with this code.

    Raises:
        NotThere: there is none, or it is not the reader's to see.
    """
    found = lessons().select_related("body", "event", "author", "reviewed_by").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def related_lessons(lesson: Lesson) -> Found:
    """Return the lessons that share most words of the title and tags."""
    return _in_order("select id from app.related_lessons(%s, %s)", [lesson.pk, MOST_RELATED])


def lesson_tags(most: int = 60) -> list[str]:
    """Return the tags of the lessons that the reader sees, the most used first."""
    with connection.cursor() as cursor:
        cursor.execute("select tag from app.lesson_tags(%s)", [most])
        return [tag for (tag,) in cursor.fetchall()]


@dataclass(frozen=True)
class Told:
    """One text of a lesson: its heading, the text in the reader's language and in which language that is."""

    name: str
    label: str
    text: str
    language: str


@dataclass(frozen=True)
class LessonShown:
    """A lesson as its page shows it, and which steps the reader can take now; sender: the partner it came from."""

    lesson: Lesson
    texts: Sequence[Told]
    languages: Sequence[str]
    reviews: Sequence[LessonReview]
    proposals: Sequence[Proposal]
    related: Sequence[Lesson]
    steps: frozenset[str]
    sender: str


def lesson_shown(actor: Actor, lesson: Lesson) -> LessonShown:
    """Return a lesson with its reviews, its proposals and the lessons near it."""
    written = next(iter(lesson.title), "")
    texts = [(name, getattr(lesson, name)) for name in TEXTS[1:]]
    return LessonShown(
        lesson,
        [Told(name, Lesson.label_of(name), str(text), text.language)
         for name, text in texts if text],
        [written, *sorted({code for _, text in [("", lesson.title), *texts] for code in text} - {written})],
        list(lesson.reviews.select_related("reviewer__agency")),
        list(lesson.proposals.all()),
        list(related_lessons(lesson)),
        _steps(actor, lesson),
        str(Partner.objects.filter(code=lesson.came_from).first() or "") if lesson.came_from else "",
    )  # fmt: skip


def _steps(actor: Actor, lesson: Lesson) -> frozenset[str]:
    state, country = lesson.state, country_of(actor)
    is_ours = bool(country) and lesson.country == country
    is_of_mine = actor.may("lesson.write") and (
        is_ours or lesson.author_id == actor.staff_id or actor.may("lesson.publish")
    )
    is_open, is_reviewed = state in (Lesson.State.DRAFT, Lesson.State.IN_REVIEW), state == Lesson.State.IN_REVIEW
    is_own = lesson.is_own_of(country)
    can = {
        "edit": is_of_mine and is_open,
        "translate": is_of_mine and is_own and state != Lesson.State.WITHDRAWN,
        "submit": is_of_mine and state == Lesson.State.DRAFT,
        "review": is_reviewed and actor.may("lesson.review") and lesson.author_id != actor.staff_id,
        "consent": is_ours and lesson.needs_consent and actor.may("lesson.write") and is_open,
        "publish": is_reviewed and actor.may("lesson.publish") and bool(lesson.reviewed_by_id)
        and not lesson.needs_consent,
        "take-back": is_of_mine and is_own and state in (Lesson.State.PUBLISHED, Lesson.State.WITHDRAWN),
        "withdraw": is_of_mine and state != Lesson.State.WITHDRAWN,
        "propose": actor.may("proposal.write") and state == Lesson.State.PUBLISHED,
    }  # fmt: skip
    return frozenset(step for step, is_possible in can.items() if is_possible)


def lessons_by_kind() -> dict[int, int]:
    """Return how many published lessons of each kind the reader sees."""
    published = Lesson.objects.filter(state=Lesson.State.PUBLISHED).order_by("kind")
    return dict(published.values_list("kind").annotate(n=Count("pk")))


def _in_order(statement: str, given: Sequence[Any]) -> Found:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return Found([pk for (pk,) in cursor.fetchall()])
