"""Pages of the plan; importing them registers them."""

from panoh.plan.pages import indicators, reporting, reviews, summaries, tree

__all__ = ["indicators", "reporting", "reviews", "summaries", "tree"]
