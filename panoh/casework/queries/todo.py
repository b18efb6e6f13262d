"""What the page Today shows: what is late, what is due, what waits for others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import CLOSED_NUMBER
from panoh.casework.models import ArrivalList, ArrivalRow, Case, PlanItem, Task, Visit
from panoh.casework.queries.joining import open_pairs
from panoh.casework.queries.merging import waiting_for
from panoh.casework.queries.reach import still_led, within

MOST = 10
COUNTED = 100  # Today counts no further: a country's would take longer than the page
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
    """The most pressing of one part of Today, and how many there are in all, or at least."""

    items: list[ToDo]
    count: int
    is_least: bool = False

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
    return Today({name: part_of(actor, name, count_to=COUNTED) for name in PARTS}, _by_stage(actor), undecided, pairs)


def _pairs(actor: Actor) -> int:
    others = [merge for merge in waiting_for(actor) if merge.proposed_by_id != actor.staff_id]
    return open_pairs(actor) + len(others)


def part_of(actor: Actor, name: str, *, page: int = 1, size: int = MOST, count_to: int | None = None) -> Part:
    """Return one page of a part of Today ("late", "due" or "waiting"), the most pressing first.

    count_to: of each kind of thing to do no more are counted than so many; None for all.

    It holds everything open in the families the actor reaches, whoever sees to it: nobody else may be told to.
    """
    day = today()
    until = day + timedelta(AHEAD_DAYS)
    parts: Mapping[str, Mapping[str, Any]] = {
        "late": {"lt": day},
        "due": {"range": (day, until)},
        "waiting": {"isnull": False},
    }
    start = (page - 1) * size
    kinds = _steps_of_others(actor, parts[name]) if name == "waiting" else _at_hand(actor, parts[name])
    lines = [_line(row, day) for row in _all(found.order_by(due, "pk")[: start + size + 1] for found, due in kinds)]
    items = sorted(lines, key=lambda item: item.due)[start : start + size]
    if not start and len(lines) <= size:
        return Part(items, len(lines))
    count = _all(found.order_by()[:count_to] for found, _ in kinds).count()
    return Part(items, count, is_least=count_to is not None and count >= count_to)


def _all(kinds: Iterable[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """Return the lines of all kinds as one question to the database."""
    first, *others = kinds
    return first.union(*others, all=True) if others else first


# Each kind's lines, alike in their columns so that the database can put them together, and by what they fall due.
Kinds = list[tuple[QuerySet[Any, Any], str]]


def _at_hand(actor: Actor, which: Mapping[str, Any]) -> Kinds:
    """Return what we do ourselves: tasks, steps of the plan, visits."""
    tasks = Task.objects.filter(
        within(actor, "family"), still_led(), _on("due", which), done_on=None, case__closed_on=None
    )
    visits = Visit.objects.filter(
        within(actor, "family"), still_led(), _on("planned_on", which), made_on=None, cancelled_on=None
    )
    steps = _steps(actor, which).filter(Q(provider=None) | Q(provider=actor.agency_id))
    return [
        (_columns(tasks, "due", "task_kinds", "kind", "family", "owner__display_name"), "due"),
        (_columns(steps, "due", "services", "service", "need__case__family", "responsible__display_name"), "due"),
        (_columns(visits, "planned_on", "visit_kinds", "kind", "family", "by__display_name"), "planned_on"),
    ]


def _steps_of_others(actor: Actor, which: Mapping[str, Any]) -> Kinds:
    """Return the steps that another agency provides, whose answer we wait for."""
    steps = _steps(actor, which).filter(provider__isnull=False).exclude(provider=actor.agency_id)
    return [(_columns(steps, "due", "services", "service", "need__case__family", "provider__name"), "due")]


def _columns(found: QuerySet[Any], due: str, words: str, what: str, family: str, who: str) -> QuerySet[Any, Any]:
    return found.values_list(due, Value(words), what, f"{family}__code", Coalesce(who, Value("")))


def _steps(actor: Actor, which: Mapping[str, Any]) -> QuerySet[PlanItem]:
    open_case = {"outcome": "", "need__case__closed_on": None}
    return PlanItem.objects.filter(within(actor, "need__case__family"), _on("due", which), **open_case)


def _on(field: str, which: Mapping[str, Any]) -> Q:
    return Q(**{f"{field}__{lookup}": value for lookup, value in which.items()})


def _line(row: tuple[date, str, str, str, str], day: date) -> ToDo:
    due, words, what, family, who = row
    return ToDo(due, catalogue().label(words, what), family, who, due < day)


def _by_stage(actor: Actor) -> list[AtStage]:
    counted = dict(
        Case.objects.filter(within(actor, "family"), stage__lt=CLOSED_NUMBER)
        .values_list("stage")
        .annotate(number=Count("*"))
        .order_by()
    )
    return [
        AtStage(stage.label, counted.get(stage.number, 0), f"{reverse('families')}?stage={stage.number}")
        for stage in catalogue().stages[:-1]
    ]
