"""Roles over HTTP: what is proposed for whom, and who agrees or refuses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Path, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access import queries, role_changes, role_versions
from panoh.access.api import Needs, Number, Word
from panoh.access.entrances import Request
from panoh.access.models import RoleChange, RoleVersion

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


class RoleOut(Schema):
    label: str
    reach: str
    classes: list[str]
    steps: list[str]
    only_looks: bool


class VersionOut(Schema):
    number: int
    digest: str
    proposed_by: str | None = Field(None, alias="proposed_by.username")
    agreed_by: str | None = Field(None, alias="agreed_by.username")
    adopted_at: datetime | None


class DifferenceOut(Schema):
    label: str
    is_new: bool
    is_gone: bool
    more: list[str]
    less: list[str]


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


# --- versions ----------------------------------------------------------------------------------------------------


@router.get("/roles", auth=Needs("role.see"), response=list[RoleOut])
def roles(request: Request) -> list[role_versions.RoleInWords]:
    """List the roles in force: what each sees, reads and does, in words."""
    return role_versions.roles_in_words()


@router.get("/roles/versions", auth=Needs("role.see"), response=list[VersionOut])
def versions(request: Request) -> list[RoleVersion]:
    """List the versions of the roles, the newest first; one without a day waits to be adopted."""
    return role_versions.versions()


@router.get("/roles/versions/{number}", auth=Needs("role.see"), response=list[DifferenceOut])
def version(request: Request, number: Path[Number]) -> list[role_versions.Difference]:
    """Say role by role what a version added and took away."""
    return role_versions.difference(role_versions.version_numbered(number))


@router.post("/roles/versions/{number}/propose", auth=Needs("role.propose"), response={204: None})
def propose_version(request: Request, number: Path[Number]) -> Status[None]:
    """Propose that a version comes into force."""
    role_versions.propose_version(request.actor, role_versions.version_numbered(number))
    return Status(204, None)


@router.post("/roles/versions/{number}/agree", auth=Needs("role.decide"), response={204: None})
def agree_to_version(request: Request, number: Path[Number]) -> Status[None]:
    """Agree to a version that a colleague proposed; it is in force from the next request on."""
    role_versions.agree_to_version(request.actor, role_versions.version_numbered(number))
    return Status(204, None)


@router.post("/roles/versions/{number}/refuse", auth=Needs("role.see"), response={204: None})
def refuse_version(request: Request, number: Path[Number]) -> Status[None]:
    """Refuse a version that was proposed, or withdraw it."""
    role_versions.refuse_version(request.actor, role_versions.version_numbered(number))
    return Status(204, None)
