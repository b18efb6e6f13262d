"""Pages of the plan; importing them registers them."""

from panoh.plan.pages import tree

__all__ = ["tree"]
