"""Taking over what another instance tells of its plan: editions and bodies come as they are there, and go whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from panoh.access.entrances import Actor, action
from panoh.access.wordings import Wording
from panoh.plan.models import ActionBody, Area, Body, Pillar, Plan, PlanAction, Revision, Status
from panoh.plan.refusals import EditionStays, NotOfThisPlan

__all__ = ["give_back_body", "give_back_plan", "take_over_body", "take_over_plan", "take_over_status"]

OF_AN_ACTION = ("starts", "ends", "states", "origin", "asked_for_in", "grade", "source", "since", "edition")


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


@action("parcel.receive")
def take_over_body(actor: Actor, told: Mapping[str, Any]) -> Body:
    """Register a body as another instance tells it, or change it to that."""
    given = {"name": Wording(told["name"]), "kind": told["kind"], "country": told["country"]}
    return Body.objects.update_or_create(code=told["code"], defaults=given)[0]


@action("parcel.receive")
def give_back_body(actor: Actor, code: str) -> None:
    """Take out a body that came from another instance."""
    Body.objects.get(code=code).delete()


@action("parcel.receive")
def take_over_plan(actor: Actor, told: Mapping[str, Any]) -> Plan:
    """Put the edition of another instance in force here, with its tree; an action that is not in it ends.

    Raises:
        NotOfThisPlan: an action is part of one that is not in it.
    """
    plan = Plan.objects.select_for_update().filter(code=told["code"]).first() or Plan(code=told["code"])
    before = plan.edition
    plan.title, plan.states, plan.source = Wording(told["title"]), list(told["states"]), told["source"]
    plan.starts, plan.ends = _day(told["starts"]), _day(told["ends"])
    plan.edition, plan.state = told["edition"], told["state"]
    plan.save()
    areas = _tree(plan, told["pillars"])
    plan.actions.filter(until=None).exclude(code__in=[one["code"] for one in told["actions"]]).update(until=before)
    kept = {one.code: one for one in plan.actions.filter(until=None)}
    for one in _parents_first(told["actions"]):
        kept[one["code"]] = _put(kept.get(one["code"]) or PlanAction(plan=plan, code=one["code"]), one, areas, kept)
    if told["edition"] > before:
        Revision.objects.create(
            plan=plan, edition=plan.edition, state=Revision.State.ADOPTED, opened_by_id=actor.staff_id or None,
            adopted_on=_day(told["adopted_on"]), adopted_at=told["adopted_at"], source=plan.source,
        )  # fmt: skip
    return plan


def _tree(plan: Plan, pillars: list[Any]) -> dict[tuple[int, str], Area]:
    areas = {}
    for told in pillars:
        pillar, _ = Pillar.objects.update_or_create(
            plan=plan, number=told["number"], defaults={"title": Wording(told["title"])}
        )
        for one in told["areas"]:
            given = {"title": Wording(one["title"]), "rationale": Wording(one["rationale"])}
            area, _ = Area.objects.update_or_create(pillar=pillar, code=one["code"], defaults=given)
            areas[pillar.number, area.code] = area
    return areas


def _parents_first(told: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    left, there = list(told), {""}
    while left:
        ready = [one for one in left if one["parent"] in there]
        if not ready:
            raise NotOfThisPlan
        yield from ready
        there |= {one["code"] for one in ready}
        left = [one for one in left if one["code"] not in there]


def _put(
    act: PlanAction,
    told: Mapping[str, Any],
    areas: Mapping[tuple[int, str], Area],
    others: Mapping[str, PlanAction],
) -> PlanAction:
    for name in OF_AN_ACTION:
        setattr(act, name, _day(told[name]) if name in ("starts", "ends") else told[name])
    act.area, act.text = areas[told["pillar"], told["area"]], Wording(told["text"])
    act.parent = others[told["parent"]] if told["parent"] else None
    act.save()
    act.also_serves.set(Pillar.objects.filter(plan=act.plan, number__in=told["serves"]))
    act.bodies.all().delete()
    bodies = {body.code: body for body in Body.objects.filter(code__in=[code for code, _ in told["bodies"]])}
    ActionBody.objects.bulk_create(
        ActionBody(action=act, body=bodies[code], part=part) for code, part in told["bodies"]
    )
    return act


@action("parcel.receive")
def give_back_plan(actor: Actor, code: str) -> None:
    """Take out a plan whose only edition here came from another instance.

    Raises:
        EditionStays: an earlier edition was in force here.
    """
    plan = Plan.objects.select_for_update().get(code=code)
    if plan.revisions.count() > 1:
        raise EditionStays(code=code, edition=plan.edition)
    plan.revisions.all().delete()
    ActionBody.objects.filter(action__plan=plan).delete()
    for one in plan.actions.all():
        one.also_serves.clear()
    while plan.actions.exists():  # those that nothing is part of first
        plan.actions.filter(parts=None).delete()
    Area.objects.filter(pillar__plan=plan).delete()
    plan.pillars.all().delete()
    plan.delete()


@action("parcel.receive")
def take_over_status(actor: Actor, told: Mapping[str, Any]) -> Status | None:
    """Add what a state reported on an action elsewhere; None where the edition here has no such action for it.

    Reports that were here before stay to be read.
    """
    acts = PlanAction.objects.filter(plan__code=told["plan"], code=told["action"], until=None)
    act = acts.select_related("plan").first()
    if act is None or told["country"] not in act.concerns:
        return None
    plain = {name: told[name] for name in ("country", "state", "note", "source", "evidence_kind", "evidence")}
    return Status.objects.create(
        action=act,
        **plain,
        on=date.fromisoformat(told["on"]),
        evidence_on=_day(told["evidence_on"]),
        by_id=actor.staff_id or None,
    )
