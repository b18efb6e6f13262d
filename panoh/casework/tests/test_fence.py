"""The database itself shows each worker what is theirs, with every page and step of ours left out: raw SQL alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError

from panoh.access.clock import now, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.policies import OPEN_TABLES, unfenced
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import NOBODY, acting_for, bearing
from panoh.casework import actions
from panoh.casework.models import Grant, Membership, Merge, Person, Suggestion, Task
from panoh.casework.tests import factories as make
from panoh.casework.tests.fenced import DESK, OTHERS, WAYS, Country, count, everything, give, kept, refused
from panoh.web.management.commands.migrate import ASKED

pytestmark = pytest.mark.django_db


# --- what is fenced ----------------------------------------------------------------------------------------------


def test_every_table_about_people_or_states_stands_behind_the_fence() -> None:
    assert unfenced() == []
    rooms = [apps.get_app_config(room) for room in ("plan", "exchange")]
    of_states = {model._meta.db_table for room in rooms for model in room.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        fenced = {row[0] for row in cursor.fetchall()}
    assert fenced == WAYS.keys() | DESK | OTHERS | of_states
    assert not fenced & OPEN_TABLES


# --- who sees what -----------------------------------------------------------------------------------------------


def test_a_worker_sees_the_own_families_and_no_row_of_another(country: Country) -> None:
    shown = everything()
    with acting_for(country.own.worker.pk):
        assert everything() == kept(shown, {country.own.family.pk})
        assert [count(table) for table in sorted(DESK)] == [0] * len(DESK)
    assert all(kept(shown, {country.own.family.pk}).values()), "the test shows nothing where a table is empty"


def test_a_supervisor_sees_the_agency_and_no_row_of_another(country: Country) -> None:
    shown = everything()
    with acting_for(make.hire("supervisor", "North").pk):
        assert everything() == kept(shown, {country.own.family.pk, country.colleagues.family.pk})


def test_a_coordinator_sees_every_family(country: Country) -> None:
    shown = everything()
    with acting_for(country.boss.staff_id):
        assert everything() == kept(shown, country.all())


def test_nobody_sees_nothing(country: Country) -> None:
    with bearing(NOBODY):
        assert not any(everything().values())
        hidden = sorted((DESK | OTHERS) - {"access_auditentry"})
        assert [count(table) for table in hidden] == [0] * len(hidden)


def test_a_family_that_is_handed_over_takes_all_its_rows_along(country: Country) -> None:
    actions.assign_family(country.boss, country.own.family, worker=country.foreign.worker)
    shown = everything()
    with acting_for(country.own.worker.pk):
        assert not any(everything().values())
    with acting_for(make.hire("supervisor", "North").pk):
        assert everything() == kept(shown, {country.colleagues.family.pk})
    with acting_for(country.foreign.worker.pk):
        assert everything() == kept(shown, {country.own.family.pk, country.foreign.family.pk})


def test_a_person_who_moves_takes_the_own_work_along_and_nothing_of_the_family(country: Country) -> None:
    mover, old, new = country.own.mother, country.own, country.foreign
    actions.move_person(country.boss, old.family, person=mover, to=new.family, on=today())
    with acting_for(new.worker.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from casework_need where case_id = %s", [old.case.pk])
        assert cursor.fetchone()[0]
        cursor.execute("select count(*) from vault_sealedpart where key_id = %s", [mover.identity.key_id])
        assert cursor.fetchone()[0]
        cursor.execute("select count(*) from casework_note where family_id = %s", [old.family.pk])
        assert not cursor.fetchone()[0]
    with acting_for(old.worker.pk):
        assert not Person.objects.filter(pk=mover.pk).exists()
        assert mover.identity.key_id not in {row[1] for row in everything()["vault_datakey"]}


def test_a_protected_family_is_not_seen_from_the_region(country: Country) -> None:
    actions.protect_family(country.boss, country.own.family, reason="Her brother works there.")
    with acting_for(make.hire("supervisor", "North").pk):
        assert {row[0] for row in everything()["casework_need"]} >= {country.own.family.pk}
    with connection.cursor() as cursor:
        cursor.execute("select scope %% 4 from casework_need where case_id = %s", [country.own.case.pk])
        assert {row[0] for row in cursor.fetchall()} == {1}


# --- grants ------------------------------------------------------------------------------------------------------


def granted(country: Country, *classes: int) -> Actor:
    helper = make.hire("caseworker", "South")
    give(country.own, helper, *classes)
    return Actor.of(helper)


def test_a_grant_shows_its_classes_of_one_file_and_nothing_else(country: Country) -> None:
    shown = everything()
    helper = granted(country, FieldClass.HEALTH)
    with acting_for(helper.staff_id), connection.cursor() as cursor:
        seen = everything()
        cursor.execute("select distinct domain from casework_need")
        assert cursor.fetchall() == [("health",)]
        cursor.execute("select distinct field_class from vault_sealedpart")
        assert not {row[0] for row in cursor.fetchall()} - {FieldClass.HEALTH}
    mine = kept(shown, {country.own.family.pk})
    assert {family for rows in seen.values() for family, _ in rows} == {country.own.family.pk}
    assert seen["casework_person"] == mine["casework_person"]
    assert not any(seen[table] for table in ("casework_note", "casework_visit", "casework_assessment"))


@pytest.mark.parametrize("gone", ["ended", "past its day"])
def test_a_grant_that_is_over_shows_nothing_from_the_next_statement_on(country: Country, gone: str) -> None:
    helper = granted(country, FieldClass.CARE)
    with acting_for(helper.staff_id):
        assert count("casework_note") == 1
    if gone == "ended":
        Grant.objects.update(ended_by=country.own.worker, ended_at=now())
    else:
        Grant.objects.update(until=today() - timedelta(1))
    with acting_for(helper.staff_id):
        assert not any(everything().values())


def test_a_grant_to_read_changes_nothing(country: Country) -> None:
    helper = granted(country, FieldClass.CARE)
    with acting_for(helper.staff_id), connection.cursor() as cursor:
        cursor.execute("update casework_task set due = due + 1")
        assert cursor.rowcount == 0
    Grant.objects.update(changes=True)
    of_this_file = Task.objects.filter(family=country.own.family).count()
    with acting_for(helper.staff_id), connection.cursor() as cursor:
        cursor.execute("update casework_task set due = due + 1")
        assert cursor.rowcount == of_this_file > 0


def test_nobody_gives_a_grant_on_a_file_that_is_not_theirs(country: Country) -> None:
    thief = make.hire("supervisor", "South")
    with acting_for(thief.pk), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Grant.objects.create(
            family=country.own.family, staff=country.foreign.worker, purpose="service_delivery", classes=[0],
            until=today(), given_by=thief,
        )  # fmt: skip


# --- changes -----------------------------------------------------------------------------------------------------


def test_no_statement_changes_or_removes_a_row_of_another(country: Country) -> None:
    with acting_for(country.own.worker.pk), connection.cursor() as cursor:
        for statement in (
            "update casework_family set worker_id = %(me)s where worker_id <> %(me)s",
            "update casework_case set stage = 10 where family_id <> %(mine)s",
            "update vault_sealedpart set sealed = '' where key_id in (select papers_id from casework_family"
            " where id <> %(mine)s)",
        ):
            cursor.execute(statement, {"me": country.own.worker.pk, "mine": country.own.family.pk})
            assert cursor.rowcount == 0, statement


def test_no_row_is_added_to_the_file_of_another_nor_moved_there(country: Country) -> None:
    theirs = country.foreign.family.pk
    with acting_for(country.own.worker.pk):
        for statement in (
            "insert into casework_task (code, family_id, kind, due, cancelled_because)"
            " values ('T-9', %s, 'call', now(), '')",
            "update casework_task set family_id = %s",
            "update casework_visit set family_id = %s",
            "update casework_person set home_id = %s",
        ):
            refused(statement, theirs)


# --- what a smuggled statement cannot make lasting ---------------------------------------------------------------


def helper_who_changes(country: Country) -> Actor:
    """Return a worker with a family of their own, to whom another's file is open to be changed."""
    give(country.own, country.foreign.worker, *FieldClass.values, changes=True)
    return Actor.of(country.foreign.worker)


