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
    "checked", "event_for", "events", "grouped", "item_for", "item_shown", "items_in", "kind_called", "own_keys",
    "parcel_for", "parcel_shown", "parcel_steps", "parcels", "partner_for", "partners", "proposal_for", "proposals",
    "report_for", "report_shown", "reports", "shown_of", "what_would_leave", "where_from",
]  # fmt: skip
