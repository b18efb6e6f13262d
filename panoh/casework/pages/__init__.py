"""Pages of casework; importing them registers their addresses."""

from panoh.casework.pages import families, lists, reception

__all__ = ["families", "lists", "reception"]
