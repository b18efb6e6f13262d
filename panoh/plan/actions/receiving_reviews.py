"""Taking over reviews from where they are held, what countries answer, and that a value was given back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotThere
from panoh.access.wordings import Wording
from panoh.plan.models import (
    ActionPoint,
    Answer,
    Body,
    Finding,
    Plan,
    PlanAction,
    Publication,
    Question,
    Remark,
    Review,
    Value,
)
from panoh.plan.queries.indicators import place_for
from panoh.plan.queries.telling_figures import plain_figure

__all__ = [
    "give_back_finding", "give_back_point", "give_back_review", "take_over_answer", "take_over_finding",
    "take_over_point", "take_over_return", "take_over_review", "why_no_answer", "why_no_finding", "why_no_point",
    "why_no_return", "why_no_review",
]  # fmt: skip

Told = Mapping[str, Any]


def _day(told: str | date | None) -> date | None:
    return date.fromisoformat(told) if isinstance(told, str) else told


# --- what the holder of a review says --------------------------------------------------------------------------------


def why_no_review(told: Told) -> str:
    """Return why a review cannot stand here as it came, or nothing."""
    here = Review.objects.filter(code=told["code"]).first()
    if here is None:
        return ""
    if not here.held_elsewhere:
        return _("It is held here.")
    asked = {number: Wording(text) for number, text in told["questions"]}
    for question in here.questions.filter(answers__isnull=False).distinct():
        if asked.get(question.number) != question.text:
            return _("Its questions were answered here as they stand.")
    return ""


@action("parcel.receive")
def take_over_review(actor: Actor, told: Told) -> Review | None:
    """Put a review with its questions here, to be answered; None where its plan is not in force here."""
    plan = Plan.objects.filter(code=told["plan"]).exclude(state=Plan.State.DRAFT).first()
    if plan is None:
        return None
    given = {name: told[name] for name in ("kind", "state", "met_at", "event")}
    given |= {name: _day(told[name]) for name in ("starts", "ends", "answers_due", "met_on")}
    given |= {"plan": plan, "title": Wording(told["title"]), "held_elsewhere": True}
    review = Review.objects.update_or_create(code=told["code"], defaults=given)[0]
    for number, text in told["questions"]:
        Question.objects.update_or_create(review=review, number=number, defaults={"text": Wording(text)})
    review.questions.exclude(number__in=[number for number, _text in told["questions"]]).delete()
    return review


@action("parcel.receive")
def give_back_review(actor: Actor, code: str) -> None:
    """Take out a review that came, with its questions."""
    Review.objects.get(code=code).delete()


def _place(told: Told) -> Mapping[str, Any]:
    """Return what a finding is about.

    Raises:
        NotThere: it is not in the edition that is in force here.
    """
    place = place_for(Review.objects.select_related("plan").get(code=told["review"]).plan, told["place"])
    return {"action": place, "area": None} if isinstance(place, PlanAction) else {"action": None, "area": place}


def _not_of_theirs(told: Told) -> str:
    """Return why nothing that comes can stand under this review, or nothing."""
    review = Review.objects.filter(code=told["review"]).first()
    return _("It is held here.") if review and not review.held_elsewhere else ""


def why_no_finding(told: Told) -> str:
    """Return why a finding cannot stand here, or nothing."""
    if (why := _not_of_theirs(told)) or not Review.objects.filter(code=told["review"]).exists():
        return why
    try:
        _place(told)
    except NotThere:
        return _("What it is about is not in the edition that is in force here.")
    return ""


@action("parcel.receive")
def take_over_finding(actor: Actor, told: Told) -> Finding:
    """Put what a review found here as it was found."""
    given = {name: told[name] for name in ("kind", "evidence", "asks_for_change")}
    given |= {"review": Review.objects.get(code=told["review"]), "text": Wording(told["text"]), **_place(told)}
    return Finding.objects.update_or_create(code=told["code"], defaults=given)[0]


@action("parcel.receive")
def give_back_finding(actor: Actor, code: str) -> None:
    """Take out a finding that came."""
    Finding.objects.get(code=code).delete()


def why_no_point(told: Told) -> str:
    """Return why an action point cannot stand here, or nothing."""
    return _not_of_theirs(told)


@action("parcel.receive")
def take_over_point(actor: Actor, told: Told) -> ActionPoint:
    """Put what was agreed here as it stands where it is held; who did or verified it does not travel."""
    given = {name: told[name] for name in ("country", "state", "taken", "evidence", "doubt")}
    given |= {name: _day(told[name]) for name in ("due", "done_on", "verified_on")}
    given |= {
        "review": Review.objects.get(code=told["review"]), "body": Body.objects.get(code=told["body"]),
        "finding": Finding.objects.filter(code=told["finding"]).first() if told["finding"] else None,
        "text": Wording(told["text"]), "held_elsewhere": True,
    }  # fmt: skip
    return ActionPoint.objects.update_or_create(code=told["code"], defaults=given)[0]


@action("parcel.receive")
def give_back_point(actor: Actor, code: str) -> None:
    """Take out an action point that came."""
    ActionPoint.objects.get(code=code).delete()


# --- what countries answer -------------------------------------------------------------------------------------------


def why_no_answer(told: Told) -> str:
    """Return why a country's answer cannot stand here, or nothing."""
    question = Question.objects.filter(review__code=told["review"], number=told["question"]).first()
    if question is None:
        return _("This review has no such question here.")
    if told["country"] not in question.review.plan.states:
        return _("This country is not asked for it here.")
    if question.review.state != Review.State.ASKING:
        return _("The countries are not being asked any more.")
    here = question.answers.filter(country=told["country"]).first()
    if here and here.state == Answer.State.SUBMITTED:
        return _("It is submitted here, and locked.")
    return _("Somebody is entering it here.") if here else ""


