"""Words of the exchange's pages."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from panoh.exchange.countries import country_name
from panoh.exchange.languages import LANGUAGES
from panoh.exchange.models import Lesson, Position, Proposal

register = template.Library()

TONES = {
    Position.Stance.SUPPORTS: "good", Position.Stance.WITH_CHANGES: "ask", Position.Stance.RESERVES: "ask",
    Position.Stance.AGAINST: "late", Position.Stance.SILENT: "plain",
}  # fmt: skip
LESSON_TONES = {Lesson.State.IN_REVIEW: "ask", Lesson.State.PUBLISHED: "good"}
PROPOSAL_TONES = {Proposal.State.CIRCULATED: "ask", Proposal.State.ADOPTED: "good", Proposal.State.REJECTED: "late"}

register.filter("country_name", country_name)


@register.filter
def language_name(code: str) -> str:
    """Return what a language is called by its speakers."""
    return LANGUAGES.get(code, code)


@register.inclusion_tag("components/badge.html")
def stance(number: int) -> dict[str, str]:
    """Show a position as a badge."""
    return {"tone": TONES[Position.Stance(number)], "text": str(Position.Stance(number).label)}


def stance_badges() -> dict[int, SafeString]:
    """Return the badge of each position, for a table of many."""
    return {number: render_to_string("components/badge.html", stance(number)) for number in Position.Stance.values}


@register.inclusion_tag("components/badge.html")
def lesson_state(lesson: Lesson) -> dict[str, str]:
    """Show how far a lesson is as a badge."""
    return {"tone": LESSON_TONES.get(Lesson.State(lesson.state), "plain"), "text": lesson.get_state_display()}


@register.inclusion_tag("components/badge.html")
def proposal_state(proposal: Proposal) -> dict[str, str]:
    """Show how far a proposal is as a badge."""
    return {"tone": PROPOSAL_TONES.get(Proposal.State(proposal.state), "plain"), "text": proposal.get_state_display()}
