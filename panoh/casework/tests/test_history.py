"""What changed in a file stands there with who changed it and when, and a text that was replaced can be put back."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from panoh.access.clock import today
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import FieldChange, Need
from panoh.casework.refusals_work import NotAText, TextEmpty, TextGone
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of, district
from panoh.vault.queries import Name, open_parts

pytestmark = pytest.mark.django_db


def told(home: Home) -> list[tuple[str, str, str]]:
    return [(one.what, one.was, one.became) for one in queries.history_of_family(home.family)]


def words_of(need: Need) -> str:
    need.refresh_from_db()
    return open_parts([need.words_id])[need.words_id]


@pytest.fixture
def need(home: Home) -> Need:
    return actions.record_need(home.me, home.case, domain="papers", urgency=2, words="A birth certificate.")


def test_each_field_says_what_was_and_what_became_of_it(home: Home, need: Need) -> None:
    me, step = home.me, actions.plan_step(home.me, need, service="LEG-01")
    actions.correct_person(me, home.mother, sex="m", nationality="uz", is_alone=False)
    actions.settle_district(me, home.family, district=district())
    actions.change_step(me, step, service="LEG-02", responsible=home.worker, due=today())
    actions.assess(me, home.case, on=today(), found={"papers": 1}, own_view="I worry.")
    actions.add_fact(me, home.mother, fact=Name("Nodi", "nickname"))
    other = make.hire("caseworker", "North")
    actions.assign_family(home.boss, home.family, worker=other)
    changes = told(home)
    assert changes[0] == ("Lead worker", home.worker.display_name, other.display_name)
    assert set(changes) >= {
        ("Sex", "female", "male"), ("Nationality", "–", "UZ"), ("District", "–", str(district())),
        ("Who sees to it", "–", home.worker.display_name), ("By when", "–", today().isoformat()), ("Names", "", ""),
        ("Urgency", "soon (within 2 weeks)", "urgent (within 3 days)"),
    }  # fmt: skip
    assert [one.what for one in queries.history_of_person(home.child)] == []
    assert {one.change.by for one in queries.history_of_person(home.mother)} == {home.worker}


def test_what_stays_as_it_was_leaves_nothing_behind(home: Home) -> None:
    actions.correct_person(home.me, home.mother, sex="f", nationality="", is_alone=False)
    assert told(home) == []


def test_a_text_is_put_back_and_what_stood_there_stays_to_be_put_back_in_turn(home: Home, need: Need) -> None:
    actions.reword_need(home.me, need, words="A passport.")
    (change,) = queries.history_of_family(home.family)
    assert (change.text, words_of(need)) == ("A birth certificate.", "A passport.")
    client, address = client_of(home.me), f"/families/{home.family.code}/history/"
    assert "A birth certificate." in client.get(address).content.decode()
    assert client.post(f"{address}{change.change.pk}/restore/").status_code == 302
    assert words_of(need) == "A birth certificate."
    assert [one.text for one in queries.history_of_family(home.family)] == ["A passport.", "A birth certificate."]
    assert AuditEntry.objects.filter(step="need.record", about=need.code).count() == 2


def test_a_report_and_an_instruction_are_put_back_too(home: Home) -> None:
    visit = actions.make_visit(home.me, home.family, kind="first", on=today(), report="A warm room.")
    actions.correct_report(home.me, visit, report="A cold room.")
    for how in ("Ring once.", "Ring twice."):
        actions.set_safe_contact(home.me, home.mother, words={"how": how})
    instruction, _first, report = queries.history_of_family(home.family)
    assert instruction.text == "How one reaches them: Ring once."
    for one in (instruction, report):
        actions.restore_text(home.me, queries.change_for(home.family, one.change.pk))
    visit.refresh_from_db()
    assert open_parts([visit.report_id])[visit.report_id] == "A warm room."
    assert queries.instructions_for(home.mother)[0].words == {"how": "Ring once."}


def test_of_somebody_forgotten_no_text_is_left_to_be_put_back(home: Home, need: Need) -> None:
    actions.reword_need(home.me, need, words="A passport.")
    make.close(home)
    actions.forget_person(home.boss, home.mother, reason="asked", confirmed=home.mother.code)
    (change,) = queries.history_of_family(home.family)
    assert (change.text, change.can_be_restored) == ("", False)
    with pytest.raises(TextGone):
        actions.restore_text(home.boss, change.change)


def test_only_a_text_is_put_back_and_only_by_whom_the_file_is_open(home: Home, need: Need) -> None:
    actions.correct_person(home.me, home.mother, sex="m", nationality="", is_alone=False)
    change = FieldChange.objects.get()
    with pytest.raises(NotAText):
        actions.restore_text(home.me, change)
    with pytest.raises(TextEmpty):
        actions.reword_need(home.me, need, words=" ")
    actions.reword_need(home.me, need, words="A passport.")
    stranger = make.actor("caseworker", "South")
    with acting_for(stranger.me):
        assert not FieldChange.objects.exists()
    with pytest.raises(NotThere):
        actions.reword_need(stranger, need, words="Nothing.")
    with pytest.raises(NotThere):
        queries.change_for(make.home(home.boss).family, change.pk)
    reader = make.hire("lawyer", "South")
    actions.give_grant(
        home.me, home.family, to=reader, classes=[6], purpose="referral", until=today(), basis=make.BY_LAW
    )
    assert NotAllowed.status == client_of(make.Actor.of(reader)).post(
        f"/families/{home.family.code}/history/{FieldChange.objects.latest('pk').pk}/restore/"
    ).status_code  # fmt: skip


@pytest.mark.parametrize("statement", ["update casework_fieldchange set was = 'x'", "delete from casework_fieldchange"])
def test_history_is_neither_changed_nor_removed(home: Home, statement: str) -> None:
    actions.correct_person(home.me, home.mother, sex="m", nationality="", is_alone=False)
    with acting_for(home.boss.staff_id), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)
