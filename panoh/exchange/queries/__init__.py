"""Everything that reads the exchange for a page or the API."""

from panoh.exchange.queries.events import event_for, events
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
    "event_for", "events", "item_for", "item_shown", "items_in", "kind_called", "proposal_for", "proposals",
    "report_for", "report_shown", "reports",
]  # fmt: skip
