"""Follow-up as pages show it: a family's rhythm, what a year brings, its planned end; a worker's day of visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Min

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.queries import staff_of
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import VisitRhythm
from panoh.casework.models import Case, FadeOut, Family, LookAgain, Person, ReceptionEntry, Visit
from panoh.casework.queries.reach import still_led, within
from panoh.casework.rhythms import ComingEvent, coming_events, rhythm_at
from panoh.vault.queries import open_parts

__all__ = [
    "DayOfVisits", "FollowUp", "Rhythm", "day_of_visits", "fade_out_for", "follow_up_of", "follow_up_shown", "visitors",
]  # fmt: skip


@dataclass(frozen=True)
class Rhythm:
    """Since when a family is followed, from its return or closing, when it was seen last and is to be seen next."""

    since: date
    after: str
    last_seen_on: date | None
    rhythm: VisitRhythm | None

    @property
    def next_by(self) -> date | None:
        """Return by when the family is seen again; None when that is over."""
        if self.rhythm is None:
            return None
        return (self.last_seen_on or self.since) + timedelta(self.rhythm.every_days)


@dataclass(frozen=True)
class FollowUp:
    """All that the page of a family's follow-up shows."""

    rhythm: Rhythm
    events: list[tuple[ComingEvent, str]]
    looks_again: list[tuple[LookAgain, str, str]]
    fade_out: FadeOut | None
    fade_out_words: str
    fade_outs_before: list[tuple[FadeOut, str]]


@dataclass(frozen=True)
class Stop:
    """One visit of a day, by codes only."""

    visit: Visit
    kind: str
    people: int


@dataclass(frozen=True)
class DayOfVisits:
    """A worker's visits of one day under the districts they lie in, each in its order."""

    on: date
    worker: Staff
    districts: list[tuple[str, list[Stop]]]

    @property
    def stops(self) -> list[Stop]:
        """Return all visits of the day."""
        return [stop for _district, stops in self.districts for stop in stops]


def follow_up_of(family: Family) -> Rhythm:
    """Return where a family stands in its follow-up. Three queries."""
    dates = Case.objects.filter(family=family).aggregate(opened=Min("opened_on"), closed=Max("closed_on"))
    is_open = Case.objects.filter(family=family, closed_on=None).exists() or dates["closed"] is None
    here = ReceptionEntry.objects.filter(person__memberships__family=family, is_present=True)
    returned = here.aggregate(on=Min("reception__received_on"))["on"]
    seen = Visit.objects.filter(family=family).aggregate(on=Max("made_on"))["on"]
    since = returned or dates["opened"] or family.opened_on
    after = "return"
    if not is_open:
        since, after = dates["closed"], "closing"
    return Rhythm(since, after, seen, rhythm_at(today(), since=since, after=after))


def follow_up_shown(actor: Actor, family: Family, called: dict[int, str]) -> FollowUp:
    """Return a family's follow-up; called: the names of its people by number, as the reader may see them."""
    people = Person.objects.filter(memberships__family=family, memberships__until=None)
    looks = list(LookAgain.objects.filter(family=family).select_related("by", "task", "case").order_by("-pk"))
    ends = list(FadeOut.objects.filter(family=family).select_related("agreed_with", "by").order_by("-pk"))
    words = open_parts([*(one.words_id for one in looks), *(one.words_id for one in ends)])
    now = next((one for one in ends if not one.given_up_on), None)
    label = catalogue().label
    return FollowUp(
        rhythm=follow_up_of(family),
        events=[(one, called.get(one.person.pk, one.person.code)) for one in coming_events(people)],
        looks_again=[
            (one, label("look_agains", one.kind), words.get(one.words_id, "") if one.words_id else "") for one in looks
        ],
        fade_out=now,
        fade_out_words=words.get(now.words_id, "") if now and now.words_id else "",
        fade_outs_before=[(one, label("cancel_reasons", one.given_up_because)) for one in ends if one.given_up_on],
    )


def fade_out_for(actor: Actor, family: Family) -> FadeOut:
    """Return the planned end of a family that holds; else NotThere."""
    found = FadeOut.objects.filter(family=family, given_up_on=None).select_related("family", "task").first()
    if found is None:
        raise NotThere
    return found


def visitors(actor: Actor) -> list[Staff]:
    """Return whose days of visits the actor may look at: the own alone, or those of the colleagues in reach."""
    if actor.role.scope == "own":
        return list(Staff.objects.filter(pk=actor.staff_id or 0))
    return list(staff_of(actor))


def day_of_visits(actor: Actor, worker: Staff, on: date) -> DayOfVisits:
    """Return a worker's planned visits of a day by district; codes only, for it is printed and taken along."""
    planned = Visit.objects.filter(
        within(actor, "family"), still_led(), by=worker, planned_on=on, made_on=None, cancelled_on=None
    ).select_related("family__district")
    visits = list(planned.order_by(F("place_in_day").asc(nulls_last=True), "family__code"))
    sizes = _people(visit.family_id for visit in visits)
    under: dict[str, list[Stop]] = defaultdict(list)
    label = catalogue().label
    for visit in visits:
        stop = Stop(visit, label("visit_kinds", visit.kind), sizes[visit.family_id])
        under[str(visit.family.district or "")].append(stop)
    return DayOfVisits(on, worker, list(under.items()))


def _people(families: Iterable[int]) -> dict[int, int]:
    living = Person.objects.filter(memberships__family__in=set(families), memberships__until=None)
    counted: dict[int, int] = defaultdict(int)
    for family in living.values_list("memberships__family", flat=True):
        counted[family] += 1
    return counted
