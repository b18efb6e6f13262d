"""Help that grows less over the years: rhythm, what a year brings, reasons to look again, the end; a day of visits."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.catalogue import catalogue
from panoh.casework.models import FadeOut, LookAgain, Person, Task, Visit
from panoh.casework.queries.following import day_of_visits, follow_up_of
from panoh.casework.refusals import AlreadySettled, NotOfThisFamily
from panoh.casework.refusals_deciding import EndsAlready, NothingToFollow, ReviewDayUnfit
from panoh.casework.rhythms import coming_events, rhythm_at, span_of
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of

pytestmark = pytest.mark.django_db


def event(code: str) -> object:
    return next(one for one in catalogue().life_events if one.code == code)


# --- rhythm ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("months", "days"), [(0, 14), (4, 30), (13, 90), (30, 180), (61, None)])
def test_a_family_is_seen_less_as_time_goes_on(months: int, days: int | None) -> None:
    day = date(2026 + months // 12, months % 12 + 1, 2)
    rhythm = rhythm_at(day, since=date(2026, 1, 1), after="return")
    assert (rhythm and rhythm.every_days) == days


def test_visits_are_planned_by_the_rhythm_and_not_twice(home: Home) -> None:
    planned = actions.plan_follow_up(home.me, home.family)
    gaps = {(b.planned_on - a.planned_on).days for a, b in pairwise(planned)}
    assert gaps == {14, 30}
    assert all(visit.by_id == home.worker.pk for visit in planned)
    with pytest.raises(NothingToFollow):
        actions.plan_follow_up(home.me, home.family)


def test_a_closed_family_is_followed_from_its_closing(home: Home) -> None:
    make.close(home)
    told = follow_up_of(home.family)
    assert (told.after, told.since, told.rhythm.every_days) == ("closing", today(), 180)
    with moved(400):
        assert follow_up_of(home.family).rhythm is None


# --- what a year brings ------------------------------------------------------------------------------------------


def test_of_a_birth_year_alone_a_birthday_lies_anywhere_in_the_year() -> None:
    span = span_of(event("turns_16"), year=2011)  # type: ignore[arg-type]
    assert (span.first, span.last, span.is_exact) == (date(2027, 1, 1), date(2027, 12, 31), False)


def test_a_year_that_is_about_right_makes_it_a_year_longer_on_either_side() -> None:
    span = span_of(event("turns_18"), year=2010, is_about=True)  # type: ignore[arg-type]
    assert (span.first, span.last) == (date(2027, 1, 1), date(2029, 12, 31))


def test_a_school_year_begins_for_all_of_a_year_alike() -> None:
    assert span_of(event("school_first"), year=2019).first == date(2026, 9, 1)  # type: ignore[arg-type]


def test_of_an_unknown_birth_year_nothing_is_said() -> None:
    assert coming_events([Person(birth_precision=3)]) == []


def test_each_event_sets_one_task_and_only_where_a_case_is_open(home: Home) -> None:
    turning = make.person(home.boss, home.family, "Gavharova Dono", today().year - 18)
    actions.open_case(home.me, home.family, turning, stage="reintegration", on=today())
    operator = Actor.operator()
    with acting_for(operator.staff_id):
        assert actions.open_events(operator) >= 1
        assert actions.open_events(operator) == 0
    task = Task.objects.get(kind="turns_18")
    assert (task.owner_id, task.due >= today()) == (home.worker.pk, True)
    assert not Task.objects.filter(case__person=home.child).exists(), "the child has no case"


def test_the_codes_of_events_are_those_of_tasks() -> None:
    kinds = {entry.code for entry in catalogue().task_kinds}
    assert {one.code for one in catalogue().life_events} <= kinds


# --- looking again and the end -----------------------------------------------------------------------------------


def test_something_that_happens_opens_a_task_as_soon_as_the_rule_says(home: Home) -> None:
    actions.look_again(home.me, home.family, kind="carer_gone", noticed_on=today(), words="The aunt is in hospital.")
    found = LookAgain.objects.get()
    assert (found.task.kind, found.task.due, found.task.owner_id) == (
        "look_again",
        today() + timedelta(1),
        home.worker.pk,
    )
    other = make.home(home.boss)
    with pytest.raises(NotOfThisFamily):
        actions.look_again(home.me, home.family, kind="death", noticed_on=today(), case=other.case)


def test_the_end_of_help_is_planned_with_the_family_and_can_be_given_up(home: Home) -> None:
    end = today() + timedelta(60)
    planned = actions.plan_fade_out(home.me, home.family, ends_on=end, agreed_with=home.mother, words="Call any time.")
    assert planned.task.due == end - timedelta(14)
    with pytest.raises(EndsAlready):
        actions.plan_fade_out(home.me, home.family, ends_on=end, agreed_with=home.mother)
    actions.give_up_fade_out(home.me, planned, because="family_asked")
    assert Task.objects.get(kind="last_talk").cancelled_because == "family_asked"
    with pytest.raises(AlreadySettled):
        actions.give_up_fade_out(home.me, planned, because="family_asked")
    for day in (today(), today() + timedelta(400)):
        with pytest.raises(ReviewDayUnfit):
            actions.plan_fade_out(home.me, home.family, ends_on=day, agreed_with=home.mother)
    assert actions.plan_fade_out(home.me, home.family, ends_on=end, agreed_with=home.child)
    assert FadeOut.objects.count() == 2


def test_follow_up_is_led_on_its_page(home: Home) -> None:
    client, address = client_of(home.me), f"/families/{home.family.code}/follow-up/"
    assert "every 14 days" in client.get(address).content.decode()
    assert client.post(f"{address}plan/").status_code == 302
    happened = {"kind": "school_missed", "noticed_on": today(), "words": "Since Monday."}
    assert client.post(f"/families/{home.family.code}/look-again/", happened).status_code == 302
    end = {"ends_on": today() + timedelta(90), "agreed_with": home.mother.code}
    assert client.post(f"/families/{home.family.code}/fade-out/", end).status_code == 302
    page = client.get(address).content.decode()
    for word in ("Since Monday.", "stays away from school", "Help goes on"):
        assert word in page
    told = client.get(f"/api/v1/families/{home.family.code}/follow-up").json()
    assert (told["every_days"], told["ends_on"], told["looks_again"][0]["kind"]) == (
        14, str(end["ends_on"]), "school_missed",
    )  # fmt: skip


# --- a day of visits ---------------------------------------------------------------------------------------------


def test_a_day_of_visits_lies_under_its_districts_in_order_and_names_nobody(home: Home) -> None:
    near = make.home(home.boss, worker=home.worker)
    actions.settle_district(home.me, home.family, district=make.district())
    visits = [actions.plan_visit(home.me, one.family, kind="follow_up", on=today()) for one in (home, near)]
    places = {visits[0].pk: 2, visits[1].pk: 1}
    assert actions.order_visits(home.me, on=today(), places=places) == 2
    with acting_for(home.worker.pk):
        found = day_of_visits(home.me, home.worker, today())
    assert [(district, [stop.visit.pk for stop in stops]) for district, stops in found.districts] == [
        ("", [visits[1].pk]), (str(make.district()), [visits[0].pk]),
    ]  # fmt: skip
    page = client_of(home.me).get("/visits/day/").content.decode()
    assert home.family.code in page
    assert "Gavharova" not in page
    assert client_of(home.me).post("/visits/day/", {f"place-{visits[0].pk}": "1"}).status_code == 302
    assert Visit.objects.get(pk=visits[0].pk).place_in_day == 1


def test_nobody_orders_or_sees_the_day_of_a_colleague_of_another_agency(home: Home) -> None:
    visit = actions.plan_visit(home.me, home.family, kind="follow_up", on=today())
    stranger = make.actor("caseworker", "South")
    with pytest.raises(NotThere):
        actions.order_visits(stranger, on=today(), places={visit.pk: 1})
    assert home.family.code not in client_of(stranger).get(f"/visits/day/?worker={home.worker.pk}").content.decode()
    with pytest.raises(NotThere):
        actions.order_visits(home.me, on=today() + timedelta(1), places={visit.pk: 1})
