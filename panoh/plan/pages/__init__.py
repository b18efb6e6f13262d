"""Pages of the plan; importing them registers them."""

from panoh.plan.pages import actions, documents, figures, revising, tree, views

__all__ = ["actions", "documents", "figures", "revising", "tree", "views"]
