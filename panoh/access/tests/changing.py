"""Another role for somebody, as two colleagues give it."""

from __future__ import annotations

from itertools import count

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.role_changes import agree_to_role, propose_role
from panoh.access.tokens import acting_for

_numbers = count(1)


def give_role(staff: Staff, role: str) -> None:
    """Let one coordinator propose a role and another agree."""
    with acting_for(None):  # whoever the test acts as opens no accounts
        one, other = (
            Staff.objects.create_user(f"two{next(_numbers)}", display_name="2", agency=staff.agency, role="coordinator")
            for _ in range(2)
        )
    propose_role(Actor.of(one), staff, role=role, because="Needed.")
    agree_to_role(Actor.of(other), staff)
