"""Two colleagues take steps in the same moment: ends of one plan, and moves that change the same counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from django.db import connection, transaction
from django.db.models import Count

from panoh.casework import actions
from panoh.casework.jobs import fold_counts
from panoh.casework.models import Case, Need
from panoh.casework.tests import factories as make
from panoh.casework.tests.together import at_once

ROUNDS = 8


def test_a_need_is_met_when_its_last_two_steps_are_done_in_the_same_moment(committed: None) -> None:
    home = make.home(make.actor("coordinator", "Coordination"))
    for _ in range(ROUNDS):
        need = home.need()
        steps = [actions.plan_step(home.boss, need, service="DOC-10") for _ in range(2)]
        colleagues = [make.actor("coordinator", "Coordination") for _ in steps]
        at_once(
            *(
                lambda who=who, step=step: actions.settle_step(who, step, outcome="done")
                for who, step in zip(colleagues, steps, strict=True)
            )
        )
        assert Need.objects.get(pk=need.pk).state == Need.State.MET


def test_cases_of_one_agency_move_and_are_counted_without_waiting_for_each_other(committed: None) -> None:
    boss = make.actor("coordinator", "Coordination")
    one, other = make.home(boss), make.home(boss)

    def moves_meanwhile() -> None:
        Case.objects.filter(pk=other.case.pk).update(stage=40)
        fold_counts(0)
        connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Case.objects.filter(pk=one.case.pk).update(stage=40)
        pool.submit(copy_context().run, moves_meanwhile).result(20)
    fold_counts(0)
    with connection.cursor() as cursor:
        cursor.execute("select stage, cases from app.stage_counts()")
        told = dict(cursor.fetchall())
    assert told == dict(Case.objects.values_list("stage").annotate(number=Count("*")).order_by())
    assert told[40] == 2
