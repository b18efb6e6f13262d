"""Pages of casework; importing them registers their addresses."""

# "families/new/" stands before "families/<code>/": the first address that fits is taken.
from panoh.casework.pages import registering  # isort: skip
from panoh.casework.pages import (
    care,
    cases,
    columns,
    correcting,
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
    purposes,
    reception,
    seeing,
    sharing,
    tracing,
    watching,
)

__all__ = [
    "care", "cases", "columns", "correcting", "emergencies", "exports", "families", "finding", "forgetting",
    "joining", "journeys", "lawful", "lists", "looking", "papers", "parting", "purposes", "reception", "registering",
    "seeing", "sharing", "tracing", "watching",
]  # fmt: skip
