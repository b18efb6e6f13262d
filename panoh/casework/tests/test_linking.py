"""A list joined with the register: what a coordinator sees of it, what is kept, and what never happens."""

from __future__ import annotations

from typing import Any

import pytest

from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry, JobProgress
from panoh.access.queries import new_job_code
from panoh.access.refusals import NotThere
from panoh.casework import actions, jobs
from panoh.casework.models import Person, Suggestion, TracingRequest
from panoh.casework.tests import factories as make

pytest.importorskip("splink", reason="The part “linking” is not installed.")
pytestmark = pytest.mark.django_db

CAMP = "الاسم,الجنس,تاريخ الميلاد,رقم الأسرة\nسمية سليمان غفوروفا,أنثى,2014/5/17,1\nفرخ سليم قادروف,ذكر,2009/3/1,2\n"
FLIGHT = (
    "ФИО,Пол,Дата рождения,Семья №\nГафурова Сумая Сулеймановна,жен,17.05.2014,1\nТошпулатов Бобур,муж,02.02.1990,2\n"
)
SOUGHT = "ФИО,Пол,Дата рождения,Заявитель,Родство\nГафурова Сумая Сулеймановна,жен,17.05.2014,Гафурова Мадина,тётя\n"


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "North")


def read(boss: Actor, text: str, kind: str = "passenger", *, confirm: bool = True) -> Any:
    arrivals = actions.read_list(boss, content=text.encode(), file_name=f"{kind}.csv", sender="x", kind=kind)
    if confirm:
        actions.confirm_list(boss, arrivals)
        arrivals.refresh_from_db()
    return arrivals


def test_somebody_registered_already_is_suggested_and_nobody_is_joined(boss: Actor) -> None:
    camp, flight = read(boss, CAMP, "camp"), read(boss, FLIGHT)
    done = actions.link_list(boss, flight)
    (pair,) = Suggestion.objects.all()
    assert {pair.person, pair.other} == {
        Person.objects.get(rows__arrival_list=camp, rows__number=1),
        Person.objects.get(rows__arrival_list=flight, rows__number=1),
    }
    assert (done.rows, done.pairs, done.new, pair.state) == ((1,), 1, 1, Suggestion.State.OPEN)
    assert pair.evidence["name"] == "other_script"
    assert pair.evidence["birth"] == "same"


def test_a_list_joined_again_suggests_no_pair_twice(boss: Actor) -> None:
    read(boss, CAMP, "camp")
    flight = read(boss, FLIGHT)
    actions.link_list(boss, flight)
    decided = actions.decide_pair(boss, Suggestion.objects.get(), decision=Suggestion.State.DIFFERENT)
    assert actions.link_list(boss, flight).new == 0
    assert Suggestion.objects.get().state == decided.state == Suggestion.State.DIFFERENT


def test_of_a_draft_the_rows_are_told_and_nothing_is_kept(boss: Actor) -> None:
    read(boss, CAMP, "camp")
    draft = read(boss, FLIGHT, confirm=False)
    done = actions.link_list(boss, draft)
    assert (done.rows, done.pairs, done.can_be_kept) == ((1,), 0, False)
    assert Suggestion.objects.count() == 0


@pytest.mark.parametrize("sought_first", [True, False])
def test_somebody_whom_relatives_look_for_is_suggested_to_those_who_decide(boss: Actor, sought_first: bool) -> None:
    if sought_first:
        read(boss, SOUGHT, "relatives")
        later = read(boss, CAMP, "camp")
    else:
        read(boss, CAMP, "camp")
        later = read(boss, SOUGHT, "relatives")
    actions.link_list(boss, later)
    (pair,) = Suggestion.objects.all()
    assert pair.request == TracingRequest.objects.get()
    assert pair.request.state == TracingRequest.State.OPEN


def test_only_those_who_may_be_meant_are_opened_and_the_audit_says_so(boss: Actor) -> None:
    camp, flight = read(boss, CAMP, "camp"), read(boss, FLIGHT)
    actions.link_list(boss, flight)
    (entry,) = AuditEntry.objects.filter(step="register.link")
    girl = Person.objects.get(rows__arrival_list=camp, rows__number=1)
    assert (entry.about, entry.purpose, list(entry.identities)) == (flight.code, "duplicate_review", [girl.identity_id])


def test_the_job_says_in_a_sentence_what_came_of_it_and_names_nobody(boss: Actor) -> None:
    read(boss, CAMP, "camp")
    flight = read(boss, FLIGHT)
    code = new_job_code()
    JobProgress.objects.create(code=code, staff_id=boss.me, about=flight.code)
    jobs.link_in_background(list_code=flight.code, staff_id=boss.me, job_code=code)
    job = JobProgress.objects.get(code=code)
    assert job.state == JobProgress.State.DONE
    assert "1 pair waits for a decision" in job.says
    assert "Сумая" not in job.says


def test_a_list_that_was_discarded_is_not_joined(boss: Actor) -> None:
    draft = read(boss, FLIGHT, confirm=False)
    actions.discard_list(boss, draft)
    draft.refresh_from_db()
    with pytest.raises(Exception, match="discarded"):
        actions.link_list(boss, draft)


def test_a_caseworker_does_not_join_lists(boss: Actor) -> None:
    flight = read(boss, FLIGHT)
    with pytest.raises(NotThere):
        actions.link_list(make.actor("caseworker", "North"), flight)