def test_only_what_the_application_asks_for_can_be_called() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname from pg_proc where pronamespace = 'app'::regnamespace"
            " and prorettype <> 'trigger'::regtype and has_function_privilege(oid, 'execute')"
        )
        assert {row[0] for row in cursor.fetchall()} == set(ASKED)


def test_no_key_is_placed_at_ones_own_file_by_calling_what_places_it(country: Country) -> None:
    with acting_for(country.own.worker.pk):
        refused("select app.place_key(p) from casework_person p")
        refused("select app.place_sought(1)")


def test_a_helper_neither_widens_nor_prolongs_a_grant_nor_gives_one(country: Country) -> None:
    helper = helper_who_changes(country)
    with acting_for(helper.staff_id), connection.cursor() as cursor:
        cursor.execute("update casework_grant set until = until + 300 where staff_id = %s", [helper.staff_id])
        assert cursor.rowcount == 0
    with pytest.raises(NotAllowed):
        actions.give_grant(
            helper, country.own.family, to=make.hire("lawyer", "South"), classes=[FieldClass.LEGAL], purpose="referral",
            until=today(),
        )  # fmt: skip
    shown = make.client_of(helper).get(f"/families/{country.own.family.code}/").content.decode()
    assert "grants/new" not in shown


def test_a_helper_does_not_take_the_lead(country: Country) -> None:
    with acting_for(helper_who_changes(country).staff_id), connection.cursor() as cursor:
        cursor.execute("update casework_family set worker_id = %s", [country.foreign.worker.pk])
        assert cursor.rowcount == 1, "the own family alone"


