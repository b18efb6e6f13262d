"""Cases are counted by stage exactly as the rules show them to each role, whatever happened to the files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.db.utils import DatabaseError

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency, Staff
from panoh.access.tokens import NOBODY, acting_for, bearing
from panoh.casework import actions, queries
from panoh.casework.jobs import fold_counts
from panoh.casework.models import Case, Family, Merge, Person, Withhold
from panoh.casework.tests.factories import BY_LAW
from tests.matrix.world import World

Change = Callable[[World, Actor], object]


def family(world: World, record: str) -> Family:
    return Family.objects.get(code=world.filed[record].codes["families"])


def mother(world: World, record: str) -> Person:
    return Person.objects.get(code=world.filed[record].codes["people"])


def case(world: World, record: str) -> Case:
    return Case.objects.get(code=world.filed[record].codes["cases"])


def forget(world: World, boss: Actor) -> None:
    close(world, boss)
    actions.forget_person(boss, mother(world, "foreign"), reason="asked", confirmed=mother(world, "foreign").code)


def close(world: World, boss: Actor) -> Case:
    return actions.close_case(
        boss, case(world, "foreign"), reason="mistake", circumstance="unknown", note="Not this one."
    )


CHANGES: dict[str, Change] = {
    "nothing": lambda world, boss: None,
    "a stage": lambda world, boss: Case.objects.filter(pk=case(world, "own").pk).update(stage=40),
    "a closing": close,
    "a case again": lambda world, boss: actions.reopen_case(boss, case(world, "closed"), to="follow_up"),
    "a forgetting": forget,
    "another agency": lambda world, boss: actions.assign_family(
        boss, family(world, "own"), worker=Staff.objects.get(username="stranger")
    ),
    "a move": lambda world, boss: actions.move_person(
        boss, family(world, "own"), person=mother(world, "own"), to=family(world, "foreign"), on=today()
    ),
    "a joining undone": lambda world, boss: actions.undo_merge(
        boss, Merge.objects.get(code=world.filed["foreign"].codes["merges"])
    ),
    "a protection": lambda world, boss: actions.protect_family(boss, family(world, "own"), reason="Her brother."),
    "a whole file kept from an agency": lambda world, boss: actions.withhold(
        boss, family(world, "own"), whom=Agency.objects.get(code="AB"), classes=[0], because="asked"
    ),
    "a whole file kept from its supervisor": lambda world, boss: actions.withhold(
        boss, family(world, "own"), whom=world.staff["supervisor"], classes=[0], because="asked"
    ),
    "a file kept from nobody again": lambda world, boss: [
        actions.stop_withholding(boss, entry) for entry in Withhold.objects.filter(ended_at=None)
    ],
    "a grant to an agency": lambda world, boss: actions.give_grant(
        boss,
        family(world, "own"),
        to=Agency.objects.get(code="AD"),
        classes=[0, 3],
        purpose="referral",
        until=today(),
        basis=BY_LAW,
    ),
}


def told() -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("select stage, cases from app.stage_counts()")
        return dict(cursor.fetchall())


def shown() -> dict[int, int]:
    return dict(Case.objects.values_list("stage").annotate(number=Count("*")).order_by())


@pytest.mark.parametrize("change", CHANGES)
def test_everybody_is_told_the_number_of_cases_they_are_shown(world: World, change: str) -> None:
    boss = Actor.of(world.staff["coordinator"])
    CHANGES[change](world, boss)
    counted = {}
    for staff in Staff.objects.filter(is_active=True):
        with acting_for(staff.pk):
            counted[staff.pk] = told()
            assert counted[staff.pk] == shown(), f"{staff.username} after {change}"
    assert sum(counted[boss.me].values()) == Case.objects.count() > 6
    fold_counts(0)
    for staff_id, numbers in counted.items():
        with acting_for(staff_id):
            assert told() == numbers, f"{staff_id} when the lines are added up"
    with bearing(NOBODY):
        assert told() == {}


def test_what_the_page_counts_lies_in_the_families_that_its_list_shows(world: World) -> None:
    for staff in world.staff.values():
        actor = Actor.of(staff)
        with acting_for(staff.pk):
            within = Case.objects.filter(queries.within(actor, "family"), stage__lt=70)
            assert sum(stage.value for stage in queries.todo(actor).stages) == within.count(), staff.username


@pytest.mark.parametrize("statement", ["select * from app.stage_count", "delete from app.stage_count"])
def test_nobody_reads_or_writes_the_counts_of_others(world: World, statement: str) -> None:
    with (
        acting_for(world.staff["coordinator"].pk),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement)
