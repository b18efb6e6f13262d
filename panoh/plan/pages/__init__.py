"""Pages of the plan; importing them registers them."""

from panoh.plan.pages import actions, revising, tree, views

__all__ = ["actions", "revising", "tree", "views"]
