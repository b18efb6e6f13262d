"""How far a plan is: the matrix of actions and countries, each pillar's share, and what is late."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Prefetch, QuerySet

from panoh.access.clock import today
from panoh.plan.models import ActionBody, Body, Milestone, Pillar, Plan, PlanAction, Reached, Status
from panoh.plan.queries.tree import by_number, offices
from panoh.plan.states import state_name

State = Status.State
ENDED = frozenset({State.DONE, State.STOPPED, State.NOT_APPLICABLE})
NOT_REPORTED = 0
QUIET_DAYS = 365

# One row per action: rows for 300 actions of 30 countries each would take ten times as long to fetch.
LATEST = """
select action_id, jsonb_object_agg(country, jsonb_build_array(state, "on")) from (
    select distinct on (s.action_id, s.country) s.action_id, s.country, s.state, s."on"
    from plan_status s join plan_planaction a on a.id = s.action_id
    where a.plan_id = %s and a.until is null
    order by s.action_id, s.country, s."on" desc, s.id desc
) latest group by action_id
"""
Reports = Mapping[str, tuple[int, str]]
Latest = Mapping[int, Reports]


def latest_statuses(plan: Plan) -> Latest:
    """Return by action and country the status that counts, with its day in ISO form; what nobody reported is absent."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [plan.pk])
        return {action: json.loads(told) for action, told in cursor.fetchall()}


def actions_of(plan: Plan, pillar: int | None = None) -> QuerySet[PlanAction]:
    """Return the plan's actions in order, each with its pillar and area; of one pillar, if it is given."""
    found = PlanAction.objects.filter(plan=plan, until=None).select_related("area__pillar")
    if pillar is not None:
        found = found.filter(area__pillar__number=pillar)
    return found.order_by("area__pillar__number", by_number("area__code"), by_number("code"), "code")


# --- the matrix --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MatrixRow:
    """An action and its status in each country shown: 0 where none was reported, None where it is not concerned."""

    action: PlanAction
    states: Sequence[int | None]


@dataclass(frozen=True)
class Matrix:
    """What has become of each action in each country; pillars: those of the plan, to choose from."""

    plan: Plan
    countries: Sequence[str]
    rows: Sequence[MatrixRow]
    pillars: Sequence[Pillar]

    @property
    def reported(self) -> int:
        """Return in how many of the cells that concern a country something was reported."""
        return sum(1 for row in self.rows for state in row.states if state)

    @property
    def cells(self) -> int:
        """Return how many cells concern a country."""
        return sum(1 for row in self.rows for state in row.states if state is not None)


def matrix(plan: Plan, *, pillar: int | None = None, country: str = "", state: int | None = None) -> Matrix:
    """Return the matrix; state: only actions that have it in a country shown (0: not reported)."""
    countries = [code for code in plan.states if country in ("", code)]
    latest = latest_statuses(plan)
    rows = []
    for action in actions_of(plan, pillar):
        action.plan = plan
        told, concerned = latest.get(action.pk, {}), set(action.concerns)
        states = [told[code][0] if code in told else 0 if code in concerned else None for code in countries]
        if state is None or state in states:
            rows.append(MatrixRow(action, states))
    return Matrix(plan, countries, rows, list(plan.pillars.all()))


# --- pillars -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PillarProgress:
    """How many statuses of each kind a pillar has, counted over its actions and the countries they concern."""

    pillar: Pillar
    actions: int
    counted: Mapping[int, int]

    @property
    def total(self) -> int:
        """Return over how many actions and countries it is counted."""
        return sum(self.counted.values())


def pillar_progress(plan: Plan, country: str = "") -> list[PillarProgress]:
    """Return the progress of each pillar, in all countries or in one."""
    found = matrix(plan, country=country)
    told = []
    for pillar in found.pillars:
        rows = [row for row in found.rows if row.action.area.pillar_id == pillar.pk]
        counted = Counter(state for row in rows for state in row.states if state is not None)
        told.append(PillarProgress(pillar, len(rows), {kind: counted[kind] for kind in (*State.values, NOT_REPORTED)}))
    return told


