"""A group that is received: place, rooms, medical check, papers, and who did not come."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere, Unknown
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    Case,
    Family,
    ReceptionEntry,
)
from panoh.casework.refusals import (
    AlreadyReceived,
    InTheFuture,
    ListNotDraft,
    NotAnArrival,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import days_ago, tomorrow

pytestmark = pytest.mark.django_db


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


def test_who_did_not_arrive_with_the_group_is_received_later(boss: Actor) -> None:
    arrivals = make.listed(boss, *GROUP)
    absent = codes()[3]
    reception = make.received(boss, arrivals, absent=(absent,))
    assert actions.receive_late(boss, reception, people=[absent], on=today()) == 1
    assert Case.objects.get(person__code=absent).stage == catalogue().stage("reception").number
    with pytest.raises(Unknown):
        actions.receive_late(boss, reception, people=[absent], on=today())
