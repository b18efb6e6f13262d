"""Pages of casework; importing them registers their addresses."""

from panoh.casework.pages import families, joining, lists, reception, tracing

__all__ = ["families", "joining", "lists", "reception", "tracing"]
