"""Who leads a family and who reaches it; nothing happens in the future."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency, AuditEntry, District
from panoh.access.refusals import NotAllowed, NotThere
from panoh.casework import actions, queries
from panoh.casework.models import (
    Family,
)
from panoh.casework.refusals import (
    InTheFuture,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, tomorrow
from panoh.vault.queries import Name

pytestmark = pytest.mark.django_db


# --- who leads, who reaches -------------------------------------------------------------------------------------------


def test_with_the_lead_worker_the_lead_agency_changes(home: Home) -> None:
    actions.assign_family(home.boss, home.family, worker=make.hire("caseworker", "South"))
    assert Family.objects.get(pk=home.family.pk).agency.name == "South"
    with pytest.raises(NotThere):
        queries.family_for(home.me, home.family.code)


def test_a_caseworker_does_not_hand_over_families(home: Home) -> None:
    with pytest.raises(NotAllowed):
        actions.assign_family(home.me, home.family, worker=home.worker)


def test_a_regional_coordinator_names_a_colleague_of_the_region_and_of_no_other(home: Home) -> None:
    region = ["North", "South", "Region"]
    agencies = Agency.objects.filter(pk__in=[make.agency(name).pk for name in region])
    agencies.update(district=District.objects.order_by("code").first())
    regional, worker = make.actor("regional_coordinator", "Region"), make.hire("caseworker", "South")
    assert actions.assign_family(regional, home.family, worker=worker).agency.name == "South"
    with pytest.raises(NotAllowed):
        actions.assign_family(regional, home.family, worker=make.hire("caseworker", "Elsewhere"))


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


# --- nothing happens in the future ------------------------------------------------------------------------------------


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
