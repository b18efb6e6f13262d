"""What nobody decides alone: closing, handing over, best interests of a child; and who sat together about a family."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import OPEN, FieldClass
from panoh.access.models import AuditEntry, Staff
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import (
    Approval,
    Case,
    ConferencePoint,
    Determination,
    Family,
    Participant,
    StageChange,
    Task,
    Transfer,
)
from panoh.casework.queries.deciding import decisions, transfer_for, transfer_shown
from panoh.casework.queries.interests import conference_shown, determination_shown
from panoh.casework.refusals import GuardsFail, InTheFuture, NotNextStage, OwnerCannotOpen, WithheldFromThem
from panoh.casework.refusals_deciding import (
    AgendaEmpty,
    AskedAlready,
    ChosenUnfit,
    ConferenceEmpty,
    ForAndAgainst,
    NeedsAnother,
    NotAChild,
    NotOnThePanel,
    NotReadyToDecide,
    NotTheAsker,
    NotWaiting,
    OwnerAndDay,
    PanelSilent,
    ReasonMissing,
    ReviewDayUnfit,
    SitsApart,
    SoughtAlready,
    TransferOpen,
    TransferUnfit,
    ViewFirst,
)
from panoh.casework.refusals_referrals import LegalBasisMissing, NobodyAgreed
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.casework.tests.fenced import refused

pytestmark = pytest.mark.django_db

CLOSING = {"reason": "family_asked", "circumstance": "parents", "note": "They manage."}
PARTS = {
    "history": "The mother is in prison.", "situation": "The child lives with an aunt.",
    "family_views": "The aunt agrees.", "recommendation": "With the aunt.",
}  # fmt: skip
LATER = timedelta(90)


@pytest.fixture
def supervisor(home: Home) -> Actor:
    return make.actor("supervisor", "North")


@pytest.fixture
def seen(home: Home) -> Home:
    """Return a family that was visited, so that nothing stands against closing."""
    actions.make_visit(home.me, home.family, kind="follow_up", on=today(), report="All is well.")
    return home


# --- steps that another agrees to --------------------------------------------------------------------------------


def test_a_case_that_a_caseworker_asks_to_close_is_closed_when_a_supervisor_agrees(
    seen: Home, supervisor: Actor
) -> None:
    asked = actions.ask_to_close(seen.me, seen.case, **CLOSING)
    assert seen.again().is_open
    assert decisions(supervisor).approvals == [asked]
    assert decisions(seen.me).asked_approvals == [asked]
    actions.agree_to_step(supervisor, asked)
    closed = seen.again()
    assert (closed.is_open, closed.closing_reason, closed.closing_circumstance) == (False, "family_asked", "parents")
    assert StageChange.objects.latest("pk").by_id == supervisor.me
    with pytest.raises(NotWaiting):
        actions.agree_to_step(supervisor, asked)


def test_nobody_agrees_to_what_they_asked_for(seen: Home, supervisor: Actor) -> None:
    asked = actions.ask_to_close(supervisor, seen.case, **CLOSING)
    for step in (actions.agree_to_step, actions.decline_step):
        with pytest.raises(NotYourOwn):
            step(supervisor, asked, **({} if step is actions.agree_to_step else {"why": "No."}))
    with acting_for(supervisor.me), pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=asked.pk).update(state=2, decided_by=supervisor.me, decided_on=today())
    with acting_for(supervisor.me):
        refused("update casework_approval set decided_by_id = %s, state = 2", seen.worker.pk)
    with pytest.raises(NotAllowed):
        actions.agree_to_step(seen.me, asked)


def test_who_leads_a_family_closes_and_reopens_none_of_its_cases_alone() -> None:
    there = make.home(worker=make.hire("supervisor", "North"))
    with pytest.raises(NeedsAnother, match="Closing"):
        actions.close_case(there.me, there.case, **CLOSING | {"reason": "not_found"})
    actions.close_case(there.me, there.case, reason="mistake", circumstance="unknown", note="Another person.")
    with pytest.raises(NeedsAnother):
        actions.reopen_case(there.me, there.again(), to="reception")
    asked = actions.ask_to_reopen(there.me, there.again(), to="reception", why="She came back.")
    actions.agree_to_step(there.boss, asked)
    assert there.again().is_open


def test_what_is_asked_is_refused_declined_or_taken_back_with_a_reason(seen: Home, supervisor: Actor) -> None:
    with pytest.raises(ReasonMissing):
        actions.ask_to_close(seen.me, seen.case, **CLOSING | {"note": " "})
    seen.need()
    with pytest.raises(GuardsFail):
        actions.ask_to_close(seen.me, seen.case, **CLOSING | {"reason": "goals"})
    with pytest.raises(NotNextStage):
        actions.ask_to_reopen(seen.me, seen.case, to="reception", why="Why not.")
    asked = actions.ask_to_close(seen.me, seen.case, **CLOSING)
    with pytest.raises(AskedAlready, match=asked.code):
        actions.ask_to_close(seen.me, seen.case, **CLOSING)
    with pytest.raises(NotTheAsker):
        actions.take_back_step(supervisor, asked)
    actions.decline_step(supervisor, asked, why="The school has not answered.")
    again = actions.ask_to_close(seen.me, seen.case, **CLOSING)
    actions.take_back_step(seen.me, again)
    assert list(Approval.objects.order_by("pk").values_list("state", flat=True)) == [3, 4]
    assert seen.again().is_open


def test_a_closing_is_asked_for_and_agreed_to_on_pages(seen: Home, supervisor: Actor) -> None:
    worker, boss = client_of(seen.me), client_of(supervisor)
    address = worker.post(f"/cases/{seen.case.code}/close/ask/", CLOSING)["Location"]
    assert "Take it back" in worker.get(address).content.decode()
    assert "1 decision waits" in boss.get("/").content.decode()
    assert "Agree, and do it" in boss.get(address).content.decode()
    assert boss.post(f"{address}agree/").status_code == 302
    assert "agreed and done" in worker.get(f"/families/{seen.family.code}/decisions/").content.decode()


# --- a family is handed over -------------------------------------------------------------------------------------


@dataclass
class Handover:
    """A family of the North that is offered to the South."""

    home: Home
    supervisor: Actor
    taker: Actor
    transfer: Transfer

    def again(self) -> Transfer:
        return Transfer.objects.get(pk=self.transfer.pk)


@pytest.fixture
def handover(seen: Home, supervisor: Actor) -> Handover:
    actions.set_task(seen.me, seen.family, kind="call", due=today() + timedelta(3))
    taker = make.actor("caseworker", "South")
    transfer = actions.ask_transfer(
        seen.me, seen.family, to_agency=make.agency("South"), reason="family_moved", notes="School begins in May.",
        basis=make.BY_LAW,
    )  # fmt: skip
    return Handover(seen, supervisor, taker, transfer)


def test_a_family_stays_with_who_gives_it_until_another_agreed_and_the_next_took_it(handover: Handover) -> None:
    me, taker = handover.home.me, handover.taker
    with acting_for(taker.me):
        assert not Transfer.objects.exists()
    actions.agree_to_transfer(handover.supervisor, handover.transfer)
    with acting_for(taker.me):
        shown = transfer_shown(taker, transfer_for(taker, handover.transfer.code))
        assert (shown.notes, shown.family) == ("School begins in May.", handover.home.family.code)
        assert [what for what, _day in shown.open] == ["Call the family"]
        assert not Family.objects.exists()
        with pytest.raises(NotThere):
            queries.family_for(taker, handover.home.family.code)
    with acting_for(me.me):
        assert queries.family_for(me, handover.home.family.code)
    actions.take_over(taker, handover.again())
    family = Family.objects.get(pk=handover.home.family.pk)
    assert (family.worker_id, family.agency_id) == (taker.me, taker.agency_id)
    assert Task.objects.get(kind="call").owner_id == taker.me
    with acting_for(me.me):
        assert not Family.objects.exists()
        assert Transfer.objects.get().state == Transfer.State.ACCEPTED, "what became of it stays to be seen"


def test_nobody_agrees_to_or_takes_what_they_offer(handover: Handover) -> None:
    giver = handover.home.me
    with pytest.raises(NotAllowed):
        actions.agree_to_transfer(giver, handover.transfer)
    own = actions.take_back_transfer(giver, handover.transfer)
    assert own.state == Transfer.State.TAKEN_BACK
    south = make.agency("South")
    asked = actions.ask_transfer(
        handover.supervisor, handover.home.family, to_agency=south, reason="family_moved", notes="As before.",
        basis=make.BY_LAW,
    )  # fmt: skip
    with pytest.raises(NotYourOwn):
        actions.agree_to_transfer(handover.supervisor, asked)
    with acting_for(handover.supervisor.me), pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=asked.pk).update(agreed_by=handover.supervisor.me, state=2)
    with acting_for(giver.me), pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.filter(pk=asked.pk).update(state=2)
    for someone in (handover.taker, giver):
        with acting_for(someone.me):
            refused("select app.accept_transfer(%s)", asked.pk)


def test_to_another_agency_a_family_goes_by_consent_or_by_law_and_by_no_consent_that_ended(
    seen: Home, supervisor: Actor
) -> None:
    given = {"reason": "family_moved", "notes": "School first.", "to_agency": make.agency("South")}
    with pytest.raises(NobodyAgreed):
        actions.ask_transfer(seen.me, seen.family, **given)
    with pytest.raises(LegalBasisMissing):
        actions.ask_transfer(seen.me, seen.family, **given, basis=actions.Basis(legal_basis="public_task"))
    said = actions.Answer(
        kinds=[], agencies=[given["to_agency"]], classes=list(OPEN), language="uz", until=today() + LATER
    )
    consent = actions.record_consent(seen.me, seen.mother, purpose="handover", said=said)
    asked = actions.ask_transfer(seen.me, seen.family, **given)
    assert asked.consent == consent
    offered = actions.agree_to_transfer(supervisor, asked)
    with acting_for(seen.me.me), pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.filter(pk=asked.pk).update(consent=None, legal_basis="public_task")
    actions.withdraw_consent(seen.me, consent)
    offered.refresh_from_db()
    assert offered.state == Transfer.State.TAKEN_BACK
    with moved(-200):
        actions.record_consent(seen.me, seen.mother, purpose="handover", said=replace(said, until=today() + LATER))
        offered = actions.agree_to_transfer(supervisor, actions.ask_transfer(seen.me, seen.family, **given))
    taker = make.actor("caseworker", "South")
    with acting_for(taker.me):
        refused("select app.accept_transfer(%s)", offered.pk)


def test_a_family_is_taken_over_only_by_whom_it_is_offered_to(handover: Handover) -> None:
    actions.agree_to_transfer(handover.supervisor, handover.transfer)
    for stranger in (make.actor("caseworker", "East"), make.actor("contact", "South")):
        with acting_for(stranger.me):
            refused("select app.accept_transfer(%s)", handover.transfer.pk)
        with pytest.raises((NotAllowed, NotThere)):
            actions.decline_transfer(stranger, handover.again(), why="Not mine.")
    with acting_for(handover.taker.me):
        refused("update casework_transfer set state = 3, answered_by_id = %s", handover.taker.me)
        refused("update casework_transfer set to_agency_id = from_agency_id")


def test_a_declined_family_stays_and_is_offered_again(handover: Handover) -> None:
    with pytest.raises(TransferOpen, match=handover.transfer.code):
        actions.ask_transfer(
            handover.home.me, handover.home.family, to_agency=make.agency("East"), reason="conflict", notes="Kin."
        )
    with pytest.raises(ReasonMissing):
        actions.refuse_transfer(handover.supervisor, handover.transfer, why=" ")
    actions.agree_to_transfer(handover.supervisor, handover.transfer)
    actions.decline_transfer(handover.taker, handover.again(), why="We have no room.")
    with acting_for(handover.home.worker.pk):
        assert transfer_shown(handover.home.me, handover.again()).answer == "We have no room."
    colleague = make.hire("caseworker", "North")
    within = actions.ask_transfer(
        handover.home.me, handover.home.family, to_agency=colleague.agency, to_worker=colleague, reason="worker_leaves",
        notes="Ask for the aunt.",
    )  # fmt: skip
    assert within.state == Transfer.State.OFFERED, "within the agency nobody else is asked"
    actions.take_over(Actor.of(colleague), within)
    assert Family.objects.get(pk=handover.home.family.pk).worker_id == colleague.pk


def test_a_family_goes_to_nobody_who_leads_it_and_to_nobody_it_keeps_its_file_from(seen: Home) -> None:
    helper = make.hire("caseworker", "East")
    given = {"reason": "family_asked", "notes": "As they wish."}
    for agency, worker in (
        (seen.worker.agency, None),
        (seen.worker.agency, seen.worker),
        (make.agency("West"), helper),
    ):
        with pytest.raises(TransferUnfit):
            actions.ask_transfer(seen.me, seen.family, to_agency=agency, to_worker=worker, **given)
    actions.withhold(seen.me, seen.family, whom=helper.agency, classes=[FieldClass.FILE], because="asked")
    with pytest.raises(WithheldFromThem):
        actions.ask_transfer(seen.me, seen.family, to_agency=helper.agency, **given)


def test_a_family_is_handed_over_on_pages_and_over_the_api(handover: Handover) -> None:
    code = handover.transfer.code
    giver, boss, taker = (client_of(one) for one in (handover.home.me, handover.supervisor, handover.taker))
    assert taker.get(f"/transfers/{code}/").status_code == 404
    assert boss.post(f"/transfers/{code}/agree/").status_code == 302
    told = taker.get(f"/api/v1/transfers/{code}").json()
    assert (told["notes"], told["open"], told["state"]) == ("School begins in May.", ["Call the family"], "offered")
    page = taker.get(f"/transfers/{code}/").content.decode()
    assert "Take the family over" in page
    assert "Gavharova" not in page, "no name before it is taken over"
    assert "until it is taken over" in giver.get(f"/transfers/{code}/").content.decode()
    assert taker.post(f"/api/v1/transfers/{code}/take-over", {}, content_type="application/json").status_code == 204
    assert "Gavharova" in taker.get(f"/families/{handover.home.family.code}/").content.decode()
    assert AuditEntry.objects.filter(step="transfer.answer", about=code, outcome=1).count() == 1


# --- best interests ----------------------------------------------------------------------------------------------


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


# --- conferences -------------------------------------------------------------------------------------------------


def test_what_a_conference_decides_becomes_somebodys_task(home: Home, supervisor: Actor) -> None:
    invited = [actions.Invited("supervisor", supervisor.staff), actions.Invited("teacher", None, make.agency("School"))]
    held = actions.call_conference(
        home.me, home.family, on=today(), why="School and papers.", domains=["learning", "papers"], invited=invited
    )
    points = {point.domain: point for point in ConferencePoint.objects.all()}
    assert {point.field_class for point in points.values()} == {FieldClass.EDUCATION, FieldClass.LEGAL}
    with pytest.raises(ConferenceEmpty):
        actions.end_conference(home.me, held)
    decided = {"talk": "He reads well.", "decision": "Ask for the second class."}
    with pytest.raises(OwnerAndDay):
        actions.record_point(home.me, held, point=points["learning"], **decided)
    with pytest.raises(OwnerCannotOpen):
        actions.record_point(
            home.me, held, point=points["learning"], **decided, owner=make.hire("caseworker", "East"), due=today()
        )
    due = today() + timedelta(7)
    actions.record_point(home.me, held, point=points["learning"], **decided, owner=home.worker, due=due)
    task = Task.objects.get(kind="conference")
    assert (task.owner_id, task.due, task.words_id) == (home.worker.pk, due, None)
    teacher = Participant.objects.get(role="teacher")
    actions.record_dissent(home.me, held, participant=teacher, words="He is too small.")
    actions.end_conference(home.me, held)
    shown = conference_shown(home.me, held)
    assert [dissent for _one, _role, dissent in shown.participants] == ["", "He is too small."]
    for step in (
        lambda: actions.record_point(home.me, held, point=points["papers"], talk="Too late."),
        lambda: actions.record_dissent(home.me, held, participant=teacher, words="No."),
        lambda: actions.cancel_conference(home.me, held, because="mistake"),
    ):
        with pytest.raises(NotWaiting):
            step()
    with acting_for(home.worker.pk):
        refused("update casework_conferencepoint set task_id = null")


def test_a_conference_is_called_about_something_and_with_somebody(home: Home) -> None:
    given = {"on": today(), "why": "School.", "domains": ["learning"], "invited": [actions.Invited("parent")]}
    for lacking, why in (({"domains": []}, AgendaEmpty), ({"invited": []}, AgendaEmpty), ({"why": " "}, ReasonMissing)):
        with pytest.raises(why):
            actions.call_conference(home.me, home.family, **given | lacking)  # type: ignore[arg-type]
    ahead = actions.call_conference(home.me, home.family, **given | {"on": today() + timedelta(2)})  # type: ignore[arg-type]
    actions.record_point(home.me, ahead, point=ahead.points.get(), talk="Before the day.")
    with pytest.raises(InTheFuture):
        actions.end_conference(home.me, ahead)
    assert actions.cancel_conference(home.me, ahead, because="moved").cancelled_because == "moved"


def test_a_conference_is_held_on_pages(home: Home) -> None:
    client = client_of(home.me)
    form = {"on": today(), "why": "School.", "domains": ["learning"], "role1": "lead_worker", "staff1": home.worker.pk}
    address = client.post(f"/families/{home.family.code}/conferences/new/", form)["Location"]
    point = ConferencePoint.objects.get()
    said = {"talk": "She reads.", "decision": "Books.", "owner": home.worker.pk, "due": today() + timedelta(5)}
    assert client.post(f"{address}points/{point.pk}/", said).status_code == 302
    assert client.post(f"{address}end/").status_code == 302
    page = client.get(address).content.decode()
    for word in ("She reads.", "Books.", "held", "Lead worker"):
        assert word in page


def test_nothing_of_all_this_can_be_deleted(handover: Handover) -> None:
    for table in ("transfer", "approval", "determination", "planversion", "conference", "lookagain", "fadeout"):
        with acting_for(handover.home.worker.pk):
            refused(f"delete from casework_{table}")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from casework_transfer")
        assert cursor.fetchone()[0] == 1
