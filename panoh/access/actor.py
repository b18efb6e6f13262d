"""Whoever takes a step: a member of staff in a role, or the operator at the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from panoh.access.models import Staff
from panoh.access.refusals import NotAllowed
from panoh.access.roles import Role, roles


class WithinReach(Protocol):
    """A record that belongs to an agency and a worker, which decides who reaches it."""

    @property
    def reach(self) -> Reach: ...


@dataclass(frozen=True)
class Reach:
    """The agency and the worker a record belongs to; a list that belongs to nobody yet has neither."""

    agency_id: int | None
    worker_id: int | None


@dataclass(frozen=True)
class Actor:
    """Who acts: staff_id is None only for the operator of the machine."""

    staff_id: int | None
    agency_id: int | None
    name: str
    role: Role
    agency: str = ""

    @classmethod
    def of(cls, staff: Staff) -> Actor:
        """Return the actor that this member of staff is."""
        return cls(staff.pk, staff.agency_id, staff.display_name, roles()[staff.role], staff.agency.name)

    @classmethod
    def operator(cls) -> Actor:
        """Return the operator at the command line, who imports lists and sees no file."""
        return cls(None, None, "operator", roles()["operator"])

    @property
    def me(self) -> int:
        """Return the member of staff who acts, for a step that must be somebody's.

        Raises:
            NotAllowed: this is the operator of the machine.
        """
        if self.staff_id is None:
            raise NotAllowed
        return self.staff_id

    @property
    def staff(self) -> Staff | None:
        """Return the account of whoever acts; the operator has none."""
        return Staff.objects.get(pk=self.staff_id) if self.staff_id else None

    def may(self, permission: str) -> bool:
        """Tell whether the role holds this permission at all."""
        return permission in self.role.permissions

    def reaches(self, record: WithinReach) -> bool:
        """Tell whether the record lies in the role's scope: own families, the agency's, or all."""
        if self.role.scope == "all":
            return True
        if self.role.scope == "agency":
            return record.reach.agency_id == self.agency_id
        return record.reach.worker_id == self.staff_id
