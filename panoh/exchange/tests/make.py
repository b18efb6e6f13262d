"""Lessons, proposals and an event for tests, by those who write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.models import Event, Lesson, LessonReview, Proposal
from panoh.plan.tests.make import english, worker

DAY = date(2026, 11, 26)


def event(**more: Any) -> Event:
    """Return a conference."""
    given = {"title": english("Ten years of the plan"), "kind": Event.Kind.CONFERENCE, "starts": DAY, **more}
    return actions.add_event(worker("exchange_editor"), **given)


def lesson(by: Actor | None = None, **more: Any) -> Lesson:
    """Return a draft of Kazakhstan's focal point."""
    given = {
        "kind": Lesson.Kind.SUCCESS, "title": english("Birth certificates through the court in Zhusan"),
        "tried": english("A judge comes to the centre."), "strength": Lesson.Strength.DESCRIBED, "country": "KZ",
        "tags": ["documents"], **more,
    }  # fmt: skip
    return actions.write_lesson(by or worker("focal_point", "KZ"), **given)


def reviewed(by: Actor | None = None, **more: Any) -> Lesson:
    """Return a lesson that a peer of the lesson's country, or of none, recommends."""
    made = lesson(by, **more)
    actions.submit_lesson(by or worker("focal_point", "KZ"), made)
    reviewer = worker("expert", "KZ" if made.secrecy == Lesson.Secrecy.NATIONAL else "")
    actions.review_lesson(reviewer, seen(reviewer, made), verdict=LessonReview.Verdict.RECOMMENDS)
    return made


def published(by: Actor | None = None, **more: Any) -> Lesson:
    """Return a lesson that everybody of its class reads."""
    made = reviewed(by, **more)
    if made.country:
        actions.consent_to_lesson(worker("focal_point", made.country), made)
    return actions.publish_lesson(worker("exchange_editor"), made)


def seen(by: Actor, made: Lesson) -> Lesson:
    """Return a lesson as somebody reads it."""
    with acting_for(by.staff_id):
        return Lesson.objects.get(pk=made.pk)


def proposal(country: str = "", *, circulated: bool = True, **more: Any) -> Proposal:
    """Return a proposal of a country, in circulation."""
    by = worker("focal_point", country) if country else worker("secretariat")
    given = {"title": english("Certificates within 90 days"), "text": english("Each child has one in 90 days."), **more}
    made = actions.add_proposal(by, country=country, **given)
    return actions.circulate_proposal(by, made) if circulated else made
