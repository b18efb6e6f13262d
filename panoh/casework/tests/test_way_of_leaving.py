"""However a file leaves, abroad or for good: nobody decides alone, each state has a way out, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as depth
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.instance_keys import own_age_key, own_key
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import (
    Case,
    Disposal,
    DisposalItem,
    Forgetting,
    HandOverAbroad,
    Person,
    RetentionHold,
    RightsRequest,
)
from panoh.casework.queries.handing import hand_over_for
from panoh.casework.queries.retention import due_people
from panoh.casework.tests import factories as make
from panoh.casework.tests.anybody import Anybody
from panoh.casework.tests.test_handing import trust
from panoh.vault.broker import ENVIRONMENT
from panoh.vault.keyring import make_keyring, write_keyring

pytestmark = pytest.mark.django_db

TABLES = (Disposal, DisposalItem, Forgetting, HandOverAbroad, RetentionHold, RightsRequest, Case, Person)
WHO = sampled_from(["worker", "boss", "other", "officer"])
Sent, Asked = HandOverAbroad.State, Disposal.State
YEARS = 4000  # days, after which each class is due


class WayOfLeaving(Anybody):
    """One family's file: every step by anybody at any time, taken or refused."""

    start = "abroad"

    @initialize()
    def begin(self) -> None:
        self.open_world()
        self.home = make.home()
        self.partner = trust(own_key(), own_age_key())
        self.who = {
            "worker": self.home.me, "boss": self.home.boss, "other": make.actor("coordinator", "Coordination"),
            "officer": make.actor("protection_officer", "Coordination"),
        }  # fmt: skip
        self.counted = dict.fromkeys(TABLES, 0)
        if self.start == "closed":
            make.close(self.home, "mistake")
            self.propose_disposal("boss", YEARS)
        else:
            self.propose_abroad("worker")

    @rule(who=WHO)
    def propose_abroad(self, who: str) -> None:
        def step(actor: Actor) -> None:
            family = queries.family_for(actor, self.home.family.code)
            actions.propose_hand_over(
                actor, family, partner=self.partner, classes=[FieldClass.IDENTITY], purpose="service_delivery",
                basis=1, because="They agreed.",
            )  # fmt: skip

        self.by_anybody(who, step)

    @rule(who=WHO, how=sampled_from(["agree", "agree", "decline", "send", "give up", "stub"]))
    def abroad(self, who: str, how: str) -> None:
        found = HandOverAbroad.objects.order_by("-pk").first()
        steps: dict[str, Callable[[Actor, HandOverAbroad], Any]] = {
            "agree": actions.agree_hand_over, "decline": actions.decline_hand_over, "send": actions.send_hand_over,
            "give up": actions.give_up_hand_over, "stub": actions.leave_stub,
        }  # fmt: skip
        if found:
            self.by_anybody(who, lambda actor: steps[how](actor, hand_over_for(actor, found.code)))

    @rule(who=WHO)
    def close(self, who: str) -> None:
        def step(actor: Actor) -> None:
            case = queries.case_for(actor, self.home.case.code)
            actions.close_case(actor, case, reason="mistake", circumstance="unknown", note="All is said.")

        self.by_anybody(who, step)

    @rule(who=WHO, later=sampled_from([0, YEARS, YEARS]))
    def propose_disposal(self, who: str, later: int) -> None:
        people = [self.home.mother.code, self.home.child.code]
        with moved(later):
            self.by_anybody(who, lambda actor: actions.propose_disposal(actor, people=people))

    @rule(
        who=WHO,
        how=sampled_from(["agree", "agree", "destroy", "destroy", "decline"]),
        later=sampled_from([0, YEARS, YEARS]),
    )
    def dispose(self, who: str, how: str, later: int) -> None:
        found = Disposal.objects.order_by("-pk").first()
        steps: dict[str, Callable[[Actor, Disposal], Any]] = {
            "agree": actions.agree_disposal, "decline": actions.decline_disposal, "destroy": actions.carry_out,
        }  # fmt: skip
        if found:
            with moved(later):
                self.by_anybody(who, lambda actor: steps[how](actor, found))

    @rule(who=WHO, ends=sampled_from([True, False]))
    def hold(self, who: str, ends: bool) -> None:
        held = RetentionHold.objects.filter(ended_at=None).first()
        if ends and held:
            self.by_anybody(who, lambda actor: actions.end_hold(actor, held))
        else:
            code = self.home.family.code
            self.by_anybody(who, lambda actor: actions.hold_back(actor, code=code, reason="A court asks."))

    @rule(who=WHO, right=sampled_from(["forgetting", "correction"]))
    def ask(self, who: str, right: str) -> None:
        given = {"right": right, "asker": "person", "asker_check": "known", "words": "Please."}
        self.by_anybody(
            who, lambda actor: actions.record_request(actor, queries.person_for(actor, self.home.mother.code), **given)
        )

    @rule(who=WHO)
    def answer(self, who: str) -> None:
        asked = RightsRequest.objects.filter(state=RightsRequest.State.OPEN).first()
        if asked:
            self.by_anybody(
                who, lambda actor: actions.answer_request(actor, asked, outcome="done", words="It is done.")
            )

    @invariant()
    def nothing_is_deleted(self) -> None:
        for model in TABLES:
            now = model.objects.count()
            assert now >= self.counted[model]
            self.counted[model] = now

    @invariant()
    def two_people_let_a_file_go(self) -> None:
        for gone in HandOverAbroad.objects.filter(state__in=[Sent.AGREED, Sent.SENT, Sent.RECEIVED]):
            assert gone.decided_by_id not in (None, gone.proposed_by_id)
        for gone in Disposal.objects.filter(state__in=[Asked.AGREED, Asked.DONE]):
            assert gone.decided_by_id not in (None, gone.proposed_by_id)

    @invariant()
    def nobody_who_is_helped_or_held_back_is_destroyed(self) -> None:
        for item in DisposalItem.objects.exclude(forgotten_on=None):
            assert not Case.objects.filter(person=item.person_id, closed_on=None).exists()
        for item in DisposalItem.objects.filter(left_out=DisposalItem.LeftOut.HELD):
            assert not Forgetting.objects.filter(person=item.person_id).exists() or Disposal.objects.count() > 1

    @invariant()
    def each_state_has_a_way_out(self) -> None:
        able = list(self.who.values())
        for one in HandOverAbroad.objects.filter(state__in=[Sent.PROPOSED, Sent.AGREED, Sent.SENT]):
            assert [who for who in able if who.may("handover.propose") and who.leads(one.family_id)]
        for disposal in Disposal.objects.filter(state=Asked.PROPOSED):
            assert [who for who in able if who.may("retention.agree") and who.me != disposal.proposed_by_id]
        assert [who for who in able if who.may("person.forget")]
        if RetentionHold.objects.filter(ended_at=None).exists():
            assert [who for who in able if who.may("retention.hold")]
        for asked in RightsRequest.objects.filter(state=RightsRequest.State.OPEN):
            assert asked.due_on >= today()
        with acting_for(self.home.boss.staff_id), moved(YEARS):
            held = RetentionHold.objects.filter(ended_at=None).exists()
            assert all(one.is_held for one in due_people(until=today())) or not held


@pytest.mark.parametrize("start", ["abroad", "closed"])
def test_no_sequence_of_steps_lets_a_file_go_against_the_rules(
    start: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)  # what is destroyed here is destroyed for nobody else
    settings.PANOH_KEYRING_FILE, settings.PANOH_FORGOTTEN_FILE = tmp_path / "keyring.json", tmp_path / "forgotten"
    write_keyring(settings.PANOH_KEYRING_FILE, make_keyring())
    monkeypatch.setattr(WayOfLeaving, "start", start)
    run_state_machine_as_test(
        WayOfLeaving,
        settings=depth(
            max_examples=6, stateful_step_count=20, phases=[Phase.generate], deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
