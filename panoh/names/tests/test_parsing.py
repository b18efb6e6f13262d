"""What a written name is taken apart into. All names are composed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.names import PersonName, parse


def kinds(text: str) -> list[tuple[str, str]]:
    return [(part.kind, part.base.casefold()) for part in parse(text).parts]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Каримов Салим Рахимович", "рахим"),
        ("Каримова Салима Рахимовна", "рахим"),
        ("Salim Rahimovich Karimov", "rahim"),
        ("Karimova Salima Rahim qizi", "rahim"),
        ("Karimov Salim Rahim oʻgʻli", "rahim"),
        ("Karimov Salim Rahim o‘g‘li", "rahim"),
        ("Каримов Салим Раҳим ўғли", "раҳим"),
        ("Каримова Салима Раҳим қизи", "раҳим"),
        ("Рахим кызы Салима Каримова", "рахим"),
        ("Асанов Нурлан Токтогул уулу", "токтогул"),
        ("Asanov Nurlan Toktogul uulu", "toktogul"),
        ("Асанова Айгүл Маратқызы", "марат"),
        ("Асанов Ерлан Маратұлы", "марат"),
        ("Asanov Yerlan Maratuly", "marat"),
        ("Каримов Салим Раҳимзода", "раҳим"),
        ("Amanow Serdar Rahymowiç", "rahym"),
        ("Amanowa Maral Rahymowna", "rahym"),
        ("Amanow Serdar Rahym ogly", "rahym"),
        ("Əliyev Samir Rəhim oğlu", "rəhim"),
        ("Əliyeva Samirə Rəhim qızı", "rəhim"),
        ("سليم بن رحيم الكريمي", "رحيم"),
        ("Salim bin Rahim al-Karimi", "rahim"),
        ("Салим бин Рахим", "рахим"),
    ],
)  # fmt: skip
def test_a_patronymic_of_every_country_gives_the_fathers_name(text: str, base: str) -> None:
    assert base in [part.base.casefold() for part in parse(text).parts]


@pytest.mark.parametrize("text", ["Abdul Rahim Karimov", "Abdulrahim Karimov", "Abdur-Rahim Karimov",
                                  "Абдул Рахим Каримов", "عبد الرحيم كريموف", "عبدالرحيم كريموف",
                                  "Karimov Abdul Rahim"])  # fmt: skip
def test_a_composite_given_name_is_one_name_however_it_is_divided(text: str) -> None:
    assert any("ABTRM" in part.skeletons for part in parse(text).parts)


@pytest.mark.parametrize(
    "text", ["Nur ad-Din Salimi", "Nuruddin Salimi", "Nureddin Salimi", "نور الدين سليمي", "Нуриддин Салими"]
)
def test_a_name_of_the_faith_is_one_name_however_it_is_divided(text: str) -> None:
    assert any("NRTN" in part.skeletons for part in parse(text).parts)


@pytest.mark.parametrize(
    "text", ["Salim al-Suwaidi", "Salim Alsuwaidi", "Salim as-Suwaidi", "Салим ас-Суваиди", "سليم السويدي"]
)
def test_the_article_is_no_part_of_a_name(text: str) -> None:
    assert any("SFT" in part.skeletons for part in parse(text).parts)


@pytest.mark.parametrize("text", ["Umm Salim", "أم سليم", "Умм Салим", "Abu Yusuf", "أبو يوسف", "Абу Юсуф"])
def test_a_kunya_is_typed_and_is_no_given_name(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == ["kunya"]


def test_abu_bakr_is_a_given_name() -> None:
    assert [kind for kind, _ in kinds("Abu Bakr")] == ["given"]
    assert parse("Abu Bakr").parts[0].skeletons == parse("Abubakr").parts[0].skeletons


@pytest.mark.parametrize("text", ["Dr. Salim Karimov", "Haji Salim Karimov", "ҳожи Салим Каримов", "الشيخ سليم كريموف"])
def test_a_title_is_set_apart(text: str) -> None:
    assert [kind for kind, _ in kinds(text)].count("title") == 1


def test_what_stands_in_brackets_or_quotes_is_another_name_of_the_person() -> None:
    for text in ("Fatima Karimova (Umm Salim)", "Fatima «Umm Salim» Karimova", 'Fatima Karimova "Umm Salim"'):
        name = parse(text)
        assert [part.text for part in name.parts] == ["Fatima", "Karimova"]
        assert [alias.parts[0].kind for alias in name.aliases] == ["kunya"]


def test_a_comma_or_capitals_or_an_ending_show_the_surname() -> None:
    for text in ("Тахир, Салим", "Салим ТАХИР", "Salim Karimov", "Karimov Salim"):
        assert [part.text for part in parse(text).parts if part.kind == "surname"] in (
            ["Тахир"],
            ["ТАХИР"],
            ["Karimov"],
        )


def test_an_initial_is_an_initial() -> None:
    assert [kind for kind, _ in kinds("Каримов С. Р.")] == ["given", "initial", "initial"]


def test_invisible_signs_and_vowel_marks_change_nothing() -> None:
    assert parse("سَلِيم \u200fكَرِيمـــوف") == parse("سليم كريموف")
    assert parse("Сали\u0301м Каримов") == parse("Салим Каримов")


NAMES = st.text(st.characters(codec="utf-8"), max_size=60)
WORDS = (
    *(
        "Салим",
        "Karimov",
        "أحمد",
        "bin",
        "oʻgʻli",
        "Abdul",
        "al-",
        "uulu",
        "(Umm Nur)",
        "қизи",
        "-zoda",
        "Д.",
        "Ó",
        ",",
    ),
    *("李明", "김", "Ελένη", "ქეთევანი"),
)
WRITTEN = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(NAMES | WRITTEN)
def test_any_text_whatever_can_be_read_and_comes_back_from_its_packed_form(text: str) -> None:
    name = parse(text)
    assert PersonName.unpacked(name.packed()) == name


@settings(max_examples=60, deadline=None)
@given(NAMES | WRITTEN)
def test_reading_is_the_same_every_time_and_blind_to_capitals_of_common_scripts(text: str) -> None:
    assert parse(text) == parse(text)


def test_an_endless_text_is_cut_and_not_read_for_ever() -> None:
    assert len(parse("Салим " * 10_000).parts) <= 8
