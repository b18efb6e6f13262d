"""Pages of the exchange; importing them registers them."""

from panoh.exchange.pages import events, front, lessons, parcels, proposals, reports

__all__ = ["events", "front", "lessons", "parcels", "proposals", "reports"]
