"""A review from its questions to the last verified action point."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Max

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.wordings import Wording
from panoh.plan.models import ActionPoint, Answer, Area, Body, Finding, Plan, PlanAction, Question, Review
from panoh.plan.queries.tree import country_of
from panoh.plan.refusals import NotOfThisPlan
from panoh.plan.refusals_reviews import (
    AnswersLocked,
    AnswersMissing,
    DoneByYou,
    HeldElsewhere,
    NoQuestion,
    NotAtThisStage,
    PointOver,
    PointsOpen,
    ReviewOfNoCountry,
    TakenMissing,
)
from panoh.plan.refusals_values import AnotherCountrys, DaysOutOfOrder, ReasonMissing

State = Review.State


def _at(review: Review, *states: int, to_answer: bool = False) -> Review:
    found = Review.objects.select_related("plan").get(pk=review.pk)
    if found.held_elsewhere and not to_answer:
        raise HeldElsewhere
    if found.state not in states:
        raise NotAtThisStage(stage=found.get_state_display())
    return found


@action("review.hold")
def begin_review(
    actor: Actor, plan: Plan, *, title: Wording, kind: int, starts: date, ends: date, answers_due: date
) -> Review:
    """Begin to look back at a time.

    Raises:
        DaysOutOfOrder: it ends before it begins.
    """
    if starts >= ends:
        raise DaysOutOfOrder
    told = {"title": title, "kind": kind, "starts": starts, "ends": ends, "answers_due": answers_due}
    return Review.objects.create(plan=plan, **told)


@action("review.hold")
def add_question(actor: Actor, review: Review, *, text: Wording) -> Question:
    """Write the next question.

    Raises:
        NotAtThisStage: the countries are being asked already.
        HeldElsewhere: it came in a parcel.
    """
    review = _at(review, State.PREPARING)
    last: int = review.questions.aggregate(last=Max("number"))["last"] or 0
    return Question.objects.create(review=review, number=last + 1, text=text)


@action("review.hold")
def ask_countries(actor: Actor, review: Review) -> Review:
    """Put the questions to the countries; they stay as they are from now on.

    Raises:
        NotAtThisStage: they were asked already.
        HeldElsewhere: it came in a parcel.
        NoQuestion: there is nothing to ask.
    """
    review = _at(review, State.PREPARING)
    if not review.questions.exists():
        raise NoQuestion
    review.state = State.ASKING
    review.save(update_fields=("state",))
    return review


def _speaks_for(actor: Actor, review: Review, country: str) -> str:
    """Return the country for which the actor answers: the one named, or the actor's own."""
    mine = country_of(actor)
    wanted = country or mine
    if wanted not in review.plan.states:
        raise ReviewOfNoCountry
    if wanted != mine and not actor.may("review.hold"):
        raise AnotherCountrys
    return wanted


@action("review.answer")
def write_answers(actor: Actor, review: Review, *, texts: Mapping[int, str], country: str = "") -> list[Answer]:
    """Keep a country's answers by number of the question as drafts; an empty one is taken out.

    Raises:
        NotAtThisStage: the countries are not being asked.
        ReviewOfNoCountry: the actor speaks for no country of the plan.
        AnotherCountrys: the actor speaks for another country.
        AnswersLocked: the country submitted its answers.
    """
    review = _at(review, State.ASKING, to_answer=True)
    country = _speaks_for(actor, review, country)
    mine = Answer.objects.filter(question__review=review, country=country)
    if mine.filter(state=Answer.State.SUBMITTED).exists():
        raise AnswersLocked
    for question in review.questions.filter(number__in=texts):
        text = texts[question.number].strip()
        if text:
            told = {"text": text, "by_id": actor.staff_id or 0}
            Answer.objects.update_or_create(question=question, country=country, defaults=told)
        else:
            mine.filter(question=question).delete()
    return list(mine)


@action("review.answer")
def submit_answers(actor: Actor, review: Review, *, country: str = "") -> Review:
    """Submit a country's answers to all questions; they are locked from now on.

    Raises:
        NotAtThisStage: the countries are not being asked.
        ReviewOfNoCountry: the actor speaks for no country of the plan.
        AnotherCountrys: the actor speaks for another country.
        AnswersLocked: they are submitted already.
        AnswersMissing: a question is not answered.
    """
    review = _at(review, State.ASKING, to_answer=True)
    country = _speaks_for(actor, review, country)
    mine = Answer.objects.filter(question__review=review, country=country)
    if mine.filter(state=Answer.State.SUBMITTED).exists():
        raise AnswersLocked
    missing = review.questions.exclude(answers__in=mine).count()
    if missing:
        raise AnswersMissing(n=missing)
    mine.update(state=Answer.State.SUBMITTED, by_id=actor.staff_id or 0)
    return review


