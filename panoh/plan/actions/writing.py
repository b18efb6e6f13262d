"""Writing a plan while it is a draft, and adopting its first edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from panoh.access.entrances import Actor, action
from panoh.access.wordings import Wording
from panoh.plan.actions.wanted import Wanted
from panoh.plan.models import ActionBody, Area, Body, Pillar, Plan, PlanAction, Revision
from panoh.plan.refusals import (
    ActionHasParts,
    ActionInUse,
    CodeTaken,
    EndsFirst,
    FoundSomewhere,
    PlanHasNoAction,
    PlanInForce,
)

# What stands in an address where the code of a plan does.
ADDRESSES = frozenset({"bodies", "new"})


def _draft(plan: Plan) -> Plan:
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.state != Plan.State.DRAFT:
        raise PlanInForce
    return locked


@action("joint.edit")
def begin_plan(
    actor: Actor,
    *,
    code: str,
    title: Wording,
    states: Sequence[str],
    starts: date | None = None,
    ends: date | None = None,
    source: str = "",
) -> Plan:
    """Begin a plan of some states; it is a draft until its first edition is adopted.

    Raises:
        CodeTaken: another plan has the code, or an address.
        EndsFirst: it ends before it begins.
    """
    if code in ADDRESSES or Plan.objects.filter(code=code).exists():
        raise CodeTaken(code=code)
    if starts and ends and ends < starts:
        raise EndsFirst
    return Plan.objects.create(
        code=code, title=title, states=list(dict.fromkeys(states)), starts=starts, ends=ends, source=source
    )


@action("joint.edit")
def add_pillar(actor: Actor, plan: Plan, *, number: int, title: Wording) -> Pillar:
    """Add a pillar to a draft.

    Raises:
        PlanInForce: the plan was adopted.
        CodeTaken: another pillar has the number.
    """
    plan = _draft(plan)
    if plan.pillars.filter(number=number).exists():
        raise CodeTaken(code=number)
    return Pillar.objects.create(plan=plan, number=number, title=title)


@action("joint.edit")
def add_area(actor: Actor, pillar: Pillar, *, code: str, title: Wording, rationale: Wording | None = None) -> Area:
    """Add a priority area: to a draft, or for what the next edition will put there.

    Raises:
        CodeTaken: another area of the plan has the number.
    """
    if Area.objects.filter(pillar__plan=pillar.plan_id, code=code).exists():
        raise CodeTaken(code=code)
    return Area.objects.create(pillar=pillar, code=code, title=title, rationale=rationale or Wording())


@action("joint.edit")
def add_action(
    actor: Actor,
    plan: Plan,
    wanted: Wanted,
    *,
    grade: str = PlanAction.Grade.OURS,
    source: str = "",
    origin: int = PlanAction.Origin.INSTRUMENT,
) -> PlanAction:
    """Write an action into a draft.

    Raises:
        PlanInForce: the plan was adopted.
        FoundSomewhere: it was found in a public source, and none is given.
    """
    if grade == PlanAction.Grade.FOUND and not source:
        raise FoundSomewhere
    return wanted.write(PlanAction(plan=_draft(plan), grade=grade, source=source, origin=origin))


@action("joint.edit")
def edit_action(actor: Actor, old: PlanAction, wanted: Wanted) -> PlanAction:
    """Reword an action of a draft.

    Raises:
        PlanInForce: the plan was adopted.
    """
    old.plan = _draft(old.plan)
    return wanted.write(old)


@action("joint.edit")
def remove_action(actor: Actor, act: PlanAction) -> None:
    """Take an action out of a draft.

    Raises:
        PlanInForce: the plan was adopted.
        ActionHasParts: it has sub-actions.
        ActionInUse: milestones or money stand for it.
    """
    _draft(act.plan)
    if parts := list(act.parts.values_list("code", flat=True)):
        raise ActionHasParts(number=act.code, parts=", ".join(parts))
    if act.milestones.exists() or act.funding.exists():
        raise ActionInUse(number=act.code)
    act.delete()


@action("joint.edit")
def add_body(actor: Actor, *, code: str, name: Wording, kind: int, country: str = "", contact: str = "") -> Body:
    """Register a body that answers for something.

    Raises:
        CodeTaken: another body has the code.
    """
    if Body.objects.filter(code=code).exists():
        raise CodeTaken(code=code)
    return Body.objects.create(code=code, name=name, kind=kind, country=country, contact=contact)


@action("joint.edit")
def name_bodies(actor: Actor, act: PlanAction, *, parts: Mapping[int, Sequence[Body]]) -> PlanAction:
    """Say which bodies have which part in an action; what was said before is replaced."""
    act.bodies.all().delete()
    ActionBody.objects.bulk_create(
        ActionBody(action=act, body=body, part=part) for part, bodies in parts.items() for body in bodies
    )
    return act


@action("joint.edit")
def adopt_plan(actor: Actor, plan: Plan, *, on: date, at: str = "", source: str = "") -> Plan:
    """Put the first edition in force.

    Raises:
        PlanInForce: it is in force already.
        PlanHasNoAction: there is nothing to adopt.
    """
    plan = _draft(plan)
    if not plan.actions.exists():
        raise PlanHasNoAction
    Revision.objects.create(
        plan=plan, edition=1, state=Revision.State.ADOPTED, opened_by_id=actor.staff_id or None, adopted_on=on,
        adopted_at=at, source=source,
    )  # fmt: skip
    plan.state, plan.edition = Plan.State.IN_FORCE, 1
    plan.save(update_fields=("state", "edition"))
    return plan
