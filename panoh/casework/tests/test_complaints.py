"""A complaint reaches somebody whom it is not about, is answered in time, and is hidden from whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry, Staff
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Complaint, DoorAnswer, Notice
from panoh.casework.queries.complaints import complaint_for, complaint_shown, complaints
from panoh.casework.refusals_rights import (
    AnsweredAlready,
    AnswerNotOfCode,
    AskedNobody,
    CannotLookInto,
    NamedInIt,
    SayMore,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.vault.models import SealedPart
from panoh.vault.queries import open_parts

pytestmark = pytest.mark.django_db

WORDS = "The worker shouts at my daughter."


@dataclass
class Desk:
    """A family, its worker and their supervisor, and who reads complaints."""

    home: Home
    supervisor: Actor
    officer: Actor

    def brought(self, **given: object) -> str:
        """Return the code of a complaint that came with the family's code."""
        return self.sent_with(self.code(), **given)

    def code(self) -> str:
        return actions.give_code(self.home.me, self.home.mother).text

    def sent_with(self, code: str, **given: object) -> str:
        return actions.ask_by_code(code, what="complaint", words=WORDS, **given).code  # type: ignore[arg-type]

    def seen(self, actor: Actor) -> list[str]:
        with acting_for(actor.staff_id):
            return [one.code for one in complaints(actor)]

    def get(self, code: str, actor: Actor | None = None) -> Complaint:
        actor = actor or self.officer
        with acting_for(actor.staff_id):
            return complaint_for(actor, code)

    def share_out(self, code: str, *named: Actor, handler: Actor | None = None) -> None:
        staff = Staff.objects.filter(pk__in=[one.staff_id for one in named])
        looks = Staff.objects.get(pk=handler.staff_id) if handler else None
        actions.share_out_complaint(self.officer, self.get(code), named=staff, handler=looks)


@pytest.fixture
def desk() -> Desk:
    return Desk(make.home(), make.actor("supervisor", "North"), make.actor("protection_officer", "Coordination"))


def test_what_comes_with_a_code_is_read_by_the_officer_alone(desk: Desk) -> None:
    code = desk.brought()
    assert desk.seen(desk.officer) == [code]
    for other in (desk.home.me, desk.supervisor, desk.home.boss):
        assert desk.seen(other) == []
        with pytest.raises(NotThere):
            desk.get(code, other)
    with acting_for(desk.officer.staff_id):
        assert complaint_shown(desk.officer, desk.get(code)).words == WORDS


def test_no_key_of_a_complaint_opens_to_who_leads_the_file_or_wrote_it_down(desk: Desk) -> None:
    desk.brought()
    actions.take_complaint(desk.home.me, words=WORDS, person=desk.home.mother)
    with acting_for(desk.officer.staff_id):
        parts = list(Complaint.objects.values_list("words_id", flat=True))
        assert set(open_parts(parts).values()) == {WORDS}
    for other in (desk.home.me, desk.supervisor, desk.home.boss):
        with acting_for(other.staff_id):
            assert not SealedPart.objects.filter(pk__in=parts).exists()


def test_no_view_timeline_or_account_of_the_file_tells_of_a_complaint(desk: Desk) -> None:
    code = desk.brought()
    actions.take_complaint(desk.home.me, words=WORDS, person=desk.home.mother)
    with acting_for(desk.officer.staff_id):
        complaint_shown(desk.officer, desk.get(code))
        codes = list(Complaint.objects.values_list("code", flat=True))
    client = client_of(desk.home.me)
    for name, about in (("family", desk.home.family.code), ("person", desk.home.mother.code),
                        ("person-rights", desk.home.mother.code), ("person-looked", desk.home.mother.code),
                        ("family-looked", desk.home.family.code)):  # fmt: skip
        page = client.get(reverse(name, args=[about])).content.decode()
        assert not [one for one in (*codes, "omplaint was", "wrote down a complaint") if one in page], name
    steps = AuditEntry.objects.filter(step__startswith="complaint.").values_list("about", flat=True)
    assert {one.partition("-")[0] for one in steps} == {"CP"}


def test_whoever_is_named_sees_nothing_of_it_their_supervisor_and_an_officer_too(desk: Desk) -> None:
    code, other = desk.brought(), make.actor("protection_officer", "South")
    desk.share_out(code, desk.home.me, desk.supervisor)
    assert desk.seen(other) == [code]
    desk.share_out(code, other)
    assert desk.seen(other) == []
    assert client_of(other).get(reverse("complaint", args=[code])).status_code == 404
    with acting_for(other.staff_id), connection.cursor() as cursor:
        cursor.execute("select count(*) from casework_complaintabout")
        assert cursor.fetchone()[0] == 0


def test_a_colleague_who_is_not_named_may_be_asked_to_look_into_it(desk: Desk) -> None:
    code, far = desk.brought(), make.actor("supervisor", "South")
    with pytest.raises(NamedInIt):
        desk.share_out(code, desk.supervisor, handler=desk.supervisor)
    with pytest.raises(CannotLookInto):
        desk.share_out(code, handler=make.actor("lawyer", "South"))
    desk.share_out(code, handler=far)
    assert desk.seen(far) == [code]
    assert Notice.objects.filter(staff=far.staff_id, about=code).exists()
    with pytest.raises(NotAllowed):
        actions.share_out_complaint(far, desk.get(code, far), handler=Staff.objects.get(pk=far.staff_id))
    desk.share_out(code, far)
    assert desk.seen(far) == []
    assert desk.get(code).handler_id is None


