"""Everything that reads the exchange for a page or the API."""

from panoh.exchange.queries.comparing import Compared, compared, versions
from panoh.exchange.queries.events import event_for, event_shown, events, part_of, registrations
from panoh.exchange.queries.lessons import (
    Filters,
    find_lessons,
    lesson_for,
    lesson_shown,
    lesson_tags,
    lessons,
    lessons_by_kind,
    related_lessons,
)
from panoh.exchange.queries.proposals import (
    ProposalFilters,
    matrix_states,
    proposal_for,
    proposal_shown,
    proposals,
    proposals_by_state,
    stances,
)

__all__ = [
    "Compared", "Filters", "ProposalFilters", "compared", "event_for", "event_shown", "events", "find_lessons",
    "lesson_for", "lesson_shown", "lesson_tags", "lessons", "lessons_by_kind", "matrix_states", "part_of",
    "proposal_for", "proposal_shown", "proposals", "proposals_by_state", "registrations", "related_lessons",
    "stances", "versions",
]  # fmt: skip
