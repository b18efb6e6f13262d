"""Pages of casework; importing them registers their addresses."""

from panoh.casework.pages import families

__all__ = ["families"]
