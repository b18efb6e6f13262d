"""One family's file goes abroad and comes in there: chosen, agreed to by two, signed, locked, receipted, and logged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.instance_keys import age_identity, own_age_key, own_key
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.handing.package import receipt_in, signed_receipt
from panoh.casework.models import (
    Case,
    Family,
    HandOverAbroad,
    Membership,
    Need,
    Note,
    Notice,
    Person,
    Relationship,
    TracingQuestion,
)
from panoh.casework.queries.handing import hand_over_for, hand_over_shown, question_shown
from panoh.casework.refusals import GuardsFail, NothingChosen
from panoh.casework.refusals_handing import (
    HandedOverAlready,
    HandOverNotNow,
    NoLockToThem,
    PackageLocked,
    PackageNotTheirs,
    PackageTaken,
    PackageUnreadable,
    PartnerNotThere,
    QuestionAnswered,
    QuestionsEnough,
)
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.casework.tests.other_instance import elsewhere
from panoh.vault.models import DataKey, SealedPart
from panoh.vault.queries import open_identity, open_parts

pytestmark = pytest.mark.django_db

IDENTITY, CARE, HEALTH = FieldClass.IDENTITY, FieldClass.CARE, FieldClass.HEALTH


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """Give the folder of another instance's keys."""
    return tmp_path


def trust(key: str, age_key: str, *, name: str = "Kazakhstan", country: str = "KZ") -> str:
    """Return the code of a partner whose key one entered and another confirmed."""
    one, two = make.hire("secretariat", "Secretariat"), make.hire("secretariat", "Secretariat")
    code = f"N-{key[:4].upper()}-{key[4:8].upper()}"
    with acting_for(one.pk), connection.cursor() as cursor:
        cursor.execute(
            "insert into exchange_partner (code, name, country, key, age_key, added_by_id) values (%s,%s,%s,%s,%s,%s)",
            [code, name, country, key, age_key, one.pk],
        )
    with acting_for(two.pk), connection.cursor() as cursor:
        cursor.execute(
            "update exchange_partner set confirmed_by_id = %s, confirmed_at = now() where code = %s", [two.pk, code]
        )
    return code


@pytest.fixture
def partner(there: Path) -> str:
    with elsewhere(there):
        keys = own_key(), own_age_key()
    return trust(*keys)


@pytest.fixture
def home() -> Home:
    home = make.home()
    actions.state_relationship(home.boss, home.mother, kind="parent", other=home.child)
    actions.record_need(home.boss, home.case, domain="health", urgency=2, words="She coughs.")
    actions.record_need(home.boss, home.case, domain="papers", urgency=3, words="No passport.")
    actions.write_note(home.boss, home.family, text="They leave in May.")
    return home


def proposed(home: Home, partner: str, **given: Any) -> HandOverAbroad:
    told = {"classes": [IDENTITY, CARE], "purpose": "service_delivery", "basis": 1, "because": "She agreed on 2 May."}
    return actions.propose_hand_over(home.me, home.family, partner=partner, **{**told, **given})


def sent(home: Home, partner: str, **given: Any) -> tuple[HandOverAbroad, bytes]:
    hand_over = actions.agree_hand_over(home.boss, proposed(home, partner, **given))
    file = actions.send_hand_over(home.me, hand_over)
    return HandOverAbroad.objects.get(pk=hand_over.pk), file.content


@contextmanager
def at_the_other_end(there: Path) -> Iterator[Actor]:
    """Give a coordinator of the other instance, which trusts this one."""
    here = own_key(), own_age_key()
    with elsewhere(there):
        if not partners_known(here[0]):
            trust(*here, name="Uzbekistan", country="UZ")
        yield make.actor("coordinator", "Elsewhere")


