"""No sequence of steps brings a case where the rules forbid it, each state has a way out, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.casework import actions, queries
from panoh.casework.actions.cases import CLOSED
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    Approval,
    Arrangement,
    Case,
    Determination,
    Family,
    PlanVersion,
    StageChange,
    Transfer,
)
from panoh.casework.queries.deciding import approval_for, transfer_for
from panoh.casework.queries.interests import determination_for
from panoh.casework.tests import factories as make
from panoh.casework.tests.anybody import Anybody
from panoh.casework.tests.test_best_interests import PARTS

pytestmark = pytest.mark.django_db

TABLES = (Approval, Arrangement, Determination, PlanVersion, StageChange, Transfer)
WHO = sampled_from(["worker", "supervisor", "boss", "taker", "other"])
ENDED = {Determination.State.DECIDED, Determination.State.WITHDRAWN}


class WayOfACase(Anybody):
    """One child's case: every step by anybody at any time, taken or refused."""

    @initialize()
    def begin(self) -> None:
        self.open_world()
        self.home = make.home(worker=make.hire("supervisor", "North"))
        self.case = actions.open_case(
            self.home.boss, self.home.family, self.home.child, stage="rehabilitation", on=today()
        )
        self.who = {
            "worker": self.home.me, "boss": self.home.boss, "supervisor": make.actor("supervisor", "North"),
            "taker": make.actor("caseworker", "South"), "other": make.actor("coordinator", "Coordination"),
        }  # fmt: skip
        self.counted = dict.fromkeys(TABLES, 0)

    def newest(self, model: Any) -> Any:
        return model.objects.order_by("-pk").first()

    def again(self) -> Case:
        return Case.objects.select_related("family", "person__identity").get(pk=self.case.pk)

    def seen_by(self, actor: Actor) -> Case:
        return queries.case_for(actor, self.case.code)

    @rule(who=WHO, to=sampled_from([stage.code for stage in catalogue().stages]))
    def move(self, who: str, to: str) -> None:
        self.tried(who, lambda actor: actions.move_case(actor, self.seen_by(actor), to=to))

    @rule(who=WHO, reason=sampled_from(["family_asked", "not_found", "mistake"]))
    def close(self, who: str, reason: str) -> None:
        given = {"reason": reason, "circumstance": "parents", "note": "All is said."}
        self.tried(who, lambda actor: actions.close_case(actor, self.seen_by(actor), **given))
        self.tried(who, lambda actor: actions.ask_to_close(actor, self.seen_by(actor), **given))

    @rule(who=WHO, to=sampled_from(["reception", "follow_up", "closed"]))
    def reopen(self, who: str, to: str) -> None:
        self.tried(who, lambda actor: actions.reopen_case(actor, self.seen_by(actor), to=to))
        self.tried(who, lambda actor: actions.ask_to_reopen(actor, self.seen_by(actor), to=to, why="She is back."))

    @rule(who=WHO, how=sampled_from(["agree", "decline", "back"]))
    def answer_step(self, who: str, how: str) -> None:
        asked = self.newest(Approval)
        if asked is None:
            return
        steps: dict[str, Callable[[Actor, Approval], Any]] = {
            "agree": actions.agree_to_step, "back": actions.take_back_step,
            "decline": lambda actor, one: actions.decline_step(actor, one, why="Too early."),
        }  # fmt: skip
        self.tried(who, lambda actor: steps[how](actor, approval_for(actor, asked.code)))

    @rule(who=WHO, at=sampled_from(["South", "North", "Coordination"]))
    def offer(self, who: str, at: str) -> None:
        def step(actor: Actor) -> None:
            family = queries.family_for(actor, self.home.family.code)
            actions.ask_transfer(
                actor, family, to_agency=make.agency(at), reason="family_moved", notes="Kin.", basis=make.BY_LAW
            )

        self.tried(who, step)

    @rule(who=WHO, how=sampled_from(["agree", "refuse", "take", "decline", "back"]))
    def answer_transfer(self, who: str, how: str) -> None:
        offered = self.newest(Transfer)
        if offered is None:
            return
        steps: dict[str, Callable[[Actor, Transfer], Any]] = {
            "agree": actions.agree_to_transfer, "take": actions.take_over, "back": actions.take_back_transfer,
            "refuse": lambda actor, one: actions.refuse_transfer(actor, one, why="No."),
            "decline": lambda actor, one: actions.decline_transfer(actor, one, why="No."),
        }  # fmt: skip
        self.tried(who, lambda actor: steps[how](actor, transfer_for(actor, offered.code)))

    @rule(who=WHO, kind=integers(1, 2))
    def seek(self, who: str, kind: int) -> None:
        def step(actor: Actor) -> None:
            actions.assess(actor, self.seen_by(actor), on=today(), found={"learning": 3}, own_view="I want to stay.")
            actions.write_plan(actor, self.seen_by(actor), review_on=make.tomorrow())
            begun = actions.begin_determination(
                actor, self.seen_by(actor), kind=kind, sought="lasting_home", words=PARTS
            )
            for option in ("kin", "foster"):
                actions.add_option(actor, begun, kind=option, speaks_for="A.", speaks_against="B.")
            for name in ("supervisor", "boss", "other"):
                self.tried(who, lambda me, name=name: actions.seat_on_panel(me, begun, staff=self.who[name].staff))
            actions.send_to_panel(actor, begun, recommended=begun.options.get(kind="kin"))

        self.tried(who, step)

    @rule(who=WHO, how=sampled_from(["answer", "answer", "close", "decide", "defer", "appeal", "reply", "withdraw"]))
    def decide(self, who: str, how: str) -> None:
        sought = self.newest(Determination)
        if sought is None:
            return

        def step(actor: Actor) -> None:
            one = determination_for(actor, sought.code)
            if how in ("answer", "close"):
                is_close = how == "close"
                opinion = None if is_close else 1
                actions.answer_panel(actor, one, is_close=is_close, opinion=opinion, words="So.")
            elif how in ("decide", "defer"):
                chosen = one.options.get(kind="kin")
                decision = 1 if how == "decide" else 3
                actions.decide_determination(
                    actor, one, decision=decision, reasons="So.", chosen=chosen, look_again_on=make.tomorrow()
                )
            elif how == "appeal":
                actions.appeal_determination(actor, one, words="Again.")
            elif how == "reply":
                actions.answer_determination_appeal(actor, one, answer=2, reasons="Yes.")
            else:
                actions.withdraw_determination(actor, one, because="not_needed")

        self.tried(who, step)

    @invariant()
    def nothing_is_deleted(self) -> None:
        for model in TABLES:
            now = model.objects.count()
            assert now >= self.counted[model]
            self.counted[model] = now

    @invariant()
    def nobody_agreed_to_their_own(self) -> None:
        for asked in Approval.objects.filter(state__in=[2, 3]):
            assert asked.decided_by_id not in (None, asked.asked_by_id)
        for offered in Transfer.objects.filter(state=Transfer.State.ACCEPTED):
            assert offered.answered_by_id not in (None, offered.asked_by_id)
            assert offered.agreed_by_id not in (offered.asked_by_id,)
            assert offered.agreed_by_id or offered.to_agency_id == offered.from_agency_id
        for sought in Determination.objects.exclude(decided_by=None):
            assert sought.decided_by_id != sought.prepared_by_id
            past = sought.panel.filter(is_close=False, staff=sought.decided_by_id).exists()
            assert past or not sought.has_panel or sought.state != Determination.State.DECIDED

    @invariant()
    def the_case_went_only_where_stages_lead(self) -> None:
        ways = {stage.number: {catalogue().stage(code).number for code in stage.next} for stage in catalogue().stages}
        for change in StageChange.objects.filter(case=self.case.pk).exclude(from_stage=None):
            assert change.to_stage == CLOSED or change.to_stage in ways[change.from_stage]
        assert ways[self.again().stage], "there is a way on from each stage"

    @invariant()
    def what_waits_can_be_answered_by_somebody(self) -> None:
        leads = Family.objects.get(pk=self.home.family.pk)
        for asked in Approval.objects.filter(state=Approval.State.ASKED):
            may = [one for one in self.who.values() if one.may("approval.decide") and one.reaches(leads)]
            assert [one for one in may if one.staff_id != asked.asked_by_id]
        for offered in Transfer.objects.filter(state__in=[1, 2]):
            assert offered.asked_by_id, "who asked takes it back"
        for sought in Determination.objects.exclude(state__in=ENDED):
            assert [one for one in self.who.values() if one.may("interest.prepare") and one.reaches(leads)], sought


def test_no_sequence_of_steps_reaches_what_the_rules_forbid() -> None:
    run_state_machine_as_test(
        WayOfACase,
        settings=settings(
            max_examples=6, stateful_step_count=15,
            phases=[Phase.generate], deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
