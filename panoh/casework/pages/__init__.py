"""Pages of casework; importing them registers their addresses."""

from panoh.casework.pages import families, forgetting, lists, reception

__all__ = ["families", "forgetting", "lists", "reception"]
