"""Pages of casework; importing them registers their addresses."""

from panoh.casework.pages import families, finding, forgetting, joining, lists, reception, tracing

__all__ = ["families", "finding", "forgetting", "joining", "lists", "reception", "tracing"]
