"""Pages of casework; importing them registers their addresses."""

# "families/new/" stands before "families/<code>/": the first address that fits is taken.
from panoh.casework.pages import registering  # isort: skip
from panoh.casework.pages import (
    care,
    cases,
    columns,
    complaints,
    conferences,
    consents,
    correcting,
    deciding,
    directory,
    emergencies,
    exports,
    families,
    finding,
    following,
    forgetting,
    handing,
    interests,
    interviews,
    joining,
    journeys,
    lawful,
    lists,
    looking,
    papers,
    parting,
    planning,
    purposes,
    reception,
    referrals,
    refusals,
    retention,
    rights,
    seeing,
    sharing,
    tracing,
    watching,
)

__all__ = [
    "care", "cases", "columns", "complaints", "conferences", "consents", "correcting", "deciding", "directory",
    "emergencies", "exports", "families", "finding", "following", "forgetting", "handing", "interests", "interviews",
    "joining", "journeys", "lawful", "lists", "looking", "papers", "parting", "planning", "purposes", "reception",
    "referrals", "refusals", "registering", "retention", "rights", "seeing", "sharing", "tracing", "watching",
]  # fmt: skip
