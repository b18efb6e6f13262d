"""What a row of a list asks is decided, or becomes a task; nothing of it is decided silently or asked for good."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework import actions
from panoh.casework.models import ArrivalList, ArrivalRow, Person, Task
from panoh.casework.refusals import DecisionUnfit
from panoh.casework.tests import factories as make
from panoh.vault.queries import open_identity

pytestmark = pytest.mark.django_db
AS_READ, ANOTHER, ONLY_YEAR = (ArrivalRow.Decision[name] for name in ("AS_READ", "ANOTHER", "ONLY_YEAR"))
TWO = ("Gavharova Lola,жен,04.03.2015,ребёнок,1", "Gavharova Lola,жен,09.03.2015,ребёнок,1")
FIRST_OF_JANUARY = "Gavharova Lola,жен,01.01.2015,ребёнок,1"


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


def draft(boss: Actor, *rows: str) -> ArrivalList:
    content = "\n".join(["ФИО,Пол,Дата рождения,Кем приходится,Семья №", *rows]).encode()
    return actions.read_list(boss, content=content, file_name="a.csv", sender="ministry", kind="passenger")


def tasks_of(arrivals: ArrivalList, number: int) -> set[str]:
    person = arrivals.rows.get(number=number).person
    return set(Task.objects.filter(case__person=person, done_on=None).values_list("kind", flat=True))


def test_one_child_or_two_is_a_task_until_somebody_says(boss: Actor) -> None:
    arrivals = draft(boss, *TWO)
    assert "same_name_close_dates" in arrivals.rows.get(number=2).remarks
    actions.confirm_list(boss, arrivals)
    assert tasks_of(arrivals, 2) == {"check_list_entry"}


def test_who_was_said_to_be_another_person_is_not_asked_about_again(boss: Actor) -> None:
    arrivals = draft(boss, *TWO)
    actions.decide_row(boss, arrivals, row=arrivals.rows.get(number=2), decision=ANOTHER)
    actions.confirm_list(boss, arrivals)
    assert tasks_of(arrivals, 2) == set()


@pytest.mark.parametrize(
    ("decision", "kept", "task"),
    [
        (None, (2015, None, None, "year", "year_only"), {"settle_birth_date"}),
        (AS_READ, (2015, 1, 1, "day", ""), set()),
        (ONLY_YEAR, (2015, None, None, "year", ""), set()),
    ],
)
def test_the_first_of_january_is_kept_as_it_was_decided(
    boss: Actor, decision: int | None, kept: tuple[object, ...], task: set[str]
) -> None:
    arrivals = draft(boss, FIRST_OF_JANUARY)
    if decision:
        actions.decide_row(boss, arrivals, row=arrivals.rows.get(), decision=decision)
    actions.confirm_list(boss, arrivals)
    birth = open_identity(boss, Person.objects.get().identity_id, purpose="correction").birth
    assert (birth.year, birth.month, birth.day, birth.precision, birth.doubt) == kept
    assert birth.written == "01.01.2015"
    assert tasks_of(arrivals, 1) == task


def test_a_date_that_is_none_stays_a_task_though_the_row_is_taken(boss: Actor) -> None:
    arrivals = draft(boss, "Gavharova Lola,жен,31.02.2015,ребёнок,1")
    actions.decide_row(boss, arrivals, row=arrivals.rows.get(), decision=AS_READ)
    actions.confirm_list(boss, arrivals)
    assert tasks_of(arrivals, 1) == {"settle_birth_date"}


def test_the_year_alone_is_kept_only_of_a_first_of_january(boss: Actor) -> None:
    arrivals = draft(boss, TWO[0])
    with pytest.raises(DecisionUnfit):
        actions.decide_row(boss, arrivals, row=arrivals.rows.get(), decision=ONLY_YEAR)


def test_the_page_of_a_first_of_january_offers_the_day_and_the_year(boss: Actor) -> None:
    arrivals = draft(boss, FIRST_OF_JANUARY)
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=boss.staff_id))
    page = client.get(reverse("list-row", args=[arrivals.code, 1])).content.decode()
    assert "Keep 1 January 2015" in page
    assert "Only the year 2015" in page
    client.post(reverse("list-decide", args=[arrivals.code, 1]), {"decision": ONLY_YEAR.value})
    assert arrivals.rows.get().decision == ONLY_YEAR