def partners_known(key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from exchange_partner where key = %s", [key])
        return bool(cursor.fetchone()[0])


# --- who lets it go ----------------------------------------------------------------------------------------------


def test_two_people_let_a_file_go_and_nothing_is_made_before(home: Home, partner: str) -> None:
    hand_over = proposed(home, partner)
    with pytest.raises(HandOverNotNow):
        actions.send_hand_over(home.me, hand_over)
    other = make.actor("coordinator", "Coordination")
    second = make.home(other, at="South")
    mine = actions.propose_hand_over(
        other, second.family, partner=partner, classes=[IDENTITY], purpose="service_delivery", basis=2, because="Law 5"
    )
    with pytest.raises(NotYourOwn):
        actions.agree_hand_over(other, mine)
    with pytest.raises(NotAllowed):
        actions.agree_hand_over(home.me, hand_over)
    actions.decline_hand_over(home.boss, hand_over)
    with pytest.raises(HandOverNotNow):
        actions.send_hand_over(home.me, hand_over)


def test_what_is_proposed_is_something_for_somebody_who_can_lock_it(home: Home, partner: str) -> None:
    with pytest.raises(NothingChosen):
        proposed(home, partner, classes=[])
    with pytest.raises(PartnerNotThere):
        proposed(home, "N-0000-0000")
    with pytest.raises(NoLockToThem):
        proposed(home, trust("ab" * 32, ""))
    with pytest.raises(NotThere):
        actions.propose_hand_over(
            make.actor("caseworker", "South"), home.family, partner=partner, classes=[IDENTITY],
            purpose="service_delivery", basis=1, because="x",
        )  # fmt: skip
    proposed(home, partner)
    with pytest.raises(HandedOverAlready):
        proposed(home, partner)


def test_a_hand_over_of_which_nothing_comes_is_given_up_and_another_can_begin(home: Home, partner: str) -> None:
    hand_over, _file = sent(home, partner)
    with pytest.raises(NotThere):
        actions.give_up_hand_over(make.actor("caseworker", "South"), hand_over)
    page = client_of(home.me).get(reverse("hand-over", args=[hand_over.code])).content.decode()
    assert reverse("hand-over-give-up", args=[hand_over.code]) in page
    client_of(home.me).post(reverse("hand-over-give-up", args=[hand_over.code]))
    hand_over.refresh_from_db()
    assert (hand_over.state, hand_over.file_id) == (HandOverAbroad.State.GIVEN_UP, None)
    with pytest.raises(HandOverNotNow):
        actions.give_up_hand_over(home.me, hand_over)
    assert proposed(home, partner).code != hand_over.code


@pytest.mark.parametrize(
    "change", ["state = 4", "classes = '{1,2,3}'", "state = 2, decided_by_id = 1, decided_at = now()", "partner = 'X'"]
)
def test_no_statement_lets_a_file_go(home: Home, partner: str, change: str) -> None:
    proposed(home, partner)
    with acting_for(home.me.staff_id), pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        connection.cursor().execute(f"update casework_handoverabroad set {change}")


def test_a_hand_over_of_a_file_out_of_reach_is_absent(home: Home, partner: str) -> None:
    with pytest.raises(NotThere):
        hand_over_for(make.actor("caseworker", "South"), proposed(home, partner).code)


# --- what leaves -------------------------------------------------------------------------------------------------


def test_only_the_partner_opens_the_file_and_it_holds_one_family_and_what_was_chosen(
    home: Home, partner: str, there: Path
) -> None:
    make.home(home.boss, at="South")
    hand_over, file = sent(home, partner)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(file, [age_identity()])
    with elsewhere(there):
        plain = bytes(pyrage.decrypt(file, [age_identity()])).decode()
    for word in ("Gavharova Nodira", "Gavharov Temur", "They leave in May.", "She agreed on 2 May."):
        assert word in plain
    for word in ("She coughs.", home.family.code, home.mother.code, home.worker.username):
        assert word not in plain
    assert plain.count('"kinship"') == 2
    assert hand_over.state == HandOverAbroad.State.SENT


def test_the_file_is_made_once_and_both_accounts_say_so(home: Home, partner: str) -> None:
    hand_over, file = sent(home, partner)
    assert actions.send_hand_over(home.me, hand_over).content == file
    steps = AuditEntry.objects.filter(step="handover.propose", about=home.family.code)
    assert steps.count() == 3  # proposed, and had twice
    assert AuditEntry.objects.filter(about=hand_over.code, purpose="service_delivery").exists()
    opened = AuditEntry.objects.get(step="identity.open", about=hand_over.code)
    assert len(opened.identities) == 2


# --- what comes in -----------------------------------------------------------------------------------------------


def test_the_other_side_takes_it_in_as_a_draft_that_says_where_each_fact_comes_from(
    home: Home, partner: str, there: Path
) -> None:
    _hand_over, file = sent(home, partner, classes=[IDENTITY, CARE, HEALTH])
    with at_the_other_end(there) as boss:
        came = actions.receive_hand_over(boss, content=file)
    family = Family.objects.get(pk=came.family_id)
    people = [one.person for one in Membership.objects.filter(family=family).order_by("pk")]
    assert [case.stage for case in Case.objects.filter(family=family)] == [10, 10]
    facts = open_identity(boss, people[0].identity_id, purpose="service_delivery")
    assert facts.known_as == "Gavharova Nodira"
    assert facts.names[0].source == f"handed over by Uzbekistan, {came.code}"
    assert facts.birth.year == 1990
    relation = Relationship.objects.get(subject=people[0])
    assert (relation.kind, relation.other_id, relation.is_verified) == ("parent", people[1].pk, False)
    need = Need.objects.get(case__family=family)
    assert (need.domain, open_parts([need.words_id])[need.words_id]) == ("health", "She coughs.")
    note = Note.objects.get(family=family)
    assert "They leave in May." in str(open_parts([note.text_id])[note.text_id])
    assert (came.country, came.basis, came.state) == ("UZ", 1, HandOverAbroad.State.TAKEN)


def test_what_comes_in_and_may_be_known_waits_for_a_decision(home: Home, partner: str, there: Path) -> None:
    _hand_over, file = sent(home, partner)
    with at_the_other_end(there) as boss:
        came = actions.receive_hand_over(boss, content=file)
        page = client_of(boss).get(reverse("duplicates")).content.decode()
    new = Person.objects.filter(home=came.family).order_by("pk").first()
    assert new is not None
    assert new.code in page
    assert home.mother.code in page


def test_a_file_is_taken_in_once_and_only_from_a_partner_for_us_as_it_was_signed(
    home: Home, partner: str, there: Path
) -> None:
    _hand_over, file = sent(home, partner)
    with pytest.raises(PackageLocked):
        actions.receive_hand_over(home.boss, content=file)
    with at_the_other_end(there) as boss:
        came = actions.receive_hand_over(boss, content=file)
        with pytest.raises(PackageTaken, match=came.code):
            actions.receive_hand_over(boss, content=file)
        plain = bytes(pyrage.decrypt(file, [age_identity()]))
        to_us = [pyrage.x25519.Recipient.from_str(own_age_key())]
        altered = bytes(pyrage.encrypt(plain.replace(b"Nodira", b"Nadira"), to_us))
        with pytest.raises(PackageNotTheirs):
            actions.receive_hand_over(boss, content=altered)
        for broken in (b"nothing", file[:-3], bytes(pyrage.encrypt(b"nothing\n{}", to_us))):
            with pytest.raises((PackageUnreadable, PackageLocked)):
                actions.receive_hand_over(boss, content=broken)
    assert HandOverAbroad.objects.filter(direction=HandOverAbroad.Direction.IN).count() == 1


def test_the_receipt_comes_back_signed_and_what_is_left_is_a_stub(home: Home, partner: str, there: Path) -> None:
    hand_over, file = sent(home, partner)
    with at_the_other_end(there) as boss:
        came = actions.receive_hand_over(boss, content=file)
        receipt = actions.fetch_receipt(boss, came).content
    with pytest.raises(PackageNotTheirs):
        actions.take_receipt(home.me, hand_over, content=receipt.replace(b"20", b"21", 1))
    with pytest.raises(HandOverNotNow):
        actions.leave_stub(home.boss, hand_over)
    kept, supervisor = hand_over.file_id, make.actor("supervisor", "North")
    done = actions.take_receipt(home.me, hand_over, content=receipt)
    assert (done.state, done.received_on, done.file_id) == (HandOverAbroad.State.RECEIVED, today(), None)
    assert not SealedPart.objects.filter(pk=kept).exists()
    assert Notice.objects.filter(staff=supervisor.staff_id, about=done.code, kind="approval").exists()
    with acting_for(home.me.staff_id):
        assert hand_over_shown(home.me, done).kept_until is None
    actions.leave_stub(home.boss, done)
    with acting_for(home.me.staff_id):
        kept_until = hand_over_shown(home.me, done).kept_until
    assert kept_until is not None
    assert timedelta(180) < kept_until - today() < timedelta(185)
    case = home.again()
    assert (case.closing_reason, case.closing_circumstance) == ("moved_abroad", "abroad")
    note = str(open_parts([case.closing_note_id])[case.closing_note_id])
    assert note.startswith("Handed over: KZ, ")
    assert "Kazakhstan" not in note


def test_the_stub_waits_until_what_is_planned_is_settled(home: Home, partner: str, there: Path) -> None:
    need = Need.objects.filter(case=home.case).first()
    assert need is not None
    actions.plan_step(home.boss, need, service="LEG-01")
    hand_over, file = sent(home, partner)
    with at_the_other_end(there) as boss:
        receipt = actions.fetch_receipt(boss, actions.receive_hand_over(boss, content=file)).content
    actions.take_receipt(home.me, hand_over, content=receipt)
    with pytest.raises(GuardsFail):
        actions.leave_stub(home.boss, hand_over)


def test_a_receipt_is_for_one_file(there: Path) -> None:
    with elsewhere(there):
        key = own_key()
        receipt = signed_receipt("ab" * 32, today())
    assert receipt_in(receipt, key=key, digest="ab" * 32)[0].on == today()
    with pytest.raises(PackageNotTheirs):
        receipt_in(receipt, key=key, digest="cd" * 32)


def test_a_family_moves_through_the_pages(home: Home, partner: str, there: Path) -> None:
    worker, boss = client_of(home.me), client_of(home.boss)
    given = {
        "partner": partner,
        "classes": ["1"],
        "purpose": "service_delivery",
        "basis": "1",
        "because": "She agreed.",
    }
    address = worker.post(reverse("hand-over-new", args=[home.family.code]), given)["Location"]
    assert "She agreed." in boss.get(f"{address}agree/").content.decode()
    boss.post(f"{address}agree/")
    file = worker.post(f"{address}file/")
    assert file["Content-Disposition"].endswith('.hand-over"')
    with at_the_other_end(there) as other:
        took = client_of(other)
        came = took.post(reverse("hand-over-receive"), {"file": SimpleUploadedFile("a", file.content)})["Location"]
        receipt = took.post(f"{came}our-receipt/").content
    worker.post(f"{address}receipt/", {"file": SimpleUploadedFile("a", receipt)})
    boss.post(f"{address}stub/")
    assert not home.again().is_open
    code = address.strip("/").split("/")[-1]
    assert worker.get(f"/api/v1/hand-overs/{code}").json()["state"] == "received"


# --- questions ---------------------------------------------------------------------------------------------------


def test_a_question_is_answered_yes_or_no_and_whom_it_was_about_is_gone(home: Home, partner: str) -> None:
    question = actions.record_question(home.boss, partner=partner, name="Нодира Гавхарова", birth_year=1990)
    with acting_for(home.boss.staff_id):
        shown = question_shown(home.boss, question, search=True)
    assert shown.found is not None
    assert [match.code for match in shown.found.matches] == [home.mother.code]
    actions.answer_question(home.boss, question, is_known=True)
    assert bytes(DataKey.objects.get(pk=question.key_id).wrapped) == b""
    with acting_for(home.boss.staff_id), pytest.raises(QuestionAnswered):
        actions.answer_question(home.boss, question, is_known=False)
    page = client_of(home.boss).get(reverse("question", args=[question.code])).content.decode()
    assert "Гавхарова" not in page
    assert home.mother.code not in page


def test_a_colleague_answers_in_place_of_who_recorded_it_and_nobody_else_reads_it(home: Home, partner: str) -> None:
    question = actions.record_question(home.boss, partner=partner, name="Нодира Гавхарова")
    assert (
        "Гавхарова"
        in client_of(make.actor("coordinator", "South")).get(reverse("question", args=[question.code])).content.decode()
    )
    with acting_for(home.me.staff_id):
        assert not TracingQuestion.objects.exists()
        assert open_parts([question.words_id]) == {}
    actions.answer_question(make.actor("coordinator", "South"), question, is_known=False)


def test_questions_are_rationed_and_on_record(home: Home, partner: str) -> None:
    with connection.cursor() as cursor, acting_for(home.boss.staff_id):
        for _ in range(20):
            cursor.execute("select app.spend('tracing question', 20)")
    with pytest.raises(QuestionsEnough):
        actions.record_question(home.boss, partner=partner, name="Нодира")
    with pytest.raises(NotAllowed):
        actions.record_question(home.me, partner=partner, name="Нодира")
    assert AuditEntry.objects.filter(step="question.answer", outcome=AuditEntry.Outcome.DENIED).exists()
