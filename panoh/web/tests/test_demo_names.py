"""The demonstration's families are of nobody, agree with themselves in each script, and are spread as published."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.casework.catalogue import catalogue
from panoh.casework.never_built import violations
from panoh.vault.queries import NameKind, Precision, script_of
from panoh.web.demo.names import POOLS_FILE, SHAPES, compose_families, compose_family, patronymic

TODAY = date(2026, 3, 14)
MOST_FAMILIES = 400


@pytest.fixture(scope="module")
def families():
    return compose_families(7, MOST_FAMILIES, on=TODAY)


@pytest.fixture(scope="module")
def persons(families):
    return [person for family in families for person in family.members]


def test_four_hundred_families_are_composed_alike_each_time(families):
    assert compose_families(7, MOST_FAMILIES, on=TODAY) == families
    assert compose_families(8, MOST_FAMILIES, on=TODAY) != families


def test_most_persons_are_children_and_most_children_under_twelve(persons):
    children = [person for person in persons if person.is_child(TODAY)]
    assert 0.60 <= len(children) / len(persons) <= 0.70
    assert sum((TODAY - child.born).days < 12 * 365 for child in children) / len(children) > 0.6
    men = [person for person in persons if person.sex == "m" and not person.is_child(TODAY)]
    assert 0 < len(men) / len(persons) < 0.08


def test_every_shape_of_family_comes_and_mothers_with_children_most(families):
    shapes = Counter(family.shape for family in families)
    assert set(shapes) == set(SHAPES)
    assert shapes["mother_children"] > MOST_FAMILIES / 2
    assert Counter(family.country for family in families).keys() == {"UZ", "KG"}


@given(seed=st.integers(0, 10_000), shape=st.sampled_from(list(SHAPES)), country=st.sampled_from(["UZ", "KG"]),
       on=st.dates(date(2020, 1, 1), date(2040, 12, 31)))  # fmt: skip
def test_a_family_fits_together_whatever_the_seed(seed, shape, country, on):
    members = compose_family(Random(seed), shape=shape, country=country, on=on)
    children = [person for person in members if person.kinship == "child"]
    adults = [person for person in members if person.kinship != "child"]
    assert all(child.is_child(on) for child in children)
    assert not any(adult.is_child(on) for adult in adults)
    assert (shape == "woman_alone") == (not children)
    assert (shape in {"siblings_alone", "child_alone"}) == (not adults)
    for parent in adults:
        assert all((child.born - parent.born).days > 14 * 365 for child in children)
    for script, place in (("Latn", 0), ("Cyrl", 0), ("Arab", -1)):
        assert len({child.name(script).split()[place].rstrip("aаا") for child in children}) <= 1
    assert len({child.given for child in children}) == len(children)


def test_a_daughter_and_a_son_bear_the_same_name_each_as_the_script_has_it():
    for seed in range(50):
        members = compose_family(Random(seed), shape="mother_children", country="UZ", on=TODAY)
        for child in (person for person in members if person.kinship == "child"):
            surname, _, *father = child.name("Latn").split()
            assert surname.endswith("va") == (child.sex == "f")
            assert father[-1] == ("qizi" if child.sex == "f" else "oʻgʻli")
            assert child.name("Cyrl").endswith("вна" if child.sex == "f" else "вич")
            assert child.name("Arab").endswith("فا" if child.sex == "f" else "ف")


@pytest.mark.parametrize(("father", "daughter", "son"), [
    ("Собир", "Собировна", "Собирович"), ("Нурали", "Нуралиевна", "Нуралиевич"), ("Эмиль", "Эмилевна", "Эмилевич"),
    ("Мусо", "Мусоевна", "Мусоевич"), ("Гай", "Гаевна", "Гаевич"),
])  # fmt: skip
def test_russian_patronymics(father, daughter, son):
    assert (patronymic(father, "f"), patronymic(father, "m")) == (daughter, son)


def test_every_person_has_an_official_name_in_three_scripts_and_each_name_is_in_its_script(persons):
    for person in persons:
        official = [name.script for name in person.facts.names if name.kind == NameKind.OFFICIAL]
        assert official == ["Latn", "Cyrl", "Arab"]
        assert all(script_of(name.text) == name.script for name in person.facts.names)


def test_all_kinds_of_names_and_precisions_come(persons):
    kinds = {name.kind for person in persons for name in person.facts.names}
    assert kinds == {NameKind.OFFICIAL, NameKind.BIRTH, NameKind.OTHER_SPELLING, NameKind.KUNYA, NameKind.NICKNAME}
    assert {person.facts.birth.precision for person in persons} == set(Precision)
    for person in persons:
        other = [name.text for name in person.facts.names if name.kind == NameKind.OTHER_SPELLING]
        assert not set(other) & {name.text for name in person.facts.names if name.kind == NameKind.OFFICIAL}


def test_kinship_words_are_words_of_the_catalogue(persons):
    assert {person.kinship for person in persons} <= {entry.code for entry in catalogue().kinships}


def test_phones_and_documents_can_be_nobodys(persons):
    phones = [contact.value for person in persons for contact in person.facts.contacts]
    assert phones
    assert all(phone.startswith(("+998 00 000 ", "+996 000 00 ")) for phone in phones)
    numbers = [document.number for person in persons for document in person.facts.documents]
    assert numbers
    assert all(number.startswith("DEMO-") for number in numbers)


def test_no_surname_is_that_of_a_head_of_state_or_government():
    text = POOLS_FILE.read_text(encoding="utf-8").casefold()
    for known in ("karimov", "mirziyo", "aripov", "akaev", "bakiev", "otunba", "atamba", "jeenbek", "japarov",
                  "nazarba", "tokaev", "rahmon", "niyazov", "berdimuham", "kasymali", "mirziyoyev"):  # fmt: skip
        assert f'"{known}' not in text


def test_names_hold_no_word_that_is_never_built(persons):
    assert violations(name.text for person in persons for name in person.facts.names) == []
