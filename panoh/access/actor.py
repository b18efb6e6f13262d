"""Whoever takes a step: a member of staff in a role, or the operator at the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from panoh.access.models import Staff
from panoh.access.refusals import NotAllowed
from panoh.access.roles import Role, roles
from panoh.access.tokens import acting_for
from panoh.access.visits import Visit


class WithinReach(Protocol):
    """A record that belongs to an agency and a worker, which decides who reaches it."""

    @property
    def reach(self) -> Reach: ...


@dataclass(frozen=True)
class Reach:
    """The agency, the worker and the file a record belongs to; a list belongs to none, but to the desk of lists."""

    agency_id: int | None
    worker_id: int | None
    file_id: int | None = None
    at_desk: bool = False


@dataclass(frozen=True)
class Actor:
    """Who acts: staff_id is None only for the operator of the machine."""

    staff_id: int | None
    agency_id: int | None
    name: str
    role: Role
    agency: str = ""
    visit: Visit | None = None

    @classmethod
    def of(cls, staff: Staff, visit: Visit | None = None) -> Actor:
        """Return the actor that this member of staff is; visit: what was said at the doors of files, over the web."""
        return cls(staff.pk, staff.agency_id, staff.display_name, roles()[staff.role_now], staff.agency.name, visit)

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

    def reaches(self, record: WithinReach, *, changing: bool = False) -> bool:
        """Tell whether the record lies in the role's scope, or in a file that was opened to the actor by a grant.

        changing: and whether the actor may change something there.
        """
        if changing and not self.role.changes:
            return False
        if self.role.scope == "all":
            return True
        try:
            reach = record.reach
        except ObjectDoesNotExist:  # what it hangs on is hidden from the one who asks
            return False
        if reach.at_desk:
            return self.may("list.see")
        if self.role.scope == "agency" and reach.agency_id == self.agency_id:
            return True
        if self.role.scope != "none" and reach.worker_id is not None and reach.worker_id == self.staff_id:
            return True
        return reach.file_id is not None and bool(self._asks("select app.opens(%s, %s)", [reach.file_id, changing]))

    def leads(self, file_id: int) -> bool:
        """Tell whether the actor leads a file or sees it by role: a grant does not let anybody hand it on."""
        return bool(self._asks("select app.leads(%s)", [file_id]))

    @cached_property
    def granted(self) -> Sequence[int]:
        """Return the files that were opened to the actor by a grant that still holds."""
        return self._asks("select app.granted_files()", []) or ()

    @cached_property
    def agencies(self) -> Sequence[int]:
        """Return the agencies whose files the actor's role sees; for a filter, the fence holds all the same."""
        if self.role.scope == "agency":
            return () if self.agency_id is None else (self.agency_id,)
        return sorted({scope // 4 for scope in self._asks("select app.my_scopes(false)", []) or ()})

    def _asks(self, question: str, about: list[Any]) -> Any:
        with acting_for(self.staff_id), connection.cursor() as cursor:
            cursor.execute(question, about)
            return cursor.fetchone()[0]