# --- what is late ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Late:
    """Something that should be done by now, the countries where it is not (none: all together), and who leads it."""

    action: PlanAction
    milestone: Milestone | None
    due: date
    countries: Sequence[str]
    lead: Body | None

    @property
    def days(self) -> int:
        """Return how many days it is late."""
        return (today() - self.due).days


@dataclass(frozen=True)
class Quiet:
    """A country with actions of which nothing was reported, or nothing in the last year, and who speaks for it."""

    country: str
    unreported: int
    old: int
    offices: Sequence[str]

    @property
    def name(self) -> str:
        """Return what the country is called."""
        return state_name(self.country)


@dataclass(frozen=True)
class Behind:
    """What is late, the longest first, and of what nobody has heard."""

    late: Sequence[Late]
    quiet: Sequence[Quiet]
    offices: Mapping[str, Sequence[str]]


def behind(plan: Plan, country: str = "") -> Behind:
    """Return what is late in a plan and who can move it, in all countries or in one."""
    countries = [code for code in plan.states if country in ("", code)]
    leading = ActionBody.objects.filter(part=ActionBody.Part.LEAD).select_related("body")
    milestones = Milestone.objects.filter(due__lt=today()).prefetch_related(Prefetch("reached", to_attr="all_reached"))
    actions = list(
        actions_of(plan).prefetch_related(
            Prefetch("bodies", leading, to_attr="leading"), Prefetch("milestones", milestones, to_attr="past")
        )
    )
    for action in actions:
        action.plan = plan
    latest, speaking = latest_statuses(plan), offices()
    told = [(set(action.concerns), latest.get(action.pk, {})) for action in actions]
    late = [one for action in actions for one in _late_of(action, latest.get(action.pk, {}), countries)]
    return Behind(
        sorted(late, key=lambda one: (one.due, one.action.code)),
        [_quiet(code, told, speaking.get(code, ())) for code in countries],
        {code: speaking.get(code, ()) for code in countries},
    )


def _late_of(action: PlanAction, told: Mapping[str, tuple[int, str]], countries: Sequence[str]) -> list[Late]:
    leading: list[ActionBody] = action.leading  # type: ignore[attr-defined]  # fetched with it
    past: list[Milestone] = action.past  # type: ignore[attr-defined]
    lead = leading[0].body if leading else None
    concerned = [code for code in action.concerns if code in countries]
    open_in = [code for code in concerned if told.get(code, (NOT_REPORTED, ""))[0] not in ENDED]
    found = []
    if action.ends and action.ends < today() and open_in:
        found.append(Late(action, None, action.ends, open_in, lead))
    for milestone in past:
        records: list[Reached] = milestone.all_reached  # type: ignore[attr-defined]
        reached = {record.country for record in records}
        waiting = [code for code in open_in if code not in reached] if milestone.for_each else []
        if waiting or not (milestone.for_each or reached):
            found.append(Late(action, milestone, milestone.due, waiting, lead))
    return found


def _quiet(country: str, told: Sequence[tuple[set[str], Reports]], speaking: Sequence[str]) -> Quiet:
    """told: of each action the states that it concerns, and what states reported on it."""
    long_ago = (today() - timedelta(QUIET_DAYS)).isoformat()
    its = [reports.get(country) for concerned, reports in told if country in concerned]
    old = sum(1 for one in its if one and one[0] not in ENDED and one[1] < long_ago)
    return Quiet(country, its.count(None), old, speaking)


# --- one action --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Timed:
    """An action with its milestones, for the timeline."""

    action: PlanAction
    milestones: Sequence[Milestone]


def timed_actions(plan: Plan, pillar: int | None = None) -> list[Timed]:
    """Return the actions that have a day of their own or a milestone; the others have no place in time."""
    found = actions_of(plan, pillar).prefetch_related(
        Prefetch("milestones", Milestone.objects.order_by("due"), to_attr="in_time")
    )
    timed = [Timed(action, action.in_time) for action in found]
    return [one for one in timed if one.action.starts or one.action.ends or one.milestones]
