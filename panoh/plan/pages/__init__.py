"""Pages of the plan; importing them registers them."""

from panoh.plan.pages import (
    actions,
    documents,
    figures,
    indicators,
    reporting,
    reviews,
    revising,
    summaries,
    tree,
    views,
)

__all__ = [
    "actions", "documents", "figures", "indicators", "reporting", "reviews", "revising", "summaries", "tree", "views",
]  # fmt: skip
