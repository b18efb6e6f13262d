"""While somebody is away a colleague stands in: for these days, as a grant that everybody sees, ended by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import AuditEntry, Staff
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.jobs_work import open_to_stand_ins
from panoh.casework.models import Absence, Grant, Notice, Task
from panoh.casework.refusals import AlreadySettled
from panoh.casework.refusals_work import AbsenceDaysUnfit, AwayAlready, StandInAway, StandInUnfit
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return today() + timedelta(days)


@pytest.fixture
def colleague() -> Staff:
    return make.hire("caseworker", "North")


def away(home: Home, stand_in: Staff, first: int = 0, last: int = 7, by: Actor | None = None) -> Absence:
    return actions.name_stand_in(
        by or home.me, home.worker, stand_in=stand_in, since=in_days(first), until=in_days(last)
    )


def test_a_stand_in_opens_the_files_sees_the_tasks_and_goes_on_with_the_work(home: Home, colleague: Staff) -> None:
    task = actions.set_task(home.me, home.family, kind="call", due=today(), words="About school.")
    client, address = client_of(Actor.of(colleague)), reverse("family", args=[home.family.code])
    assert client.get(address).status_code == 404
    away(home, colleague)
    assert "About school." in client.get(address).content.decode()
    assert home.worker.display_name in client.get("/").content.decode(), "Today says for whom"
    assert home.family.code in client.get("/week/").content.decode()
    actions.do_task(Actor.of(colleague), task)
    assert Task.objects.get(pk=task.pk).done_by == colleague


def test_who_can_see_this_names_the_stand_in_and_until_when(home: Home, colleague: Staff) -> None:
    away(home, colleague)
    (reader,) = [one for one in queries.readers_of(home.family) if one.until]
    assert (reader.who, reader.why, reader.until) == (colleague.display_name, "while a colleague is away", in_days(7))
    given = AuditEntry.objects.filter(step="grant.give", staff=home.worker)
    assert set(given.values_list("about", flat=True)) == {home.family.code, home.worker.code}


def test_it_ends_by_itself_after_its_last_day_and_by_hand_before(home: Home, colleague: Staff) -> None:
    with moved(-10):
        absence = away(home, colleague, last=9)
    with pytest.raises(NotThere):
        queries.family_for(Actor.of(colleague), home.family.code)
    assert absence not in queries.absences_of(home.me)
    now = away(home, colleague)
    queries.family_for(Actor.of(colleague), home.family.code)
    actions.end_absence(home.me, now)
    with pytest.raises(NotThere):
        queries.family_for(Actor.of(colleague), home.family.code)
    with pytest.raises(AlreadySettled):
        actions.end_absence(home.me, now)


def test_what_begins_later_opens_on_its_day_and_takes_in_families_assigned_meanwhile(
    home: Home, colleague: Staff
) -> None:
    with moved(-2):
        away(home, colleague, first=2, last=5)
    assert not Grant.objects.exists()
    open_to_stand_ins(0)
    another = make.home(home.boss, worker=home.worker)
    open_to_stand_ins(0)
    open_to_stand_ins(0)
    opened = Grant.objects.values_list("family__code", "staff", "given_by")
    assert sorted(opened) == sorted((one.family.code, colleague.pk, home.worker.pk) for one in (home, another)), (
        "each once, in the name of who said so"
    )


def test_a_supervisor_names_a_stand_in_for_a_worker_and_a_worker_for_no_colleague(home: Home, colleague: Staff) -> None:
    supervisor = make.actor("supervisor", "North")
    away(home, colleague, by=supervisor)
    assert Grant.objects.get().given_by_id == supervisor.me
    assert home.worker.display_name in client_of(supervisor).get("/absences/").content.decode()
    for stranger in (Actor.of(colleague), make.actor("supervisor", "South")):
        with pytest.raises(NotAllowed):
            away(home, make.hire("caseworker", "North"), first=20, last=21, by=stranger)


def test_an_absence_shows_to_those_it_concerns_and_to_nobody_else(home: Home, colleague: Staff) -> None:
    absence = away(home, colleague)
    for staff in (home.worker, colleague, make.hire("supervisor", "North")):
        with acting_for(staff.pk):
            assert queries.absences_of(Actor.of(staff)) == [absence], staff
    for staff in (make.hire("caseworker", "North"), make.hire("supervisor", "South")):
        with acting_for(staff.pk):
            assert not Absence.objects.exists(), staff
    with pytest.raises(NotAllowed):
        actions.end_absence(Actor.of(colleague), absence)


def test_a_family_that_is_handed_on_meanwhile_is_closed_to_the_stand_in(home: Home, colleague: Staff) -> None:
    away(home, colleague)
    actions.assign_family(home.boss, home.family, worker=make.hire("caseworker", "North"))
    with pytest.raises(NotThere):
        queries.family_for(Actor.of(colleague), home.family.code)
    open_to_stand_ins(0)
    assert not Grant.objects.filter(ended_at=None).exists()


def test_a_file_kept_from_the_stand_in_stays_closed(home: Home, colleague: Staff) -> None:
    kept = make.home(home.boss, worker=home.worker)
    actions.withhold(home.me, kept.family, whom=colleague, classes=[FieldClass.FILE], because="asked")
    actions.withhold(home.me, home.family, whom=colleague, classes=[FieldClass.LOCATION], because="asked")
    away(home, colleague)
    assert [grant.family for grant in Grant.objects.all()] == [home.family]


def test_what_is_wrong_with_an_absence_is_said(home: Home, colleague: Staff) -> None:
    for unfit in (home.worker, make.hire("caseworker", "South"), make.hire("statistician", "North")):
        with pytest.raises(StandInUnfit):
            away(home, unfit)
    for first, last in ((-1, 3), (3, 2), (0, 200)):
        with pytest.raises(AbsenceDaysUnfit):
            away(home, colleague, first, last)
    away(home, colleague, 3, 5)
    with pytest.raises(AwayAlready):
        away(home, colleague, 5, 6)
    theirs = actions.name_stand_in(
        Actor.of(colleague), colleague, stand_in=home.worker, since=in_days(20), until=in_days(21)
    )
    assert theirs.code
    with pytest.raises(StandInAway):
        away(home, colleague, 21, 22)
    assert Notice.objects.filter(kind="stand_in").count() == 2


def test_a_stand_in_is_named_and_ended_on_the_pages(home: Home, colleague: Staff) -> None:
    client = client_of(home.me)
    given = {"staff": home.worker.pk, "stand_in": colleague.pk, "since": today(), "until": in_days(3)}
    assert colleague.display_name in client.post("/absences/new/", given, follow=True).content.decode()
    code = Absence.objects.get().code
    assert "does not see the files any more" in client.get(f"/absences/{code}/end/").content.decode()
    client.post(f"/absences/{code}/end/")
    assert "Nobody is away" in client.get("/absences/").content.decode()
