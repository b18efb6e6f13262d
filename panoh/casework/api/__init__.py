"""Casework over HTTP: the same steps and the same reads as the pages, with the same refusals."""

from ninja import Router

from panoh.casework.api import (
    care,
    cases,
    emergencies,
    exports,
    families,
    finding,
    forgetting,
    joining,
    journeys,
    lawful,
    lists,
    looking,
    papers,
    parting,
    people,
    putting_right,
    reception,
    relationships,
    seeing,
    sharing,
    tracing,
    watching,
    words,
)

__all__ = ["router"]

router = Router()
parts = (
    families, care, papers, journeys, parting, relationships, sharing, putting_right, people, finding, forgetting,
    cases, lists, reception, joining, tracing, looking, emergencies, watching, words, exports, lawful, seeing,
)  # fmt: skip
for part in parts:
    router.add_router("", part.router)
