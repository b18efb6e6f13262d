"""How the work is shared out among those who lead families, for whoever leads them; and whom nobody has seen lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework.models import Absence, Case, Family, Need, PlanItem, Task, Visit
from panoh.casework.queries.absences import absences_of
from panoh.casework.queries.reach import within

__all__ = ["UNSEEN_DAYS", "Load", "Unseen", "Workload", "workload"]

UNSEEN_DAYS = (14, 30, 60, 90)
MOST_WORKERS = 60
MOST_FAMILIES = 50
FIGURES = ("files", "urgent", "tasks", "steps", "visits", "unseen")


@dataclass
class Load:
    """What one lead worker carries: open files, urgent needs, what is late of it, and families not seen lately."""

    worker: Staff | None
    files: int = 0
    urgent: int = 0
    tasks: int = 0
    steps: int = 0
    visits: int = 0
    unseen: int = 0
    away: Absence | None = None

    @property
    def label(self) -> str:
        """Return the name of the worker."""
        return self.worker.display_name if self.worker else _("not assigned")

    @property
    def url(self) -> str:
        """Return the address of the families they lead."""
        return f"{reverse('families')}?worker={self.worker.pk if self.worker else 0}"

    @property
    def value(self) -> int:
        """Return the open files: the bar of the chart."""
        return self.files

    @property
    def part(self) -> int:
        """Return the families not seen lately: the darker piece of the bar."""
        return self.unseen

    @property
    def late(self) -> int:
        """Return how much is late in all."""
        return self.tasks + self.steps + self.visits


@dataclass(frozen=True)
class Unseen:
    """A family that nobody visited lately; seen_on is None if nobody ever did."""

    family: Family
    seen_on: date | None


@dataclass(frozen=True)
class Workload:
    """The load of each worker, the most files first, and the families not seen for so many days, the longest first."""

    days: int
    loads: list[Load]
    workers: int
    unseen: list[Unseen] = field(default_factory=list)

    @property
    def unseen_count(self) -> int:
        """Return how many families were not seen, with those that are not listed."""
        return sum(load.unseen for load in self.loads)


def workload(actor: Actor, *, days: int = UNSEEN_DAYS[1]) -> Workload:
    """Return the load of those who lead the families in reach. Nine queries, however many families."""
    loads: dict[int | None, Load] = {}
    unseen = _unseen(actor, days)
    for name, counted in zip(FIGURES, (*_open(actor), *_late(actor), _by(unseen, "")), strict=True):
        for worker, number in counted:
            setattr(loads.setdefault(worker, Load(None)), name, number)
    staff = Staff.objects.in_bulk([one for one in loads if one is not None])
    away = {absence.staff_id: absence for absence in absences_of(actor) if absence.is_now}
    for worker, load in loads.items():
        load.worker, load.away = (staff.get(worker), away.get(worker)) if worker else (None, None)
    most_first = sorted(loads.values(), key=lambda load: (-load.files, -load.late, load.label))
    seen = unseen.annotate(seen_on=Max("visits__made_on")).order_by(F("seen_on").asc(nulls_first=True), "opened_on")
    listed = seen.select_related("worker")[:MOST_FAMILIES]
    return Workload(days, most_first[:MOST_WORKERS], len(loads), [Unseen(one, one.seen_on) for one in listed])


def _open(actor: Actor) -> Iterable[Any]:
    cases = Case.objects.filter(within(actor, "family"), closed_on=None)
    urgent = Need.objects.filter(
        within(actor, "case__family"), state=Need.State.OPEN, urgency=Need.Urgency.URGENT, case__closed_on=None
    )
    files = cases.order_by().values_list("family__worker").annotate(number=Count("family", distinct=True))
    return files, _by(urgent, "case__family__")


def _late(actor: Actor) -> Iterable[Any]:
    day, here = today(), within(actor, "family")
    steps = PlanItem.objects.filter(
        within(actor, "need__case__family"), due__lt=day, outcome="", need__case__closed_on=None
    )
    return (
        _by(Task.objects.filter(here, due__lt=day, done_on=None, case__closed_on=None), "family__"),
        _by(steps, "need__case__family__"),
        _by(Visit.objects.filter(here, planned_on__lt=day, made_on=None, cancelled_on=None), "family__"),
    )


def _by(found: QuerySet[Any], way: str) -> Iterable[Any]:
    counted: QuerySet[Any, Any] = found.order_by().values_list(f"{way}worker").annotate(number=Count("pk"))
    return counted


def _unseen(actor: Actor, days: int) -> QuerySet[Family]:
    since = today() - timedelta(days)
    going_on = Case.objects.filter(family=OuterRef("pk"), closed_on=None)
    seen = Visit.objects.filter(family=OuterRef("pk"), made_on__gte=since)
    return Family.objects.filter(within(actor), Exists(going_on), ~Exists(seen), opened_on__lt=since)
