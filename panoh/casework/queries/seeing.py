"""What a worker sees, shown to whoever leads them: never more than both of them see.

The worker's token says what the worker sees, and only numbers and lines come out of that; what is then shown is asked
for under the looker's own token, so that a file withheld from the looker, or granted to the worker alone, stays out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Staff
from panoh.access.queries import staff_of
from panoh.access.tokens import acting_for
from panoh.casework.models import Family
from panoh.casework.queries.families import FamilyPage, families_page
from panoh.casework.queries.reach import within
from panoh.casework.queries.todo import PARTS, Part, part_of
from panoh.casework.refusals import WorkerSeesMore

__all__ = ["Seen", "seen_by", "workers"]

STEP = "worker.view"
MOST_LINES = 200
WIDTHS = ("none", "own", "agency", "region", "all")


@dataclass(frozen=True)
class Seen:
    """What both see: families, and what is to be done in them by the parts of Today; reads: the worker's classes."""

    worker: Staff
    role: str
    reads: list[str]
    are_named: bool
    families: FamilyPage
    parts: dict[str, Part]


def workers(actor: Actor) -> list[tuple[Staff, str]]:
    """Return the colleagues who see less than the actor does, with what their role is called."""
    found = [(one, Actor.of(one).role) for one in staff_of(actor).exclude(pk=actor.me)]
    return [(one, role.label) for one, role in found if _is_narrower(role.scope, actor)]


def seen_by(actor: Actor, worker: Staff, *, page: int = 1) -> Seen:
    """Return what a worker sees on Families and Today, as far as the actor sees it too; it is an entry of the audit.

    worker: as `access.queries.staff_for` gave it, within the actor's reach.

    Raises:
        WorkerSeesMore.
    """
    them = Actor.of(worker)
    if not _is_narrower(them.role.scope, actor):
        audit.write(actor, STEP, about=worker.code, denied=True)
        raise WorkerSeesMore(name=worker.display_name)
    audit.write(actor, STEP, about=worker.code)
    are_named = them.may("identity.open")
    with acting_for(worker.pk):
        theirs = (
            list(Family.objects.filter(within(them)).values_list("pk", flat=True)) if them.may("family.see") else []
        )
        lines = {name: part_of(them, name, size=MOST_LINES) for name in PARTS}
    return Seen(
        worker=worker,
        role=them.role.label,
        reads=[str(FieldClass(one).label) for one in sorted(them.role.classes)],
        are_named=are_named,
        families=families_page(actor, page=page, among=theirs, are_named=are_named),
        parts={name: _both(part, part_of(them, name, size=MOST_LINES)) for name, part in lines.items()},
    )


def _is_narrower(scope: str, actor: Actor) -> bool:
    return WIDTHS.index(scope) < WIDTHS.index(actor.role.scope)


def _both(theirs: Part, ours: Part) -> Part:
    """Return the lines that stand in both, and say nothing of those that do not."""
    seen = Counter(ours.items)
    items = []
    for item in theirs.items:
        if seen[item]:
            seen[item] -= 1
            items.append(item)
    return replace(theirs, items=items, count=len(items))
