"""Figures for those who look after many families: a handful of counts, each summed up by the database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Need, Person, PlanItem, ReceptionEntry, Task, Visit
from panoh.casework.queries.reach import within

AGES = ((0, 4), (5, 9), (10, 13), (14, 17), (18, 29), (30, 59), (60, 200))
MOST = 12


@dataclass(frozen=True)
class Figure:
    """One bar: a number in all, and a part of it."""

    label: str
    value: int
    part: int = 0
    url: str = ""


@dataclass(frozen=True)
class Figures:
    """All charts of the page; a list is empty when there is nothing to show."""

    lateness: list[Figure]
    by_agency: bool
    needs: list[Figure]
    ages: list[Figure]
    arrivals: list[Figure]


def figures(actor: Actor) -> Figures:
    """Return the charts for what an actor reaches. Six queries, however many people."""
    by_agency = actor.role.scope == "all"
    return Figures(
        lateness=_lateness(actor, by_agency),
        by_agency=by_agency,
        needs=_needs(actor),
        ages=_ages(actor),
        arrivals=_arrivals() if actor.may("reception.run") else [],
    )


def _lateness(actor: Actor, by_agency: bool) -> list[Figure]:
    day, late = today(), Counter[tuple[str, int | None]]()
    who = (
        ("family__agency__name", "family__agency") if by_agency else ("family__worker__display_name", "family__worker")
    )
    asked = (
        (Task.objects.filter(within(actor, "family"), due__lt=day, done_on=None, case__closed_on=None), ""),
        (
            PlanItem.objects.filter(
                within(actor, "need__case__family"), due__lt=day, outcome="", need__case__closed_on=None
            ),
            "need__case__",
        ),
        (
            Visit.objects.filter(within(actor, "family"), planned_on__lt=day, made_on=None, cancelled_on=None),
            "",
        ),
    )
    for found, way in asked:
        named = found.values_list(F(way + who[0]), F(way + who[1])).annotate(number=Count("pk")).order_by()
        for name, key, number in named:
            late[name or _("not assigned"), key] += number
    return [
        Figure(name, number, url="" if by_agency else f"{reverse('families')}?worker={key or 0}")
        for (name, key), number in sorted(late.items(), key=_most_first)[:MOST]
    ]


def _most_first(late: tuple[tuple[str, int | None], int]) -> tuple[int, str, int]:
    """Return by what the latest stand first, and of those that are as late always the same."""
    (name, key), number = late
    return -number, name, key or 0


def _needs(actor: Actor) -> list[Figure]:
    found = (
        Need.objects.filter(within(actor, "case__family"), state=Need.State.OPEN)
        .values_list("domain")
        .annotate(number=Count("pk"), urgent=Count("pk", filter=Q(urgency=Need.Urgency.URGENT)))
        .order_by("-urgent", "-number", "domain")
    )
    return [
        Figure(catalogue().label("domains", domain), number, urgent, f"{reverse('families')}?need={domain}")
        for domain, number, urgent in found[:MOST]
    ]


def _ages(actor: Actor) -> list[Figure]:
    """Count people with an open case by age; the year of birth is all that is known here, so ages are by year."""
    found = (
        Case.objects.filter(within(actor, "family"), closed_on=None)
        .values_list("person__birth_year", "person__sex")
        .annotate(number=Count("pk"))
        .order_by()
    )
    everybody: Counter[int] = Counter()
    female: Counter[int] = Counter()
    for year, sex, number in found:
        age = today().year - year if year else -1
        band = next((index for index, (low, high) in enumerate(AGES) if low <= age <= high), len(AGES))
        everybody[band] += number
        female[band] += number if sex == Person.Sex.FEMALE else 0
    labels = [_("%(low)s to %(high)s") % {"low": low, "high": high} for low, high in AGES[:-1]]
    labels += [_("60 and older"), _("not known")]
    return [Figure(label, everybody[band], female[band]) for band, label in enumerate(labels) if everybody[band]]


def _arrivals() -> list[Figure]:
    found = (
        ReceptionEntry.objects.filter(is_present=True)
        .values_list("reception__arrival_list__code", "reception__received_on")
        .annotate(number=Count("pk"), checked=Count("pk", filter=Q(medical_check_on__isnull=False)))
        .order_by("-reception__received_on", "-reception__arrival_list__code")
    )
    return [
        Figure(code, number, checked, reverse("reception", args=[code])) for code, _day, number, checked in found[:6]
    ]
