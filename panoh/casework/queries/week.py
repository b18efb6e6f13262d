"""What is to be done on which day, of one's own and of whom one stands in for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.casework.catalogue import catalogue
from panoh.casework.models import PlanItem, Task, Visit
from panoh.casework.queries.absences import stands_in_for
from panoh.casework.queries.reach import still_led, within

__all__ = ["DAYS", "Day", "Entry", "entries", "week"]

DAYS = 7
MOST = 500
MOST_A_DAY = 25


@dataclass(frozen=True)
class Entry:
    """One thing on one day: its kind, what it is in words, codes, and who does it."""

    on: date
    kind: str
    number: str
    what: str
    family_code: str
    who: str

    @property
    def kind_label(self) -> str:
        """Return what kind of thing it is, in the reader's words."""
        return {"task": _("Task"), "visit": _("Visit"), "step": _("Step")}[self.kind]


@dataclass(frozen=True)
class Day:
    """One day of the week and what is on it; more: how many more there are than stand here."""

    on: date
    entries: list[Entry]
    more: int = 0

    @property
    def is_today(self) -> bool:
        """Tell whether it is this day."""
        return self.on == today()


def week(actor: Actor, on: date, *, everybody: bool = False) -> list[Day]:
    """Return the seven days of the week that a day lies in, from Monday on, each with what is to be done.

    everybody: in all families in reach, the first 25 of each day.
    """
    monday = on - timedelta(on.weekday())
    found = entries(actor, monday, monday + timedelta(DAYS - 1), everybody=everybody)
    by_day = {monday + timedelta(number): list[Entry]() for number in range(DAYS)}
    for entry in found:
        by_day[entry.on].append(entry)
    most = MOST_A_DAY if everybody else len(found)
    return [Day(day, there[:most], max(len(there) - most, 0)) for day, there in by_day.items()]


def entries(actor: Actor, first: date, last: date, *, everybody: bool = False) -> list[Entry]:
    """Return what is open between two days, both with it, by day. Four queries.

    everybody: in all families in reach, whoever does it; else what falls to the actor, or to whom they stand in for.
    """
    whose = [actor.staff_id, *(absence.staff_id for absence in stands_in_for(actor))]
    rows: list[tuple[Any, ...]] = []
    for found, kind, day, what, number, family, owner in _kinds(actor):
        mine = Q() if everybody else _falls_to(whose, owner, family)
        who = Coalesce(F(f"{owner}__display_name"), Value(""))
        shown = found.filter(mine, **{f"{day}__range": (first, last)}).order_by(day, "pk")
        columns = shown.values_list(day, Value(kind), number, what, f"{family}__code", who)
        rows += columns[:MOST]
    return [_entry(row) for row in sorted(rows, key=lambda row: (row[0], row[1], row[4]))]


def _kinds(actor: Actor) -> Iterable[tuple[QuerySet[Any], str, str, str, str, str, str]]:
    here = within(actor, "family")
    tasks = Task.objects.filter(here, still_led(), done_on=None, case__closed_on=None)
    visits = Visit.objects.filter(here, still_led(), made_on=None, cancelled_on=None)
    steps = PlanItem.objects.filter(within(actor, "need__case__family"), outcome="", need__case__closed_on=None)
    return (
        (tasks, "task", "due", "kind", "code", "family", "owner"),
        (visits, "visit", "planned_on", "kind", "pk", "family", "by"),
        (steps, "step", "due", "service", "code", "need__case__family", "responsible"),
    )


def _falls_to(whose: Iterable[int | None], owner: str, family: str) -> Q:
    known = [one for one in whose if one is not None]
    return Q(**{f"{owner}__in": known}) | Q(**{f"{owner}": None, f"{family}__worker__in": known})


def _entry(row: tuple[Any, ...]) -> Entry:
    on, kind, number, what, family, who = row
    words = {"task": "task_kinds", "visit": "visit_kinds", "step": "services"}[kind]
    return Entry(on, kind, str(number), catalogue().label(words, what), family, who)
