"""What a worker sees, over HTTP, for whoever leads them."""

from __future__ import annotations

from typing import Any

from ninja import Field, Path, Query, Router, Schema

from panoh.access.api import Needs, Word
from panoh.access.entrances import Request
from panoh.access.queries import staff_for
from panoh.casework import queries
from panoh.casework.api.families import ToDoOut

router = Router(tags=["Families"])


class WorkerOut(Schema):
    username: str
    display_name: str
    agency: str = Field(..., alias="agency.code")
    role: str = Field(..., alias="role_now")


class FamilySeenOut(Schema):
    code: str = Field(..., alias="family.code")
    name: str
    stages: list[str]


class SeenOut(Schema):
    role: str
    reads: list[str]
    families: list[FamilySeenOut] = Field(..., alias="families.rows")
    has_next: bool = Field(..., alias="families.has_next")
    late: list[ToDoOut]
    due: list[ToDoOut]
    waiting: list[ToDoOut]

    @staticmethod
    def resolve_late(seen: queries.Seen) -> list[Any]:
        return seen.parts["late"].items

    @staticmethod
    def resolve_due(seen: queries.Seen) -> list[Any]:
        return seen.parts["due"].items

    @staticmethod
    def resolve_waiting(seen: queries.Seen) -> list[Any]:
        return seen.parts["waiting"].items


class PageAsked(Schema):
    page: int = Field(1, ge=1, le=10_000)


@router.get("/workers", auth=Needs("worker.view"), response=list[WorkerOut])
def workers(request: Request) -> list[Any]:
    """List the colleagues who see less than the asker."""
    return [worker for worker, _ in queries.workers(request.actor)]


@router.get("/workers/{username}", auth=Needs("worker.view"), response=SeenOut)
def worker(request: Request, username: Path[Word], asked: Query[PageAsked]) -> queries.Seen:
    """Give what a worker sees, as far as the asker sees it too; the look is an entry of the audit."""
    return queries.seen_by(request.actor, staff_for(request.actor, username), page=asked.page)
