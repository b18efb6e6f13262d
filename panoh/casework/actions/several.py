"""Several things at once in one's own caseload: what can be done is done, and the rest is named with why it stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db import transaction

from panoh.access.entrances import Actor, action
from panoh.access.refusals import Refusal
from panoh.casework import days
from panoh.casework.actions.care import do_task, plan_visit
from panoh.casework.models import Family, Task, Visit
from panoh.casework.refusals import AlreadySettled
from panoh.casework.refusals_work import NoneChosen, VisitPlannedThen

__all__ = ["MOST_AT_ONCE", "Report", "move_task", "plan_visits", "several_tasks"]

MOST_AT_ONCE = 100
One = TypeVar("One", Task, Family)


class _OnlyLookedAt(Exception):  # noqa: N818  # undoes what a preview did
    """Ends a preview."""


@dataclass(frozen=True)
class Report(Generic[One]):
    """What was done, or would be, and what stays with why."""

    done: list[One]
    stay: list[tuple[One, Refusal]]
    is_preview: bool


@action("task.write")
def move_task(actor: Actor, task: Task, *, due: date) -> Task:
    """Move a task that is open to another day.

    Raises:
        AlreadySettled, DayUnfit.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("family").get(pk=task.pk)
    if task.done_on:
        raise AlreadySettled(on=task.done_on)
    task.due = days.due(due)
    task.save(update_fields=["due"])
    return task


def several_tasks(
    actor: Actor, tasks: Iterable[Task], *, to: date | None = None, preview: bool = False
) -> Report[Task]:
    """Say that several tasks are done, or move them to a day; each is a step of its own on record.

    Raises:
        NoneChosen: none, or more than 100.
    """

    def take(task: Task) -> object:
        return do_task(actor, task) if to is None else move_task(actor, task, due=to)

    return _each(tasks, take, preview)


def plan_visits(
    actor: Actor, families: Iterable[Family], *, kind: str, on: date, preview: bool = False
) -> Report[Family]:
    """Plan a visit to each of several families for a day, but to those who have one planned for that day already.

    Raises:
        NoneChosen: none, or more than 100.
    """

    def take(family: Family) -> object:
        if Visit.objects.filter(family=family, planned_on=on, made_on=None, cancelled_on=None).exists():
            raise VisitPlannedThen(family=family, on=on)
        return plan_visit(actor, family, kind=kind, on=on)

    return _each(families, take, preview)


def _each(chosen: Iterable[One], take: Callable[[One], object], preview: bool) -> Report[One]:
    found = list(chosen)
    if not 0 < len(found) <= MOST_AT_ONCE:
        raise NoneChosen(most=MOST_AT_ONCE)
    report: Report[One] = Report([], [], preview)
    try:
        with transaction.atomic():
            for one in found:
                try:
                    take(one)
                    report.done.append(one)
                except Refusal as why:
                    report.stay.append((one, why))
            if preview:
                raise _OnlyLookedAt
    except _OnlyLookedAt:
        pass
    return report