def test_a_helper_brings_nobody_into_a_family_of_their_own(country: Country) -> None:
    helper, person, mine = helper_who_changes(country), country.own.mother.pk, country.foreign.family.pk
    join = "insert into casework_membership (family_id, person_id, kinship, since) values (%s, %s, '', app.today())"
    with acting_for(helper.staff_id):
        refused("update casework_person set home_id = %s where id = %s", mine, person)
        with connection.cursor() as cursor:
            cursor.execute("update casework_membership set until = app.today() where person_id = %s", [person])
        refused(join, mine, person)
    with pytest.raises(NotAllowed):
        actions.move_person(helper, country.own.family, person=country.own.child, to=country.foreign.family, on=today())
    assert Person.objects.get(pk=person).home_id == country.own.family.pk


def test_who_lives_nowhere_is_not_moved_into_a_family_by_a_number(country: Country) -> None:
    gone = country.own.child
    Membership.objects.filter(person=gone).update(until=today())
    join = "insert into casework_membership (family_id, person_id, kinship, since) values (%s, %s, '', app.today() + 1)"
    with acting_for(country.foreign.worker.pk):
        refused(join, country.foreign.family.pk, gone.pk)


def test_nobody_is_registered_or_led_with_a_key_of_somebody_else(country: Country) -> None:
    sought = make.listed(country.boss, "Зумрадова Лола,жен,2014,,1", kind="relatives").rows.get().tracing_request
    key = sought.identity.key_id
    person = (
        "insert into casework_person (code, identity_id, home_id, sex, birth_precision, nationality, is_alone)"
        " values ('P-1', %s, %s, 'f', 3, '', false)"
    )
    family = (
        "insert into casework_family (code, agency_id, papers_id, opened_on, sensitivity)"
        " values ('F-1', %s, %s, app.today(), 0)"
    )
    with acting_for(country.own.worker.pk):
        refused(person, sought.identity_id, country.own.family.pk)
    with acting_for(make.hire("supervisor", "North").pk):
        refused(family, country.own.worker.agency_id, key)


def test_nobody_but_the_desk_says_who_is_sought(country: Country) -> None:
    sought = make.listed(country.boss, "Зумрадова Лола,жен,2014,,1", kind="relatives").rows.get().tracing_request
    claim = (
        "insert into casework_suggestion (code, person_id, request_id, origin, run, weight, evidence, state,"
        " decided_by_id, decided_at) values ('D-1', %s, %s, 'search', '', 0, '{}', 2, %s, now())"
    )
    for worker in (country.own.worker, make.hire("supervisor", "North")):
        with acting_for(worker.pk):
            refused(claim, country.own.mother.pk, sought.pk, worker.pk)


def test_a_worker_destroys_no_key(country: Country) -> None:
    with acting_for(country.own.worker.pk), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute("update vault_datakey set wrapped = ''")
        cursor.execute("select id from vault_datakey for no key update")
        assert cursor.fetchall(), "it may be held while something is sealed by it"


# --- two files of one person -------------------------------------------------------------------------------------


def test_a_joined_file_goes_where_the_kept_one_is_and_comes_home_when_it_is_undone(country: Country) -> None:
    kept_one, merged = country.own.mother, make.person(country.boss, country.foreign.family, "Gavharova Nodira", 1990)
    actions.suggest_pairs(country.boss, [actions.SuggestedPair(kept_one.code, merged.code)])
    pair = Suggestion.objects.get()
    with acting_for(country.own.worker.pk):
        assert not Suggestion.objects.exists(), "a pair is seen by whoever sees both"
    actions.decide_pair(country.boss, pair, decision=Suggestion.State.SAME)
    merge = actions.propose_merge(country.boss, pair, keep=kept_one)
    with acting_for(country.own.worker.pk):
        assert Person.objects.filter(pk=merged.pk).exists()
        assert Merge.objects.exists()
    with acting_for(country.foreign.worker.pk):
        assert not Person.objects.filter(pk=merged.pk).exists()
    actions.undo_merge(country.boss, merge)
    with acting_for(country.foreign.worker.pk):
        assert Person.objects.filter(pk=merged.pk).exists()
    with acting_for(country.own.worker.pk):
        assert not Person.objects.filter(pk=merged.pk).exists()
