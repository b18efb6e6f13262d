"""Pages of casework; importing them registers their addresses."""

# "families/new/" stands before "families/<code>/": the first address that fits is taken.
from panoh.casework.pages import complaints, handing, retention, rights

from panoh.casework.pages import registering  # isort: skip
from panoh.casework.pages import (
    care,
    cases,
    columns,
    consents,
    correcting,
    directory,
    emergencies,
    exports,
    families,
    finding,
    forgetting,
    interviews,
    joining,
    journeys,
    lawful,
    lists,
    looking,
    papers,
    parting,
    purposes,
    reception,
    referrals,
    refusals,
    seeing,
    sharing,
    tracing,
    watching,
)

__all__ = [
    "care", "cases", "columns", "complaints", "consents", "correcting", "directory", "emergencies", "exports",
    "families", "finding", "forgetting", "handing", "interviews", "joining", "journeys", "lawful", "lists", "looking",
    "papers", "parting", "purposes", "reception", "referrals", "refusals", "registering", "retention", "rights",
    "seeing", "sharing", "tracing", "watching",
]  # fmt: skip
