"""Who has looked at a family or a person, and why, over HTTP."""

from __future__ import annotations

from ninja import Path, Query, Router

from panoh.access.api import Code, LookPageOut, Needs, PartAsked
from panoh.access.entrances import Request
from panoh.access.queries import Page
from panoh.casework import queries
from panoh.casework.queries.looking import looks_at_family, looks_at_person

router = Router(tags=["Who has looked"])


@router.get("/families/{code}/looked", auth=Needs("family.see"), response=LookPageOut)
def family(request: Request, code: Path[Code], asked: Query[PartAsked]) -> Page:
    """Give who has looked at a family's file, its cases, needs, plan and tasks, and why, 25 at a time."""
    return looks_at_family(request.actor, queries.family_for(request.actor, code), **asked.dict())


@router.get("/people/{code}/looked", auth=Needs("person.see"), response=LookPageOut)
def person(request: Request, code: Path[Code], asked: Query[PartAsked]) -> Page:
    """Give who has looked at a person, from whatever page, and why, 25 at a time."""
    return looks_at_person(request.actor, queries.person_for(request.actor, code), **asked.dict())