def test_no_statement_gives_a_complaint_to_whom_it_is_about_or_changes_it(desk: Desk) -> None:
    code = desk.brought()
    desk.share_out(code, desk.supervisor)
    for change in (f"handler_id = {desk.supervisor.me}", "words_id = answer_id", "received_on = received_on - 1",
                   "state = 3, answered_by_id = 1"):  # fmt: skip
        with acting_for(desk.officer.staff_id), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"update casework_complaint set {change}")
    with acting_for(desk.officer.staff_id), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        Complaint.objects.create(
            code="K-9", received_on=today(), acknowledge_by=today(), answer_by=today(),
            key_id=desk.home.family.papers_id, words_id=desk.get(code).words_id,
        )  # fmt: skip


def test_a_complaint_about_the_officer_goes_to_a_coordinator(desk: Desk) -> None:
    code = desk.brought(about_officer=True)
    assert desk.seen(desk.officer) == []
    assert desk.seen(desk.home.boss) == [code]


def test_a_complaint_is_acknowledged_then_answered_within_days(desk: Desk) -> None:
    with moved(-5):
        code = desk.brought()
    assert desk.get(code).is_late
    actions.acknowledge_complaint(desk.officer, desk.get(code))
    assert not desk.get(code).is_late
    with pytest.raises(SayMore):
        actions.answer_complaint(desk.officer, desk.get(code), words=" ")
    actions.answer_complaint(desk.officer, desk.get(code), words="She has another worker now.")
    with pytest.raises(AnsweredAlready):
        actions.answer_complaint(desk.officer, desk.get(code), words="Once more.")
    page = client_of(desk.officer).get(reverse("complaint", args=[code])).content.decode()
    assert "She has another worker now." in page


def test_who_has_the_code_and_the_number_reads_the_answer_and_nobody_else_does(desk: Desk) -> None:
    code = desk.code()
    brought = desk.sent_with(code)
    with acting_for(desk.home.me.staff_id):
        taken = actions.take_complaint(desk.home.me, words=WORDS, person=desk.home.mother).code
    for one in (brought, taken):
        waiting = actions.read_answer(code, number=one)
        assert (waiting.answer_by, waiting.answered_on, waiting.words) == (today() + timedelta(30), None, None)
        actions.answer_complaint(desk.officer, desk.get(one), words="She has another worker now.")
        assert actions.read_answer(code.lower(), number=f" {one.lower()} ").words == "She has another worker now."
    elsewhere = make.home(desk.home.boss, at="South")
    other = actions.give_code(elsewhere.me, elsewhere.mother).text
    with pytest.raises(AnswerNotOfCode):
        actions.read_answer(other, number=brought)
    with pytest.raises(AskedNobody):
        actions.read_answer("AAAA-AAAA-AAAA-AAAA", number=brought)
    for actor in (desk.home.me, desk.supervisor, desk.home.boss, desk.officer):
        with acting_for(actor.staff_id), connection.cursor() as cursor:
            cursor.execute("select (select count(*) from casework_dooranswer), (select count(*) from"
                           " app.answer_at_the_door(%s, %s))", [code.replace("-", ""), brought])  # fmt: skip
            assert cursor.fetchone() == (0, 0)


def test_a_new_code_reads_no_older_answer_and_none_is_left_of_who_was_forgotten(desk: Desk) -> None:
    code = desk.brought()
    actions.answer_complaint(desk.officer, desk.get(code), words="Done.")
    later = actions.read_answer(desk.code(), number=code)
    assert (later.answered_on, later.words) == (today(), None)
    make.close(desk.home)
    actions.forget_person(desk.home.boss, desk.home.mother, reason="asked", confirmed=desk.home.mother.code)
    assert not DoorAnswer.objects.exists()


def test_nobody_lays_an_answer_at_the_door_who_did_not_give_it(desk: Desk) -> None:
    code = desk.brought()
    for other in (desk.home.me, desk.home.boss, desk.officer):
        with acting_for(other.staff_id), pytest.raises(DatabaseError, match="who answers"), transaction.atomic():
            connection.cursor().execute("select app.keep_at_the_door(%s, 'x')", [code])


def test_whoever_reads_complaints_is_told_on_their_first_page_that_some_wait(desk: Desk) -> None:
    code = desk.brought()
    said = "1 complaint waits for an answer."
    assert said in client_of(desk.officer).get(reverse("audit")).content.decode()
    assert said not in client_of(desk.supervisor).get(reverse("today")).content.decode()
    desk.share_out(code, handler=desk.supervisor)
    assert said in client_of(desk.supervisor).get(reverse("today")).content.decode()
    desk.share_out(code, desk.supervisor)
    assert said not in client_of(desk.supervisor).get(reverse("today")).content.decode()


def test_an_answered_complaint_is_forgotten_with_who_complained_and_an_open_one_is_not(desk: Desk) -> None:
    answered, waiting = desk.brought(), desk.brought()
    actions.answer_complaint(desk.officer, desk.get(answered), words="Done.")
    make.close(desk.home)
    actions.forget_person(desk.home.boss, desk.home.mother, reason="asked", confirmed=desk.home.mother.code)
    with acting_for(desk.officer.staff_id):
        kept = open_parts([desk.get(answered).words_id, desk.get(answered).answer_id, desk.get(waiting).words_id])
    assert list(kept.values()) == [WORDS]


def test_the_pages_take_a_complaint_down_and_show_it_to_nobody_there(desk: Desk) -> None:
    client = client_of(desk.home.me)
    sent = client.post(reverse("complaint-new"), {"words": WORDS, "named": [desk.home.boss.staff_id]})
    assert WORDS not in sent.content.decode()
    (code,) = desk.seen(desk.officer)
    assert code in sent.content.decode()
    assert client.get(reverse("complaints")).status_code == 403
    told = client_of(desk.officer).get(f"/api/v1/complaints/{code}").json()
    assert (told["words"], told["complaint"]["state"], len(told["named"])) == (WORDS, "received", 1)
