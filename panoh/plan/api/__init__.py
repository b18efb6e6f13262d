"""The plan over HTTP: the same steps and reads as the pages, with the same refusals."""

from ninja import Router

from panoh.plan.api import documents, figures, indicators, progress, reviews, revising, summaries, tree

__all__ = ["router"]

router = Router()
for part in (documents, figures, tree, revising, progress, indicators, reviews, summaries):
    router.add_router("", part.router)
