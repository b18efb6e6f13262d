"""Pages of the exchange; importing them registers them."""

from panoh.exchange.pages import parcels

__all__ = ["parcels"]
