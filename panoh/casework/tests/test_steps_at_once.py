"""Two colleagues end steps of one plan in the same moment."""

from __future__ import annotations

from panoh.casework import actions
from panoh.casework.models import Need
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
