"""Several things at once: first what would happen, then what was done, and what stays with why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panoh.access.clock import today
from panoh.access.models import AuditEntry
from panoh.casework import actions
from panoh.casework.models import Task, Visit
from panoh.casework.refusals import AlreadySettled
from panoh.casework.refusals_work import NoneChosen, VisitPlannedThen
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks(home: Home) -> list[Task]:
    return [actions.set_task(home.me, home.family, kind="call", due=today()) for _ in range(3)]


def test_what_can_be_done_is_done_and_the_rest_says_why_it_stays(home: Home, tasks: list[Task]) -> None:
    actions.do_task(home.me, tasks[0])
    seen = actions.several_tasks(home.me, tasks, preview=True)
    assert (seen.done, seen.is_preview) == (tasks[1:], True)
    assert Task.objects.filter(done_on=None).count() == 2, "a preview does nothing"
    report = actions.several_tasks(home.me, tasks)
    assert report.done == tasks[1:]
    ((one, why),) = report.stay
    assert (one, type(why)) == (tasks[0], AlreadySettled)
    done = AuditEntry.objects.filter(step="task.write", about__in=[task.code for task in tasks[1:]])
    assert done.count() == 2, "each is a step of its own"


def test_tasks_are_moved_to_a_day(home: Home, tasks: list[Task]) -> None:
    later = today() + timedelta(5)
    actions.several_tasks(home.me, tasks, to=later)
    assert set(Task.objects.values_list("due", flat=True)) == {later}
    with pytest.raises(NoneChosen):
        actions.several_tasks(home.me, [])


def test_a_visit_is_planned_to_each_family_but_where_one_is_planned_that_day(home: Home) -> None:
    other = make.home(home.boss, worker=home.worker)
    actions.plan_visit(home.me, other.family, kind="follow_up", on=today())
    report = actions.plan_visits(home.me, [home.family, other.family], kind="follow_up", on=today())
    assert [family.code for family in report.done] == [home.family.code]
    assert isinstance(report.stay[0][1], VisitPlannedThen)
    assert Visit.objects.count() == 2


def test_the_page_shows_first_what_would_happen_and_leaves_out_the_exceptions(home: Home, tasks: list[Task]) -> None:
    client, address = client_of(home.me), "/tasks/several/"
    assert client.get(address).content.decode().count(" checked") == 4, "all are ticked, and that they are done"
    given = {"what": "done", "tasks": [task.code for task in tasks[:2]]}
    seen = client.post(address, given).content.decode()
    assert "2 would be done" in seen
    assert Task.objects.filter(done_on=None).count() == 3
    said = client.post(address, given | {"sure": "1"}, follow=True).content.decode()
    assert "2 are done" in said
    assert list(Task.objects.filter(done_on=None)) == [tasks[2]]
    assert client.post(address, {"what": "move", "tasks": [tasks[2].code]}).status_code == 422


def test_the_page_of_visits_offers_the_families_one_leads(home: Home) -> None:
    foreign = make.home(home.boss)
    client, address = client_of(home.me), "/visits/several/"
    shown = client.get(address).content.decode()
    assert home.family.code in shown
    assert foreign.family.code not in shown
    given = {"kind": "follow_up", "on": today().isoformat(), "families": [home.family.code], "sure": "1"}
    assert client.post(address, given).status_code == 302
    assert Visit.objects.get().family == home.family
    told = client.post(
        "/api/v1/visits/several", {**given, "families": [foreign.family.code]}, content_type="application/json"
    )
    assert told.status_code == 409
