"""What a panel decides in the best interests of a child, and who may sit on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import (
    Case,
    Determination,
)
from panoh.casework.queries.interests import determination_shown
from panoh.casework.refusals import OwnerCannotOpen
from panoh.casework.refusals_deciding import (
    ChosenUnfit,
    ForAndAgainst,
    NotAChild,
    NotOnThePanel,
    NotReadyToDecide,
    NotWaiting,
    PanelSilent,
    ReviewDayUnfit,
    SitsApart,
    SoughtAlready,
    ViewFirst,
)
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.casework.tests.fenced import refused

pytestmark = pytest.mark.django_db

PARTS = {
    "history": "The mother is in prison.", "situation": "The child lives with an aunt.",
    "family_views": "The aunt agrees.", "recommendation": "With the aunt.",
}  # fmt: skip
LATER = timedelta(90)


@dataclass
class Panel:
    """A child whose case is led, and three who may decide about it."""

    home: Home
    case: Case
    chair: Actor
    other: Actor

    def begin(self, kind: int = 2, **words: str) -> Determination:
        given = {"kind": kind, "sought": "parent_imprisoned", "words": words or PARTS}
        return actions.begin_determination(self.home.me, self.case, **given)  # type: ignore[arg-type]

    def weighed(self, kind: int = 2) -> Determination:
        begun = self.begin(kind)
        for option in ("kin", "institution"):
            actions.add_option(self.home.me, begun, kind=option, speaks_for="Near.", speaks_against="Far.")
        if kind == 2:
            for member in (self.chair, self.other):
                actions.seat_on_panel(self.home.me, begun, staff=member.staff)  # type: ignore[arg-type]
        return begun

    def sent(self, kind: int = 2) -> Determination:
        begun = self.weighed(kind)
        return actions.send_to_panel(self.home.me, begun, recommended=begun.options.get(kind="kin"))

    def answered(self) -> Determination:
        sent = self.sent()
        for member in (self.chair, self.other):
            actions.answer_panel(member, sent, is_close=False, opinion=1, words="The aunt cares well.")
        return sent

    def decide(self, by: Actor, found: Determination, option: str = "kin", decision: int = 1) -> Determination:
        return actions.decide_determination(
            by, found, decision=decision, reasons="She is at home there.", chosen=found.options.get(kind=option),
            look_again_on=today() + LATER,
        )  # fmt: skip


@pytest.fixture
def panel(home: Home) -> Panel:
    case = actions.open_case(home.me, home.family, home.child, stage="rehabilitation", on=today())
    actions.assess(home.me, case, on=today(), found={}, own_view="I want to stay with my aunt.")
    return Panel(home, case, make.actor("supervisor", "North"), make.actor("coordinator", "Coordination"))


def test_a_panel_decides_once_each_has_answered_and_a_day_to_look_again_is_set(panel: Panel) -> None:
    sent = panel.sent()
    actions.answer_panel(panel.chair, sent, is_close=False, opinion=1, words="Yes.")
    with pytest.raises(PanelSilent):
        panel.decide(panel.chair, sent)
    actions.answer_panel(panel.other, sent, is_close=False, opinion=1, words="Yes, too.")
    decided = panel.decide(panel.chair, sent)
    assert decided.state == Determination.State.DECIDED
    assert (decided.task.kind, decided.task.due) == ("follow_determination", today() + LATER)
    shown = determination_shown(panel.home.me, decided)
    assert shown.view == "I want to stay with my aunt."
    assert [option.is_chosen for option in shown.options] == [True, False]
    assert {words for _who, _opinion, words in shown.past[0].panel} == {"Yes.", "Yes, too."}


def test_who_prepared_leads_or_is_too_close_does_not_decide(panel: Panel) -> None:
    begun = panel.weighed()
    for staff in (panel.home.worker, make.hire("caseworker", "North"), panel.chair.staff):
        with pytest.raises(SitsApart):
            actions.seat_on_panel(panel.home.me, begun, staff=staff)  # type: ignore[arg-type]
    with pytest.raises(OwnerCannotOpen):
        actions.seat_on_panel(panel.home.me, begun, staff=make.hire("supervisor", "East"))
    with acting_for(panel.home.worker.pk):
        refused("insert into casework_panelmember (determination_id, staff_id) values (%s, %s)", begun.pk,
                panel.home.worker.pk)  # fmt: skip
    third = make.actor("coordinator", "Coordination")
    actions.seat_on_panel(panel.home.me, begun, staff=third.staff)  # type: ignore[arg-type]
    sent = actions.send_to_panel(panel.home.me, begun, recommended=begun.options.get(kind="kin"))
    actions.answer_panel(third, sent, is_close=True, words="My neighbour's sister.")
    for member in (panel.chair, panel.other):
        actions.answer_panel(member, sent, is_close=False, opinion=1, words="Yes.")
    for someone, why in ((third, NotOnThePanel), (make.actor("supervisor", "North"), NotOnThePanel)):
        with pytest.raises(why):
            panel.decide(someone, sent)
    with acting_for(panel.chair.me):
        refused("update casework_panelmember set is_close = true, opinion = null")
    assert panel.decide(panel.chair, sent).decided_by_id == panel.chair.me


def test_the_database_itself_takes_no_decision_of_fewer_than_two(panel: Panel) -> None:
    sent = panel.sent()
    actions.answer_panel(panel.chair, sent, is_close=False, opinion=1, words="Yes.")
    change = {
        "state": 3, "decision": 1, "chosen": sent.recommended_id, "decided_by": panel.chair.me, "decided_on": today(),
        "look_again_on": today() + LATER, "reasons": sent.words_id,
    }  # fmt: skip
    with acting_for(panel.chair.me), pytest.raises(DatabaseError), transaction.atomic():
        Determination.objects.filter(pk=sent.pk).update(**change)
    with acting_for(panel.home.worker.pk), pytest.raises(DatabaseError), transaction.atomic():
        Determination.objects.filter(pk=sent.pk).update(**change | {"decided_by": panel.home.worker.pk})


def test_nothing_is_decided_before_it_is_ready(panel: Panel) -> None:
    begun = panel.begin(history="Long.")
    with pytest.raises(ForAndAgainst):
        actions.add_option(panel.home.me, begun, kind="kin", speaks_for="Near.", speaks_against=" ")
    option = actions.add_option(panel.home.me, begun, kind="kin", speaks_for="Near.", speaks_against="Small.")
    with pytest.raises(NotReadyToDecide) as refusal:
        actions.send_to_panel(panel.home.me, begun, recommended=option)
    for lacking in ("lives now", "family", "recommendation", "two options", "panel of at least 2"):
        assert lacking in str(refusal.value)
    with pytest.raises(SoughtAlready, match=begun.code):
        panel.begin()
    with pytest.raises(NotAChild):
        actions.begin_determination(panel.home.me, panel.home.case, kind=1, sought="institution", words=PARTS)


def test_the_childs_view_comes_first(home: Home) -> None:
    case = actions.open_case(home.me, home.family, home.child, stage="rehabilitation", on=today())
    with pytest.raises(ViewFirst):
        actions.begin_determination(home.me, case, kind=1, sought="institution", words=PARTS)
    actions.assess(home.me, case, on=today(), found={}, not_asked_because="too_young")
    with moved(100), pytest.raises(ViewFirst):
        actions.begin_determination(home.me, case, kind=1, sought="institution", words=PARTS)
    begun = actions.begin_determination(home.me, case, kind=1, sought="institution", words=PARTS)
    assert determination_shown(home.me, begun).not_asked == "Too young to be asked"


def test_an_assessment_is_decided_by_one_other_colleague(panel: Panel) -> None:
    sent = panel.sent(kind=1)
    with pytest.raises(NotAllowed):
        panel.decide(panel.home.me, sent)
    with pytest.raises(ChosenUnfit):
        panel.decide(panel.chair, sent, option="institution")
    with pytest.raises(ReviewDayUnfit):
        actions.decide_determination(
            panel.chair, sent, decision=1, reasons="Yes.", chosen=sent.options.get(kind="kin"), look_again_on=today()
        )
    assert panel.decide(panel.chair, sent, option="institution", decision=2).chosen.kind == "institution"


def test_what_is_put_off_is_written_on_and_decided_later_with_both_on_record(panel: Panel) -> None:
    sent = panel.answered()
    put_off = actions.decide_determination(panel.chair, sent, decision=3, reasons="Ask the aunt's husband.")
    assert put_off.state == Determination.State.DEFERRED
    actions.write_determination(panel.home.me, put_off, words={"experts": "The doctor agrees."})
    actions.send_to_panel(panel.home.me, put_off, recommended=put_off.options.get(kind="kin"))
    with pytest.raises(PanelSilent):
        panel.decide(panel.chair, put_off)
    for member in (panel.chair, panel.other):
        actions.answer_panel(member, put_off, is_close=False, opinion=1, words="Now yes.")
    decided = panel.decide(panel.other, put_off)
    assert [past.decision for past in determination_shown(panel.chair, decided).past] == [
        "put off: more must be known", "as recommended",
    ]  # fmt: skip


def test_an_appeal_is_answered_by_one_who_neither_prepared_nor_decided(panel: Panel) -> None:
    decided = panel.decide(panel.chair, panel.answered())
    asked = actions.appeal_determination(panel.home.me, decided, words="The grandmother wants her.")
    for someone in (panel.chair, panel.home.me):
        with pytest.raises((NotYourOwn, NotAllowed)):
            actions.answer_determination_appeal(someone, asked, answer=1, reasons="No.")
    answered = actions.answer_determination_appeal(panel.other, asked, answer=2, reasons="She was not heard.")
    assert answered.state == Determination.State.DECIDED, "the decision stays on record"
    with pytest.raises(NotWaiting):
        actions.appeal_determination(panel.home.me, answered, words="Once more.")
    assert panel.begin().pk != answered.pk
    with acting_for(panel.home.worker.pk):
        refused("update casework_determination set reasons_id = words_id where state = 3")


def test_what_is_not_needed_ends_with_a_reason_and_can_be_begun_anew(panel: Panel) -> None:
    begun = panel.begin()
    actions.withdraw_determination(panel.home.me, begun, because="not_needed")
    with pytest.raises(NotWaiting):
        actions.write_determination(panel.home.me, begun, words={"history": "More."})
    assert panel.begin().state == Determination.State.PREPARED


def test_a_determination_is_led_over_the_api(panel: Panel) -> None:
    kind = "application/json"
    me, chair, other = (client_of(one) for one in (panel.home.me, panel.chair, panel.other))
    begun = {"kind": "determination", "sought": "lasting_home", **PARTS}
    answer = me.post(f"/api/v1/cases/{panel.case.code}/best-interests", begun, content_type=kind)
    address = f"/api/v1/best-interests/{answer.json()['code']}"
    numbers = [
        me.post(f"{address}/options", {"kind": one, "speaks_for": "A.", "speaks_against": "B."}, content_type=kind)
        .json()["number"] for one in ("kin", "foster")
    ]  # fmt: skip
    for member in (panel.chair, panel.other):
        seat = {"staff": Staff.objects.get(pk=member.me).username}
        assert me.post(f"{address}/panel", seat, content_type=kind).status_code == 201
    assert me.post(f"{address}/sending", {"recommended": numbers[0]}, content_type=kind).status_code == 204
    assert chair.get("/api/v1/decisions").json()["best_interests"] == [answer.json()["code"]]
    for client in (chair, other):
        said = {"is_close": False, "opinion": "agrees", "words": "Yes."}
        assert client.post(f"{address}/answers", said, content_type=kind).status_code == 201
    decided = {
        "decision": "agreed", "reasons": "At home.", "chosen": numbers[0], "look_again_on": today() + LATER,
    }  # fmt: skip
    assert chair.post(f"{address}/decision", decided, content_type=kind).status_code == 204
    told = me.get(address).json()
    assert (told["state"], told["reasons"], told["view"]) == ("decided", ["At home."], "I want to stay with my aunt.")
