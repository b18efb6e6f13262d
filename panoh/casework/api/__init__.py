"""Casework over HTTP: the same steps and the same reads as the pages, with the same refusals."""

from ninja import Router

from panoh.casework.api import (
    care,
    cases,
    consents,
    contacts,
    deciding,
    emergencies,
    exports,
    families,
    finding,
    following,
    forgetting,
    handing,
    interests,
    joining,
    journeys,
    lawful,
    lists,
    looking,
    papers,
    parting,
    people,
    planning,
    programmes,
    putting_right,
    reception,
    referrals,
    relationships,
    retention,
    rights,
    seeing,
    sharing,
    tracing,
    watching,
    words,
    work,
)

__all__ = ["router"]

router = Router()
parts = (
    families, relationships, sharing, putting_right, people, finding, forgetting, cases, lists, reception, joining,
    tracing, looking, emergencies, watching, words, exports, lawful, seeing, consents, referrals, care, papers,
    journeys, parting, retention, rights, handing, planning, programmes, deciding, interests, following, work, contacts,
)  # fmt: skip
for part in parts:
    router.add_router("", part.router)
