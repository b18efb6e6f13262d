"""Viewing that passes what is usual is raised for somebody to ask about; honest work is not, and nobody is blocked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from panoh.access import audit
from panoh.access.clock import now, today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.roles import roles
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.jobs import watch_viewing
from panoh.casework.models import Alarm
from panoh.casework.queries.watching import acts_of_all, alarms, alarms_waiting
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of
from panoh.casework.watching import Act, judge, rules

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)


def looked(
    number: int, *, apart: timedelta = timedelta(minutes=1), alone: bool = True, what: str = "file"
) -> list[Act]:
    return [Act(NOON - apart * (n + 1), what, n, alone) for n in range(number)]  # type: ignore[arg-type]


def codes(role: str, acts: list[Act]) -> set[str]:
    return {passed.rule.code for passed in judge(role, acts, NOON)}


def test_each_rule_says_why_and_is_of_roles_that_there_are() -> None:
    for rule in rules():
        assert rule.why.strip()
        assert rule.roles <= roles().keys()


def test_the_same_file_counts_once_and_what_is_usual_raises_nothing() -> None:
    assert codes("supervisor", looked(7)) == set()
    assert codes("supervisor", looked(8)) == {"breadth_day"}
    assert codes("supervisor", [Act(NOON, "file", 1, is_alone=True)] * 50) == set()
    assert codes("supervisor", looked(40, apart=timedelta(minutes=12), alone=False)) == set(), "a day with the team"
    assert codes("supervisor", looked(21, alone=False)) == {"rate"}


def test_a_few_a_day_add_up_and_the_night_counts_for_itself() -> None:
    assert codes("supervisor", looked(14, apart=timedelta(hours=8))) == {"breadth_week"}
    assert codes("coordinator", looked(13, apart=timedelta(hours=8))) == set()
    assert codes("coordinator", looked(18, apart=timedelta(hours=8))) == {"breadth_week_country"}
    assert codes("coordinator", looked(12, apart=timedelta(hours=5))) == set()
    assert codes("coordinator", looked(13, apart=timedelta(hours=5))) == {"breadth_days_country"}
    assert codes("caseworker", looked(15, apart=timedelta(hours=4), what="found")) == {"found_days"}
    assert codes("caseworker", looked(23, apart=timedelta(hours=7), what="found")) == {"found_week"}
    night = [Act(NOON - timedelta(hours=9, minutes=n), "file", n, is_alone=True) for n in range(4)]
    assert codes("coordinator", night) == {"night"}
    assert codes("caseworker", looked(14, what="found")) == {"found_day"}
    assert codes("caseworker", looked(11, what="denied")) == {"denied"}


# --- from the audit to the review --------------------------------------------------------------------------------


def homes(boss: Actor, number: int) -> list[Home]:
    worker = make.hire("caseworker", "North")
    return [make.home(boss, worker=worker) for _number in range(number)]


def open_all(actor: Actor, found: list[Home]) -> None:
    for home in found:
        queries.family_file(actor, home.family)


@pytest.mark.django_db
def test_only_files_off_the_work_count_and_those_alone_in_which_nobody_worked(boss: Actor) -> None:
    supervisor = make.actor("supervisor", "North")
    alone, worked_in, with_the_lead, granted = homes(boss, 4)
    actions.give_grant(
        granted.me, granted.family, to=make.Staff.objects.get(pk=supervisor.staff_id), classes=[3], purpose="referral",
        until=today(), basis=make.BY_LAW,
    )  # fmt: skip
    actions.write_note(supervisor, worked_in.family, text="We met.")
    open_all(with_the_lead.me, [with_the_lead])
    open_all(supervisor, [alone, worked_in, with_the_lead, granted])
    acts = acts_of_all(now())
    counted = {act.of: act.is_alone for act in acts[supervisor.me, "supervisor"] if act.what == "file"}
    assert counted == {alone.family.pk: True, worked_in.family.pk: False, with_the_lead.family.pk: False}
    assert (alone.worker.pk, "caseworker") not in acts, "one's own work is not counted"


@pytest.mark.django_db
def test_a_question_before_a_registration_is_work_and_a_list_of_names_is_not(home: Home) -> None:
    worker = make.actor("caseworker", "South")
    identities = [home.mother.identity_id, home.child.identity_id]
    audit.write(worker, "person.find", purpose="registration", identities=identities)
    audit.write(worker, "person.find", identities=identities)
    found = [act.of for act in acts_of_all(now())[worker.me, "caseworker"]]
    assert sorted(found) == sorted([home.mother.pk, home.child.pk] * 2)
    audit.write(worker, "person.edit")
    assert len(acts_of_all(now())[worker.me, "caseworker"]) == 2


@pytest.mark.django_db
def test_an_alarm_is_raised_once_and_reviewed_by_somebody_else(boss: Actor) -> None:
    supervisor, chief = make.actor("supervisor", "North"), make.actor("supervisor", "North")
    open_all(supervisor, homes(boss, 11))
    watch_viewing(0)
    watch_viewing(0)
    alarm = Alarm.objects.get(rule="breadth_day")
    assert (alarm.staff_id, alarm.counted) == (supervisor.staff_id, 11)
    by_rule = list(Alarm.objects.values_list("rule", flat=True))  # at night another rule is passed, too
    raised = len(by_rule)
    assert len(set(by_rule)) == raised
    told = {}
    for someone in (supervisor, chief, make.actor("supervisor", "South"), make.actor("protection_officer", "HQ"), boss):
        with acting_for(someone.staff_id):
            told[someone.name] = (alarms_waiting(someone), len(alarms(someone)))
    assert list(told.values()) == [(0, 0), (raised, raised), (0, 0), (raised, raised), (raised, raised)]
    assert "Viewing passed what is usual" in client_of(chief).get("/").content.decode()
    shown = client_of(chief).get("/viewing/").content.decode()
    assert supervisor.name in shown
    assert "Gavharov" not in shown
    assert client_of(supervisor).post("/viewing/", {"alarm": alarm.code, "finding": "1"}).status_code == 404
    assert client_of(chief).post("/viewing/", {"alarm": alarm.code, "finding": "9"}).status_code == 422
    assert client_of(chief).post("/viewing/", {"alarm": alarm.code, "finding": "1"}).status_code == 302
    assert Alarm.objects.get(pk=alarm.pk).reviewed_by_id == chief.staff_id
    assert client_of(chief).post("/viewing/", {"alarm": alarm.code, "finding": "2"}).status_code == 409
    open_all(supervisor, homes(boss, 1))
    assert AuditEntry.objects.filter(staff=supervisor.staff_id, outcome=AuditEntry.Outcome.DENIED).count() == 0


@pytest.mark.django_db
def test_nobody_raises_changes_or_takes_away_an_alarm_by_hand(boss: Actor) -> None:
    someone = make.hire("caseworker", "North")
    for number in range(11):
        audit.write(Actor.of(someone), "family.see", about=f"F-{number}", denied=True)
    assert actions.raise_alarms(Actor.operator()) == 1
    for who in (someone, make.hire("supervisor", "North")):
        with acting_for(who.pk):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Alarm.objects.create(staff=boss_of(boss), day=today(), rule="rate", counted=1, most=0)
            with pytest.raises(DatabaseError), transaction.atomic():
                Alarm.objects.all().delete()
    with acting_for(who.pk), pytest.raises(DatabaseError, match="reviewed once"), transaction.atomic():
        Alarm.objects.update(counted=0)


def boss_of(boss: Actor) -> make.Staff:
    return make.Staff.objects.get(pk=boss.staff_id)


@pytest.mark.django_db
def test_it_is_there_over_the_api(boss: Actor) -> None:
    Alarm.objects.create(staff=make.hire("caseworker", "North"), day=today(), rule="rate", counted=30, most=18)
    client = client_of(make.actor("protection_officer", "HQ"))
    (told,) = client.get("/api/v1/viewing").json()
    assert (told["counted"], told["what"]) == (30, "Files opened faster than anybody reads")
    given = {"alarm": told["code"], "finding": "to_be_talked_about"}
    assert client.post("/api/v1/viewing", given, content_type="application/json").status_code == 204
