"""Everything that reads the exchange for a page or the API."""

from panoh.exchange.queries.events import event_for, events
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
from panoh.exchange.queries.proposals import proposal_for, proposals

__all__ = [
    "checked", "event_for", "events", "grouped", "own_keys", "parcel_for", "parcel_shown", "parcel_steps", "parcels",
    "partner_for", "partners", "proposal_for", "proposals", "shown_of", "what_would_leave", "where_from",
]  # fmt: skip
