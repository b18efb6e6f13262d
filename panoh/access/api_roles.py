"""Roles over HTTP: what is proposed for whom, and who agrees or refuses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Path, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access import queries, role_changes
from panoh.access.api import Needs, Word
from panoh.access.entrances import Request
from panoh.access.models import RoleChange

Reason = Annotated[
    str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=200, strip_whitespace=True)
]


class RoleIn(Schema):
    role: Word
    because: Reason
    starts_on: date | None = None
    ends_on: date | None = None


class ChangeOut(Schema):
    username: str = Field(..., alias="staff.username")
    from_role: str
    to_role: str
    because: str
    starts_on: date
    ends_on: date | None
    proposed_by: str = Field(..., alias="proposed_by.username")
    proposed_at: datetime


router = Router(tags=["Roles"])


@router.get("/roles/changes", auth=Needs("role.see"), response=list[ChangeOut])
def changes(request: Request) -> list[RoleChange]:
    """List what is proposed and waits for somebody to decide."""
    return role_changes.open_changes()


@router.post("/staff/{username}/role", auth=Needs("role.propose"), response={204: None})
def propose(request: Request, username: Path[Word], given: RoleIn) -> Status[None]:
    """Propose another role for a colleague, for good or until a day."""
    role_changes.propose_role(request.actor, queries.staff_for(request.actor, username), **given.dict())
    return Status(204, None)


@router.post("/roles/changes/{username}/agree", auth=Needs("role.decide"), response={204: None})
def agree(request: Request, username: Path[Word]) -> Status[None]:
    """Agree to a role that a colleague proposed."""
    role_changes.agree_to_role(request.actor, role_changes.change_of(username).staff)
    return Status(204, None)


@router.post("/roles/changes/{username}/refuse", auth=Needs("role.decide"), response={204: None})
def refuse(request: Request, username: Path[Word]) -> Status[None]:
    """Refuse what a colleague proposed."""
    role_changes.refuse_role(request.actor, role_changes.change_of(username).staff)
    return Status(204, None)


@router.post("/roles/changes/{username}/withdraw", auth=Needs("role.propose"), response={204: None})
def withdraw(request: Request, username: Path[Word]) -> Status[None]:
    """Withdraw what one proposed oneself."""
    role_changes.withdraw_role(request.actor, role_changes.change_of(username).staff)
    return Status(204, None)
