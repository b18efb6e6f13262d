"""People of a family: facts, relationships, moves, and what is forgotten."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.casework import actions, queries
from panoh.casework.jobs import purge_lists
from panoh.casework.models import (
    ArrivalList,
    ArrivalRow,
    Membership,
    Need,
    Person,
    Relationship,
    Task,
)
from panoh.casework.refusals import (
    AlreadySettled,
    BirthUnfit,
    EvidenceMissing,
    SecondPersonNeeded,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, days_ago
from panoh.vault import actions as vault
from panoh.vault.queries import Address, Contact, Document, Group, Name, NameKind, open_identity, open_parts

pytestmark = pytest.mark.django_db


# --- families ---------------------------------------------------------------------------------------------------------


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


# --- forgetting -------------------------------------------------------------------------------------------------------


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
