"""The account of every step: written in the same transaction as the step itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from panoh.access.actor import Actor
from panoh.access.models import AuditEntry

# Written with every step and every look: past the ORM it costs a third.
INSERT = """
    insert into access_auditentry (staff_id, role, step, outcome, about, purpose, identities)
    values (%s, %s, %s, %s, %s, %s, %s)
"""


def write(
    actor: Actor,
    step: str,
    *,
    about: str = "",
    purpose: str = "",
    identities: Sequence[UUID] = (),
    denied: bool = False,
) -> None:
    """Add one entry. about: the code of the record; identities: whose sealed facts were opened."""
    outcome = AuditEntry.Outcome.DENIED if denied else AuditEntry.Outcome.DONE
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [actor.staff_id, actor.role.code, step, outcome, about, purpose, list(identities)])
