"""What the page Today shows: what is late, what is due, what waits for others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.casework.catalogue import catalogue
from panoh.casework.models import ArrivalList, ArrivalRow, Case, PlanItem, Task, Visit
from panoh.casework.queries.joining import counts_of_pairs
from panoh.casework.queries.merging import waiting_for
from panoh.casework.queries.reach import within

MOST = 25
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
class Today:
    """Everything the page Today shows. Late and due hold at most 25 each, the most pressing first."""

    late: list[ToDo]
    due: list[ToDo]
    waiting: list[ToDo]
    stages: list[AtStage]
    rows_to_decide: int
    pairs_to_decide: int


def todo(actor: Actor) -> Today:
    """Return what this actor should do now. Seven queries, two more for whoever decides on pairs."""
    day = today()
    late = _gather(actor, Q(due__lt=day), Q(planned_on__lt=day), day, mine=True)
    due = _gather(
        actor,
        Q(due__range=(day, day + timedelta(AHEAD_DAYS))),
        Q(planned_on__range=(day, day + timedelta(AHEAD_DAYS))),
        day,
        mine=True,
    )
    held = ArrivalRow.objects.filter(is_held=True).exclude(arrival_list__state=ArrivalList.State.DISCARDED)
    undecided = held.count() if actor.may("list.decide") else 0
    pairs = _pairs(actor) if actor.may("duplicate.decide") else 0
    return Today(late, due, _waiting(actor, day), _by_stage(actor), undecided, pairs)


def _pairs(actor: Actor) -> int:
    others = [merge for merge in waiting_for(actor) if merge.proposed_by_id != actor.staff_id]
    return counts_of_pairs(actor)["open"] + len(others)


def _gather(actor: Actor, by_due: Q, by_plan: Q, day: date, *, mine: bool) -> list[ToDo]:
    words = catalogue()
    tasks = Task.objects.filter(within(actor, "family"), by_due, done_on=None, case__closed_on=None).select_related(
        "family", "owner"
    )
    steps = PlanItem.objects.filter(
        within(actor, "need__case__family"), by_due, outcome="", need__case__closed_on=None
    ).select_related("need__case__family", "responsible")
    visits = Visit.objects.filter(within(actor, "family"), by_plan, made_on=None).select_related("family", "by")
    if mine and actor.role.scope == "own":
        tasks, steps = tasks.filter(owner=actor.staff_id), steps.filter(responsible=actor.staff_id)
    found = [
        ToDo(t.due, words.label("task_kinds", t.kind), t.family.code, str(t.owner or ""), t.due < day)
        for t in tasks.order_by("due")[:MOST]
    ]
    found += [
        ToDo(
            s.due or day,
            words.label("services", s.service),
            s.need.case.family.code,
            str(s.responsible or ""),
            bool(s.due and s.due < day),
        )
        for s in steps.order_by("due")[:MOST]
    ]
    found += [
        ToDo(
            v.planned_on or day,
            words.label("visit_kinds", v.kind),
            v.family.code,
            str(v.by),
            bool(v.planned_on and v.planned_on < day),
        )
        for v in visits.order_by("planned_on")[:MOST]
    ]
    return sorted(found, key=lambda item: item.due)[:MOST]


def _waiting(actor: Actor, day: date) -> list[ToDo]:
    """Steps that another agency provides, whose answer we wait for."""
    steps = PlanItem.objects.filter(
        within(actor, "need__case__family"),
        outcome="",
        provider__isnull=False,
        due__isnull=False,
        need__case__closed_on=None,
    )
    steps = steps.exclude(provider=actor.agency_id).select_related("need__case__family", "provider")
    return [
        ToDo(
            s.due or day,
            catalogue().label("services", s.service),
            s.need.case.family.code,
            str(s.provider),
            bool(s.due and s.due < day),
        )
        for s in steps.order_by("due")[:MOST]
    ]


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
