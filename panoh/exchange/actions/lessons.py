"""Lessons: written, translated, reviewed by a peer, agreed to by their country, published, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotAllowed
from panoh.exchange.actions.checking import kept, locked
from panoh.exchange.models import TEXTS, Lesson, LessonReview
from panoh.exchange.refusals import (
    ConsentMissing,
    LessonChangedMeanwhile,
    LessonFromElsewhere,
    LessonNotInReview,
    LessonNotOpen,
    NotReviewed,
    OriginalLanguage,
    OwnLesson,
)
from panoh.exchange.spelling import spellings_of
from panoh.plan.queries import country_of

OPEN = (Lesson.State.DRAFT, Lesson.State.IN_REVIEW)


@action("lesson.write")
def write_lesson(actor: Actor, /, **fields: Any) -> Lesson:
    """Write a lesson; it is a draft. Who does not publish writes those of their own country, or of none.

    fields: those of `Lesson` from kind to secrecy.

    Raises:
        NotAllowed: it is another country's.
        EntryNotRight: something does not fit its field.
    """
    lesson = Lesson(author_id=actor.staff_id or None, **fields)
    _own(actor, lesson.country)
    return _written(lesson)


@action("lesson.write")
def edit_lesson(actor: Actor, /, lesson: Lesson, *, seen_version: int, **fields: Any) -> Lesson:
    """Change a lesson that is not published; what was reviewed and agreed to before is reviewed and agreed to anew.

    Raises:
        LessonNotOpen: it is published or withdrawn.
        LessonChangedMeanwhile: somebody changed it since it was read.
        NotAllowed: it would be another country's.
        EntryNotRight: something does not fit its field.
    """
    lesson = _seen(lesson, seen_version)
    if lesson.state not in OPEN:
        raise LessonNotOpen
    for name, value in fields.items():
        setattr(lesson, name, value)
    _own(actor, lesson.country)
    return _written(lesson)


@action("lesson.write")
def translate_lesson(
    actor: Actor, lesson: Lesson, *, language: str, texts: Mapping[str, str], seen_version: int
) -> Lesson:
    """Put a translation beside the lesson, or change it; a published lesson stays published.

    Raises:
        OriginalLanguage: the lesson was written in this language.
        LessonFromElsewhere: it came in a parcel and is another's.
        LessonChangedMeanwhile: somebody changed it since it was read.
    """
    lesson = _seen(lesson, seen_version)
    _written_here(actor, lesson)
    if language == next(iter(lesson.title), ""):
        raise OriginalLanguage
    for name in TEXTS:
        setattr(lesson, name, getattr(lesson, name).worded(language, texts.get(name, "")))
    return _written(lesson)


@action("lesson.write")
def submit_lesson(actor: Actor, lesson: Lesson) -> Lesson:
    """Give a draft to peer review.

    Raises:
        LessonNotOpen: it is no draft.
    """
    return _moved(lesson, Lesson.State.DRAFT, Lesson.State.IN_REVIEW)


@action("lesson.review")
def review_lesson(actor: Actor, lesson: Lesson, *, verdict: int, text: str = "") -> LessonReview:
    """Say as a peer what is to be thought of a lesson as it stands.

    Raises:
        LessonNotInReview: nobody asked for a review.
        OwnLesson: the reviewer wrote it.
    """
    if lesson.state != Lesson.State.IN_REVIEW:
        raise LessonNotInReview
    if lesson.author_id == actor.staff_id:
        raise OwnLesson
    return LessonReview.objects.create(
        lesson=lesson, version=lesson.version, reviewer_id=actor.me, verdict=verdict, text=text
    )


@action("lesson.write")
def consent_to_lesson(actor: Actor, lesson: Lesson) -> Lesson:
    """Agree for one's country that a lesson is shared beyond it.

    Raises:
        NotAllowed: the country is another, or none.
        LessonNotOpen: it is withdrawn.
    """
    if not lesson.country or lesson.country != country_of(actor):
        raise NotAllowed
    if lesson.state == Lesson.State.WITHDRAWN:
        raise LessonNotOpen
    lesson = locked(lesson)
    lesson.consent_by = f"{actor.name}, {actor.agency}"[:200]
    lesson.consent_on = today()
    return _stored(lesson)


@action("lesson.publish")
def publish_lesson(actor: Actor, lesson: Lesson) -> Lesson:
    """Publish a lesson that a peer recommends and its country agrees to share.

    Raises:
        LessonNotInReview: it is not in peer review.
        NotReviewed: no peer has recommended this version.
        ConsentMissing: the country has not agreed.
    """
    lesson = locked(lesson)
    if lesson.state != Lesson.State.IN_REVIEW:
        raise LessonNotInReview
    if lesson.reviewed_by_id is None:
        raise NotReviewed
    if lesson.needs_consent:
        raise ConsentMissing
    lesson.state = Lesson.State.PUBLISHED
    return _stored(lesson)


@action("lesson.write")
def withdraw_lesson(actor: Actor, lesson: Lesson) -> Lesson:
    """Withdraw a lesson; those who could see its drafts still read it."""
    lesson = locked(lesson)
    lesson.state = Lesson.State.WITHDRAWN
    return _stored(lesson)


@action("lesson.write")
def take_back_lesson(actor: Actor, lesson: Lesson) -> Lesson:
    """Make a draft of a lesson again, to change it; review and consent are asked for anew.

    Raises:
        LessonFromElsewhere: it came in a parcel and is another's.
    """
    lesson = locked(lesson)
    _written_here(actor, lesson)
    lesson.state, lesson.reviewed_by, lesson.consent_by, lesson.consent_on = Lesson.State.DRAFT, None, "", None
    return _stored(lesson)


def _own(actor: Actor, country: str) -> None:
    if country and not actor.may("lesson.publish") and country != country_of(actor):
        raise NotAllowed


def _written_here(actor: Actor, lesson: Lesson) -> None:
    if not lesson.is_own_of(country_of(actor)):
        raise LessonFromElsewhere


def _seen(lesson: Lesson, version: int) -> Lesson:
    found = locked(lesson)
    if found.version != version:
        raise LessonChangedMeanwhile(version=found.version)
    return found


def _moved(lesson: Lesson, of: int, to: int) -> Lesson:
    lesson = locked(lesson)
    if lesson.state != of:
        raise LessonNotOpen
    lesson.state = to
    return _stored(lesson)


def _written(lesson: Lesson) -> Lesson:
    lesson.spellings = spellings_of(lesson)
    return _read_back(kept(lesson))


def _stored(lesson: Lesson) -> Lesson:
    lesson.save(update_fields=("state", "reviewed_by", "consent_by", "consent_on"))
    return _read_back(lesson)


def _read_back(lesson: Lesson) -> Lesson:
    lesson.refresh_from_db()
    return lesson
