"""Casework over HTTP: the same steps and the same reads as the pages, with the same refusals."""

from ninja import Router

from panoh.casework.api import cases, families, finding, forgetting, lists, people, reception, words

__all__ = ["router"]

router = Router()
for part in (families, people, finding, forgetting, cases, lists, reception, words):
    router.add_router("", part.router)
