"""Today tells everybody all that is theirs to do: nothing vanishes, nothing stands there twice or without end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.actions.cases import WorkLeft
from panoh.casework.forms import StepForm, TaskForm
from panoh.casework.models import Case, Family, PlanItem, Task, Visit
from panoh.casework.queries.referrals import referral_for
from panoh.casework.queries.todo import todo
from panoh.casework.refusals import OwnerCannotOpen
from panoh.casework.tests import factories as make
from panoh.casework.tests.asking import desk
from panoh.casework.tests.factories import SERVICE, Home, days_ago, tomorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Home:
    return make.home()


def late(actor: Actor) -> list[str]:
    return [item.what for item in queries.todo(actor).late]


def page(actor: Actor, address: str) -> str:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=actor.staff_id))
    return client.get(address).content.decode()


def test_a_caseworker_sees_all_that_is_open_in_the_own_families_whoever_sees_to_it(home: Home) -> None:
    supervisor = make.hire("supervisor", "North")
    actions.set_task(home.boss, home.family, kind="call", due=days_ago(2), owner=supervisor)
    need = home.need()
    actions.plan_step(home.boss, need, service=SERVICE, due=days_ago(1), responsible=supervisor)
    actions.plan_step(home.boss, need, service=SERVICE, due=days_ago(1))
    assert len(late(home.me)) == 3
    assert late(Actor.of(supervisor)) == late(home.me)


def test_nothing_is_given_to_somebody_who_cannot_open_the_file(home: Home) -> None:
    stranger, need = make.hire("caseworker", "North"), home.need()
    for give in (
        lambda: actions.set_task(home.boss, home.family, kind="call", due=today(), owner=stranger),
        lambda: actions.plan_step(home.boss, need, service=SERVICE, responsible=stranger),
        lambda: actions.plan_visit(home.boss, home.family, kind="follow_up", on=tomorrow(), by=stranger),
    ):
        with pytest.raises(OwnerCannotOpen, match="cannot open the file"):
            give()


def test_the_forms_offer_only_those_who_can_open_the_file(home: Home) -> None:
    make.hire("caseworker", "North")
    supervisor = make.hire("supervisor", "North")
    for form, field in ((TaskForm(home.boss, home.family), "owner"), (StepForm(home.boss, home.family), "responsible")):
        offered = {staff.pk for staff in form.fields[field].queryset}
        assert offered == {home.worker.pk, supervisor.pk, home.boss.staff_id}


def test_a_new_lead_worker_takes_over_what_the_former_one_had_and_what_nobody_has(home: Home) -> None:
    supervisor, new = make.hire("supervisor", "North"), make.hire("caseworker", "North")
    theirs = actions.set_task(home.boss, home.family, kind="call", due=today(), owner=supervisor)
    mine = actions.set_task(home.boss, home.family, kind="call", due=today())
    step = actions.plan_step(home.boss, home.need(), service=SERVICE, responsible=home.worker, due=today())
    done = actions.do_task(home.me, actions.set_task(home.boss, home.family, kind="visit", due=today()))
    visit = actions.plan_visit(home.me, home.family, kind="follow_up", on=tomorrow())
    actions.assign_family(home.boss, home.family, worker=new)
    owners = {task.pk: task.owner for task in Task.objects.all()}
    assert owners == {theirs.pk: supervisor, mine.pk: new, done.pk: home.worker}
    assert PlanItem.objects.get(pk=step.pk).responsible == new
    assert Visit.objects.get(pk=visit.pk).by == new


def test_what_another_agency_owes_is_waited_for_and_not_late_as_well(home: Home) -> None:
    clinic = make.agency("Clinic")
    actions.plan_step(home.me, home.need(), service=SERVICE, provider=clinic, responsible=home.worker, due=days_ago(1))
    found = queries.todo(home.me)
    assert [item.is_late for item in found.waiting] == [True]
    assert found.late == []


def test_today_says_how_many_there_are_and_shows_them_all_in_turn(home: Home) -> None:
    for day in range(60):
        actions.set_task(home.me, home.family, kind="call", due=days_ago(day + 1))
    found = queries.todo(home.me)
    assert (len(found.late), found.counts) == (10, {"late": 60, "due": 0, "waiting": 0})
    text = page(home.me, reverse("today"))
    assert "10 of 60" in text
    assert "?show=late" in text
    pages = [queries.part_of(home.me, "late", page=number, size=50) for number in (1, 2)]
    assert [len(part.items) for part in pages] == [50, 10]
    assert pages[0].items[0].due == days_ago(60)
    assert "51 to 60 of 60" in page(home.me, reverse("today") + "?show=late&page=2")


def test_closing_the_last_case_ends_what_was_planned_for_the_family(home: Home) -> None:
    actions.plan_visit(home.me, home.family, kind="follow_up", on=days_ago(1))
    actions.set_task(home.me, home.family, kind="call", due=days_ago(1))
    assert len(late(home.me)) == 2
    make.close(home)
    assert late(home.me) == []
    file = queries.family_file(home.me, home.family)
    assert (file.tasks, file.visits, queries.planned_visits(home.family)) == ([], [], {})
    actions.reopen_case(home.boss, home.again(), to="follow_up")
    assert len(late(home.me)) == 2


def test_a_person_who_moves_takes_the_tasks_along(home: Home) -> None:
    other = make.home(home.boss)
    task = actions.set_task(home.me, home.family, kind="call", due=tomorrow(), case=home.case)
    actions.move_person(home.boss, home.family, person=home.mother, to=other.family, on=today())
    moved = Task.objects.get(pk=task.pk)
    assert (moved.family, moved.owner) == (other.family, other.worker)


def test_an_account_ends_only_when_somebody_takes_its_work_over(home: Home) -> None:
    new = make.hire("caseworker", "North")
    supervisor = make.hire("supervisor", "North")
    other = make.home(home.boss)
    task = actions.set_task(home.boss, home.family, kind="call", due=today())
    theirs = actions.set_task(home.boss, other.family, kind="call", due=today(), owner=supervisor)
    with pytest.raises(WorkLeft, match="families 1, tasks 1"):
        actions.end_account(home.boss, home.worker)
    actions.end_account(home.boss, home.worker, to=new)
    assert Family.objects.get(pk=home.family.pk).worker == new
    assert Task.objects.get(pk=task.pk).owner == new
    actions.end_account(home.boss, supervisor, to=new)
    assert Task.objects.get(pk=theirs.pk).owner == other.worker
    assert not Staff.objects.filter(pk__in=(home.worker.pk, supervisor.pk), is_active=True).exists()


def test_the_page_that_ends_an_account_says_what_is_left_and_asks_who_takes_over(home: Home) -> None:
    address = reverse("staff-end", args=[home.worker.username])
    text = page(home.boss, address)
    assert "It leads 1 family." in text
    assert "Who takes over" in text
    idle = make.hire("caseworker", "North")
    assert "Who takes over" not in page(home.boss, reverse("staff-end", args=[idle.username]))
    assert today() - timedelta(days=1) == days_ago(1)


def test_who_took_a_referral_alone_is_told_of_no_other_work_in_the_file(home: Home) -> None:
    asked = desk(home)
    asked.consent()
    sent = asked.send()
    taker = make.actor("service_provider", "First")
    with acting_for(taker.staff_id):
        actions.accept_referral(taker, referral_for(taker, sent.code), due=today())
    Case.objects.filter(pk=home.case.pk).update(assess_by=today() - timedelta(9))
    actions.open_legal_file(home.me, home.family, person=home.mother, kind="id_card", by_when=today())
    with acting_for(taker.staff_id):
        seen = todo(taker)
    assert (seen.late, seen.due) == ([], [])
    assert todo(home.me).late
