"""What nobody decides alone: closing and handing over; and who sat together about a family."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import OPEN, FieldClass
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import (
    Approval,
    ConferencePoint,
    Family,
    Participant,
    StageChange,
    Task,
    Transfer,
)
from panoh.casework.queries.deciding import decisions, transfer_for, transfer_shown
from panoh.casework.queries.interests import conference_shown
from panoh.casework.refusals import GuardsFail, InTheFuture, NotNextStage, OwnerCannotOpen, WithheldFromThem
from panoh.casework.refusals_deciding import (
    AgendaEmpty,
    AskedAlready,
    ConferenceEmpty,
    NeedsAnother,
    NotTheAsker,
    NotWaiting,
    OwnerAndDay,
    ReasonMissing,
    TransferOpen,
    TransferUnfit,
)
from panoh.casework.refusals_referrals import LegalBasisMissing, NobodyAgreed
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.casework.tests.fenced import refused

pytestmark = pytest.mark.django_db

CLOSING = {"reason": "family_asked", "circumstance": "parents", "note": "They manage."}
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
