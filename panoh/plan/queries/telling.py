"""A plan in force and the bodies in it, told so that another instance can take them over word for word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from panoh.access.wordings import Wording
from panoh.plan.models import Area, Body, Pillar, Plan, PlanAction, Revision

__all__ = ["bodies_told", "body_coded", "body_told", "edition_told", "plans_in_force"]


def _said(text: Wording) -> list[tuple[str, str]]:
    return list(text.items())


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def body_told(body: Body) -> dict[str, Any]:
    """Return a body without its contact office."""
    return {"code": body.code, "name": _said(body.name), "kind": body.kind, "country": body.country}


def bodies_told(country: str = "") -> list[dict[str, Any]]:
    """Return the bodies of a state, or without one all of them."""
    found = Body.objects.filter(country=country) if country else Body.objects.all()
    return [body_told(body) for body in found]


def body_coded(code: str) -> Body | None:
    """Return the body with this code, if there is one."""
    return Body.objects.filter(code=code).first()


def plans_in_force() -> list[Plan]:
    """Return the plans of which an edition was adopted."""
    return list(Plan.objects.exclude(state=Plan.State.DRAFT))


def edition_told(code: str) -> dict[str, Any] | None:
    """Return a plan whole, as its edition in force says it; None for a draft and for one that is not here."""
    plan = Plan.objects.filter(code=code).exclude(state=Plan.State.DRAFT).first()
    if plan is None:
        return None
    adopted = plan.revisions.filter(state=Revision.State.ADOPTED, edition=plan.edition).first()
    actions = (
        plan.actions.filter(until=None)
        .select_related("area__pillar", "parent")
        .prefetch_related("also_serves", "bodies__body")
        .order_by("code")
    )
    return {
        "code": plan.code,
        "title": _said(plan.title),
        "states": list(plan.states),
        "edition": plan.edition,
        "state": plan.state,
        "starts": _day(plan.starts),
        "ends": _day(plan.ends),
        "source": plan.source,
        "adopted_on": _day(adopted.adopted_on) if adopted else None,
        "adopted_at": adopted.adopted_at if adopted else "",
        "pillars": [_pillar(pillar) for pillar in plan.pillars.prefetch_related("areas")],
        "actions": [_action(one) for one in actions],
    }


def _pillar(pillar: Pillar) -> Mapping[str, Any]:
    return {
        "number": pillar.number,
        "title": _said(pillar.title),
        "areas": [_area(area) for area in pillar.areas.all()],
    }


def _area(area: Area) -> Mapping[str, Any]:
    return {"code": area.code, "title": _said(area.title), "rationale": _said(area.rationale)}


def _action(one: PlanAction) -> Mapping[str, Any]:
    return {
        "code": one.code,
        "pillar": one.area.pillar.number,
        "area": one.area.code,
        "parent": one.parent.code if one.parent else "",
        "text": _said(one.text),
        "starts": _day(one.starts),
        "ends": _day(one.ends),
        "states": list(one.states),
        "origin": one.origin,
        "asked_for_in": one.asked_for_in,
        "grade": one.grade,
        "source": one.source,
        "since": one.since,
        "edition": one.edition,
        "serves": sorted(pillar.number for pillar in one.also_serves.all()),
        "bodies": sorted((part.body.code, part.part) for part in one.bodies.all()),
    }
