"""How far a plan is: the matrix of actions and countries, each pillar's share, and what is late."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Prefetch

from panoh.access.clock import today
from panoh.access.wordings import Wording
from panoh.plan.models import ActionBody, Body, Milestone, Pillar, Plan, PlanAction, Reached, Status
from panoh.plan.queries.tree import by_number, offices
from panoh.plan.states import state_name

State = Status.State
ENDED = frozenset({State.DONE, State.STOPPED, State.NOT_APPLICABLE})
NOT_REPORTED = 0
QUIET_DAYS = 365

# One row per action: rows for 300 actions of 30 countries each would take ten times as long to fetch.
LATEST = """
select action, (
    select json_object_agg(country, {told}) from (
        select distinct on (country) country, state, "on" from plan_status
        where action_id = action order by country, "on" desc, id desc
    ) latest
)::text from unnest(%s::bigint[]) action
"""
LATEST_STATES = LATEST.format(told="state")
LATEST_REPORTS = LATEST.format(told='json_build_array(state, "on")')
Reports = Mapping[str, tuple[int, str]]  # by country: the status that counts, and its day in ISO form


@dataclass(frozen=True, slots=True)
class ActionNow:
    """An action that is in a plan, as the views of the plan need it; concerns: the states that report on it."""

    pk: int
    pillar_id: int
    code: str
    text: Wording
    starts: date | None
    ends: date | None
    concerns: Sequence[str]


def actions_now(plan: Plan, pillar: int | None = None) -> list[ActionNow]:
    """Return the plan's actions in order; of one pillar, if its number is given."""
    found = PlanAction.objects.filter(plan=plan, until=None)
    if pillar is not None:
        found = found.filter(area__pillar__number=pillar)
    rows = found.order_by("area__pillar__number", by_number("area__code"), by_number("code"), "code").values_list(
        "pk", "area__pillar_id", "code", "text", "starts", "ends", "states"
    )
    return [ActionNow(*told[:-1], told[-1] or plan.states) for told in rows]


