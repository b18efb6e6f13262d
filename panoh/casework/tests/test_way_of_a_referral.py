"""No sequence of steps brings a referral where the rules forbid it, each open one has a way out, nothing is deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import booleans, integers, sampled_from

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.refusals import Refusal
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Grant, Referral, ServiceRefusal, Task, Via
from panoh.casework.queries.referrals import referral_for
from panoh.casework.tests import factories as make
from panoh.casework.tests.asking import OFFICES, desk, supervisor

pytestmark = pytest.mark.django_db
State = Referral.State
ENDED = {State.DECLINED, State.COMPLETED, State.WITHDRAWN, State.LAPSED}
WAYS = {State.SENT: {State.ACCEPTED, *ENDED}, State.ACCEPTED: ENDED - {State.LAPSED}}


class WayOfAReferral(RuleBasedStateMachine):
    """One family, three offices: every step by anybody at any time, refused or taken."""

    @initialize(outside=booleans())
    def begin(self, outside: bool) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.desk = desk(make.home(), via=Via.SLIP if outside else Via.ACCOUNT)
        supervisor(self.desk)
        self.consent = self.desk.consent(days=60)
        self.days = 0
        self.seen: dict[int, int] = {}
        self.codes: dict[int, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def tried(self, actor: Actor, step: Any) -> None:
        """Take a step as somebody on the day it is by now; a refusal is an answer too."""
        with moved(self.days), acting_for(actor.staff_id):
            try:
                step()
            except Refusal:
                pass
            except Referral.DoesNotExist:
                pass

    def one(self, number: int) -> Referral | None:
        found = list(Referral.objects.order_by("pk"))
        return found[number % len(found)] if found else None

    @rule(office=integers(0, 2))
    def send(self, office: int) -> None:
        self.tried(self.desk.me, lambda: self.desk.send(office, answer_by=today() + timedelta(5)))

    @rule(number=integers(0, 3), office=sampled_from(OFFICES), step=sampled_from(["accept", "decline", "done"]))
    def answer(self, number: int, office: str, step: str) -> None:
        asked, actor = self.one(number), self.desk.at(office)
        if asked is None:
            return

        def take() -> None:
            found = referral_for(actor, asked.code)
            if step == "accept":
                actions.accept_referral(actor, found, due=today() + timedelta(9), words="Come.")
            elif step == "decline":
                actions.decline_referral(actor, found, because="no_place", basis="Article 4.")
            else:
                actions.complete_referral(actor, found, feedback="Well.")

        self.tried(actor, take)

    @rule(number=integers(0, 3))
    def hand_over(self, number: int) -> None:
        if asked := self.one(number):

            def make_one() -> None:
                self.codes[asked.pk] = actions.make_slip(self.desk.me, asked).code

            self.tried(self.desk.me, make_one)

    @rule(number=integers(0, 3), answer=sampled_from(["accept", "decline", "done"]))
    def by_code(self, number: int, answer: str) -> None:
        asked, runner = self.one(number), Actor.operator()
        if asked is None or asked.pk not in self.codes:
            return

        def take() -> None:
            if slip := actions.try_code(runner, self.codes[asked.pk]):
                actions.answer_slip(runner, slip, answer=answer, because="age", words="Yes.")

        self.tried(runner, take)

    @rule(number=integers(0, 3))
    def take_back(self, number: int) -> None:
        if asked := self.one(number):
            self.tried(self.desk.me, lambda: actions.take_back_referral(self.desk.me, asked, because="moved"))

    @rule()
    def withdraw_the_consent(self) -> None:
        self.tried(self.desk.me, lambda: actions.withdraw_consent(self.desk.me, self.consent))

    @rule(days=sampled_from([1, 6, 15]))
    def time_passes(self, days: int) -> None:
        self.days += days
        self.tried(Actor.operator(), lambda: actions.watch_referrals(Actor.operator()))

    @invariant()
    def each_went_a_way_that_there_is_and_none_is_gone(self) -> None:
        if not hasattr(self, "desk"):
            return
        now = {one.pk: one for one in Referral.objects.select_related("grant", "consent")}
        assert self.seen.keys() <= now.keys(), "nothing is deleted"
        for key, before in self.seen.items():
            state = now[key].state
            assert state == before or state in WAYS.get(State(before), set()) or before == State.SENT
            assert before not in ENDED or state == before, "what ended stays so"
        for one in now.values():
            self.stands_rightly(one)
        asked = [(one.service, one.agency_id) for one in now.values() if one.is_open]
        assert len(asked) == len(set(asked)), "asked once at a time"
        self.seen = {key: one.state for key, one in now.items()}

    def stands_rightly(self, one: Referral) -> None:
        declined = ServiceRefusal.objects.filter(referral=one).count()
        assert declined == (one.state == State.DECLINED), "a reason for each refusal, and for nothing else"
        if one.via == Via.ACCOUNT and one.state in {State.ACCEPTED, State.COMPLETED}:
            assert one.taken_by_id is not None
        open_grants = Grant.objects.filter(referral=one, ended_at=None).count()
        assert open_grants == (one.state == State.ACCEPTED and one.via == Via.ACCOUNT), "open to the taker, while taken"
        if one.passed_on:  # somebody is asked next, or told to decide
            waits = Task.objects.filter(kind__in=["referral_stuck", "referral_new_basis"]).exists()
            assert waits or Referral.objects.filter(follows=one).exists()

    @invariant()
    def each_open_one_can_be_ended_by_whoever_leads_the_file(self) -> None:
        if hasattr(self, "desk") and (one := Referral.objects.filter(state__in=[1, 2]).first()):
            with transaction.atomic(), acting_for(self.desk.home.worker.pk):
                actions.take_back_referral(self.desk.me, one, because="moved")
                transaction.set_rollback(True)


def test_no_sequence_of_steps_leads_a_referral_astray() -> None:
    run_state_machine_as_test(
        WayOfAReferral,
        settings=settings(
            max_examples=8, stateful_step_count=16, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
