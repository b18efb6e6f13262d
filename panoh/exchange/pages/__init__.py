"""Pages of the exchange; importing them registers them."""

from panoh.exchange.pages import reports

__all__ = ["reports"]
