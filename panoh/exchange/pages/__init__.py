"""Pages of the exchange; importing them registers them."""

from panoh.exchange.pages import events, front, lessons, proposals

__all__ = ["events", "front", "lessons", "proposals"]
