"""What the page Today shows: what is late, what is due, what waits for others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import DateField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.casework.ages import TRUSTEESHIP_YEARS
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    ArrivalList,
    ArrivalRow,
    CareDecision,
    Case,
    Guardianship,
    LegalFile,
    Placement,
    PlanItem,
    Task,
    Visit,
)
from panoh.casework.queries.deciding import decisions_waiting
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
    to_decide: int = 0

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
# Due day, group and word of what is to do, code of the family, who sees to it.
Row = tuple[date, str, str, str, str]
# Each kind's lines, alike in their columns so that the database can put them together, and by what they fall due.
Kinds = list[tuple[QuerySet[Any, Any], str]]


def todo(actor: Actor) -> Today:
    """Return what this actor should do now. The same few queries, however much it is."""
    held = ArrivalRow.objects.filter(is_held=True).exclude(arrival_list__state=ArrivalList.State.DISCARDED)
    undecided = held.count() if actor.may("list.decide") else 0
    pairs = _pairs(actor) if actor.may("duplicate.decide") else 0
    return Today(
        {name: _beginning(actor, name) for name in PARTS}, _by_stage(actor), undecided, pairs, decisions_waiting(actor)
    )


def _pairs(actor: Actor) -> int:
    others = [merge for merge in waiting_for(actor) if merge.proposed_by_id != actor.staff_id]
    return open_pairs(actor) + len(others)


def part_of(actor: Actor, name: str, *, page: int = 1, size: int = MOST) -> Part:
    """Return one page of a part of Today ("late", "due" or "waiting"), the most pressing first.

    It holds everything open in the families the actor reaches, whoever sees to it: nobody else may be told to.
    """
    kinds, start = _kinds(actor, name), (page - 1) * size
    rows = _rows(kinds, start + size + 1)
    is_all = not start and len(rows) <= size
    count = len(rows) if is_all else _all(found.order_by() for found, _ in kinds).count()
    return Part(_lines(rows[start : start + size]), count)


def _beginning(actor: Actor, name: str) -> Part:
    rows = _rows(_kinds(actor, name), COUNTED + 1)
    return Part(_lines(rows[:MOST]), min(len(rows), COUNTED), is_least=len(rows) > COUNTED)


def _kinds(actor: Actor, name: str) -> Kinds:
    day = today()
    parts: Mapping[str, Mapping[str, Any]] = {
        "late": {"lt": day},
        "due": {"range": (day, day + timedelta(AHEAD_DAYS))},
        "waiting": {"isnull": False},
    }
    return _steps_of_others(actor, parts[name]) if name == "waiting" else _at_hand(actor, parts[name])


def _rows(kinds: Kinds, most: int) -> list[Row]:
    """Return the first lines of all kinds, the most pressing first, at most so many of each."""
    return sorted(_all(found.order_by(due, "pk")[:most] for found, due in kinds), key=lambda row: row[0])


def _all(kinds: Iterable[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """Return the lines of all kinds as one question to the database."""
    first, *others = kinds
    return first.union(*others, all=True) if others else first


def _at_hand(actor: Actor, which: Mapping[str, Any]) -> Kinds:
    """Return what we do ourselves: tasks, steps of the plan, visits, and what falls due by itself."""
    tasks = Task.objects.filter(
        within(actor, "family"), still_led(), _on("due", which), done_on=None, case__closed_on=None
    )
    visits = Visit.objects.filter(
        within(actor, "family"), still_led(), _on("planned_on", which), made_on=None, cancelled_on=None
    )
    steps = _steps(actor, which).filter(Q(provider=None) | Q(provider=actor.agency_id))
    talks = Case.objects.filter(within(actor, "family"), _on("assess_by", which), closed_on=None)
    return [
        (_columns(tasks, "due", "task_kinds", "kind", "family", "owner__display_name"), "due"),
        (_columns(steps, "due", "services", "service", "need__case__family", "responsible__display_name"), "due"),
        (_columns(visits, "planned_on", "visit_kinds", "kind", "family", "by__display_name"), "planned_on"),
        *([(_columns(talks, "assess_by", "task_kinds", Value("assessment"), "family", "family__worker__display_name"),
          "assess_by")] if actor.may("need.record") else []),
        *(_clocks(actor, which) if actor.may("family.see") else []),  # who took a referral alone sees no file's clocks
    ]  # fmt: skip


def _clocks(actor: Actor, which: Mapping[str, Any]) -> Kinds:
    """Return what falls due by itself: nobody sets it as a task, and nobody ends it but by doing it."""
    here, worker = "person__home", "person__home__worker__display_name"
    going_on = Placement.objects.filter(within(actor, here), state=Placement.State.GOING_ON)
    held = Guardianship.objects.filter(within(actor, here), ended_on=None)
    at_14 = Func(F("person__birth_year") + TRUSTEESHIP_YEARS, 1, 1, function="make_date", output_field=DateField())
    found: list[tuple[QuerySet[Any], str, str]] = [
        (going_on, "review_on", "placement_review"),
        (going_on, "apart_again_on", "apart_review"),
        (CareDecision.objects.filter(within(actor, here), outcome=None), "opened_on", "care_decision"),
        (held.filter(form=Guardianship.Form.GUARDIANSHIP).annotate(at_14=at_14), "at_14", "turns_14"),
        (held, "until", "guardianship_over"),
    ]
    papers = LegalFile.objects.filter(within(actor, here), _on("due", which), closed_on=None)
    return [
        (_columns(papers, "due", "legal_kinds", "kind", here, worker), "due"),
        *(
            (_columns(clock.filter(_on(due, which)), due, "clocks", Value(what), here, worker), due)
            for clock, due, what in found
        ),
    ]


def _steps_of_others(actor: Actor, which: Mapping[str, Any]) -> Kinds:
    """Return the steps that another agency provides, whose answer we wait for."""
    steps = _steps(actor, which).filter(provider__isnull=False).exclude(provider=actor.agency_id)
    return [(_columns(steps, "due", "services", "service", "need__case__family", "provider__name"), "due")]


def _columns(
    found: QuerySet[Any], due: str, words: str, what: str | Value, family: str, who: str
) -> QuerySet[Any, Any]:
    return found.values_list(due, Value(words), what, f"{family}__code", Coalesce(who, Value("")))


def _steps(actor: Actor, which: Mapping[str, Any]) -> QuerySet[PlanItem]:
    open_case = {"outcome": "", "need__case__closed_on": None}
    return PlanItem.objects.filter(within(actor, "need__case__family"), _on("due", which), **open_case)


def _on(field: str, which: Mapping[str, Any]) -> Q:
    return Q(**{f"{field}__{lookup}": value for lookup, value in which.items()})


def _lines(rows: Iterable[Row]) -> list[ToDo]:
    day, label = today(), catalogue().label
    return [ToDo(due, label(words, what), family, who, due < day) for due, words, what, family, who in rows]


def _by_stage(actor: Actor) -> list[AtStage]:
    with acting_for(actor.staff_id), connection.cursor() as cursor:
        cursor.execute("select stage, cases from app.stage_counts()")
        counted = dict(cursor.fetchall())
    return [
        AtStage(stage.label, counted.get(stage.number, 0), f"{reverse('families')}?stage={stage.number}")
        for stage in catalogue().stages[:-1]
    ]
