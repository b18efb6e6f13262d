"""Pages of casework; importing them registers their addresses."""

# "families/new/" stands before "families/<code>/": the first address that fits is taken.
from panoh.casework.pages import registering  # isort: skip
from panoh.casework.pages import (
    cases,
    columns,
    correcting,
    exports,
    families,
    finding,
    forgetting,
    joining,
    lawful,
    lists,
    looking,
    reception,
    sharing,
    tracing,
)

__all__ = [
    "cases", "columns", "correcting", "exports", "families", "finding", "forgetting", "joining", "lawful", "lists",
    "looking", "reception", "registering", "sharing", "tracing",
]  # fmt: skip
