"""Who has looked at a family or a person, and why: what the audit knows of the record and of its parts."""

from __future__ import annotations

from django.db.models import Model

from panoh.access.entrances import Actor
from panoh.access.queries import Page, looks_at
from panoh.casework.models import Case, Family, Need, Person, PlanItem, Task
from panoh.casework.queries.merging import files_joined_to

__all__ = ["looks_at_family", "looks_at_person"]


def looks_at_family(actor: Actor, family: Family, *, after: int = 0, before: int = 0) -> Page:
    """Return the looks at and steps in a family's file, its cases, needs, plan and tasks, the newest first."""
    ways: tuple[tuple[type[Model], str], ...] = (
        (Case, "family"), (Need, "case__family"), (PlanItem, "need__case__family"), (Task, "family"),
    )  # fmt: skip
    parts = [code for model, way in ways for code in _codes(model, **{way: family})]
    return looks_at(actor, [family.code, *parts], after=after, before=before)


def looks_at_person(actor: Actor, person: Person, *, after: int = 0, before: int = 0) -> Page:
    """Return the looks at a person's file and at the identity from any page, those of joined files too."""
    people = [person, *(merge.merged for merge in files_joined_to(person))]
    codes = [*(one.code for one in people), *_codes(Case, person__in=people)]
    identities = [one.identity_id for one in people]
    return looks_at(actor, codes, identities=identities, after=after, before=before)


def _codes(model: type[Model], **where: object) -> list[str]:
    return list(model._default_manager.filter(**where).values_list("code", flat=True))
