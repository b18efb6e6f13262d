"""What the tests that try every sequence of steps share: anybody takes one, and it is taken or refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine

from panoh.access.entrances import Actor
from panoh.access.refusals import Refusal
from panoh.access.tokens import acting_for


class Anybody(RuleBasedStateMachine):
    """A world that is undone at the end, in which people take steps by name."""

    who: Mapping[str, Actor]

    def open_world(self) -> None:
        """Begin what is undone at the end."""
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def tried(self, who: str, step: Callable[[Actor], Any]) -> bool:
        """Take a step as somebody, and tell whether it was taken; a refusal is an answer too."""
        actor = self.who[who]
        with acting_for(actor.staff_id), contextlib.suppress(Refusal), transaction.atomic():
            step(actor)
            return True
        return False

    def by_anybody(self, who: str, step: Callable[[Actor], Any]) -> None:
        """Take a step as somebody, and where they are refused as the next who is not."""
        any(self.tried(one, step) for one in (who, *(other for other in self.who if other != who)))