def _latest(statement: str, actions: Sequence[ActionNow]) -> dict[int, Any]:
    """Return by action what the statement tells of each country; what nobody reported is absent."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [[action.pk for action in actions]])
        return {action: json.loads(told) for action, told in cursor.fetchall() if told}


# --- the matrix --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MatrixRow:
    """An action and its status in each country shown: 0 where none was reported, None where it is not concerned."""

    action: ActionNow
    states: Sequence[int | None]


@dataclass(frozen=True)
class Matrix:
    """What has become of each action in each country; pillars: those of the plan, to choose from."""

    plan: Plan
    countries: Sequence[str]
    rows: Sequence[MatrixRow]
    pillars: Sequence[Pillar]

    @cached_property
    def counted(self) -> Counter[int]:
        """Return how many of the cells that concern a country have each status."""
        found = Counter(chain.from_iterable(row.states for row in self.rows))
        return Counter({state: many for state, many in found.items() if state is not None})

    @property
    def reported(self) -> int:
        """Return in how many of the cells that concern a country something was reported."""
        return self.cells - self.counted[NOT_REPORTED]

    @property
    def cells(self) -> int:
        """Return how many cells concern a country."""
        return self.counted.total()


def matrix(plan: Plan, *, pillar: int | None = None, country: str = "", state: int | None = None) -> Matrix:
    """Return the matrix; state: only actions that have it in a country shown (0: not reported)."""
    countries = [code for code in plan.states if country in ("", code)]
    actions = actions_now(plan, pillar)
    latest: Mapping[int, Mapping[str, int]] = _latest(LATEST_STATES, actions)
    rows = []
    for action in actions:
        told, concerned = latest.get(action.pk, {}), set(action.concerns)
        states = [told.get(code, NOT_REPORTED if code in concerned else None) for code in countries]
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
        rows = [row for row in found.rows if row.action.pillar_id == pillar.pk]
        counted = Counter(chain.from_iterable(row.states for row in rows))
        told.append(PillarProgress(pillar, len(rows), {kind: counted[kind] for kind in (*State.values, NOT_REPORTED)}))
    return told


# --- what is late ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Late:
    """Something that should be done by now, the countries where it is not (none: all together), and who leads it."""

    action: ActionNow
    milestone: Milestone | None
    due: date
    countries: Sequence[str]
    lead: Body | None

    @property
    def days(self) -> int:
        """Return how many days it is late."""
        return (today() - self.due).days

    @property
    def where(self) -> str:
        """Return the countries one after the other."""
        return ", ".join(self.countries)


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
    actions = actions_now(plan)
    latest: Mapping[int, Reports] = _latest(LATEST_REPORTS, actions)
    speaking, past = offices(), _past_milestones(plan)
    leading = ActionBody.objects.filter(part=ActionBody.Part.LEAD, action__plan=plan, action__until=None)
    leads = {part.action_id: part.body for part in leading.select_related("body").order_by("pk")}
    late = [
        one
        for action in actions
        for one in _late_of(action, latest.get(action.pk, {}), countries, past.get(action.pk, ()), leads.get(action.pk))
    ]
    return Behind(
        sorted(late, key=lambda one: (one.due, one.action.code)),
        _quiet(actions, latest, countries, speaking),
        {code: speaking.get(code, ()) for code in countries},
    )


def _past_milestones(plan: Plan) -> Mapping[int, Sequence[Milestone]]:
    """Return by action the milestones that were due before today, each with the records of who reached it."""
    found: dict[int, list[Milestone]] = {}
    reached = Prefetch("reached", to_attr="all_reached")
    due = Milestone.objects.filter(action__plan=plan, action__until=None, due__lt=today()).prefetch_related(reached)
    for milestone in due.order_by("due", "pk"):
        found.setdefault(milestone.action_id, []).append(milestone)
    return found


def _late_of(
    action: ActionNow, told: Reports, countries: Sequence[str], past: Sequence[Milestone], lead: Body | None
) -> list[Late]:
    has_ended = action.ends is not None and action.ends < today()
    if not (has_ended or past):
        return []
    concerned = set(countries).intersection(action.concerns)
    open_in = [
        code for code in action.concerns if code in concerned and told.get(code, (NOT_REPORTED, ""))[0] not in ENDED
    ]
    found = []
    if action.ends and has_ended and open_in:
        found.append(Late(action, None, action.ends, open_in, lead))
    for milestone in past:
        records: list[Reached] = milestone.all_reached  # type: ignore[attr-defined]  # fetched with it
        reached = {record.country for record in records}
        waiting = [code for code in open_in if code not in reached] if milestone.for_each else []
        if waiting or not (milestone.for_each or reached):
            found.append(Late(action, milestone, milestone.due, waiting, lead))
    return found


def _quiet(
    actions: Sequence[ActionNow],
    latest: Mapping[int, Reports],
    countries: Sequence[str],
    speaking: Mapping[str, Sequence[str]],
) -> list[Quiet]:
    long_ago = (today() - timedelta(QUIET_DAYS)).isoformat()
    unreported, old = Counter[str](), Counter[str]()
    for action in actions:
        told = latest.get(action.pk, {})
        for code in action.concerns:
            state, day = told.get(code, (NOT_REPORTED, ""))
            if state == NOT_REPORTED:
                unreported[code] += 1
            elif day < long_ago and state not in ENDED:
                old[code] += 1
    return [Quiet(code, unreported[code], old[code], speaking.get(code, ())) for code in countries]


# --- time --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Timed:
    """An action with its milestones, for the timeline."""

    action: ActionNow
    milestones: Sequence[Milestone]


def timed_actions(plan: Plan, pillar: int | None = None) -> list[Timed]:
    """Return the actions that have a day of their own or a milestone; the others have no place in time."""
    milestones: dict[int, list[Milestone]] = {}
    for one in Milestone.objects.filter(action__plan=plan, action__until=None).order_by("due", "pk"):
        milestones.setdefault(one.action_id, []).append(one)
    timed = [Timed(action, milestones.get(action.pk, ())) for action in actions_now(plan, pillar)]
    return [one for one in timed if one.action.starts or one.action.ends or one.milestones]
