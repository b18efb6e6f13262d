"""Casework over HTTP: the same steps and the same reads as the pages, with the same refusals."""

from ninja import Router

from panoh.casework.api import cases, families, joining, lists, people, reception, tracing, words

__all__ = ["router"]

router = Router()
for part in (families, people, cases, lists, reception, joining, tracing, words):
    router.add_router("", part.router)
