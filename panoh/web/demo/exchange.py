"""What the exchange of the demonstration holds: one event that was held, and made-up lessons and proposals."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from panoh.access import clock
from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.access.wordings import Wording
from panoh.exchange import actions
from panoh.exchange.models import (
    TEXTS,
    Event,
    EventBody,
    Lesson,
    LessonReview,
    Output,
    Participation,
)
from panoh.plan import actions as plan
from panoh.plan.models import Body

TOLD = Path(__file__).with_name("exchange.toml")
MADE_UP = "Demonstration"
Told = Mapping[str, Any]


def load_exchange(secretariat: Actor, expert: Actor) -> None:
    """Make the exchange of the demonstration, beside a joint plan whose bodies stand already."""
    told = tomllib.loads(TOLD.read_text(encoding="utf-8"))
    for one in told["body"]:
        plan.add_body(secretariat, code=one["code"], name=_said(one["name"]), kind=one["kind"], country="")
    with acting_for(secretariat.staff_id):
        bodies = {body.code: body for body in Body.objects.all()}
    _event(secretariat, told, bodies)
    lessons = [_lesson(secretariat, expert, one) for one in told["lesson"]]
    for one in told["proposal"]:
        _proposal(secretariat, one, lessons[one["of_lesson"] - 1], bodies)


def _said(told: Mapping[str, str]) -> Wording:
    return Wording(tuple(told.items()))


def _event(by: Actor, told: Told, bodies: Mapping[str, Body]) -> None:
    given, source = told["event"], told["source"]
    event = actions.add_event(
        by, title=_said(given["title"]), kind=Event.Kind.CONFERENCE, mode=Event.Mode.ONLINE, state=Event.State.HELD,
        starts=given["starts"], ends=given["starts"], place=given["place"],
    )  # fmt: skip
    for part, code in ((EventBody.Part.ORGANISER, given["organiser"]), (EventBody.Part.CO_ORGANISER, given["with"])):
        actions.add_part(by, event, "bodies", body=bodies[code], part=part)
    counted = given["participants"]
    actions.add_part(
        by, event, "participants", body=counted["body"], headcount=counted["at_least"],
        qualifier=Participation.Qualifier.MIN, source=source,
    )  # fmt: skip
    paper = {"kind": Output.Kind.DOCUMENT, "title": _said(given["paper"]), "link": given["link"], "language": "en"}
    actions.add_part(by, event, "outputs", **paper)
    for one in told["statement"]:
        actions.add_statement(by, event, **one)


def _lesson(secretariat: Actor, expert: Actor, told: Told) -> Lesson:
    texts = {name: _said(told[name]) for name in TEXTS if name in told}
    lesson = actions.write_lesson(
        expert, **texts, kind=told["kind"], strength=Lesson.Strength.CLAIMED, tags=told["tags"],
        secrecy=Lesson.Secrecy.PUBLIC if told["public"] else Lesson.Secrecy.REGION,
    )  # fmt: skip
    lesson = actions.submit_lesson(expert, lesson)
    if told["published"]:
        actions.review_lesson(secretariat, lesson, verdict=LessonReview.Verdict.RECOMMENDS)
        lesson = actions.publish_lesson(secretariat, lesson)
    return lesson


def _proposal(by: Actor, told: Told, lesson: Lesson, bodies: Mapping[str, Body]) -> None:
    made = actions.add_proposal(by, title=_said(told["title"]), text=_said(told["text"]), lesson=lesson)
    made = actions.circulate_proposal(by, made)
    for one in told["position"]:
        actions.take_position(
            by, made, stance=one["stance"], taken_on=clock.today(), body=bodies[one["body"]],
            statement=one.get("statement", ""), source=MADE_UP,
        )  # fmt: skip
