"""Reviews: how far the countries' answers are, what was found, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Prefetch, Q, QuerySet

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.plan.models import ActionPoint, Answer, Body, Change, Finding, Plan, Question, Review
from panoh.plan.queries.tree import country_of


def reviews_of(plan: Plan) -> QuerySet[Review]:
    """Return the reviews of a plan, the newest first, each with how many of its action points are verified."""
    verified = Count("points", filter=Q(points__state=ActionPoint.State.VERIFIED))
    overdue = Count("points", filter=Q(points__state=ActionPoint.State.OPEN, points__due__lt=today()))
    counted = plan.reviews.annotate(verified=verified, agreed=Count("points"), overdue=overdue)
    return counted.order_by("-starts", "-pk")


def review_for(code: str) -> Review:
    """Return the review with this code.

    Raises:
        NotThere: there is none.
    """
    found = Review.objects.select_related("plan").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def finding_for(code: str) -> Finding:
    """Return the finding with this code.

    Raises:
        NotThere: there is none.
    """
    found = Finding.objects.select_related("review__plan", "action", "area__pillar").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def point_for(code: str) -> ActionPoint:
    """Return the action point with this code.

    Raises:
        NotThere: there is none.
    """
    found = ActionPoint.objects.select_related("review__plan", "finding", "body").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def body_for(code: str) -> Body:
    """Return the body with this code.

    Raises:
        NotThere: there is none.
    """
    found = Body.objects.filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def bodies() -> QuerySet[Body]:
    """Return every body that answers for something."""
    return Body.objects.all()


def points_of(plan: Plan) -> QuerySet[ActionPoint]:
    """Return the action points of a plan: what is not verified first, the longest due on top."""
    is_over = ExpressionWrapper(Q(state=ActionPoint.State.VERIFIED), BooleanField())
    related = ActionPoint.objects.filter(review__plan=plan).select_related("review", "body", "finding", "done_by")
    return related.order_by(is_over, "due", "pk")


@dataclass(frozen=True)
class CountryAnswers:
    """A country's answers; value and part are what a bar shows."""

    label: str
    value: int
    part: int
    is_submitted: bool


@dataclass(frozen=True)
class FindingShown:
    """A finding, what is done about it, and the changes of the plan that cite it."""

    finding: Finding
    points: Sequence[ActionPoint]
    changes: Sequence[Change]


@dataclass(frozen=True)
class ReviewShown:
    """A review with its answers, findings and action points, and what the reader can do."""

    review: Review
    questions: Sequence[Question]
    countries: Sequence[CountryAnswers]
    findings: Sequence[FindingShown]
    other_points: Sequence[ActionPoint]
    verified: int
    agreed: int
    overdue: int
    mine: str
    may_answer: bool


def review_shown(actor: Actor, review: Review) -> ReviewShown:
    """Return what a review's page shows; drafts of answers are left to the country that writes them."""
    mine = country_of(actor)
    seen = Q(state=Answer.State.SUBMITTED) | Q(country=mine or None)
    given = list(Answer.objects.filter(question__review=review))
    submitted = {answer.country for answer in given if answer.state == Answer.State.SUBMITTED}
    shown = Answer.objects.filter(seen).select_related("by")
    questions = list(review.questions.prefetch_related(Prefetch("answers", shown)))
    counted: Mapping[str, int] = {
        state: sum(answer.country == state for answer in given) for state in review.plan.states
    }
    countries = [CountryAnswers(state, len(questions), counted[state], state in submitted) for state in counted]
    points = list(review.points.select_related("body", "done_by", "verified_by"))
    may_answer = (
        actor.may("review.answer") and review.state == Review.State.ASKING and mine in counted and mine not in submitted
    )
    return ReviewShown(
        review, questions, countries, _findings(review, points), [one for one in points if one.finding_id is None],
        sum(point.state == ActionPoint.State.VERIFIED for point in points), len(points),
        sum(point.is_overdue for point in points), mine, may_answer,
    )  # fmt: skip


def _findings(review: Review, points: Sequence[ActionPoint]) -> list[FindingShown]:
    found = list(review.findings.select_related("action", "area__pillar"))
    cited = Change.objects.filter(revision__plan=review.plan_id, asked_for_in__in=[one.code for one in found])
    changes = list(cited.select_related("revision__plan", "action"))
    return [
        FindingShown(
            one, [point for point in points if point.finding_id == one.pk],
            [change for change in changes if change.asked_for_in == one.code],
        )
        for one in found
    ]  # fmt: skip


def answers_of(review: Review, country: str) -> Mapping[int, str]:
    """Return a country's answers by number of the question."""
    given = Answer.objects.filter(question__review=review, country=country).select_related("question")
    return {answer.question.number: answer.text for answer in given}
