"""What happened to a family or a person, told from the records of the work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from panoh.access.clock import today
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Assessment, Assistance, Case, Family, Note, StageChange, Task, Visit
from panoh.casework.queries.parting import changes_told
from panoh.vault.queries import open_parts


@dataclass(frozen=True)
class Event:
    """One entry of the timeline. who: the member it is about; wrong: it was corrected since, and says why."""

    at: date
    what: str
    text: str
    by: str
    url: str = ""
    who: str = ""
    wrong: str = ""
    parts: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Said:
    """What an entry of the timeline says of one member."""

    who: str
    text: str


def events_of_family(family: Family, cases: Sequence[Case], called: Mapping[int, str]) -> list[Event]:
    """Return what happened to a family and to each in it, the newest first. Seven queries."""
    return _told(
        _Happened(
            list(StageChange.objects.filter(case__in=cases).select_related("by", "case").order_by("pk")),
            list(Visit.objects.filter(family=family).exclude(made_on=None, cancelled_on=None).select_related("by")),
            list(Note.objects.filter(family=family).select_related("by", "case")),
            list(Assistance.objects.filter(case__in=cases).select_related("by", "case__family", "agency")),
            list(Assessment.objects.filter(case__in=cases).select_related("by", "case")),
            list(_dropped(Task.objects.filter(family=family))),
        ),
        called,
        [
            Event(
                one.on, str(one.get_kind_display()), told, _by(one.by), who=called.get(one.person_id, one.person.code)
            )
            for one, told in changes_told(family)
        ],
    )


def events_of_person(cases: Sequence[Case], changes: Iterable[StageChange], called: Mapping[int, str]) -> list[Event]:
    """Return what happened to one person, in all their cases, the newest first. Five queries.

    changes: the stages they went through, with who did it. called: whom each is about, where files were joined.
    """
    return _told(
        _Happened(
            sorted(changes, key=lambda change: change.pk),
            [],
            list(Note.objects.filter(case__in=cases).select_related("by", "case")),
            list(Assistance.objects.filter(case__in=cases).select_related("by", "case__family", "agency")),
            list(Assessment.objects.filter(case__in=cases).select_related("by", "case")),
            list(_dropped(Task.objects.filter(case__in=cases))),
        ),
        called,
    )


def _dropped(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.exclude(cancelled_because="").select_related("done_by", "case")


@dataclass(frozen=True)
class _Happened:
    """The records that a timeline is told from."""

    changes: list[StageChange]
    visits: list[Visit]
    notes: list[Note]
    given: list[Assistance]
    talks: list[Assessment]
    dropped: list[Task]

    def parts(self) -> list[UUID | None]:
        """Return the sealed texts that they have."""
        return [
            *(v.report_id for v in self.visits),
            *(n.text_id for n in self.notes),
            *(c.note_id for c in self.changes),
            *(a.own_view_id for a in self.talks),
            *(t.words_id for t in self.dropped),
        ]


def _told(found: _Happened, called: Mapping[int, str], more: Sequence[Event] = ()) -> list[Event]:
    words, texts = catalogue(), open_parts(found.parts())

    def said(part: UUID | None) -> str:
        return str(texts.get(part, "")) if part else ""

    def whom(case: Case | None) -> str:
        return called.get(case.person_id, case.code) if case and called else ""

    def why(code: str) -> str:
        return gettext("Cancelled: %(why)s") % {"why": words.label("cancel_reasons", code)} if code else ""

    events = [*more]
    events += [
        Event(c.on, words.stage_numbered(c.to_stage).label, said(c.note_id), _by(c.by), who=whom(c.case))
        for c in found.changes
    ]
    events += [
        Event(
            v.made_on or v.cancelled_on or today(), words.label("visit_kinds", v.kind), said(v.report_id), _by(v.by),
            wrong=why(v.cancelled_because),
        )
        for v in found.visits
    ]  # fmt: skip
    events += [
        Event(
            t.done_on or today(), words.label("task_kinds", t.kind), said(t.words_id), _by(t.done_by),
            who=whom(t.case), wrong=why(t.cancelled_because),
        )
        for t in found.dropped
    ]  # fmt: skip
    events += [
        Event(_day(n.written_at), gettext("Note"), said(n.text_id), _by(n.by), who=whom(n.case)) for n in found.notes
    ]
    events += [_help(a.case.family, a, whom(a.case)) for a in found.given]
    events += [
        Event(t.made_on, gettext("Assessment"), said(t.own_view_id), _by(t.by), who=whom(t.case)) for t in found.talks
    ]
    newest_first = _together(events)[::-1]  # what happened on one day stands as it followed
    return sorted(newest_first, key=lambda event: event.at, reverse=True)


def _help(family: Family, a: Assistance, who: str) -> Event:
    words = catalogue()
    what = words.label("services", a.service)
    text = f"{amount(a.quantity, a.unit, a.currency)}, {a.agency.name}"
    if a.wrong_on:
        because = words.label("correction_reasons", a.wrong_because)
        return Event(a.given_on, what, text, _by(a.by), who=who, wrong=gettext("Corrected: %(why)s") % {"why": because})
    url = reverse("assistance-correct", args=[family.code, a.pk])
    return Event(a.given_on, what, text, _by(a.by), url=url, who=who)


def amount(quantity: Decimal, unit: str, currency: str = "") -> str:
    """Return how much was given: "1 session", "3 sessions", "20.5 UZS", "1 500 000 UZS"."""
    number = quantity.normalize()
    # Thousands stand apart, so that nobody counts zeros.
    return f"{number:,f}".replace(",", "\u202f") + f" {currency or catalogue().unit_of(unit, f'{number:f}')}"


def _together(events: Iterable[Event]) -> list[Event]:
    """Say once what happened to several on one day; what can be corrected, or was, stays an entry of its own."""
    grouped: dict[tuple[date, str, str, str, str], list[Said]] = defaultdict(list)
    for event in events:
        grouped[event.at, event.what, event.by, event.url, event.wrong].append(Said(event.who, event.text))
    return [
        Event(
            at,
            what,
            "; ".join(": ".join(filter(None, (said.who, said.text))) for said in parts if said.who or said.text),
            by,
            url,
            wrong=wrong,
            parts=tuple(said for said in parts if said.who or said.text),
        )
        for (at, what, by, url, wrong), parts in grouped.items()
    ]


def _by(staff: Any) -> str:
    return str(staff) if staff else ""


def _day(at: datetime) -> date:
    return localdate(at)
