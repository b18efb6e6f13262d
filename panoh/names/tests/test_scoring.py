"""How alike two names are, and why. All names are composed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.names import PersonName, in_english, parse, rarity_in, similarity
from panoh.names.explaining import SENTENCES


def alike(one: str, other: str) -> float:
    return similarity(parse(one), parse(other)).value


def test_an_omitted_patronymic_costs_less_than_a_contradicted_one() -> None:
    whole = "Каримов Салим Рахимович"
    assert alike(whole, whole) > alike(whole, "Каримов Салим") > alike(whole, "Каримов Салим Батырович")


def test_an_omitted_part_costs_little() -> None:
    assert alike("Каримов Салим Рахимович", "Karimov Salim") > 0.85


def test_a_contradicted_given_name_is_not_the_person() -> None:
    assert alike("Каримов Салим Рахимович", "Каримов Батыр Рахимович") < 0.75
    assert alike("Каримов Салим", "Каримов Батыр") < 0.6


def test_swapped_parts_cost_nothing() -> None:
    assert alike("Салим Каримов", "Каримов Салим") == alike("Салим Каримов", "Салим Каримов")


def test_another_script_costs_little() -> None:
    for other in ("Salim Karimov", "سليم كريموف", "Sälim Kärimov", "Selim Kerimow"):
        assert alike("Салим Каримов", other) > 0.8


def test_a_kunya_never_counts_as_a_given_name() -> None:
    assert alike("Umm Salim", "Salim Karimov") == 0
    assert alike("Umm Salim", "أم سليم") > 0.5


def test_a_kunya_in_brackets_meets_the_same_kunya() -> None:
    assert alike("Fatima Karimova (Umm Salim)", "Умм Салим") > 0.5


def test_a_title_is_no_evidence() -> None:
    assert alike("Haji Salim Karimov", "Salim Karimov") == alike("Salim Karimov", "Salim Karimov")


def test_a_frequent_name_weighs_less_than_a_rare_one() -> None:
    assert alike("Ахмад Али", "Ahmad Ali") < alike("Турсунбек Джаркимбаев", "Tursunbek Dzharkimbaev")
    name = parse("Салим Каримов")
    many, few = rarity_in({"SLM": 900, "KRMF": 700}, 1000), rarity_in({"SLM": 3, "KRMF": 1}, 1000)
    assert similarity(name, name, many).value < similarity(name, name, few).value


def test_initials_are_better_than_nothing_and_worse_than_names() -> None:
    assert (
        alike("Каримов Салим", "Каримов Салим")
        > alike("Каримов С.", "Каримов Салим")
        > alike("Каримов Б.", "Каримов Салим")
    )


def test_every_meeting_of_parts_is_explained_in_a_sentence() -> None:
    score = similarity(parse("Каримов Салим Рахимович"), parse("Karimov Batyr"))
    assert in_english(score.explain()) == [
        "“Каримов” and “Karimov” can be forms of one name.",
        "“Салим” and “Batyr” are different names.",
        "Only the first name has “Рахимович”.",
    ]


@pytest.mark.parametrize("code", SENTENCES)
def test_every_code_has_a_sentence_that_names_a_part(code: str) -> None:
    assert "{first}" in SENTENCES[code] or "{second}" in SENTENCES[code]


NAMES = st.lists(
    st.sampled_from(
        ["Салим", "Karimov", "أحمد", "Рахимович", "Umm Salim", "Abdul Rahim", "White", "(Nur)", "Д.", "Haji"]
    ),
    max_size=5,
).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(NAMES, NAMES)
def test_likeness_is_a_share_has_no_direction_and_survives_packing(one: str, other: str) -> None:
    a, b = parse(one), parse(other)
    score = similarity(a, b)
    assert 0 <= score.value <= 1
    assert score.value == pytest.approx(similarity(b, a).value, abs=0.001)
    assert similarity(PersonName.unpacked(a.packed()), PersonName.unpacked(b.packed())) == score


PLAIN = st.lists(
    st.sampled_from(["Салим", "Zaynab", "Karimov", "أحمد", "Тимур", "Nodira"]), min_size=2, max_size=4, unique=True
)


@settings(max_examples=60, deadline=None)
@given(PLAIN.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))), PLAIN)
def test_no_order_of_parts_changes_the_likeness(orders: tuple[list[str], list[str]], other: list[str]) -> None:
    one, swapped = (" ".join(words) for words in orders)
    assert alike(one, " ".join(other)) == pytest.approx(alike(swapped, " ".join(other)), abs=0.001)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1
