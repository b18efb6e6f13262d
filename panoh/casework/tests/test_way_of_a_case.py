"""How a case moves, closes and is taken up again, and what it is refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from panoh.access.clock import today
from panoh.access.refusals import Unknown
from panoh.casework import actions, guards, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    Case,
    Need,
    StageChange,
)
from panoh.casework.refusals import (
    AlreadyOpen,
    BeforeTheLastStep,
    CaseClosed,
    GuardsFail,
    NotNextStage,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, days_ago, tomorrow
from panoh.vault.models import SealedPart

pytestmark = pytest.mark.django_db

OPEN_STAGES = [stage.code for stage in catalogue().stages[:-1]]


# --- the way of a case ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", OPEN_STAGES)
def test_a_case_moves_only_to_a_next_stage(stage: str) -> None:
    there, here = make.home(stage=stage), catalogue().stage(stage)
    for to in catalogue().stages:
        if to.code not in here.next:
            with pytest.raises(NotNextStage, match=catalogue().stage(here.next[0]).label):
                actions.move_case(there.boss, there.case, to=to.code)
    assert there.again().stage == here.number


def test_no_case_is_closed_by_moving_it(home: Home) -> None:
    with pytest.raises(NotNextStage):
        actions.move_case(home.boss, home.case, to="closed")


def test_a_stage_that_does_not_exist_is_said(home: Home) -> None:
    with pytest.raises(Unknown, match="moon"):
        actions.move_case(home.boss, home.case, to="moon")


def test_what_is_missing_is_said_all_at_once() -> None:
    there = make.home(stage="rehabilitation")
    there.need()
    with pytest.raises(GuardsFail) as refused:
        actions.move_case(there.boss, there.case, to="reintegration")
    for lacking in ("not assessed", "owner and a date", "district", "Reintegration"):
        assert lacking in str(refused.value)


def test_a_move_that_was_refused_leaves_no_trace_in_the_history(home: Home) -> None:
    before = StageChange.objects.count()
    with pytest.raises(GuardsFail):
        actions.move_case(home.boss, home.case, to="rehabilitation")
    assert StageChange.objects.count() == before
    assert home.again().stage == catalogue().stage("reception").number


def test_a_caseworker_brings_the_own_case_on(home: Home) -> None:
    there = make.home(stage="identification")
    moved = actions.move_case(there.me, there.case, to="verification", on=days_ago(3))
    change = StageChange.objects.get(case=moved, to_stage=20)
    assert (change.from_stage, change.on, change.by_id) == (10, days_ago(3), there.worker.pk)


def test_no_step_of_a_case_lies_before_its_last_one() -> None:
    there = make.home(stage="identification")
    actions.move_case(there.boss, there.case, to="verification", on=days_ago(3))
    closing = {"reason": "mistake", "circumstance": "unknown", "note": "Another person."}
    with pytest.raises(BeforeTheLastStep):
        actions.close_case(there.boss, there.case, on=days_ago(4), **closing)
    closed = actions.close_case(there.boss, there.case, on=days_ago(3), **closing)
    with pytest.raises(BeforeTheLastStep):
        actions.reopen_case(there.boss, closed, to="reception", on=days_ago(4))


@pytest.mark.parametrize(
    ("owner", "date", "outcome", "is_complete"),
    [
        (True, True, "", True),
        (False, True, "", False),
        (True, False, "", False),
        (False, False, "", False),
        (True, True, "refused_by_provider", False),
    ],
)
def test_a_plan_is_complete_only_if_every_urgent_need_has_a_step_with_owner_and_date(
    home: Home, owner: bool, date: bool, outcome: str, is_complete: bool
) -> None:
    covered, asked = home.need(domain="health"), home.need()
    for need in (covered, asked):
        complete = need == covered
        step = actions.plan_step(
            home.me,
            need,
            service=SERVICE,
            responsible=home.worker if owner or complete else None,
            due=tomorrow() if date or complete else None,
        )
        if outcome and not complete:
            actions.settle_step(home.me, step, outcome=outcome)
    assert (guards.missing(home.case, ["plan_complete"]) == []) is is_complete


def test_two_half_steps_make_no_whole_one(home: Home) -> None:
    need = home.need()
    actions.plan_step(home.me, need, service=SERVICE, responsible=home.worker)
    actions.plan_step(home.me, need, service=SERVICE, due=tomorrow())
    assert guards.missing(home.case, ["plan_complete"])


@pytest.mark.parametrize("urgency", [2, 3])
def test_a_need_that_is_not_urgent_does_not_hold_up_a_case(home: Home, urgency: int) -> None:
    home.need(urgency)
    assert guards.missing(home.case, ["plan_complete", "no_urgent_need_open"]) == []


def test_an_urgent_need_that_is_settled_needs_no_step(home: Home) -> None:
    actions.settle_need(home.me, home.need(), met=False)
    assert guards.missing(home.case, ["plan_complete", "no_urgent_need_open"]) == []


def test_a_person_is_kin_of_somebody_or_alone_before_the_way_home(home: Home) -> None:
    assert guards.missing(home.case, ["kin_or_unaccompanied_recorded"])
    actions.state_relationship(home.me, home.child, kind="sibling", other=home.mother)
    assert guards.missing(home.case, ["kin_or_unaccompanied_recorded"]) == []
    actions.correct_person(home.me, home.child, sex="m", nationality="uz", is_alone=True)
    assert home.child.nationality == "UZ"


@pytest.mark.parametrize(("days", "is_seen"), [(0, True), (90, True), (91, False)])
def test_a_visit_counts_for_90_days(home: Home, days: int, is_seen: bool) -> None:
    actions.plan_visit(home.me, home.family, kind="first", on=today())
    actions.make_visit(home.me, home.family, kind="follow_up", on=days_ago(days), report="")
    assert (guards.missing(home.case, ["seen_within_90_days"]) == []) is is_seen


# --- closing and re-opening -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"reason": ""}, Unknown),
        ({"reason": "tired"}, Unknown),
        ({"circumstance": ""}, Unknown),
        ({"circumstance": "well"}, Unknown),
        ({"note": ""}, GuardsFail),
        ({"note": " \n"}, GuardsFail),
    ],
)
def test_a_case_closes_only_with_reason_circumstance_and_note(home: Home, changed: dict, refused: type) -> None:
    given = {"reason": "mistake", "circumstance": "unknown", "note": "Another person.", **changed}
    with pytest.raises(refused):
        actions.close_case(home.boss, home.case, **given)
    assert home.again().is_open


@pytest.mark.parametrize("column", ["closing_reason", "closing_circumstance"])
def test_the_database_itself_refuses_a_case_closed_without_reason_or_circumstance(home: Home, column: str) -> None:
    make.close(home)
    with pytest.raises(IntegrityError, match="closed_with_reason"), transaction.atomic():
        Case.objects.filter(pk=home.case.pk).update(**{column: ""})


@pytest.mark.parametrize(
    ("reason", "lacking"),
    [
        ("goals", {"urgent need", "no outcome", "90 days"}),
        ("moved_abroad", {"no outcome"}),
        ("other_agency", {"no outcome"}),
        ("family_asked", {"90 days"}),
        ("died", set()),
        ("mistake", set()),
        ("not_found", set()),
    ],
)
def test_what_must_be_settled_before_closing_depends_on_the_reason(home: Home, reason: str, lacking: set[str]) -> None:
    actions.plan_step(home.me, home.need(), service=SERVICE)
    said = ""
    try:
        make.close(home, reason)
    except GuardsFail as refusal:
        said = str(refusal)
    assert {words for words in ("urgent need", "no outcome", "90 days") if words in said} == lacking
    assert home.again().is_open == bool(lacking)


def test_a_closing_that_was_refused_keeps_no_note(home: Home) -> None:
    before = SealedPart.objects.count()
    with pytest.raises(GuardsFail):
        make.close(home, "goals")
    assert SealedPart.objects.count() == before


def test_a_closed_case_takes_no_more_care_until_it_is_opened_again(home: Home) -> None:
    need = home.need()
    make.close(home)
    case, need = home.again(), Need.objects.select_related("case__family").get(pk=need.pk)
    steps: list[Callable[[], object]] = [
        lambda: actions.assess(home.boss, case, on=today(), found={}, own_view="Well."),
        lambda: actions.record_need(home.boss, case, domain="papers", urgency=1),
        lambda: actions.plan_step(home.boss, need, service=SERVICE),
        lambda: actions.give_assistance(home.boss, case, service=SERVICE, quantity=Decimal(1), unit="kit"),
        lambda: actions.move_case(home.boss, case, to="rehabilitation"),
        lambda: make.close(home),
    ]
    for step in steps:
        with pytest.raises(CaseClosed, match=case.code):
            step()


def test_a_reopened_case_keeps_the_whole_way_it_went(home: Home) -> None:
    make.close(home, "not_found")
    actions.reopen_case(home.boss, home.again(), to="follow_up")
    make.close(home, "died")
    way = StageChange.objects.filter(case=home.case).order_by("pk").values_list("from_stage", "to_stage", "reason")
    assert list(way) == [
        (None, 40, "opened"),
        (40, 80, "not_found"),
        (80, 70, "not_found"),
        (70, 80, "died"),
    ]


def test_a_reopened_case_is_as_open_as_any(home: Home) -> None:
    make.close(home)
    actions.reopen_case(home.boss, home.again(), to="reception")
    case = home.again()
    assert (case.is_open, case.closing_reason, case.closing_circumstance, case.closing_note) == (True, "", "", None)
    assert actions.record_need(home.me, case, domain="papers", urgency=2)


@pytest.mark.parametrize("to", ["identification", "verification", "repatriation", "closed"])
def test_a_closed_case_is_not_opened_again_before_the_arrival(home: Home, to: str) -> None:
    make.close(home)
    with pytest.raises(NotNextStage):
        actions.reopen_case(home.boss, home.again(), to=to)


def test_an_open_case_is_not_opened_again(home: Home) -> None:
    with pytest.raises(NotNextStage):
        actions.reopen_case(home.boss, home.case, to="rehabilitation")


def test_a_person_has_one_open_case_and_the_refusal_names_it(home: Home) -> None:
    with pytest.raises(AlreadyOpen, match=home.case.code):
        actions.open_case(home.me, home.family, home.mother, stage="reception", on=today())


def test_a_closed_case_stays_closed_while_the_person_has_another(home: Home) -> None:
    make.close(home)
    other = actions.open_case(home.me, home.family, home.mother, stage="reception", on=today())
    with pytest.raises(AlreadyOpen, match=other.code):
        actions.reopen_case(home.boss, home.again(), to="reception")


def test_closing_ends_the_reminders_of_a_case(home: Home) -> None:
    actions.set_task(home.boss, home.family, kind="call", due=today(), case=home.case)
    make.close(home)
    assert queries.todo(home.me).due == []
