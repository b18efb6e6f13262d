"""Pages of casework; importing them registers their addresses."""

from panoh.casework.pages import families, finding, forgetting, lists, reception

__all__ = ["families", "finding", "forgetting", "lists", "reception"]
