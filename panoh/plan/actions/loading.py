"""Loading a plan from a file: its text, who answers for it, and what countries are known to have done."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from panoh.access.entrances import Actor, action
from panoh.access.wordings import Wording
from panoh.plan.actions.revising import Wanted
from panoh.plan.actions.statuses import add_milestone, reach_milestone, report_status
from panoh.plan.actions.writing import add_action, add_area, add_body, add_pillar, adopt_plan, begin_plan, name_bodies
from panoh.plan.models import ActionBody, Body, Plan, PlanAction, Revision, Status
from panoh.plan.refusals import PlanFileWrong

Web = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]{1,390}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,16}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,24}$")]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Worded = Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], str], Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Status(_Part):
    country: State
    state: Literal["not_started", "under_way", "done", "stopped", "not_applicable"]
    on: date
    source: str
    note: str = ""
    evidence_kind: str = ""
    evidence: Web | Literal[""] = ""
    evidence_on: date | None = None


class _Reached(_Part):
    on: date
    source: str
    country: State | Literal[""] = ""


class _Milestone(_Part):
    text: Worded
    due: date
    for_each: bool = True
    reached: list[_Reached] = []


class _Action(_Part):
    number: Number
    text: Worded
    part_of: str = ""
    starts: date | None = None
    ends: date | None = None
    countries: list[State] = []
    also: list[int] = []
    grade: Literal["A", "B", "C"] = "C"
    source: Web | Literal[""] = ""
    lead: Slug | None = None
    contributors: list[Slug] = []
    funders: list[Slug] = []
    status: list[_Status] = []
    milestone: list[_Milestone] = []


class _Area(_Part):
    number: Number
    title: Worded
    why: Worded | None = None
    action: list[_Action] = []


class _Pillar(_Part):
    number: int
    title: Worded
    area: list[_Area] = []


class _Body(_Part):
    code: Slug
    name: Worded
    kind: Literal["state", "un", "regional", "civil", "research", "other"]
    country: State | Literal[""] = ""
    contact: str = ""


class _Edition(_Part):
    number: Annotated[int, Field(ge=1, le=1000)]
    on: date
    at: str = ""
    source: Web | Literal[""] = ""


class _File(_Part):
    code: Slug
    title: Worded
    countries: Annotated[list[State], Field(min_length=1)]
    starts: date | None = None
    ends: date | None = None
    source: Web | Literal[""] = ""
    edition: list[_Edition] = []
    body: list[_Body] = []
    pillar: list[_Pillar] = []


def read_plan(content: bytes) -> _File:
    """Return what the file of a plan holds.

    Raises:
        PlanFileWrong: it is no TOML, or something in it is not as it should be; says where.
    """
    try:
        return _File.model_validate(tomllib.loads(content.decode("utf-8-sig")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise PlanFileWrong(where="TOML", what=wrong) from wrong
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise PlanFileWrong(where=".".join(map(str, first["loc"])), what=first["msg"]) from wrong


@action("joint.edit")
def load_plan(actor: Actor, content: bytes) -> Plan:
    """Load a plan from a file, whole or not at all; with an edition in it, it is in force afterwards.

    Raises:
        PlanFileWrong: the file is not as it should be.
        As the steps by which a plan is written and reported on.
    """
    told = read_plan(content)
    plan = begin_plan(
        actor, code=told.code, title=Wording(told.title), states=told.countries, starts=told.starts, ends=told.ends,
        source=told.source,
    )  # fmt: skip
    bodies = {one.code: _body(actor, one) for one in told.body}
    written: list[tuple[PlanAction, _Action]] = []
    for pillar in told.pillar:
        add_pillar(actor, plan, number=pillar.number, title=Wording(pillar.title))
    for pillar in told.pillar:
        of = plan.pillars.get(number=pillar.number)
        for area in pillar.area:
            add_area(actor, of, code=area.number, title=Wording(area.title), rationale=Wording(area.why or {}))
            written += [(_action(actor, plan, area.number, one, bodies), one) for one in area.action]
    if told.edition:
        plan = _adopt(actor, plan, told.edition)
    for act, one in written:
        act.plan = plan
        _report(actor, act, one)
    return plan


def _body(actor: Actor, told: _Body) -> Body:
    """Return the body, registered if it is not yet."""
    found = Body.objects.filter(code=told.code).first()
    kind = Body.Kind[told.kind.upper()]
    return found or add_body(
        actor, code=told.code, name=Wording(told.name), kind=kind, country=told.country, contact=told.contact
    )


def _action(actor: Actor, plan: Plan, area: str, told: _Action, bodies: dict[str, Body]) -> PlanAction:
    wanted = Wanted(
        area, told.number, Wording(told.text), told.part_of, told.starts, told.ends, tuple(told.countries),
        tuple(told.also),
    )  # fmt: skip
    act = add_action(actor, plan, wanted, grade=told.grade, source=told.source)
    named = {
        ActionBody.Part.LEAD.value: [told.lead] if told.lead else [],
        ActionBody.Part.CONTRIBUTOR.value: told.contributors,
        ActionBody.Part.FUNDER.value: told.funders,
    }
    missing = next((code for codes in named.values() for code in codes if code not in bodies), None)
    if missing:
        raise PlanFileWrong(where=told.number, what=f"[[body]] {missing}?")
    if any(named.values()):
        name_bodies(actor, act, parts={part: [bodies[code] for code in codes] for part, codes in named.items()})
    return act


def _adopt(actor: Actor, plan: Plan, editions: list[_Edition]) -> Plan:
    """Put the plan in force in its last edition; of those before only when they were adopted is known."""
    editions = sorted(editions, key=lambda one: one.number)
    first, *later = editions
    plan.actions.update(since=editions[-1].number, edition=editions[-1].number)  # the only wording that the file has
    plan = adopt_plan(actor, plan, on=first.on, at=first.at, source=first.source)
    Revision.objects.bulk_create(
        Revision(plan=plan, edition=one.number, state=Revision.State.ADOPTED, opened_by_id=actor.staff_id or None,
                 adopted_on=one.on, adopted_at=one.at, source=one.source)
        for one in later
    )  # fmt: skip
    if later:
        plan.edition = later[-1].number
        plan.save(update_fields=("edition",))
    return plan


def _report(actor: Actor, act: PlanAction, told: _Action) -> None:
    for status in told.status:
        report_status(actor, act, **{**status.model_dump(), "state": Status.State[status.state.upper()]})
    for one in told.milestone:
        point = add_milestone(actor, act, text=Wording(one.text), due=one.due, for_each=one.for_each)
        for reached in one.reached:
            reach_milestone(actor, point, **reached.model_dump())
