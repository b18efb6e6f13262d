"""Pages of the plan; importing them registers them."""

from panoh.plan.pages import documents, figures, tree

__all__ = ["documents", "figures", "tree"]
