"""The plan as it stands, read whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Prefetch, QuerySet, Value
from django.db.models.functions import Cast

from panoh.access.entrances import Actor
from panoh.access.models import Agency
from panoh.access.refusals import NotThere
from panoh.plan.models import ActionBody, Area, Body, Pillar, Plan, PlanAction, Revision


def country_of(actor: Actor) -> str:
    """Return the state for which the actor's agency speaks; empty for an organisation of no single state."""
    return Agency.objects.filter(pk=actor.agency_id or 0).values_list("country", flat=True).first() or ""


def plans() -> QuerySet[Plan]:
    """Return all plans, the newest first."""
    return Plan.objects.all()


def plan_for(code: str) -> Plan:
    """Return the plan with this code.

    Raises:
        NotThere: there is none.
    """
    found = Plan.objects.filter(code=code).first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class ActionLine:
    """An action as the plan's page shows it: the bodies with their parts, and the further pillars that it serves."""

    code: str
    text: str
    language: str
    is_part: bool
    grade: str
    bodies: str
    also: str


@dataclass(frozen=True)
class AreaShown:
    """A priority area with its actions in order."""

    area: Area
    actions: Sequence[ActionLine]


@dataclass(frozen=True)
class PillarShown:
    """A pillar with its areas in order."""

    pillar: Pillar
    areas: Sequence[AreaShown]


@dataclass(frozen=True)
class PlanShown:
    """A plan with its pillars, areas and actions in order, and the revision that is being prepared, if one is."""

    plan: Plan
    pillars: Sequence[PillarShown]
    revision: Revision | None


def by_number(column: str) -> Cast:
    """Return an order in which 1.1.2 comes before 1.1.10."""
    digits = Func(F(column), Value("[^0-9.]"), Value(""), Value("g"), function="regexp_replace")
    parts = Func(digits, Value("."), Value(""), function="string_to_array")
    return Cast(parts, ArrayField(models.BigIntegerField()))


def pillars_of(plan: Plan) -> QuerySet[Pillar]:
    """Return the plan's pillars with all that is in them, for a file or a program; a dropped action is left out."""
    actions = (
        PlanAction.objects.filter(until=None)
        .select_related("parent")
        .prefetch_related(Prefetch("bodies", ActionBody.objects.select_related("body")), "also_serves")
        .order_by(by_number("code"), "code")
    )
    areas = Area.objects.order_by(by_number("code"), "code").prefetch_related(Prefetch("actions", actions))
    return plan.pillars.prefetch_related(Prefetch("areas", areas))


def plan_shown(plan: Plan) -> PlanShown:
    """Return what the plan's page shows; a dropped action is left out."""
    lines = _lines(plan)
    areas: dict[int, list[AreaShown]] = {}
    for area in Area.objects.filter(pillar__plan=plan).order_by(by_number("code"), "code"):
        areas.setdefault(area.pillar_id, []).append(AreaShown(area, lines.get(area.pk, ())))
    pillars = [PillarShown(pillar, areas.get(pillar.pk, ())) for pillar in plan.pillars.all()]
    return PlanShown(plan, pillars, plan.revisions.filter(state=Revision.State.OPEN).first())


def _lines(plan: Plan) -> Mapping[int, Sequence[ActionLine]]:
    """Return the lines by area; rows, not records, which of 300 actions would take three times as long."""
    kinds = {part.value: str(part.label) for part in ActionBody.Part}
    grades = {grade.value: str(grade.label) for grade in PlanAction.Grade}
    parts: dict[int, list[str]] = {}
    bodies = ActionBody.objects.filter(action__plan=plan, action__until=None).order_by("part", "body__code")
    for action, name, part in bodies.values_list("action_id", "body__name", "part"):
        parts.setdefault(action, []).append(f"{name} ({kinds[part]})")
    also: dict[int, list[str]] = {}
    serving = Pillar.objects.filter(served_by__plan=plan, served_by__until=None).order_by("number")
    for action, number in serving.values_list("served_by", "number"):
        also.setdefault(action, []).append(Pillar(number=number).roman)
    lines: dict[int, list[ActionLine]] = {}
    actions = PlanAction.objects.filter(plan=plan, until=None).order_by(by_number("code"), "code")
    for pk, area, parent, code, text, grade in actions.values_list(
        "pk", "area_id", "parent_id", "code", "text", "grade"
    ):
        said = ", ".join(parts.get(pk, ())), ", ".join(also.get(pk, ()))
        line = ActionLine(code, str(text), text.language, parent is not None, grades[grade], *said)
        lines.setdefault(area, []).append(line)
    return lines


def action_for(code: str, number: str) -> PlanAction:
    """Return the action of a plan by its number; of one that was dropped only if no other has the number now.

    Raises:
        NotThere: the plan has none.
    """
    found = PlanAction.objects.filter(plan__code=code, code=number).select_related("plan", "area__pillar", "parent")
    chosen = found.order_by(F("until").desc(nulls_first=True)).first()
    if chosen is None:
        raise NotThere
    return chosen


def bodies() -> QuerySet[Body]:
    """Return every body that answers for something."""
    return Body.objects.all()


def body_called(code: str, name: str) -> Body | None:
    """Return the body with this code, however written, or with this name in any language."""
    for body in bodies():
        if code.casefold() == body.code.casefold() or name.casefold() in map(str.casefold, body.name.values()):
            return body
    return None


def bodies_named(codes: Collection[str]) -> list[Body]:
    """Return these bodies.

    Raises:
        NotThere: one of them is not registered.
    """
    found = list(Body.objects.filter(code__in=codes))
    if len(found) < len(set(codes)):
        raise NotThere
    return found


def offices() -> dict[str, list[str]]:
    """Return the names of the agencies that speak for a state, by state."""
    told: dict[str, list[str]] = {}
    speaking = Agency.objects.filter(is_active=True).exclude(country="").order_by("country", "name")
    for country, name in speaking.values_list("country", "name"):
        told.setdefault(country, []).append(name)
    return told
