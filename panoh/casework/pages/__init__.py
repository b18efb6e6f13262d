"""Pages of casework; importing them registers their addresses."""

from panoh.casework.pages import families, finding, lists, reception

__all__ = ["families", "finding", "lists", "reception"]
