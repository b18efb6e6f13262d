"""Pages of the exchange; importing them registers them."""

from panoh.exchange.pages import parcels, reports

__all__ = ["parcels", "reports"]
