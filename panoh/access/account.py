"""The account of what was done, as it is read: who has looked and why, a search, and the figures of a month."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access import audit
from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry, Staff
from panoh.access.refusals import NotThere
from panoh.access.roles import role_label
from panoh.access.steps import PURPOSES, WORDS

__all__ = [
    "Asked", "Figure", "Look", "Page", "Report", "looked_at", "looks_at", "months", "part_asked", "report", "search",
    "staff_called",
]  # fmt: skip

PAGE_ROWS = 25
PURPOSE = "data_protection"
EARLIEST, LATEST = date(2000, 1, 1), date(9000, 1, 1)  # the calendar has an end, and somebody may ask for it


@dataclass(frozen=True)
class Look:
    """One entry, in words: who did what with which record, when and why."""

    at: datetime
    who: str
    role: str
    agency: str
    what: str
    why: str
    about: str
    is_denied: bool
    names: int


@dataclass(frozen=True)
class Page:
    """The newest first; newer and older lead on: the last entry's number in that direction, None at an end."""

    looks: list[Look]
    newer: int | None = None
    older: int | None = None


@dataclass(frozen=True)
class Asked:
    """What a search asks for; what is empty is not asked."""

    code: str = ""
    staff: int | None = None
    step: str = ""
    purpose: str = ""
    denied: bool = False
    since: date | None = None
    until: date | None = None


def looked_at(about: str, *, most: int = 20) -> list[AuditEntry]:
    """Return the newest audit entries about one record, the newest first."""
    return list(AuditEntry.objects.filter(about=about).select_related("staff").order_by("-at")[:most])


def looks_at(
    actor: Actor, codes: Collection[str], *, identities: Collection[UUID] = (), after: int = 0, before: int = 0
) -> Page:
    """Return who has looked at a record, at all it consists of, and at these identities from anywhere else.

    The caller has the record, so that the actor reaches it; that somebody asked is an entry about the first code.
    after, before: number of an entry, as a page gives it.
    """
    about = Q(about__in=codes)
    found = AuditEntry.objects.filter(about | Q(identities__overlap=list(identities)) if identities else about)
    page = _page(found, after, before)
    audit.write(actor, "audit.look", about=next(iter(codes)))
    return page


def search(actor: Actor, asked: Asked, *, after: int = 0, before: int = 0) -> Page:
    """Return what was asked for; the search is an entry itself."""
    fits = Q()
    equal = {"about": asked.code, "staff": asked.staff, "step": asked.step, "purpose": asked.purpose}
    fits &= Q(**{name: value for name, value in equal.items() if value})
    if asked.denied:
        fits &= Q(outcome=AuditEntry.Outcome.DENIED)
    if asked.since:
        fits &= Q(at__gte=_begin(asked.since))
    if asked.until:
        fits &= Q(at__lt=_begin(asked.until) + timedelta(days=1))
    page = _page(AuditEntry.objects.filter(fits), after, before)
    audit.write(actor, "audit.search", about=asked.code, purpose=PURPOSE)
    return page


def staff_called(username: str) -> int:
    """Return the number of a member of staff, one whose account ended too.

    Raises:
        NotThere.
    """
    found = Staff.objects.filter(username=username).values_list("pk", flat=True).first()
    if found is None:
        raise NotThere
    return found


def part_asked(given: Mapping[str, Any]) -> dict[str, int]:
    """Return which part of a list an address asks for, to be given to a query; what is no number is passed over."""
    words = {name: str(given.get(name, "")) for name in ("after", "before")}
    return {name: int(word) for name, word in words.items() if re.fullmatch(r"[0-9]{1,18}", word)}


def _page(found: QuerySet[AuditEntry], after: int, before: int) -> Page:
    found = found.select_related("staff__agency")
    if before:
        nearest = list(found.filter(pk__gt=before).order_by("pk")[: PAGE_ROWS + 1])
        shown, has_newer, has_older = nearest[:PAGE_ROWS][::-1], len(nearest) > PAGE_ROWS, True
    else:
        older = found.filter(pk__lt=after) if after else found
        nearest = list(older.order_by("-pk")[: PAGE_ROWS + 1])
        shown, has_newer, has_older = nearest[:PAGE_ROWS], bool(after), len(nearest) > PAGE_ROWS
    newer = shown[0].pk if shown and has_newer else None
    return Page([_look(one) for one in shown], newer, shown[-1].pk if shown and has_older else None)


def _look(entry: AuditEntry) -> Look:
    return Look(
        at=entry.at,
        who=entry.staff.display_name if entry.staff else _("the operator of the machine"),
        role=role_label(entry.role),
        agency=entry.staff.agency.name if entry.staff else "",
        what=entry.words,
        why=entry.why,
        about=entry.about,
        is_denied=entry.outcome == AuditEntry.Outcome.DENIED,
        names=len(entry.identities),
    )


