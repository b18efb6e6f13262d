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
from panoh.exchange.queries.parcels import (
    checked,
    grouped,
    own_keys,
    parcel_for,
    parcel_shown,
    parcel_steps,
    parcels,
    partner_for,
    partners,
    shown_of,
    what_would_leave,
    where_from,
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
from panoh.exchange.queries.reports import (
    item_for,
    item_shown,
    items_in,
    kind_called,
    report_for,
    report_shown,
    reports,
)

__all__ = [
    "Compared", "Filters", "ProposalFilters", "checked", "compared", "event_for", "event_shown", "events",
    "find_lessons", "grouped", "item_for", "item_shown", "items_in", "kind_called", "lesson_for", "lesson_shown",
    "lesson_tags", "lessons", "lessons_by_kind", "matrix_states", "own_keys", "parcel_for", "parcel_shown",
    "parcel_steps", "parcels", "part_of", "partner_for", "partners", "proposal_for", "proposal_shown", "proposals",
    "proposals_by_state", "registrations", "related_lessons", "report_for", "report_shown", "reports", "shown_of",
    "stances", "versions", "what_would_leave", "where_from",
]  # fmt: skip
