"""People are found by their names in any script, and whoever steals the index cannot read it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from hypothesis import given
from hypothesis import strategies as st

from panoh.access.entrances import Actor
from panoh.access.models import Agency, Staff
from panoh.names import parse
from panoh.vault import actions, finding, searching
from panoh.vault.blind import PAD_TO, Blinding, bare_number, keys_of, padded
from panoh.vault.broker import ENVIRONMENT
from panoh.vault.facts import BirthDate, Document, Group, IdentityFacts, Name, NameKind
from panoh.vault.finding import Findable
from panoh.vault.keyring import keyring, make_keyring, new_key, replace_keyring, write_keyring
from panoh.vault.queries import find_identities
from panoh.vault.rekeying import rekey, to_rekey

GIRL = IdentityFacts(
    names=(Name("Гулсорова Зумрадой Одилжон қизи"),),
    birth=BirthDate(2014, 5, 6, "day"),
    documents=(Document("passport", "АА 7719024"),),
)


@pytest.fixture
def actor(db: None) -> Actor:
    agency = Agency.objects.create(code="V2", name="Finders", kind=2)
    return Actor.of(Staff.objects.create_user("finder", display_name="Finder", agency=agency, role="caseworker"))


def kept(*names: str, is_sought: bool = False) -> list[UUID]:
    return actions.keep_identities([IdentityFacts((Name(name),)) for name in names], is_sought=is_sought)


def found(text: str, **known: object) -> list[UUID]:
    return [hit.identity_id for hit in find_identities(text, **known).hits]  # type: ignore[arg-type]


def blind() -> Blinding:
    ring = keyring()
    return Blinding(ring.search, ring.searches[ring.search])


def keys_by(blinding: Blinding, *names: str) -> set[int]:
    who = Findable.of(IdentityFacts(tuple(Name(name) for name in names)))
    return set[int]().union(*blinding.keys(keys_of(who.names)).values())


def holding(*keys: int) -> set[UUID]:
    """Return whose rows hold any of these keys."""
    return {one.identity_id for one in finding.candidates(keys, [], (1, 2), 1000)}


@pytest.mark.parametrize(
    "asked",
    [
        "Гулсорова Зумрадой", "Зумрадой Гулсорова", "Gulsorova Zumradoy", "Zumradoy Gulsorova Odiljon qizi",
        "Gulsorova Z. O.", "Гульсорова Зумрадой Одилжоновна", "زمردوي غلسوروفا", "gulsarova zumraday",
    ],
)  # fmt: skip
def test_a_person_is_found_by_their_name_in_any_script_and_order(db: None, asked: str) -> None:
    (girl,) = actions.keep_identities([GIRL])
    kept("Гулсоров Темур", "Боғбонова Зумрадой", "Yulduzova Parvina")
    assert found(asked)[:1] == [girl]


@pytest.mark.parametrize("asked", ["AA7719024", "аа 77-19 024", "AA 7719024"])
def test_a_person_is_found_by_the_number_of_a_paper_to_the_letter(db: None, asked: str) -> None:
    (girl,) = actions.keep_identities([GIRL])
    (hit,) = find_identities(asked).hits
    assert hit.identity_id == girl
    assert hit.by_paper


def test_a_number_that_differs_in_one_digit_finds_nobody(db: None) -> None:
    actions.keep_identities([GIRL])
    assert found("AA 7719025") == []


def test_a_stand_in_is_no_name_to_be_found_by(db: None) -> None:
    actions.keep_identities([IdentityFacts((Name("unknown girl, row 41", NameKind.STAND_IN),))])
    assert found("unknown girl") == []


def test_a_birth_year_brings_nearer_and_never_leaves_out(db: None) -> None:
    older, younger = actions.keep_identities(
        [replace(GIRL, birth=BirthDate(year, precision="year"), documents=()) for year in (1980, 2014)]
    )
    assert found("Gulsorova Zumradoy", birth_year=2014) == [younger, older]
    assert found("Gulsorova Zumradoy", birth_year=1980) == [older, younger]


def test_people_sought_by_relatives_are_found_only_by_those_who_may(db: None) -> None:
    (sought,) = kept("Gulsorova Zumradoy", is_sought=True)
    assert found("Гулсорова Зумрадой") == []
    assert found("Гулсорова Зумрадой", sought_too=True) == [sought]


def test_an_added_name_finds_the_person_and_a_replaced_one_no_more(actor: Actor) -> None:
    (girl,) = actions.keep_identities([GIRL])
    actions.amend(actor, girl, IdentityFacts((Name("Тўлқинова Парвина"),)), [Group.NAMES])
    assert found("Tulqinova Parvina") == [girl]
    assert found("Gulsorova Zumradoy") == []


def test_a_forgotten_person_leaves_no_row_in_the_index(actor: Actor) -> None:
    (girl,) = actions.keep_identities([GIRL])
    keys = keys_by(blind(), GIRL.names[0].text)
    assert holding(*keys) == {girl}
    actions.forget(actor, girl)
    assert holding(*keys) == set()
    assert found("Gulsorova Zumradoy") == []


def test_a_frequent_part_is_in_no_row_by_itself_but_its_pairs_find(db: None) -> None:
    many = kept(*(f"Madina {family}" for family in FAMILIES))
    finding.recount()
    singles = blind().keys(keys_of([parse("Madina")]))["tokens"]
    assert holding(*singles) == set()
    assert searching.search("Madina", born=finding.BirthGuess(), kinds=(1,), most=10).advice == "too_common"
    assert found(f"Мадина {FAMILIES[0]}")[:1] == many[:1]
    kept("Madina Zarkokulova")
    assert holding(*singles) == set()


def test_namesakes_too_many_to_tell_apart_are_found_by_the_year_of_birth(db: None) -> None:
    years = range(1980, 1980 + finding.LEAST_CAP + 2)
    people = actions.keep_identities(
        [IdentityFacts((Name("Madina Gulbogova"),), BirthDate(year, precision="year")) for year in years]
    )
    assert set(found("Мадина Гулбогова", most=99)) == set(people)
    finding.recount()
    assert holding(*keys_by(blind(), "Madina Gulbogova")) == set()
    asked = find_identities("Мадина Гулбогова")
    assert (asked.hits, asked.advice) == ([], "too_common")
    assert found("Мадина Гулбогова", birth_year=1983)[:1] == [people[3]]


@pytest.mark.parametrize("statement", [
    "select keys from finding.entry", "select * from finding.frequency", "delete from finding.entry",
    "update finding.entry set keys = '{}'",
])  # fmt: skip
def test_the_application_can_ask_the_index_and_not_list_it(db: None, statement: str) -> None:
    kept("Gulsorova Zumradoy")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_people_are_found_while_the_search_key_is_renewed_and_after(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    settings.PANOH_KEYRING_FILE = tmp_path / "keyring.json"
    write_keyring(settings.PANOH_KEYRING_FILE, ring := make_keyring())
    girl, boy = kept("Gulsorova Zumradoy", "Gulsorov Temur")
    before = keys_by(blind(), "Gulsorova Zumradoy", "Gulsorov Temur")
    renewed = replace(ring, searches={**ring.searches, 2: new_key()}, search=2)
    replace_keyring(settings.PANOH_KEYRING_FILE, ring, renewed)
    assert found("Гулсорова Зумрадой")[:1] == [girl]
    assert (to_rekey(), rekey()) == (2, 2)
    assert holding(*before) == set()
    assert found("Гулсоров Темур")[:1] == [boy]
    assert rekey() == 0


def test_everybody_who_was_there_before_the_index_enters_it(db: None) -> None:
    (girl,) = actions.keep_identities([GIRL])
    finding.drop([girl])
    assert found("Gulsorova Zumradoy") == []
    assert rekey() == 1
    assert found("Gulsorova Zumradoy") == [girl]


@given(st.sets(st.integers(-(2**31), 2**31 - 1), max_size=80))
def test_a_row_is_filled_up_so_that_its_size_tells_little(keys: set[int]) -> None:
    row = padded(keys)
    assert keys <= set(row)
    assert len(row) % PAD_TO == 0
    assert len(row) < len(keys) + PAD_TO or not keys
    assert row == sorted(set(row))


@given(st.text(), st.sampled_from(["pairs", "years", "papers", "tokens", "near"]))
def test_a_key_fits_the_index_and_is_another_under_another_search_key(text: str, kind: str) -> None:
    number = Blinding(1, b"k" * 32).key(kind, text)
    assert -(2**31) <= number < 2**31
    assert number != Blinding(2, b"l" * 32).key(kind, text) or not text


@given(st.text())
def test_a_number_is_bared_once_and_for_all(number: str) -> None:
    assert bare_number(bare_number(number)) == bare_number(number)


@given(st.lists(st.text(max_size=40), max_size=3))
def test_whatever_a_name_is_it_can_be_kept_and_looked_for(names: list[str]) -> None:
    facts = IdentityFacts(tuple(Name(name) for name in names))
    who = Findable.of(facts)
    assert Findable.unpacked(who.packed()) == who


FAMILIES = (
    "Bogbonova", "Tulqinova", "Yulduzova", "Qirgiyeva", "Chinorova", "Daryoyeva", "Falakova", "Humoyeva", "Javohirova",
    "Kumushova", "Lolazorova", "Marvaridova", "Navruzova", "Olmosova", "Pistayeva", "Ravshanova", "Shamolova",
)  # fmt: skip
