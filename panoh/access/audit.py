"""The account of every step: written in the same transaction as the step itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from panoh.access.actor import Actor
from panoh.access.models import AuditEntry


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
    AuditEntry.objects.create(
        staff_id=actor.staff_id,
        role=actor.role.code,
        step=step,
        outcome=AuditEntry.Outcome.DENIED if denied else AuditEntry.Outcome.DONE,
        about=about,
        purpose=purpose,
        identities=list(identities),
    )