@action("review.hold")
def hold_meeting(actor: Actor, review: Review, *, on: date, at: str = "", event: str = "") -> Review:
    """Record that the answers were discussed; event: its code in the exchange.

    Raises:
        NotAtThisStage: the countries were not asked, or the meeting is on record.
        HeldElsewhere: it came in a parcel.
    """
    review = _at(review, State.ASKING)
    review.state, review.met_on, review.met_at, review.event = State.MET, on, at, event
    review.save()
    return review


@action("review.hold")
def record_finding(
    actor: Actor,
    review: Review,
    *,
    about: PlanAction | Area,
    kind: int,
    text: Wording,
    evidence: str = "",
    asks_for_change: bool = False,
) -> Finding:
    """Record what the review found out; a change of the plan can cite its code.

    Raises:
        NotAtThisStage: the review is closed, or has not begun.
        HeldElsewhere: it came in a parcel.
        NotOfThisPlan: the action or area is of another plan.
    """
    review = _at(review, State.ASKING, State.MET)
    place = about.plan_id if isinstance(about, PlanAction) else about.pillar.plan_id
    if place != review.plan_id:
        raise NotOfThisPlan
    whose = {"action": about} if isinstance(about, PlanAction) else {"area": about}
    told = {"kind": kind, "text": text, "evidence": evidence, "asks_for_change": asks_for_change}
    return Finding.objects.create(review=review, **whose, **told)


@action("review.hold")
def agree_point(
    actor: Actor,
    review: Review,
    *,
    text: Wording,
    body: Body,
    due: date,
    country: str = "",
    finding: Finding | None = None,
) -> ActionPoint:
    """Say who does what until when; country: whose own it is, else that of the body.

    Raises:
        NotAtThisStage: the review is closed, or has not begun.
        HeldElsewhere: it came in a parcel.
        NotOfThisPlan: the finding is of another review.
    """
    review = _at(review, State.ASKING, State.MET)
    if finding is not None and finding.review_id != review.pk:
        raise NotOfThisPlan
    told = {"text": text, "body": body, "due": due, "country": country or body.country, "finding": finding}
    return ActionPoint.objects.create(review=review, **told)


def _held(point: ActionPoint, state: int) -> ActionPoint:
    found = ActionPoint.objects.select_for_update(of=("self",)).select_related("review").get(pk=point.pk)
    if found.held_elsewhere:
        raise HeldElsewhere
    if found.state != state:
        raise PointOver(state=found.get_state_display())
    return found


@action("review.answer")
def report_done(actor: Actor, point: ActionPoint, *, taken: str, evidence: str) -> ActionPoint:
    """Say what was done about an action point, and by what that can be seen.

    Raises:
        AnotherCountrys: it is another country's.
        PointOver: it is done already.
        HeldElsewhere: it came in a parcel.
        TakenMissing: what was done or the evidence is not named.
    """
    if not actor.may("review.hold") and (not point.country or point.country != country_of(actor)):
        raise AnotherCountrys
    point = _held(point, ActionPoint.State.OPEN)
    if not taken.strip() or not evidence.strip():
        raise TakenMissing
    point.state, point.taken, point.evidence, point.doubt = ActionPoint.State.DONE, taken.strip(), evidence.strip(), ""
    point.done_by_id, point.done_on = actor.staff_id, today()
    point.save()
    return point


@action("review.hold")
def verify_point(actor: Actor, point: ActionPoint) -> ActionPoint:
    """Confirm that what was reported as done is done.

    Raises:
        PointOver: it is not reported as done, or verified already.
        HeldElsewhere: it came in a parcel.
        DoneByYou: the actor reported it.
    """
    point = _held(point, ActionPoint.State.DONE)
    if point.done_by_id == actor.staff_id:
        raise DoneByYou
    point.state, point.verified_by_id, point.verified_on = ActionPoint.State.VERIFIED, actor.staff_id, today()
    point.save()
    return point


@action("review.hold")
def doubt_point(actor: Actor, point: ActionPoint, *, because: str) -> ActionPoint:
    """Open an action point again, with the reason for which it was not verified.

    Raises:
        PointOver: it is not reported as done, or verified already.
        HeldElsewhere: it came in a parcel.
        ReasonMissing: there is no reason.
    """
    if not because.strip():
        raise ReasonMissing
    point = _held(point, ActionPoint.State.DONE)
    point.state, point.doubt = ActionPoint.State.OPEN, because.strip()
    point.save()
    return point


@action("review.hold")
def close_review(actor: Actor, review: Review) -> Review:
    """Close a review when everything agreed on is done and verified.

    Raises:
        NotAtThisStage: it was not discussed yet, or is closed.
        HeldElsewhere: it came in a parcel.
        PointsOpen: an action point is not verified.
    """
    review = _at(review, State.MET)
    left = review.points.exclude(state=ActionPoint.State.VERIFIED).count()
    if left:
        raise PointsOpen(n=left)
    review.state = State.CLOSED
    review.save(update_fields=("state",))
    return review
