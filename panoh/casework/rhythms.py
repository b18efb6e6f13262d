"""What recurs: when somebody is assessed again, when a family is seen again, and what a year brings to whom."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from panoh.access.clock import today
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import LifeEvent, VisitRhythm
from panoh.casework.models import Assessment, Case, Person
from panoh.casework.queries.families import is_child

__all__ = ["ComingEvent", "Span", "assess_by", "coming_events", "kind_for", "later", "next_due", "rhythm_at", "span_of"]


def later(day: date, months: int) -> date:
    """Return the day so many months later; of a month that is shorter, its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


# --- assessments -------------------------------------------------------------------------------------------------


def kind_for(person: Person) -> str:
    """Return how somebody is assessed: as a child, or as an adult, whose birth year says so or is not known."""
    return Assessment.Kind.CHILD if is_child(person) else Assessment.Kind.ADULT


def next_due(about: str, stage: int, *, last: date | None, since: date) -> date | None:
    """Return by when somebody is assessed, or None where no stage asks for it.

    last: the day of the assessment before; without one it is the first, some days after `since`.
    """
    rhythm = catalogue().assessment_rhythm(about)
    months = rhythm.every_months.get(catalogue().stage_numbered(stage).code) if rhythm else None
    if rhythm is None or months is None:
        return None
    return later(last, months) if last else since + timedelta(rhythm.first_days)


def assess_by(case: Case, *, since: date) -> date | None:
    """Return by when the person of an open case is assessed at its stage. since: the day it came to the stage."""
    about = kind_for(case.person)
    last = Assessment.objects.filter(case=case, kind=about).order_by("-made_on").values_list("made_on", flat=True)
    made = last.first()
    return case.assess_by if case.assess_by and not made else next_due(about, case.stage, last=made, since=since)


# --- visits ------------------------------------------------------------------------------------------------------


def rhythm_at(day: date, *, since: date, after: str) -> VisitRhythm | None:
    """Return how often a family is seen on a day, counted from its return or closing; None when that is over."""
    for rhythm in sorted(catalogue().visit_rhythms, key=lambda one: one.months):
        if rhythm.after == after and day < later(since, rhythm.months):
            return rhythm
    return None


# --- what a year brings ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """The days between which something falls; one day where it is known to the day."""

    first: date
    last: date

    @property
    def is_exact(self) -> bool:
        """Tell whether it is known to the day."""
        return self.first == self.last


@dataclass(frozen=True)
class ComingEvent:
    """What comes for somebody, and between which days."""

    event: LifeEvent
    person: Person
    span: Span
    is_about: bool


def span_of(event: LifeEvent, *, year: int, is_about: bool = False) -> Span:
    """Return when an event falls for somebody born in a year: the whole year for a birthday, whose day is sealed.

    A year that is only about right makes it one longer on either side; a school year begins for all alike.
    """
    turns, doubt = year + event.age, 1 if is_about else 0
    if event.month and not is_about:
        return Span(date(turns, event.month, 1), date(turns, event.month, 1))
    month = event.month or 1
    end = date(turns + doubt, event.month, 1) if event.month else date(turns + doubt, 12, 31)
    return Span(date(turns - doubt, month, 1), end)


def coming_events(people: Iterable[Person], *, ahead_days: int = 366) -> list[ComingEvent]:
    """Return what is going on or comes within some days for people whose birth year is known, the soonest first."""
    day, found = today(), []
    for person in people:
        if person.birth_year is None:
            continue
        is_about = person.birth_precision == Person.YearPrecision.ABOUT
        for event in catalogue().life_events:
            span = span_of(event, year=person.birth_year, is_about=is_about)
            if span.last >= day and span.first <= day + timedelta(ahead_days):
                found.append(ComingEvent(event, person, span, is_about))
    return sorted(found, key=lambda one: (one.span.first, one.person.pk))
