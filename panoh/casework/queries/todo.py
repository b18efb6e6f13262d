"""What the page Today shows: what is late, what is due, what waits for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.casework.catalogue import catalogue
from panoh.casework.models import ArrivalList, ArrivalRow, Case, PlanItem, Task, Visit
from panoh.casework.queries.joining import open_pairs
from panoh.casework.queries.merging import waiting_for
from panoh.casework.queries.reach import still_led, within

MOST = 10
AHEAD_DAYS = 7


@dataclass(frozen=True)
class ToDo:
    """One thing to do: a code, never a name."""

    due: date
    what: str
    family_code: str
    who: str
    is_late: bool


@dataclass(frozen=True)
class AtStage:
    """How many open cases are at a stage."""

    label: str
    value: int
    url: str


@dataclass(frozen=True)
class Part:
    """The most pressing of one part of Today, and how many there are in all."""

    items: list[ToDo]
    count: int

    @property
    def has_more(self) -> bool:
        """Tell whether there are more than are here."""
        return self.count > len(self.items)


@dataclass(frozen=True)
class Today:
    """Everything the page Today shows; each part holds at most 10, the most pressing first, and says how many."""

    parts: dict[str, Part]
    stages: list[AtStage]
    rows_to_decide: int
    pairs_to_decide: int

    @property
    def late(self) -> list[ToDo]:
        """Return what was due before today."""
        return self.parts["late"].items

    @property
    def due(self) -> list[ToDo]:
        """Return what is due today or in the next seven days."""
        return self.parts["due"].items

    @property
    def waiting(self) -> list[ToDo]:
        """Return what others owe an answer to, late or not; it stands here and not among the two others."""
        return self.parts["waiting"].items

    @property
    def counts(self) -> dict[str, int]:
        """Return how many there are of each part."""
        return {name: part.count for name, part in self.parts.items()}


PARTS = ("late", "due", "waiting")


def todo(actor: Actor) -> Today:
    """Return what this actor should do now. The same few queries, however much it is."""
    held = ArrivalRow.objects.filter(is_held=True).exclude(arrival_list__state=ArrivalList.State.DISCARDED)
    undecided = held.count() if actor.may("list.decide") else 0
    pairs = _pairs(actor) if actor.may("duplicate.decide") else 0
    return Today({name: part_of(actor, name) for name in PARTS}, _by_stage(actor), undecided, pairs)


def _pairs(actor: Actor) -> int:
    others = [merge for merge in waiting_for(actor) if merge.proposed_by_id != actor.staff_id]
    return open_pairs(actor) + len(others)


def part_of(actor: Actor, name: str, *, page: int = 1, size: int = MOST) -> Part:
    """Return one page of a part of Today ("late", "due" or "waiting"), the most pressing first.

    It holds everything open in the families the actor reaches, whoever sees to it: nobody else may be told to.
    """
    day = today()
    until = day + timedelta(AHEAD_DAYS)
    parts: Mapping[str, Mapping[str, Any]] = {
        "late": {"lt": day},
        "due": {"range": (day, until)},
        "waiting": {"isnull": False},
    }
    which = parts[name]
    start = (page - 1) * size
    kinds = _steps_of_others(actor, which) if name == "waiting" else _at_hand(actor, which)
    lines = [line(record, day) for found, line in kinds for record in found[: start + size + 1]]
    count = len(lines) if not start and len(lines) <= size else sum(found.count() for found, _ in kinds)
    return Part(sorted(lines, key=lambda item: item.due)[start : start + size], count)


Kinds = list[tuple[QuerySet[Any], Callable[[Any, date], ToDo]]]


def _at_hand(actor: Actor, which: Mapping[str, Any]) -> Kinds:
    """Return what we do ourselves: tasks, steps of the plan, visits."""
    tasks = Task.objects.filter(within(actor, "family"), still_led(), _on("due", which), done_on=None)
    visits = Visit.objects.filter(
        within(actor, "family"), still_led(), _on("planned_on", which), made_on=None, cancelled_on=None
    )
    steps = _steps(actor, which).filter(Q(provider=None) | Q(provider=actor.agency_id))
    return [
        (tasks.filter(case__closed_on=None).select_related("family", "owner").order_by("due", "pk"), _task_line),
        (steps.select_related("need__case__family", "responsible").order_by("due", "pk"), _step_line),
        (visits.select_related("family", "by").order_by("planned_on", "pk"), _visit_line),
    ]


def _steps_of_others(actor: Actor, which: Mapping[str, Any]) -> Kinds:
    """Return the steps that another agency provides, whose answer we wait for."""
    steps = _steps(actor, which).filter(provider__isnull=False).exclude(provider=actor.agency_id)
    return [(steps.select_related("need__case__family", "provider").order_by("due", "pk"), _waiting_line)]


def _steps(actor: Actor, which: Mapping[str, Any]) -> QuerySet[PlanItem]:
    open_case = {"outcome": "", "need__case__closed_on": None}
    return PlanItem.objects.filter(within(actor, "need__case__family"), _on("due", which), **open_case)


def _on(field: str, which: Mapping[str, Any]) -> Q:
    return Q(**{f"{field}__{lookup}": value for lookup, value in which.items()})


def _task_line(task: Task, day: date) -> ToDo:
    what = catalogue().label("task_kinds", task.kind)
    return ToDo(task.due, what, task.family.code, str(task.owner or ""), task.due < day)


def _step_line(step: PlanItem, day: date, who: object = None) -> ToDo:
    what, due = catalogue().label("services", step.service), step.due or day
    return ToDo(due, what, step.need.case.family.code, str(who or step.responsible or ""), due < day)


def _waiting_line(step: PlanItem, day: date) -> ToDo:
    return _step_line(step, day, step.provider)


def _visit_line(visit: Visit, day: date) -> ToDo:
    what, planned = catalogue().label("visit_kinds", visit.kind), visit.planned_on or day
    return ToDo(planned, what, visit.family.code, str(visit.by), planned < day)


def _by_stage(actor: Actor) -> list[AtStage]:
    counted = dict(
        Case.objects.filter(within(actor, "family"), closed_on=None)
        .values_list("stage")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [
        AtStage(stage.label, counted.get(stage.number, 0), f"{reverse('families')}?stage={stage.number}")
        for stage in catalogue().stages[:-1]
    ]
