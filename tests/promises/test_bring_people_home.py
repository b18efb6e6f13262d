"""What a coordinator and the families rely on, from a list to a closed case, on the real database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency, AuditEntry, District, Staff
from panoh.access.refusals import NotAllowed, NotThere
from panoh.casework import actions, queries
from panoh.casework.models import ArrivalRow, Case, Family, Need, Person, StageChange, TracingRequest
from panoh.casework.refusals import GuardsFail, SameFile
from panoh.vault import actions as vault
from panoh.vault.models import DataKey, SealedPart
from panoh.vault.queries import open_identity
from panoh.vault.refusals import SealBroken

pytestmark = pytest.mark.django_db

ROWS = [
    "№,ФИО,Пол,Дата рождения,Кем приходится,Семья №,Телефон",
    "1,Гулбаргова Нодира Акбутаевна,жен,04.03.1990,мать,1,+998 00 111 22 33",
    "2,Гулбаргов Тимур Бахтарович,муж,01.01.2015,ребёнок,1,",
    "3,Гулбаргова Нодира Акбутаевна,жен,,,1,",
    "4,Неизвестная девочка,жен,,ребёнок,2,",
]


@pytest.fixture
def coordinator() -> Actor:
    agency = Agency.objects.create(code="T1", name="Coordination", kind=1)
    Agency.objects.create(code="T2", name="Centre", kind=Agency.Kind.RECEPTION_CENTRE)
    return Actor.of(Staff.objects.create_user("boss", "x", display_name="Boss", agency=agency, role="coordinator"))


def worker(name: str, agency: str) -> Staff:
    there = Agency.objects.get_or_create(code=agency, defaults={"name": agency, "kind": 2})[0]
    return Staff.objects.create_user(name, "x", display_name=name, agency=there, role="caseworker")


def read(actor: Actor, rows: list[str] = ROWS, kind: str = "passenger"):
    content = "\n".join(rows).encode()
    return actions.read_list(actor, content=content, file_name="list.csv", sender="ministry", kind=kind)


def brought_home(actor: Actor) -> Case:
    arrivals = read(actor)
    actions.confirm_list(actor, arrivals)
    actions.receive_list(actor, arrivals, place=Agency.objects.get(code="T2"), on=today())
    return Case.objects.filter(person__rows__number=1).select_related("family", "person__identity").get()


def test_every_row_is_registered_or_waits_and_none_is_dropped(coordinator: Actor) -> None:
    arrivals = read(coordinator)
    done = actions.confirm_list(coordinator, arrivals)
    assert arrivals.rows.count() == 4
    assert (done.persons, done.held) == (3, 1)
    assert arrivals.rows.get(number=3).person is None


def test_the_same_file_twice_changes_nothing_and_says_so(coordinator: Actor) -> None:
    first = read(coordinator)
    before = ArrivalRow.objects.count()
    with pytest.raises(SameFile, match=first.code):
        read(coordinator)
    assert ArrivalRow.objects.count() == before


def test_a_confirm_that_breaks_in_the_middle_leaves_nothing(coordinator: Actor) -> None:
    arrivals = read(coordinator)

    def break_off(done: int, total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.confirm_list(coordinator, arrivals, progress=break_off)
    assert not Person.objects.exists()
    assert not DataKey.objects.filter(holder=DataKey.Holder.PERSON).exists()
    actions.confirm_list(coordinator, arrivals)
    assert Person.objects.count() == 3


def test_a_nameless_child_becomes_a_person_with_the_words_of_its_row(coordinator: Actor) -> None:
    arrivals = read(coordinator)
    actions.confirm_list(coordinator, arrivals)
    child = arrivals.rows.get(number=4).person
    facts = open_identity(coordinator, child.identity_id, purpose="service_delivery")
    assert "row 4" in facts.known_as
    assert any("Неизвестная" in origin.cell for origin in facts.origins)


def test_people_sought_by_relatives_are_no_arrivals(coordinator: Actor) -> None:
    rows = ["ФИО,Пол,Дата рождения,Заявитель,Родство", "Ташакова Мадина,жен,2014,Ташакова Зулайхо,тётя"]
    actions.confirm_list(coordinator, read(coordinator, rows, kind="relatives"))
    assert TracingRequest.objects.count() == 1
    assert not Case.objects.exists()


def test_no_table_holds_a_name_or_a_phone(coordinator: Actor) -> None:
    brought_home(coordinator)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f'select t::text from "{table}" t')
            text = "\n".join(row[0] for row in cursor.fetchall()).casefold()
            for value in ("гулбаргов", "нодира", "998 00 111", "998001112233"):
                assert value not in text, (table, value)
                assert value.encode().hex() not in text, (table, value)


def test_a_sealed_value_moved_to_another_person_does_not_open(coordinator: Actor) -> None:
    actions.confirm_list(coordinator, read(coordinator))
    one, other = SealedPart.objects.filter(group=1).order_by("pk")[:2]
    one.sealed, one_sealed = other.sealed, one.sealed
    one.save()
    assert one_sealed
    identity = Person.objects.get(identity__key=one.key_id).identity_id
    with pytest.raises(SealBroken):
        open_identity(coordinator, identity, purpose="service_delivery")


def test_a_forgotten_person_cannot_be_read_and_the_history_stays(coordinator: Actor) -> None:
    case = brought_home(coordinator)
    vault.forget(coordinator, case.person.identity_id)
    assert open_identity(coordinator, case.person.identity_id, purpose="correction").known_as == ""
    assert StageChange.objects.filter(case=case).count() == 2


def test_a_caseworker_of_another_agency_is_told_the_same_as_of_an_absent_family(coordinator: Actor) -> None:
    case = brought_home(coordinator)
    actions.assign_family(coordinator, case.family, worker=worker("mine", "North"))
    stranger = Actor.of(worker("stranger", "South"))
    with pytest.raises(NotThere):
        queries.family_for(stranger, case.family.code)
    with pytest.raises(NotThere):
        actions.record_need(stranger, Case.objects.get(pk=case.pk), domain="papers", urgency=1)
    assert AuditEntry.objects.filter(outcome=AuditEntry.Outcome.DENIED, staff__username="stranger").exists()


def test_only_a_supervisor_or_coordinator_closes_a_case(coordinator: Actor) -> None:
    case = brought_home(coordinator)
    mine = worker("mine", "North")
    actions.assign_family(coordinator, case.family, worker=mine)
    case = Case.objects.get(pk=case.pk)
    facts = {"reason": "mistake", "circumstance": "unknown", "note": "Another person."}
    with pytest.raises(NotAllowed):
        actions.close_case(Actor.of(mine), case, **facts)
    assert actions.close_case(coordinator, case, **facts).closed_on == today()


def test_a_stage_is_entered_only_with_all_it_asks_for(coordinator: Actor) -> None:
    case = brought_home(coordinator)
    with pytest.raises(GuardsFail, match="medical check"):
        actions.move_case(coordinator, case, to="rehabilitation")
    reception = case.person.receptions.get().reception
    actions.check_medically(coordinator, reception, on=today())
    actions.assign_family(coordinator, case.family, worker=worker("mine", "North"))
    actions.move_case(coordinator, case, to="rehabilitation")
    actions.settle_district(coordinator, case.family, district=District.objects.first())
    with pytest.raises(GuardsFail, match="not assessed"):
        actions.move_case(coordinator, case, to="reintegration")
    actions.assess(coordinator, case, on=today(), found={"adult_papers": 1}, own_view="A home.")
    with pytest.raises(GuardsFail, match="owner and a date"):
        actions.move_case(coordinator, case, to="reintegration")
    need = Need.objects.get(case=case)
    actions.plan_step(
        coordinator, need, service="DOC-11", responsible=Staff.objects.get(username="mine"), due=date(2030, 1, 1)
    )
    assert actions.move_case(coordinator, case, to="reintegration").stage == 60


def test_a_closed_case_keeps_its_history_when_it_is_opened_again(coordinator: Actor) -> None:
    case = brought_home(coordinator)
    actions.close_case(coordinator, case, reason="mistake", circumstance="unknown", note="Another person.")
    actions.reopen_case(coordinator, case, to="reception")
    closing = StageChange.objects.get(case=case, to_stage=80)
    assert (closing.reason, closing.note_id is not None) == ("mistake", True)


def test_the_database_refuses_a_second_open_case_for_one_person(coordinator: Actor) -> None:
    case = brought_home(coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(person=case.person, family=case.family, stage=40, opened_on=today())


@pytest.mark.parametrize("change", ["delete from access_auditentry", "update access_auditentry set step = 'x'"])
def test_the_application_can_only_add_to_the_audit(coordinator: Actor, change: str) -> None:
    read(coordinator)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_the_application_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False, False)
        cursor.execute(
            "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user"
        )
        assert cursor.fetchone() == (0,)


def test_a_list_of_families_takes_the_same_few_queries_for_one_as_for_many(
    coordinator: Actor, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        queries.families_page(coordinator)
    brought_home(coordinator)
    with django_assert_num_queries(7):
        queries.families_page(coordinator)
    assert Family.objects.count() == 2