@action("parcel.receive")
def take_over_answer(actor: Actor, told: Told) -> Answer:
    """Put what a country submitted elsewhere here, submitted and locked."""
    question = Question.objects.get(review__code=told["review"], number=told["question"])
    return Answer.objects.create(
        question=question, country=told["country"], text=told["text"], state=Answer.State.SUBMITTED, by_id=actor.me
    )


# --- that a value was given back -------------------------------------------------------------------------------------


def _meant(told: Told) -> Value | None:
    whose = {
        "indicator__plan__code": told["plan"], "indicator__number": told["indicator"], "country": told["country"],
        "period__every": told["every"], "period__starts": told["starts"],
    }  # fmt: skip
    return Value.objects.select_related("period").filter(**whose).first()


def why_no_return(told: Told) -> str:
    """Return why a value cannot be given back here, or nothing."""
    here = _meant(told)
    if here is None or here.state == Value.State.NO_DATA:
        return _("No such value was reported here.")
    if Publication.objects.filter(period=here.period).exists():
        return _("The figures of this period are public here, and do not change.")
    if here.state == Value.State.IN_PROGRESS:
        return _("It is being entered anew here.")
    stands = (*map(plain_figure, (here.number, here.numerator, here.denominator)), here.words)
    if stands != (told["figure"], told["numerator"], told["denominator"], told["words"]):
        return _("Another value stands here by now.")
    return ""


@action("parcel.receive")
def take_over_return(actor: Actor, told: Told) -> Value | None:
    """Open a value again that was given back where it was sent, with the reason; None where there is none."""
    value = _meant(told)
    if value is None:
        return None
    value.state, value.decided_by_id, value.decided_at = Value.State.RETURNED, actor.me, timezone.now()
    value.save(update_fields=("state", "decided_by", "decided_at"))
    Remark.objects.create(value=value, kind=Remark.Kind.RETURNED, text=told["reason"], by_id=actor.me)
    return value
