"""Two people at once: what one is told was kept is kept, or the other is told why not."""

from __future__ import annotations

from django.db import connection

from panoh.access.entrances import Actor
from panoh.casework import actions
from panoh.casework.models import ArrivalList, ArrivalRow
from panoh.casework.refusals import AlreadyOpen, ListNotDraft, RowReadAnew
from panoh.casework.tests import factories as make
from panoh.casework.tests.together import at_the_same_time

HEADINGS = "ФИО,Пол,Дата рождения,Кем приходится,Семья №"
LIST = f"{HEADINGS}\nGavharova Nodira,жен,04.03.1990,мать,1\nQimmatova Lola,жен,1991,мать,2"


def draft(boss: Actor) -> ArrivalList:
    return actions.read_list(boss, content=LIST.encode(), file_name="a.csv", sender="ministry", kind="passenger")


def test_a_decision_taken_while_the_list_is_being_confirmed_is_refused_and_not_lost(own_database: str) -> None:
    boss = make.actor("coordinator", "Coordination")
    arrivals = draft(boss)
    row = arrivals.rows.get(number=1)
    left_out = ArrivalRow.Decision.LEFT_OUT
    (said,) = at_the_same_time(
        lambda: actions.confirm_list(boss, arrivals),
        lambda: actions.decide_row(boss, arrivals, row=row, decision=left_out, reason="wrong_list"),
    )
    assert isinstance(said, ListNotDraft)
    row.refresh_from_db()
    assert row.person is not None
    assert row.decision == ArrivalRow.Decision.NONE


def test_a_list_confirmed_while_a_row_is_being_decided_registers_what_was_decided(own_database: str) -> None:
    boss = make.actor("coordinator", "Coordination")
    arrivals = draft(boss)
    row = arrivals.rows.get(number=1)
    left_out = ArrivalRow.Decision.LEFT_OUT
    (done,) = at_the_same_time(
        lambda: actions.decide_row(boss, arrivals, row=row, decision=left_out, reason="wrong_list"),
        lambda: actions.confirm_list(boss, arrivals),
    )
    assert done.persons == 1
    assert ArrivalRow.objects.get(pk=row.pk).person is None


def test_a_row_is_not_mended_on_a_list_that_was_discarded_meanwhile(own_database: str) -> None:
    boss = make.actor("coordinator", "Coordination")
    arrivals = draft(boss)
    row = arrivals.rows.get(number=1)
    (said,) = at_the_same_time(
        lambda: actions.discard_list(boss, arrivals),
        lambda: actions.mend_row(boss, arrivals, row=row, facts={"name": "Gavharova Lola"}),
    )
    assert isinstance(said, ListNotDraft)
    assert connection.settings_dict["NAME"] == own_database


def test_a_row_that_is_read_anew_while_somebody_decides_on_it_is_to_be_looked_at_first(own_database: str) -> None:
    boss = make.actor("coordinator", "Coordination")
    arrivals = draft(boss)
    row = arrivals.rows.get(number=1)
    (said,) = at_the_same_time(
        lambda: actions.read_anew(boss, arrivals, columns={4: ""}),
        lambda: actions.decide_row(boss, arrivals, row=row, decision=ArrivalRow.Decision.AS_READ),
    )
    assert isinstance(said, RowReadAnew)
    assert not arrivals.rows.exclude(decision=ArrivalRow.Decision.NONE).exists()


def test_a_list_that_is_being_confirmed_is_not_read_anew(own_database: str) -> None:
    boss = make.actor("coordinator", "Coordination")
    arrivals = draft(boss)
    (said,) = at_the_same_time(
        lambda: actions.confirm_list(boss, arrivals), lambda: actions.read_anew(boss, arrivals, columns={4: ""})
    )
    assert isinstance(said, ListNotDraft)
    assert arrivals.rows.filter(person=None).count() == 0


def test_of_two_who_open_the_case_of_one_person_the_second_is_told_of_the_first(own_database: str) -> None:
    home = make.home()
    make.close(home)
    day = make.today()
    (said,) = at_the_same_time(
        lambda: actions.open_case(home.boss, home.family, home.mother, stage="reception", on=day),
        lambda: actions.open_case(home.boss, home.family, home.mother, stage="reception", on=day),
    )
    assert isinstance(said, AlreadyOpen), said
