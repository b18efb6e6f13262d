"""Assessment, plan, help, visits, notes and tasks: what each step does and refuses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, Unknown
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    Assessment,
    Assistance,
    Need,
    Note,
    PlanItem,
    Visit,
)
from panoh.casework.refusals import (
    AlreadySettled,
    AmountMissing,
    NoteEmpty,
    NotOfThisFamily,
    ViewMissing,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, days_ago, tomorrow
from panoh.vault.models import SealedPart
from panoh.vault.queries import open_parts

pytestmark = pytest.mark.django_db


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


Later = Callable[[Home], object]

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
    assert (
        actions.give_assistance(home.me, home.case, agency=clinic, although="by_plan", **given).agency_id == clinic.pk
    )
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
