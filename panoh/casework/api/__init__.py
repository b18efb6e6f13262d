"""Casework over HTTP: the same steps and the same reads as the pages, with the same refusals."""

from ninja import Router

from panoh.casework.api import (
    cases,
    families,
    finding,
    forgetting,
    joining,
    lists,
    people,
    putting_right,
    reception,
    sharing,
    tracing,
    words,
)

__all__ = ["router"]

router = Router()
for part in (
    families,
    sharing,
    putting_right,
    people,
    finding,
    forgetting,
    cases,
    lists,
    reception,
    joining,
    tracing,
    words,
):
    router.add_router("", part.router)
