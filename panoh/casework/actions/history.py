"""What every step that changes a field leaves behind: what stood there, what stands there now, who did it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from panoh.access.entrances import Actor
from panoh.access.meanwhile import written
from panoh.casework.models import Family, FieldChange, Need, Person, PlanItem, Visit

Record = Family | Person | Need | PlanItem | Visit
_COLUMN: Mapping[type, str] = {Family: "family", Person: "person", Need: "need", PlanItem: "step", Visit: "visit"}


def keep_changes(actor: Actor, record: Record, now: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Keep what changed of a record's fields: `now` is what stood there, `given` what stands there from here on."""
    found = ((name, written(now[name]), written(given[name])) for name in given if name in now)
    _keep(
        actor, record, [{"field": name, "was": was, "became": became} for name, was, became in found if was != became]
    )


def keep_text(actor: Actor, record: Record, field: str, before: UUID | None) -> None:
    """Keep the text that stood in a field, sealed as it was."""
    _keep(actor, record, [{"field": field, "words_id": before}])


def keep_mention(actor: Actor, record: Record, field: str) -> None:
    """Keep that a sealed fact changed; what was held before stands with the fact itself."""
    _keep(actor, record, [{"field": field}])


def _keep(actor: Actor, record: Record, changes: Iterable[Mapping[str, Any]]) -> None:
    about = {_COLUMN[type(record)]: record, "by_id": actor.staff_id}
    FieldChange.objects.bulk_create([FieldChange(**about, **change) for change in changes])
