"""Whoever leads workers sees how the work is shared out, within their reach and at the same cost for few and many."""

from __future__ import annotations

import pytest
from django.urls import reverse

from panoh.access.clock import moved, today
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.queries.board import board_of
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of, days_ago
from panoh.casework.tests.test_query_counts import care, grows, queries_of

pytestmark = pytest.mark.django_db


def test_each_worker_stands_with_what_they_carry(home: Home) -> None:
    boss, other = home.boss, make.home(home.boss)
    need = home.need()
    with moved(-5):
        actions.set_task(home.me, home.family, kind="call", due=today())
        actions.plan_visit(home.me, home.family, kind="follow_up", on=today())
        actions.plan_step(home.me, need, service="LEG-01", responsible=home.worker, due=today())
    actions.make_visit(other.me, other.family, kind="first", on=days_ago(3), report="Well.")
    supervisor = make.actor("supervisor", "North")
    with acting_for(supervisor.me):
        found = queries.workload(supervisor, days=14)
    load = {one.label: (one.files, one.urgent, one.tasks, one.steps, one.visits, one.unseen) for one in found.loads}
    assert load == {home.worker.display_name: (1, 1, 1, 1, 1, 1), other.worker.display_name: (1, 0, 0, 0, 0, 0)}
    assert [(one.family, one.seen_on) for one in found.unseen] == [(home.family, None)]
    make.close(home)
    with acting_for(supervisor.me):
        assert queries.workload(supervisor).unseen == []
    stranger = make.actor("supervisor", "South")
    with acting_for(stranger.me):
        assert queries.workload(stranger).loads == []
    assert "no load to share out" in client_of(stranger).get("/workload/").content.decode()
    assert len(queries.workload(boss).loads) >= 1


def test_the_page_says_who_is_away(home: Home) -> None:
    colleague = make.hire("caseworker", "North")
    actions.name_stand_in(home.me, home.worker, stand_in=colleague, since=today(), until=today())
    shown = client_of(make.actor("supervisor", "North")).get("/workload/?days=14").content.decode()
    assert client_of(make.actor("supervisor", "North")).get("/api/v1/workload?days=14").json()["days"] == 14
    assert f"{colleague.display_name} stands in" in shown
    assert client_of(home.me).get("/workload/").status_code == 403


@pytest.mark.parametrize(("name", "most"), [("workload", 18), ("week", 12)])
def test_workload_and_week_ask_the_same_for_few_families_as_for_many(home: Home, name: str, most: int) -> None:
    supervisor = make.actor("supervisor", "North")
    address = reverse(name) + ("?all=1" if name == "week" else "?days=14")

    def add(number: int) -> None:
        for _ in range(number):
            care(make.home(home.boss, worker=home.worker))

    grows(lambda: queries_of(supervisor, address, shows="F-"), add, at_most=most)


def test_board_and_history_ask_the_same_for_a_short_file_as_for_a_long_one(home: Home) -> None:
    def add(number: int) -> None:
        care(home, number)
        for sex in ("m", "f") * number:
            actions.correct_person(home.me, home.mother, sex=sex, nationality="", is_alone=False)

    for name, shows in (("family-board", "step-card"), ("family-history", "Sex")):
        address = reverse(name, args=[home.family.code])
        grows(lambda address=address, shows=shows: queries_of(home.me, address, shows=shows), add, at_most=20)


def test_a_board_shows_each_step_under_how_far_it_is(home: Home) -> None:
    need, clinic = home.need(), make.agency("Clinic")
    with moved(-5):
        actions.plan_step(home.me, need, service="LEG-01", responsible=home.worker, due=today())
    ready = {"responsible": home.worker, "due": make.tomorrow()}
    actions.plan_step(home.me, need, service="LEG-01")
    actions.plan_step(home.me, need, service="LEG-01", **ready)
    actions.plan_step(home.me, need, service="LEG-01", provider=clinic, **ready)
    actions.settle_step(home.me, actions.plan_step(home.me, need, service="LEG-01"), outcome="partly")
    board = board_of(home.me, home.family)
    assert board.totals == [1, 1, 1, 1, 1]
    assert [row.need.need for row in board.rows] == [need]