def _begin(day: date) -> datetime:
    return make_aware(datetime.combine(min(max(day, EARLIEST), LATEST), time.min))


# --- the report of a month ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """One bar: a number of acts, and how many of them were refused."""

    label: str
    value: int
    part: int = 0


@dataclass(frozen=True)
class Report:
    """The figures of a month, of acts only: of nobody who is helped, and of no single member of staff."""

    month: date
    totals: list[Figure]
    by_role: list[Figure]
    by_purpose: list[Figure]
    by_agency: list[Figure]
    steps: list[Figure]


ACTS = """
    with acts as (
        select e.step, e.outcome, e.role, e.purpose, e.staff_id, count(*) as number,
            sum(cardinality(e.identities)) as names
        from access_auditentry e where e.at >= %s and e.at < %s group by 1, 2, 3, 4, 5
    )
    select acts.step, acts.outcome, acts.role, acts.purpose, coalesce(a.name, ''), acts.staff_id, acts.number,
        acts.names
    from acts left join access_staff s on s.id = acts.staff_id left join access_agency a on a.id = s.agency_id
"""
READING, FINDING = "identity.open", "person.find"
# Steps by the noun of their permission, told as soon as there are any.
HANDED_ON = {"fetch": gettext_lazy("Exports fetched"), "grant": gettext_lazy("Rights granted to a record")}


def report(actor: Actor, month: date) -> Report:
    """Return the figures of a month. One query, however many entries; that somebody asked is an entry itself."""
    first = min(max(month, EARLIEST), today()).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(ACTS, [_begin(first), _begin(_next(first))])
        acts = [_Act(*row) for row in cursor.fetchall()]
    audit.write(actor, "audit.report", purpose=PURPOSE)
    readings = [act for act in acts if act.step == READING and not act.is_denied]
    return Report(
        month=first,
        totals=_totals(acts),
        by_role=_grouped(readings, lambda act: role_label(act.role)),
        by_purpose=_counted((str(PURPOSES.get(act.purpose, act.purpose)), act) for act in readings),
        by_agency=_grouped(readings, lambda act: act.agency or _("the operator of the machine")),
        steps=_counted((str(WORDS.get(act.step, act.step)), act) for act in acts),
    )


def months(*, most: int = 24) -> list[date]:
    """Return the months of which there is an account, the newest first."""
    oldest = AuditEntry.objects.order_by("pk").values_list("at", flat=True).first()
    first, month = localdate(oldest).replace(day=1) if oldest else today().replace(day=1), today().replace(day=1)
    found = [month]
    while month > first and len(found) < most:
        month = (month - timedelta(days=1)).replace(day=1)
        found.append(month)
    return found


@dataclass(frozen=True)
class _Act:
    """What one member of staff did in a month, by step, outcome, role and purpose."""

    step: str
    outcome: int
    role: str
    purpose: str
    agency: str
    staff: int | None
    number: int
    names: int

    @property
    def is_denied(self) -> bool:
        return self.outcome == AuditEntry.Outcome.DENIED


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _totals(acts: Collection[_Act]) -> list[Figure]:
    done = [act for act in acts if not act.is_denied]
    told = [
        Figure(_("Pages and steps that opened names"), sum(act.number for act in done if act.step == READING)),
        Figure(_("Names opened by them"), sum(act.names for act in done if act.step == READING)),
        Figure(_("Searches for a person"), sum(act.number for act in done if act.step == FINDING)),
        Figure(_("Refused attempts"), sum(act.number for act in acts if act.is_denied)),
    ]
    for noun, label in HANDED_ON.items():
        if number := sum(act.number for act in done if noun in act.step.split(".")):
            told.append(Figure(str(label), number))
    return told


def _grouped(acts: Iterable[_Act], by: Callable[[_Act], str]) -> list[Figure]:
    """Count by group; groups in which only one person acted stand together, for their figure would be a person's."""
    groups: dict[str, list[_Act]] = defaultdict(list)
    for act in acts:
        groups[by(act)].append(act)
    alone = [name for name, those in groups.items() if len({act.staff for act in those}) == 1]
    together = [act for name in alone for act in groups.pop(name)]
    if together:
        groups[_("of one person each, together")] = together
    return _figures({name: (sum(act.number for act in those), 0) for name, those in groups.items()})


def _counted(acts: Iterable[tuple[str, _Act]]) -> list[Figure]:
    numbers: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for label, act in acts:
        value, refused = numbers[label]
        numbers[label] = value + act.number, refused + (act.number if act.is_denied else 0)
    return _figures(numbers)


def _figures(numbers: Mapping[str, tuple[int, int]]) -> list[Figure]:
    figures = [Figure(label, value, part) for label, (value, part) in numbers.items()]
    return sorted(figures, key=lambda figure: -figure.value)
