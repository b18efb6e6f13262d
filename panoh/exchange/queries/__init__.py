"""Everything that reads the exchange for a page or the API."""

from panoh.exchange.queries.events import event_for, events
from panoh.exchange.queries.proposals import proposal_for, proposals

__all__ = ["event_for", "events", "proposal_for", "proposals"]
