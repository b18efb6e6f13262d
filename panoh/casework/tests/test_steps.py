"""What each step of casework does and refuses, on the real database: cases, care, families, reception."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.casework import actions, guards, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.jobs import purge_lists
from panoh.casework.models import (
    ArrivalList,
    ArrivalRow,
    Assessment,
    Assistance,
    Case,
    Family,
    Membership,
    Need,
    Note,
    Person,
    PlanItem,
    ReceptionEntry,
    Relationship,
    StageChange,
    Task,
    Visit,
)
from panoh.casework.refusals import (
    AlreadyOpen,
    AlreadyReceived,
    AlreadySettled,
    AmountMissing,
    BeforeTheLastStep,
    BirthUnfit,
    CaseClosed,
    EvidenceMissing,
    GuardsFail,
    InTheFuture,
    ListNotDraft,
    NotAnArrival,
    NoteEmpty,
    NotNextStage,
    NotOfThisFamily,
    SecondPersonNeeded,
    ViewMissing,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, days_ago, tomorrow
from panoh.vault import actions as vault
from panoh.vault.models import SealedPart
from panoh.vault.queries import Address, Contact, Document, Group, Name, NameKind, open_identity, open_parts

pytestmark = pytest.mark.django_db

OPEN_STAGES = [stage.code for stage in catalogue().stages[:-1]]


@pytest.fixture
def home() -> Home:
    return make.home()


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


# --- the way of a case -------------------------------------------------------------------------------------------


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


# --- closing and re-opening --------------------------------------------------------------------------------------


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


# --- who leads, who reaches --------------------------------------------------------------------------------------


def test_with_the_lead_worker_the_lead_agency_changes(home: Home) -> None:
    actions.assign_family(home.boss, home.family, worker=make.hire("caseworker", "South"))
    assert Family.objects.get(pk=home.family.pk).agency.name == "South"
    with pytest.raises(NotThere):
        queries.family_for(home.me, home.family.code)


def test_a_caseworker_does_not_hand_over_families(home: Home) -> None:
    with pytest.raises(NotAllowed):
        actions.assign_family(home.me, home.family, worker=home.worker)


def everything(home: Home) -> list[tuple[Callable[[Actor, str], object], str]]:
    need = home.need()
    step = actions.plan_step(home.me, need, service=SERVICE, responsible=home.worker, due=today())
    task = actions.set_task(home.me, home.family, kind="call", due=today())
    return [
        (queries.family_for, home.family.code),
        (queries.person_for, home.mother.code),
        (queries.case_for, home.case.code),
        (queries.need_for, need.code),
        (queries.step_for, step.code),
        (queries.task_for, task.code),
    ]


@pytest.mark.parametrize(
    ("role", "at", "sees"),
    [
        ("supervisor", "North", True),
        ("supervisor", "South", False),
        ("caseworker", "North", False),
        ("caseworker", "South", False),
        ("coordinator", "Ministry", True),
    ],
)
def test_a_supervisor_of_another_agency_sees_nothing_and_a_colleague_only_the_own(
    home: Home, role: str, at: str, sees: bool
) -> None:
    filed, someone = everything(home), make.actor(role, at)
    for find, code in filed:
        if sees:
            assert find(someone, code).code == code
        else:
            with pytest.raises(NotThere):
                find(someone, code)
    page, todo = queries.families_page(someone), queries.todo(someone)
    assert bool(page.rows) is sees
    assert bool(todo.due) is sees
    assert any(stage.value for stage in todo.stages) is sees


def test_a_family_is_found_by_the_code_of_a_person_only_by_who_reaches_it(home: Home) -> None:
    assert queries.families_page(home.me, code=home.mother.code).rows
    assert not queries.families_page(make.actor("supervisor", "South"), code=home.mother.code).rows


def test_the_lead_worker_does_what_leads_on_and_another_worker_nothing(home: Home) -> None:
    stranger, need = make.actor("caseworker", "North"), home.need()
    step = actions.plan_step(home.me, need, service=SERVICE)
    task = actions.set_task(home.me, home.family, kind="call", due=today())
    refused: list[Callable[[], object]] = [
        lambda: actions.assess(stranger, home.case, on=today(), found={}, own_view="Well."),
        lambda: actions.settle_need(stranger, need, met=True),
        lambda: actions.plan_step(stranger, need, service=SERVICE),
        lambda: actions.settle_step(stranger, step, outcome="done"),
        lambda: actions.make_visit(stranger, home.family, kind="first", on=today(), report="Seen."),
        lambda: actions.write_note(stranger, home.family, text="A note."),
        lambda: actions.do_task(stranger, task),
        lambda: actions.correct_person(stranger, home.mother, sex="m", nationality="", is_alone=False),
        lambda: actions.add_fact(stranger, home.mother, fact=Name("Ona")),
        lambda: actions.settle_district(stranger, home.family, district=make.district()),
        lambda: actions.move_case(stranger, home.case, to="rehabilitation"),
    ]
    for step_taken in refused:
        with pytest.raises(NotThere):
            step_taken()
    denied = AuditEntry.objects.filter(staff=stranger.staff_id)
    assert [entry.outcome for entry in denied] == [AuditEntry.Outcome.DENIED] * len(refused)


# --- nothing happens in the future -------------------------------------------------------------------------------

Later = Callable[[Home], object]
LATER: dict[str, Later] = {
    "move_case": lambda h: actions.move_case(h.boss, h.case, to="rehabilitation", on=tomorrow()),
    "close_case": lambda h: actions.close_case(
        h.boss, h.case, reason="mistake", circumstance="unknown", note="So.", on=tomorrow()
    ),
    "reopen_case": lambda h: actions.reopen_case(h.boss, make.close(h), to="reception", on=tomorrow()),
    "assess": lambda h: actions.assess(h.boss, h.case, on=tomorrow(), found={}, own_view="Well."),
    "record_need": lambda h: actions.record_need(h.boss, h.case, domain="papers", urgency=1, on=tomorrow()),
    "settle_need": lambda h: actions.settle_need(h.boss, h.need(), met=True, on=tomorrow()),
    "settle_step": lambda h: actions.settle_step(
        h.boss, actions.plan_step(h.boss, h.need(), service=SERVICE), outcome="done", on=tomorrow()
    ),
    "give_assistance": lambda h: actions.give_assistance(
        h.boss, h.case, service=SERVICE, quantity=Decimal(1), unit="kit", on=tomorrow()
    ),
    "make_visit": lambda h: actions.make_visit(h.boss, h.family, kind="first", on=tomorrow(), report="Seen."),
    "do_task": lambda h: actions.do_task(
        h.boss, actions.set_task(h.boss, h.family, kind="call", due=today()), on=tomorrow()
    ),
    "move_person": lambda h: actions.move_person(
        h.boss, h.family, person=h.child, to=make.home(h.boss).family, on=tomorrow()
    ),
}


@pytest.mark.parametrize("step", LATER)
def test_nothing_happens_in_the_future(home: Home, step: str) -> None:
    with pytest.raises(InTheFuture, match="Enter the day it happened"):
        LATER[step](home)


@pytest.mark.parametrize(
    "open_file",
    [
        lambda h: actions.open_case(h.boss, h.family, h.child, stage="reception", on=tomorrow()),
        lambda h: actions.create_family(h.boss, agency=h.worker.agency, on=tomorrow()),
    ],
    ids=["open_case", "create_family"],
)
def test_no_file_is_opened_in_the_future(home: Home, open_file: Later) -> None:
    with pytest.raises(InTheFuture):
        open_file(home)


# --- care --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own_view", "not_asked_because", "refused"),
    [("", "", ViewMissing), (" ", "", ViewMissing), ("Well.", "too_young", ViewMissing), ("", "busy", Unknown)],
)
def test_the_own_view_is_kept_or_why_it_was_not_asked(
    home: Home, own_view: str, not_asked_because: str, refused: type
) -> None:
    given: dict[str, Any] = {"own_view": own_view, "not_asked_because": not_asked_because}
    with pytest.raises(refused):
        actions.assess(home.me, home.case, on=today(), found={"papers": 1}, **given)
    assert not Assessment.objects.exists()
    assert not Need.objects.exists()


def test_an_assessment_keeps_the_own_view_sealed_and_a_need_for_each_domain(home: Home) -> None:
    found = {"papers": 1, "health": 3}
    talk = actions.assess(home.me, home.case, on=days_ago(2), found=found, own_view="I want to go to school.")
    assert open_parts([talk.own_view_id]) == {talk.own_view_id: "I want to go to school."}
    assert dict(talk.needs.values_list("domain", "urgency")) == found
    assert set(talk.needs.values_list("recorded_on", "state")) == {(days_ago(2), Need.State.OPEN)}


def test_a_child_too_young_to_ask_is_assessed_without_its_view(home: Home) -> None:
    talk = actions.assess(home.me, home.case, on=today(), found={}, not_asked_because="too_young")
    assert (talk.own_view_id, talk.needs.count()) == (None, 0)


def test_one_wrong_domain_and_nothing_of_the_assessment_is_kept(home: Home) -> None:
    parts = SealedPart.objects.count()
    with pytest.raises(Unknown, match="weather"):
        actions.assess(home.me, home.case, on=today(), found={"papers": 1, "weather": 1}, own_view="Well.")
    assert not Assessment.objects.exists()
    assert SealedPart.objects.count() == parts


UNKNOWN: dict[str, Later] = {
    "domain": lambda h: actions.record_need(h.me, h.case, domain="?", urgency=1),
    "service": lambda h: actions.plan_step(h.me, h.need(), service="?"),
    "outcome": lambda h: actions.settle_step(h.me, actions.plan_step(h.me, h.need(), service=SERVICE), outcome="?"),
    "service given": lambda h: actions.give_assistance(h.me, h.case, service="?", quantity=Decimal(1), unit="kit"),
    "unit": lambda h: actions.give_assistance(h.me, h.case, service=SERVICE, quantity=Decimal(1), unit="?"),
    "currency": lambda h: actions.give_assistance(
        h.me, h.case, service=SERVICE, quantity=Decimal(1), unit="money", currency="???"
    ),
    "visit planned": lambda h: actions.plan_visit(h.me, h.family, kind="?", on=today()),
    "visit made": lambda h: actions.make_visit(h.me, h.family, kind="?", on=today(), report=""),
    "task": lambda h: actions.set_task(h.me, h.family, kind="?", due=today()),
    "relationship": lambda h: actions.state_relationship(h.me, h.mother, kind="?", other=h.child),
    "evidence": lambda h: actions.state_relationship(h.me, h.mother, kind="parent", other=h.child, evidence="?"),
}


@pytest.mark.parametrize("word", UNKNOWN)
def test_a_word_that_is_not_on_its_list_is_refused(home: Home, word: str) -> None:
    with pytest.raises(Unknown, match=r"“\?+” is not on the list of"):
        UNKNOWN[word](home)


def settled_need(home: Home) -> Callable[[], object]:
    need = home.need()
    return lambda: actions.settle_need(home.me, need, met=True)


def settled_step(home: Home) -> Callable[[], object]:
    step = actions.plan_step(home.me, home.need(), service=SERVICE)
    return lambda: actions.settle_step(home.me, step, outcome="partly")


def done_task(home: Home) -> Callable[[], object]:
    task = actions.set_task(home.me, home.family, kind="call", due=today())
    return lambda: actions.do_task(home.me, task)


def made_visit(home: Home) -> Callable[[], object]:
    visit = actions.plan_visit(home.me, home.family, kind="first", on=today())
    return lambda: actions.make_visit(home.me, home.family, kind="first", on=today(), report="Seen.", visit=visit)


@pytest.mark.parametrize("settle", [settled_need, settled_step, done_task, made_visit])
def test_what_was_settled_before_is_said_and_stays_as_it_was(home: Home, settle: Callable) -> None:
    again = settle(home)
    again()
    entries = AuditEntry.objects.count()
    with pytest.raises(AlreadySettled, match="Nothing was changed"):
        again()
    assert AuditEntry.objects.count() == entries


def test_a_need_is_met_when_its_last_open_step_is_done(home: Home) -> None:
    need = home.need()
    one, other = (actions.plan_step(home.me, need, service=SERVICE) for _ in range(2))
    actions.settle_step(home.me, one, outcome="done", on=days_ago(2))
    assert Need.objects.get(pk=need.pk).state == Need.State.OPEN
    actions.settle_step(home.me, other, outcome="done", on=days_ago(1))
    need.refresh_from_db()
    assert (need.state, need.settled_on) == (Need.State.MET, days_ago(1))


@pytest.mark.parametrize("outcome", [entry.code for entry in catalogue().step_outcomes if entry.code != "done"])
def test_a_need_stays_open_when_its_step_ended_otherwise(home: Home, outcome: str) -> None:
    need = home.need()
    actions.settle_step(home.me, actions.plan_step(home.me, need, service=SERVICE), outcome=outcome)
    assert Need.objects.get(pk=need.pk).state == Need.State.OPEN


def test_a_need_that_is_no_longer_there_is_told_from_one_that_is_met(home: Home) -> None:
    assert actions.settle_need(home.me, home.need(), met=True).state == Need.State.MET
    assert actions.settle_need(home.me, home.need(), met=False).state == Need.State.NO_LONGER


def test_no_step_is_planned_for_a_settled_need(home: Home) -> None:
    need = actions.settle_need(home.me, home.need(), met=True)
    with pytest.raises(AlreadySettled):
        actions.plan_step(home.me, need, service=SERVICE)


def test_a_step_that_another_agency_provides_is_waited_for(home: Home) -> None:
    clinic = make.agency("Clinic")
    actions.plan_step(home.me, home.need(), service=SERVICE, provider=clinic, due=tomorrow())
    step = PlanItem.objects.get()
    assert (step.provider, step.planned_on, step.due, step.is_complete) == (clinic, today(), tomorrow(), False)
    assert [item.who for item in queries.todo(home.me).waiting] == ["Clinic"]


@pytest.mark.parametrize(
    ("quantity", "unit", "currency"),
    [("1", "money", ""), ("1", "kit", "UZS"), ("0", "kit", ""), ("-1", "kit", ""), ("0", "money", "UZS")],
)
def test_help_is_something_and_in_money_needs_a_currency(home: Home, quantity: str, unit: str, currency: str) -> None:
    given: dict[str, Any] = {"quantity": Decimal(quantity), "unit": unit, "currency": currency}
    with pytest.raises(AmountMissing):
        actions.give_assistance(home.me, home.case, service=SERVICE, **given)
    assert not Assistance.objects.exists()


def test_help_is_of_ones_own_agency_unless_another_is_named(home: Home) -> None:
    given: dict[str, Any] = {"service": SERVICE, "quantity": Decimal("250000.50"), "unit": "money", "currency": "UZS"}
    assert actions.give_assistance(home.me, home.case, **given).agency_id == home.worker.agency_id
    clinic = make.agency("Clinic")
    assert actions.give_assistance(home.me, home.case, agency=clinic, **given).agency_id == clinic.pk
    assert set(Assistance.objects.values_list("quantity", "given_on")) == {(Decimal("250000.50"), today())}


def test_nothing_of_one_family_is_filed_with_another(home: Home) -> None:
    other = make.home(home.boss)
    visit = actions.plan_visit(other.me, other.family, kind="first", on=today())
    step = actions.plan_step(other.me, other.need(), service=SERVICE)
    given: dict[str, Any] = {"service": SERVICE, "quantity": Decimal(1), "unit": "kit"}
    mixed: list[Callable[[], object]] = [
        lambda: actions.make_visit(home.me, home.family, kind="first", on=today(), report="Seen.", visit=visit),
        lambda: actions.write_note(home.me, home.family, text="A note.", case=other.case),
        lambda: actions.set_task(home.me, home.family, kind="call", due=today(), case=other.case),
        lambda: actions.give_assistance(home.me, home.case, step=step, **given),
    ]
    for step_taken in mixed:
        with pytest.raises(NotOfThisFamily):
            step_taken()


def test_a_planned_visit_that_was_made_is_one_visit(home: Home) -> None:
    planned = actions.plan_visit(home.boss, home.family, kind="first", on=tomorrow(), by=home.worker)
    made = actions.make_visit(home.me, home.family, kind="school", on=today(), report="A warm room.", visit=planned)
    assert Visit.objects.get() == made
    assert (made.planned_on, made.made_on, made.kind, made.by_id) == (tomorrow(), today(), "school", home.worker.pk)
    assert open_parts([made.report_id]) == {made.report_id: "A warm room."}


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_note_is_not_written(home: Home, text: str) -> None:
    for case in (None, home.case):
        with pytest.raises(NoteEmpty):
            actions.write_note(home.me, home.family, text=text, case=case)
    assert not Note.objects.exists()


def test_a_note_on_one_person_is_sealed_with_that_persons_key_and_one_on_the_family_with_the_familys(
    home: Home,
) -> None:
    of_person = actions.write_note(home.me, home.family, text="She likes to read.", case=home.case)
    of_family = actions.write_note(home.me, home.family, text="They moved in.")
    keys = dict(SealedPart.objects.values_list("pk", "key"))
    assert keys[of_person.text_id] == home.mother.identity.key_id
    assert keys[of_family.text_id] == home.family.papers_id


def test_a_task_falls_to_the_lead_worker_unless_somebody_is_named(home: Home) -> None:
    assert actions.set_task(home.boss, home.family, kind="call", due=today()).owner_id == home.worker.pk
    other = make.hire("supervisor", "North")
    assert actions.set_task(home.boss, home.family, kind="call", due=today(), owner=other).owner == other


def test_the_operator_writes_nothing_that_must_be_somebodys(home: Home) -> None:
    for step in (
        lambda: actions.write_note(Actor.operator(), home.family, text="A note."),
        lambda: actions.assess(Actor.operator(), home.case, on=today(), found={}, own_view="Well."),
    ):
        with pytest.raises(NotAllowed):
            step()


# --- families ----------------------------------------------------------------------------------------------------


def test_a_person_is_registered_with_the_birth_year_in_the_clear_and_the_name_sealed(home: Home) -> None:
    assert (home.mother.birth_year, home.mother.birth_precision) == (1990, 1)
    assert open_identity(home.me, home.mother.identity_id, purpose="correction").known_as == "Gavharova Nodira"
    nobody = make.person(home.me, home.family, "", None)
    assert (nobody.birth_year, nobody.birth_precision) == (None, 3)


def test_the_birth_year_follows_an_amended_birth_date_and_the_names_stay(home: Home) -> None:
    actions.amend_identity(home.me, home.mother, facts=make.facts("Other", 1988), groups=[Group.BIRTH])
    home.mother.refresh_from_db()
    assert home.mother.birth_year == 1988
    assert open_identity(home.me, home.mother.identity_id, purpose="correction").known_as == "Gavharova Nodira"


def test_amended_names_leave_the_birth_year_alone(home: Home) -> None:
    actions.amend_identity(home.me, home.mother, facts=make.facts("Gavhariy Nodira", 1900), groups=[Group.NAMES])
    home.mother.refresh_from_db()
    assert home.mother.birth_year == 1990


def test_one_more_name_leaves_the_others_and_says_where_it_was_heard(home: Home) -> None:
    actions.add_fact(home.me, home.mother, fact=Name("Умм Темур", NameKind.KUNYA, "Cyrl", "herself"))
    names = open_identity(home.me, home.mother.identity_id, purpose="correction").names
    assert [name.text for name in names] == ["Gavharova Nodira", "Умм Темур"]
    assert (names[1].kind, names[1].script, names[1].source) == (NameKind.KUNYA, "Cyrl", "herself")


def test_each_kind_of_fact_is_added_and_the_others_stay(home: Home) -> None:
    passport, phone, street = Document("passport", "AA 1", "seen"), Contact("phone", "+998 00"), Address("Street 1")
    for fact in (passport, phone, street):
        actions.add_fact(home.me, home.mother, fact=fact)
    known = open_identity(home.me, home.mother.identity_id, purpose="correction")
    assert (known.documents, known.contacts, known.addresses) == ((passport,), (phone,), (street,))
    assert known.known_as == "Gavharova Nodira"


def test_a_birth_date_that_is_settled_ends_the_task_that_asked_for_it(home: Home) -> None:
    task = actions.set_task(home.me, home.family, kind="settle_birth_date", due=today(), case=home.case)
    settled = {"precision": "day", "year": 1991, "month": 2, "day": 28, "source": "her passport"}
    actions.settle_birth(home.me, home.mother, **settled)
    birth = open_identity(home.me, home.mother.identity_id, purpose="correction").birth
    assert (birth.year, birth.month, birth.day, birth.doubt, birth.source) == (1991, 2, 28, "", "her passport")
    assert Person.objects.get(pk=home.mother.pk).birth_year == 1991
    assert Task.objects.get(pk=task.pk).done_on == today()


def test_two_birth_dates_stand_side_by_side_each_with_its_source_and_day(home: Home) -> None:
    for year, source in ((1991, "her passport"), (1992, "her mother")):
        given = {"precision": "year", "year": year, "month": None, "day": None, "source": source}
        actions.settle_birth(home.me, home.mother, **given)
    facts = open_identity(home.me, home.mother.identity_id, purpose="correction")
    held = [(birth.year, birth.source, birth.said_on) for birth in (facts.birth, *facts.former_births)]
    day = today().isoformat()
    assert held == [(1992, "her mother", day), (1991, "her passport", day), (1990, "", "")]
    assert Person.objects.get(pk=home.mother.pk).birth_year == 1992


def test_a_refused_look_at_a_file_is_on_record_and_a_look_at_nothing_is_not(home: Home) -> None:
    stranger = make.actor("supervisor", "South")
    need = home.need()
    looks = [
        (queries.family_for, home.family.code, "family.see"),
        (queries.person_for, home.mother.code, "person.see"),
        (queries.case_for, home.case.code, "family.see"),
        (queries.need_for, need.code, "family.see"),
    ]
    for look, code, step in looks:
        for tried in (code, "F-0000-0000"):
            with pytest.raises(NotThere):
                look(stranger, tried)
        denied = AuditEntry.objects.filter(outcome=AuditEntry.Outcome.DENIED, about=code)
        assert [(entry.staff_id, entry.step) for entry in denied] == [(stranger.staff_id, step)]
    assert not AuditEntry.objects.filter(about="F-0000-0000").exists()


def test_who_has_looked_says_what_they_did(home: Home) -> None:
    actions.write_note(home.me, home.family, text="A note.")
    with pytest.raises(NotThere):
        queries.family_for(make.actor("supervisor", "South"), home.family.code)
    told = [look.words for look in queries.family_file(home.me, home.family).looks]
    assert {"wrote a note", "read names", "was refused: opened the page"} <= set(told)


@pytest.mark.parametrize(
    ("precision", "parts"),
    [
        ("day", (2015, 2, 30)),
        ("day", (2015, 2, None)),
        ("year", (2015, 2, None)),
        ("unknown", (2015, None, None)),
        ("year", (2199, None, None)),
        ("year", (99999999999, None, None)),
        ("day", (2015, 2, 99999999999)),
        ("year", (1899, None, None)),
    ],
)
def test_no_birth_date_is_kept_that_is_none(home: Home, precision: str, parts: tuple[int | None, ...]) -> None:
    year, month, day = parts
    with pytest.raises(BirthUnfit):
        actions.settle_birth(
            home.me, home.mother, precision=precision, year=year, month=month, day=day, source="herself"
        )


def test_a_second_talk_does_not_double_a_need_that_is_open(home: Home) -> None:
    need = home.need(urgency=3, domain="health")
    actions.assess(home.me, home.case, on=today(), found={"health": 1, "papers": 2}, own_view="I feel worse.")
    assert dict(Need.objects.values_list("domain", "urgency")) == {"health": 1, "papers": 2}
    assert Need.objects.get(domain="health") == need


def test_a_row_is_left_out_only_with_a_reason(boss: Actor) -> None:
    arrivals = make.listed(boss, "Yoqutova Lola,жен,1990,мать,1", "Yoqutova Lola,жен,,,1")
    row = arrivals.rows.get(is_held=True)
    with pytest.raises(Unknown):
        actions.decide_row(boss, arrivals, row=row, decision=ArrivalRow.Decision.LEFT_OUT)
    actions.decide_row(boss, arrivals, row=row, decision=ArrivalRow.Decision.LEFT_OUT, reason="not_coming")
    assert arrivals.rows.get(pk=row.pk).reason == "not_coming"


def test_thirty_days_after_a_list_is_done_nothing_of_its_file_can_be_read(boss: Actor) -> None:
    arrivals = make.listed(boss, "Yoqutova Lola,жен,1990,мать,1", "Yoqutova Lola,жен,,,1")
    row = arrivals.rows.get(is_held=True)
    with moved(31):
        purge_lists(timestamp=0)
        assert not ArrivalList.objects.get().purged_at, "a row still waits"
        actions.decide_row(boss, arrivals, row=row, decision=ArrivalRow.Decision.LEFT_OUT, reason="not_coming")
        purge_lists(timestamp=0)
    purged = ArrivalList.objects.get()
    assert purged.purged_at
    assert open_parts([row.facts_id, purged.header_id]) == {}
    (person,) = Person.objects.all()
    assert open_identity(boss, person.identity_id, purpose="correction").known_as == "Yoqutova Lola"
    assert "Yoqutova" in str(open_parts([arrivals.rows.get(person=person).facts_id])), "its row is the person's now"


def test_who_did_not_arrive_with_the_group_is_received_later(boss: Actor) -> None:
    arrivals = make.listed(boss, *GROUP)
    absent = codes()[3]
    reception = make.received(boss, arrivals, absent=(absent,))
    assert actions.receive_late(boss, reception, people=[absent], on=today()) == 1
    assert Case.objects.get(person__code=absent).stage == catalogue().stage("reception").number
    with pytest.raises(Unknown):
        actions.receive_late(boss, reception, people=[absent], on=today())


def test_nobody_is_related_to_themselves(home: Home) -> None:
    with pytest.raises(SecondPersonNeeded):
        actions.state_relationship(home.me, home.mother, kind="sibling", other=home.mother)


def test_a_relationship_said_twice_is_kept_once(home: Home) -> None:
    for evidence in ("stated", "birth_record"):
        actions.state_relationship(home.me, home.mother, kind="parent", other=home.child, evidence=evidence)
    assert Relationship.objects.get().evidence == "birth_record"


def test_nobody_is_related_to_somebody_out_of_reach(home: Home) -> None:
    stranger = make.home(home.boss, at="South").mother
    with pytest.raises(NotAllowed):
        actions.state_relationship(home.me, home.mother, kind="sibling", other=stranger)
    assert not Relationship.objects.exists()


@pytest.mark.parametrize("evidence", ["stated", "on_list", "rumour", ""])
def test_a_statement_verifies_no_relationship(home: Home, evidence: str) -> None:
    relation = actions.state_relationship(home.me, home.mother, kind="parent", other=home.child)
    with pytest.raises(EvidenceMissing):
        actions.verify_relationship(home.boss, home.family, relationship=relation, evidence=evidence)
    assert not Relationship.objects.get().is_verified


def test_a_verified_relationship_says_by_what_by_whom_and_when(home: Home) -> None:
    relation = actions.state_relationship(home.me, home.mother, kind="parent", other=home.child)
    actions.verify_relationship(home.boss, home.family, relationship=relation, evidence="dna_outcome")
    kept = Relationship.objects.get()
    assert (kept.evidence, kept.verified_by_id, kept.verified_on) == ("dna_outcome", home.boss.staff_id, today())


def test_a_caseworker_does_not_verify_a_relationship(home: Home) -> None:
    relation = actions.state_relationship(home.me, home.mother, kind="parent", other=home.child)
    with pytest.raises(NotAllowed):
        actions.verify_relationship(home.me, home.family, relationship=relation, evidence="dna_outcome")


def test_a_verified_relationship_keeps_its_evidence_when_somebody_states_it_again(home: Home) -> None:
    relation = actions.state_relationship(home.me, home.mother, kind="parent", other=home.child)
    actions.verify_relationship(home.boss, home.family, relationship=relation, evidence="dna_outcome")
    actions.state_relationship(home.me, home.mother, kind="parent", other=home.child)
    assert Relationship.objects.get().evidence == "dna_outcome"


def test_a_relationship_that_a_file_shows_can_be_verified_from_it(home: Home) -> None:
    aunt = make.home(home.boss).mother
    relation = actions.state_relationship(home.boss, aunt, kind="aunt_uncle", other=home.child)
    assert [shown for shown, *_ in queries.family_file(home.boss, home.family).relations] == [relation]
    assert queries.relationship_for(home.family, relation.pk) == relation


def test_who_moves_to_another_family_takes_the_open_case_along_and_leaves_the_history(home: Home) -> None:
    other = make.home(home.boss)
    actions.move_person(home.boss, home.family, person=home.mother, to=other.family, on=days_ago(5), kinship="aunt")
    lived = Membership.objects.filter(person=home.mother).order_by("pk").values_list("family", "since", "until")
    begun = days_ago(make.BEGUN_DAYS_AGO)
    assert list(lived) == [(home.family.pk, begun, days_ago(5)), (other.family.pk, days_ago(5), None)]
    assert home.again().family == other.family
    with pytest.raises(NotThere):
        queries.case_for(home.me, home.case.code)


def test_nobody_moves_from_a_family_they_do_not_live_in_or_before_they_came(home: Home) -> None:
    other = make.home(home.boss)
    with pytest.raises(AlreadySettled):
        actions.move_person(home.boss, home.family, person=other.child, to=other.family, on=today())
    with pytest.raises(AlreadySettled):
        actions.move_person(home.boss, home.family, person=home.child, to=other.family, on=days_ago(31))
    assert Membership.objects.count() == 4


def test_nobody_is_moved_to_a_family_out_of_reach(home: Home) -> None:
    other = make.home(home.boss, at="South")
    with pytest.raises(NotAllowed):
        actions.move_person(home.me, home.family, person=home.child, to=other.family, on=today())
    assert Membership.objects.get(person=home.child).family == home.family


def test_the_database_lets_nobody_live_in_two_families_at_once(home: Home) -> None:
    other = make.home(home.boss)
    with pytest.raises(IntegrityError, match="one_family_at_a_time"), transaction.atomic():
        Membership.objects.create(family=other.family, person=home.child, since=days_ago(3))


def test_a_case_opened_again_is_led_in_the_family_where_the_person_lives_now(home: Home) -> None:
    other = make.home(home.boss, at="South")
    make.close(home)
    actions.move_person(home.boss, home.family, person=home.mother, to=other.family, on=today())
    actions.reopen_case(home.boss, home.again(), to="reception")
    assert home.again().family == other.family


# --- forgetting --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["need", "assessment", "note", "closing"])
def test_a_person_about_whom_something_was_written_can_be_forgotten(home: Home, words: str) -> None:
    if words == "need":
        actions.record_need(home.me, home.case, domain="papers", urgency=1, words="Her own words.")
    elif words == "assessment":
        actions.assess(home.me, home.case, on=today(), found={}, own_view="Her own words.")
    elif words == "note":
        actions.write_note(home.me, home.family, text="Her own words.", case=home.case)
    else:
        make.close(home)
    vault.forget(home.boss, home.mother.identity_id)


def test_a_forgotten_person_is_gone_from_the_list_they_came_on(boss: Actor) -> None:
    arrivals = make.listed(boss, "Yoqutova Lola,жен,1990,мать,1")
    row = arrivals.rows.select_related("person").get()
    vault.forget(boss, row.person.identity_id)
    assert "Yoqutova" not in str(open_parts([row.facts_id]))


def test_the_case_of_a_forgotten_person_can_still_be_closed(home: Home) -> None:
    vault.forget(home.boss, home.mother.identity_id)
    make.close(home)


# --- reception ---------------------------------------------------------------------------------------------------

GROUP = (
    "Gavharova Nodira,жен,1990,мать,1",
    f"Gavharov Temur,муж,{today().year - 8},ребёнок,1",
    f"Durdonaeva Lola,жен,{today().year - 3},ребёнок,2",
)


def codes() -> dict[int, str]:
    """Return the codes of the people of the group by their place on the list."""
    return dict(Family.objects.values_list("memberships__person__rows__number", "memberships__person__code"))


def test_who_did_not_arrive_is_marked_and_stays_where_the_case_was(boss: Actor) -> None:
    arrivals = make.listed(boss, *GROUP)
    absent = codes()[3]
    make.received(boss, arrivals, absent=(absent,))
    stages = dict(Case.objects.values_list("person__code", "stage"))
    assert stages.pop(absent) == catalogue().stage("repatriation").number
    assert set(stages.values()) == {catalogue().stage("reception").number}
    assert ReceptionEntry.objects.get(is_present=False).person.code == absent


def test_who_is_between_6_and_17_is_marked_for_school(boss: Actor) -> None:
    make.received(boss, make.listed(boss, *GROUP))
    assert [entry.person.code for entry in ReceptionEntry.objects.filter(is_school_age=True)] == [codes()[2]]


def test_a_list_is_received_once_and_only_when_it_is_confirmed(boss: Actor) -> None:
    arrivals = make.listed(boss, *GROUP)
    make.received(boss, arrivals)
    with pytest.raises(AlreadyReceived, match=arrivals.code):
        make.received(boss, arrivals)
    draft = actions.read_list(
        boss, content="ФИО,Пол\nYoqutova Lola,жен".encode(), file_name="a.csv", sender="m", kind="passenger"
    )
    with pytest.raises(ListNotDraft):
        make.received(boss, draft)


def test_only_passengers_are_received(boss: Actor) -> None:
    with pytest.raises(NotAnArrival):
        make.received(boss, make.listed(boss, *GROUP, kind="camp"))


def test_nobody_is_received_in_the_future_or_without_being_on_the_list(boss: Actor) -> None:
    arrivals, place = make.listed(boss, *GROUP), make.agency("Centre")
    with pytest.raises(InTheFuture):
        actions.receive_list(boss, arrivals, place=place, on=tomorrow())
    with pytest.raises(Unknown, match="P-0000-0000"):
        make.received(boss, arrivals, absent=("P-0000-0000",))
    assert not ReceptionEntry.objects.exists()


def test_rooms_are_given_only_to_those_present(boss: Actor) -> None:
    arrivals = make.listed(boss, *GROUP)
    absent = codes()[2]
    reception = make.received(boss, arrivals, absent=(absent,))
    rooms = {entry.family.code: " 12 " for entry in reception.entries.select_related("family")}
    assert actions.give_rooms(boss, reception, rooms=rooms) == 2
    assert dict(reception.entries.values_list("is_present", "room").distinct()) == {True: "12", False: ""}


def test_one_unknown_family_and_no_room_is_given(boss: Actor) -> None:
    reception = make.received(boss, make.listed(boss, *GROUP))
    here = reception.entries.first().family.code
    with pytest.raises(Unknown, match="F-0000-0000"):
        actions.give_rooms(boss, reception, rooms={here: "12", "F-0000-0000": "13"})
    assert set(reception.entries.values_list("room", flat=True)) == {""}


def test_the_medical_check_is_of_those_present_and_not_excepted_and_its_day_stays(boss: Actor) -> None:
    arrivals = make.listed(boss, *GROUP)
    mother, ill, absent = (codes()[number] for number in (1, 2, 3))
    reception = make.received(boss, arrivals, absent=(absent,))
    assert actions.check_medically(boss, reception, on=days_ago(1), except_for=[ill]) == 1
    assert actions.check_medically(boss, reception, on=today()) == 1
    days = dict(reception.entries.values_list("person__code", "medical_check_on"))
    assert days == {mother: days_ago(1), ill: today(), absent: None}


def test_missing_papers_are_replaced_and_those_excepted_keep_theirs(boss: Actor) -> None:
    arrivals = make.listed(boss, *GROUP)
    mother, child, absent = (codes()[number] for number in (1, 2, 3))
    reception = make.received(boss, arrivals, absent=(absent,))
    assert actions.note_missing_documents(boss, reception, missing=["school", "passport"]) == 2
    assert actions.note_missing_documents(boss, reception, missing=[], except_for=[child]) == 1
    papers = dict(reception.entries.values_list("person__code", "missing_documents"))
    assert papers == {mother: [], child: ["passport", "school"], absent: []}


def test_what_reception_does_not_know_is_refused(boss: Actor) -> None:
    reception = make.received(boss, make.listed(boss, *GROUP))
    refused: list[Callable[[], object]] = [
        lambda: actions.check_medically(boss, reception, on=today(), except_for=["P-0000-0000"]),
        lambda: actions.note_missing_documents(boss, reception, missing=["visa"]),
        lambda: actions.note_missing_documents(boss, reception, missing=[], except_for=["P-0000-0000"]),
    ]
    for step in refused:
        with pytest.raises(Unknown):
            step()
    with pytest.raises(InTheFuture):
        actions.check_medically(boss, reception, on=tomorrow())
    assert not reception.entries.exclude(medical_check_on=None).exists()


@pytest.mark.parametrize("role", ["caseworker", "supervisor"])
def test_reception_is_there_only_for_a_coordinator(boss: Actor, role: str) -> None:
    arrivals = make.listed(boss, *GROUP)
    reception, someone = make.received(boss, arrivals), make.actor(role, "North")
    with pytest.raises(NotThere):
        actions.check_medically(someone, reception, on=today())
    with pytest.raises(NotThere):
        queries.list_for(someone, arrivals.code)


def test_who_is_registered_after_the_reception_can_still_be_received(boss: Actor) -> None:
    arrivals = make.listed(boss, "Yoqutova Lola,жен,1990,мать,1", "Yoqutova Lola,жен,,,1")
    make.received(boss, arrivals)
    actions.decide_row(boss, arrivals, row=arrivals.rows.get(is_held=True), decision=4)
    actions.confirm_list(boss, arrivals)
    make.received(boss, arrivals)
