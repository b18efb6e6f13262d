"""What was planned or given wrongly is put right, and nothing that was recorded goes away."""

from __future__ import annotations

from decimal import Decimal

import pytest

from panoh.access.clock import today
from panoh.access.refusals import Unknown
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import RelationForm, VerifyForm, VisitForm, near
from panoh.casework.forms_people import RegisterForm, ways
from panoh.casework.models import Assistance, Person, Visit
from panoh.casework.refusals import AlreadySettled, InTheFuture
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, days_ago, tomorrow

pytestmark = pytest.mark.django_db


def test_a_cancelled_visit_leaves_the_plan_and_stays_in_the_timeline() -> None:
    home = make.home()
    visit = actions.plan_visit(home.me, home.family, kind="follow_up", on=days_ago(2))
    actions.cancel_visit(home.me, visit, because="family_asked")
    assert queries.planned_visits(home.family) == {}
    assert queries.todo(home.me).late == []
    assert any("family asked" in event.wrong for event in queries.family_file(home.me, home.family).events)
    with pytest.raises(AlreadySettled):
        actions.make_visit(home.me, home.family, kind="follow_up", on=today(), report="", visit=visit)


def test_a_cancelled_task_is_no_longer_asked_for_and_says_why() -> None:
    home = make.home()
    task = actions.set_task(home.me, home.family, kind="call", due=days_ago(1))
    with pytest.raises(Unknown):
        actions.cancel_task(home.me, task, because="whatever")
    actions.cancel_task(home.me, task, because="mistake")
    assert queries.family_file(home.me, home.family).tasks == []
    assert any("by mistake" in event.wrong for event in queries.family_file(home.me, home.family).events)


def test_a_step_is_changed_until_it_has_ended() -> None:
    home = make.home()
    step = actions.plan_step(home.me, home.need(), service=SERVICE)
    changed = actions.change_step(home.me, step, service=SERVICE, responsible=home.worker, due=tomorrow())
    assert changed.is_complete
    actions.settle_step(home.me, changed, outcome="done")
    with pytest.raises(AlreadySettled):
        actions.change_step(home.me, changed, service=SERVICE)


def test_wrong_assistance_stays_beside_what_is_right() -> None:
    home = make.home()
    wrong = actions.give_assistance(home.me, home.case, service=SERVICE, quantity=Decimal(10), unit="kit")
    instead = {"service": SERVICE, "quantity": Decimal(1), "unit": "kit"}
    right = actions.correct_assistance(home.me, wrong, because="amount", instead=instead)
    assert right is not None
    assert right.replaces == wrong
    assert Assistance.objects.filter(case=home.case).count() == 2
    assert Assistance.objects.get(wrong_on=None) == right
    with pytest.raises(AlreadySettled):
        actions.correct_assistance(home.me, wrong, because="twice")


def test_those_of_a_family_who_are_ready_go_on_and_the_others_stay_and_say_why() -> None:
    home = make.home(stage="identification")
    child = actions.open_case(home.boss, home.family, home.child, stage="reception", on=today())
    went, stay = actions.move_family(home.boss, home.family, cases=[home.case, child], to="verification")
    assert [case.code for case in went] == [home.case.code]
    assert [(case.code, type(why).__name__) for case, why in stay] == [(child.code, "NotNextStage")]


def test_a_newborn_is_registered_with_script_and_source_and_never_before_its_time() -> None:
    home = make.home()
    given = {
        "name": "Зумрад", "sex": "f", "precision": "year", "year": str(today().year), "source": "the mother",
        "kinship": "child", "since": today().isoformat(), "stage": "",
    }  # fmt: skip
    form = RegisterForm(given)
    assert form.is_valid(), form.errors
    made = actions.register_person(home.me, home.family, **form.person())
    facts = queries.person_file(home.me, Person.objects.get(pk=made.pk)).facts
    assert [(name.text, name.script, name.source) for name in facts.names] == [("Зумрад", "Cyrl", "the mother")]
    with pytest.raises(InTheFuture):
        actions.register_person(home.me, home.family, **{**form.person(), "since": tomorrow()})


def test_the_stage_ahead_comes_first_and_a_step_back_says_so() -> None:
    offered = ways(catalogue().stage("reintegration"))
    assert [code for code, _label in offered] == ["follow_up", "rehabilitation"]
    assert "a step back" in offered[1][1]


def test_a_form_offers_only_what_proves_and_no_one_as_their_own_relative() -> None:
    proving = {code for code, _label in VerifyForm().fields["evidence"].choices}
    assert "stated" not in proving
    assert "birth_record" in proving
    form = RelationForm(
        [("a", "A"), ("b", "B")], {"subject": "a", "kind": "parent", "other": "a", "evidence": "stated"}
    )
    assert "other" in form.errors


@pytest.mark.parametrize(("days", "is_taken"), [(0, True), (7, True), (8, False), (60, False)])
def test_a_visit_of_today_uses_up_only_one_that_was_planned_for_about_now(days: int, is_taken: bool) -> None:
    planned = {"1": Visit(kind="follow_up", planned_on=days_ago(days))}
    assert bool(near(planned)) is is_taken
    assert VisitForm(planned).fields["planned"].choices[0][0] == ""
