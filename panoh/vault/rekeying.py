"""Making the index anew: after the rules of names or the search key changed, while people work."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from panoh.names import NORM_VERSION
from panoh.vault import finding
from panoh.vault.actions import make_findable
from panoh.vault.keeper import keeper
from panoh.vault.models import DESTROYED, Identity

BATCH = 500

Progress = Callable[[int, int], None]


def rekey(progress: Progress | None = None) -> int:
    """Bring every row of the index to today's rules and search key, and count anew; return how many rows were made.

    Each batch is a transaction of its own: stopped in the middle, the next call goes on where this one was. People are
    found meanwhile: rows of an older search key are asked by it as long as the keyring has it.
    """
    waiting, made, last = to_rekey(), 0, finding.NOBODY
    search_key = keeper().search_key()
    while batch := finding.outdated(search_key, BATCH, last):
        with transaction.atomic():
            make_findable(batch)
        made, last = made + len(batch), batch[-1]
        if progress:
            progress(made, max(waiting, made))
    finding.recount()
    return made


def to_rekey() -> int:
    """Return how many identities are not in the index by today's rules and search key."""
    living = Identity.objects.exclude(key__wrapped=DESTROYED).count()
    return max(0, living - finding.standing().get((NORM_VERSION, keeper().search_key()), 0))
