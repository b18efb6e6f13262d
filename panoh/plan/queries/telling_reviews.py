"""Reviews, answers, findings and action points, told so that another instance can take them over word for word."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from panoh.access.wordings import Wording
from panoh.plan.models import ActionPoint, Answer, Finding, Plan, Remark, Review, Value
from panoh.plan.queries.indicators import place_key
from panoh.plan.queries.telling_figures import Names, named, plain_figure

__all__ = ["answers_told", "findings_told", "points_told", "returns_told", "reviews_told"]

FIGURES = ("number", "numerator", "denominator")
Codes = Collection[str] | None


def _said(text: Wording) -> list[tuple[str, str]]:
    return list(text.items())


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def reviews_told(codes: Codes = None) -> list[dict[str, Any]]:
    """Return the reviews that are held here and whose questions the countries know, or those with these codes."""
    found = Review.objects.exclude(plan__state=Plan.State.DRAFT).select_related("plan").prefetch_related("questions")
    if codes is None:
        found = found.filter(state__gt=Review.State.PREPARING, held_elsewhere=False)
    else:
        found = found.filter(code__in=codes)
    plain = ("code", "kind", "state", "met_at", "event")
    return [
        {
            "plan": one.plan.code, "title": _said(one.title), **{name: getattr(one, name) for name in plain},
            **{name: _day(getattr(one, name)) for name in ("starts", "ends", "answers_due", "met_on")},
            "questions": [(question.number, _said(question.text)) for question in one.questions.all()],
        }
        for one in found.order_by("pk")
    ]  # fmt: skip


def answers_told(country: str = "", reviews: Codes = None) -> list[dict[str, Any]]:
    """Return what a country submitted, or all that was submitted to these reviews."""
    found = Answer.objects.filter(state=Answer.State.SUBMITTED).select_related("question__review")
    found = found.filter(country=country) if reviews is None else found.filter(question__review__code__in=reviews)
    return [
        {
            "review": one.question.review.code, "question": one.question.number, "country": one.country,
            "text": one.text,
        }
        for one in found.order_by("question_id", "country")
    ]  # fmt: skip


def findings_told(codes: Codes = None) -> list[dict[str, Any]]:
    """Return what was found in the reviews that are held here, or the findings with these codes."""
    found = Finding.objects.select_related("review", "action", "area__pillar")
    found = found.filter(review__held_elsewhere=False) if codes is None else found.filter(code__in=codes)
    return [
        {
            "review": one.review.code, "place": place_key(one.action or one.area), "text": _said(one.text),
            **{name: getattr(one, name) for name in ("code", "kind", "evidence", "asks_for_change")},
        }
        for one in found.order_by("pk")
    ]  # fmt: skip


def points_told(codes: Codes = None) -> list[dict[str, Any]]:
    """Return the action points of the reviews that are held here, or those with these codes; never by whom."""
    found = ActionPoint.objects.select_related("review", "finding", "body")
    found = found.filter(held_elsewhere=False) if codes is None else found.filter(code__in=codes)
    plain = ("code", "country", "state", "taken", "evidence", "doubt")
    return [
        {
            "review": one.review.code, "finding": one.finding.code if one.finding else "", "body": one.body.code,
            "text": _said(one.text), **{name: getattr(one, name) for name in plain},
            **{name: _day(getattr(one, name)) for name in ("due", "done_on", "verified_on")},
        }
        for one in found.order_by("pk")
    ]  # fmt: skip


def returns_told(names: Names | None = None) -> list[dict[str, Any]]:
    """Return which values were given back and why, or those of these indicators; with the figure that was meant."""
    found = Value.objects.filter(state=Value.State.RETURNED).select_related("indicator__plan", "period")
    why: dict[int, Remark] = {}
    values = list((found if names is None else named(found, names, "indicator__")).order_by("pk"))
    for remark in Remark.objects.filter(value__in=values, kind=Remark.Kind.RETURNED).order_by("pk"):
        why[remark.value_id] = remark
    return [
        {
            "plan": one.indicator.plan.code, "indicator": one.indicator.number, "every": one.period.every,
            "starts": one.period.starts, "country": one.country, "reason": why[one.pk].text, "words": one.words,
            **{("figure" if name == "number" else name): plain_figure(getattr(one, name)) for name in FIGURES},
        }
        for one in values
        if one.pk in why
    ]  # fmt: skip
