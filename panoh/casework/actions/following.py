"""Steps of help that grows less: look again, plan visits by their rhythm, order a day of them, plan the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotThere
from panoh.casework import days
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened_with
from panoh.casework.models import Case, FadeOut, Family, LookAgain, Person, Task, Visit
from panoh.casework.queries.following import follow_up_of
from panoh.casework.refusals import AlreadySettled, NotOfThisFamily
from panoh.casework.refusals_deciding import EndsAlready, NothingToFollow, ReviewDayUnfit
from panoh.casework.rhythms import ComingEvent, coming_events, later, rhythm_at
from panoh.vault import actions as vault

__all__ = ["give_up_fade_out", "look_again", "open_events", "order_visits", "plan_fade_out", "plan_follow_up"]

PLANNED_MONTHS = 6
TALK_BEFORE = timedelta(14)
EVENTS_AHEAD_DAYS = 90
MOST_VISITS = 20


@action("task.write")
def look_again(
    actor: Actor, family: Family, *, kind: str, noticed_on: date, words: str = "", case: Case | None = None
) -> LookAgain:
    """Record something that makes us look again; the lead worker has a task for it, as soon as the rule says.

    Raises:
        NotOfThisFamily, InTheFuture, DayUnfit, Unknown (what happened).
    """
    if case and case.family_id != family.pk:
        raise NotOfThisFamily
    what, noticed = catalogue().look_again(kind), happened_with(family, noticed_on)
    by = noticed + timedelta(what.within_days)
    task = Task.objects.create(
        family=family, case=case, kind="look_again", due=max(by, today()), owner_id=family.worker_id or actor.staff_id,
        words_id=vault.keep_text(family.papers_id, what.label),
    )  # fmt: skip
    return LookAgain.objects.create(
        family=family, case=case, kind=what.code, noticed_on=noticed, task=task, by_id=actor.me,
        words_id=vault.keep_text(family.papers_id, words),
    )  # fmt: skip


@action("visit.record")
def plan_follow_up(actor: Actor, family: Family) -> list[Visit]:
    """Plan the visits of the next six months by the rhythm of follow-up, after what is planned already.

    Raises:
        NothingToFollow: no visit is due any more, or all are planned.
    """
    Family.objects.select_for_update(no_key=True).filter(pk=family.pk).first()
    told, end = follow_up_of(family), later(today(), PLANNED_MONTHS)
    planned = Visit.objects.filter(family=family, made_on=None, cancelled_on=None).order_by("-planned_on").first()
    ahead = planned.planned_on if planned else None
    last: date | None = max((day for day in (told.last_seen_on, ahead) if day), default=None)
    found: list[Visit] = []
    while len(found) < MOST_VISITS:
        rhythm = rhythm_at(last or today(), since=told.since, after=told.after)
        if rhythm is None:
            break
        last = max((last or told.since) + timedelta(rhythm.every_days), today())
        if last > end:
            break
        found.append(Visit(family=family, kind="follow_up", planned_on=last, by_id=family.worker_id or actor.me))
    if not found:
        raise NothingToFollow
    return Visit.objects.bulk_create(found)


@action("visit.record")
def order_visits(actor: Actor, *, on: date, places: Mapping[int, int]) -> int:
    """Say in which order the visits of a day are made: number of the visit → its place; return how many there are.

    Raises:
        NotThere: a visit that is not the actor's to see, or is not planned for that day.
    """
    found = {one.pk: one for one in Visit.objects.filter(pk__in=places, planned_on=on, made_on=None, cancelled_on=None)}
    if set(found) != set(places):
        raise NotThere
    for number, place in places.items():
        found[number].place_in_day = place
    Visit.objects.bulk_update(found.values(), ["place_in_day"])
    return len(found)


@action("visit.record")
def plan_fade_out(actor: Actor, family: Family, *, ends_on: date, agreed_with: Person, words: str = "") -> FadeOut:
    """Plan the day after which nobody needs the family's file, as agreed with one of it; a last talk comes before.

    Raises:
        ReviewDayUnfit: the day is not after today, or more than a year ahead.
        EndsAlready. NotOfThisFamily: whoever agreed does not live there.
    """
    if not today() < ends_on <= later(today(), 12):
        raise ReviewDayUnfit
    if not agreed_with.memberships.filter(family=family, until=None).exists():
        raise NotOfThisFamily
    Family.objects.select_for_update(no_key=True).filter(pk=family.pk).first()
    there = FadeOut.objects.filter(family=family, given_up_on=None).first()
    if there:
        raise EndsAlready(on=there.ends_on)
    task = Task.objects.create(
        family=family, kind="last_talk", due=max(ends_on - TALK_BEFORE, today()), owner_id=family.worker_id
    )
    return FadeOut.objects.create(
        family=family, ends_on=ends_on, agreed_on=today(), agreed_with=agreed_with, task=task, by_id=actor.me,
        words_id=vault.keep_text(family.papers_id, words),
    )  # fmt: skip


@action("visit.record")
def give_up_fade_out(actor: Actor, fade_out: FadeOut, *, because: str) -> FadeOut:
    """Give up a planned end: help goes on; its last talk is taken off the list.

    Raises:
        AlreadySettled. Unknown (why).
    """
    fade_out = FadeOut.objects.select_for_update(of=("self",)).select_related("family", "task").get(pk=fade_out.pk)
    if fade_out.given_up_on:
        raise AlreadySettled(on=fade_out.given_up_on)
    fade_out.given_up_on, fade_out.given_up_because = today(), catalogue().known("cancel_reasons", because)
    fade_out.save(update_fields=["given_up_on", "given_up_because"])
    if not fade_out.task.done_on:
        task = fade_out.task
        task.cancelled_because, task.done_on, task.done_by_id = because, today(), actor.staff_id
        task.save(update_fields=["cancelled_because", "done_on", "done_by"])
    return fade_out


@action("follow-up.open")
def open_events(actor: Actor) -> int:
    """Set a task for each that comes to an age in the next three months and has an open case; return how many.

    Somebody's year alone is known, so that a birthday is asked about from the first of its days on.
    """
    first = today().year - max(event.age for event in catalogue().life_events) - 1
    cases = Case.objects.filter(closed_on=None, person__birth_year__gte=first).select_related("person", "family")
    by_person = {case.person_id: case for case in cases}
    coming = coming_events((case.person for case in by_person.values()), ahead_days=EVENTS_AHEAD_DAYS)
    kinds = {event.code for event in catalogue().life_events}
    known = set(Task.objects.filter(kind__in=kinds, case__person__in=by_person).values_list("case__person", "kind"))
    new = [one for one in coming if (one.person.pk, one.event.code) not in known]
    Task.objects.bulk_create((_event_task(by_person[one.person.pk], one) for one in new), batch_size=1000)
    return len(new)


def _event_task(case: Case, coming: ComingEvent) -> Task:
    due = days.due(max(coming.span.first, today()))
    return Task(family=case.family, case=case, kind=coming.event.code, due=due, owner_id=case.family.worker_id)
