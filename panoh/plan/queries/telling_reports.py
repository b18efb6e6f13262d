"""What states reported on actions, told so that another instance can take it over word for word."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from panoh.plan.models import Plan, Status

__all__ = ["reports_told", "status_in_words"]

OF_A_STATUS = ("country", "state", "note", "source", "evidence_kind", "evidence")


def reports_told(*, country: str = "", keys: Collection[tuple[str, str, str]] | None = None) -> list[dict[str, Any]]:
    """Return the latest report of each state on each action in force; of one state, or of (plan, action, state)."""
    found = Status.objects.filter(action__until=None).exclude(action__plan__state=Plan.State.DRAFT)
    if country:
        found = found.filter(country=country)
    if keys is not None:
        plans, actions, states = (set(part) for part in zip(*keys, strict=True)) if keys else ((), (), ())
        found = found.filter(action__plan__code__in=plans, action__code__in=actions, country__in=states)
    latest = found.select_related("action__plan").order_by("action_id", "country", "-on", "-pk")
    told = [_told(one) for one in latest.distinct("action_id", "country")]
    return [one for one in told if keys is None or (one["plan"], one["action"], one["country"]) in keys]


def _told(one: Status) -> dict[str, Any]:
    days = {"on": one.on.isoformat(), "evidence_on": one.evidence_on.isoformat() if one.evidence_on else None}
    plain = {name: getattr(one, name) for name in OF_A_STATUS}
    return {"plan": one.action.plan.code, "action": one.action.code, **plain, **days}


def status_in_words(state: int) -> str:
    """Return what a status is called."""
    return str(Status.State(state).label)
