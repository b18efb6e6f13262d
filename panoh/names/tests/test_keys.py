"""Equal keys are the only thing an index sees: spellings of one name must share some. All names are composed."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.names import NORM_VERSION, keys, parse, year_keys

SPELLINGS = [
    [
        "Салим Каримов",
        "Salim Karimov",
        "Selim Kerimow",
        "سليم كريموف",
        "Səlim Kərimov",
        "Karimov Salim",
        "Салім Кәрімов",
    ],
    ["Мухаммад Юсупов", "Muhammad Yusupov", "Mohamed Iusupov", "Магомед Юсупов", "محمد يوسوبوف", "Muhammed Jusupow"],
    [
        "Хасан Рахимов",
        "Hasan Rahimov",
        "Khasan Rakhimov",
        "Ҳасан Раҳимов",
        "حسن رحيموف",
        "Xasan Rahimov",
        "Гасан Рагимов",
    ],
    ["Фотима Абдуллаева", "Fatima Abdullayeva", "Fotima Abdullaeva", "فاطمة عبداللهيفا", "Fatma Abdullaýewa"],
    ["Жамшид Чориев", "Jamshid Choriev", "Dzhamshid Choriyev", "Jamşid Çoriyev", "جمشید چاریف"],
    ["Уайт Джордж", "George White", "جورج وايت"],
    ["Хьюз Майкл", "Michael Hughes"],
    ["Найт Джеймс", "James Knight", "جيمس نايت"],
    ["Райт Филипп", "Philip Wright"],
    ["Дюпон Ален", "Alain Dupont"],
    ["Шульц Йохан", "Johann Schulz", "يوهان شولتز"],
    ["Уилсон Кэрол", "Carol Wilson", "Вильсон Кэрол", "كارول ويلسون"],
    ["Mir Wais Salimi", "Mirwais Salimi", "میرویس سلیمی"],
    ["Ali Alsuwaidi Nasser", "علي السويدي ناصر", "Али ас-Сувейди Насер"],
    ["Ελένη Δούκα", "Eleni Douka", "Елени Дука"],
    ["ნინო კალანდა", "Nino Kalanda", "Нино Каланда"],
]


@pytest.mark.parametrize(("one", "other"), [pair for group in SPELLINGS for pair in combinations(group, 2)])
def test_two_spellings_of_a_name_share_a_pair(one: str, other: str) -> None:
    assert keys(one).pairs & keys(other).pairs


@pytest.mark.parametrize(("one", "other"), [
    ("Салим Каримов", "Салим Рахматов"), ("Fatima Yusupova", "Zaynab Yusupova"), ("George White", "Peter Hughes"),
])  # fmt: skip
def test_two_names_that_share_only_one_part_share_no_pair(one: str, other: str) -> None:
    assert not keys(one).pairs & keys(other).pairs


def test_a_slip_of_one_consonant_still_meets() -> None:
    right, wrong = keys("Турсунбек"), keys("Турсубек")
    assert right.near & (wrong.tokens | wrong.near)


def test_the_order_of_parts_changes_no_whole_pair() -> None:
    for parts in permutations(["Salim", "Karimov", "Rahimovich"]):
        assert {"KRMF+SLM", "RM+SLM", "KRMF+RM"} <= keys(" ".join(parts)).pairs


def test_a_feminine_surname_meets_the_familys() -> None:
    for woman, man in (("Каримова", "Каримов"), ("Rahimowa", "Rahimow"), ("Вишневская", "Вишневский")):
        assert keys(f"Али {woman}").pairs & keys(f"Али {man}").pairs


def test_an_alias_finds_the_person() -> None:
    assert keys("Fatima Karimova (Zaynab Salimova)").pairs & keys("Зайнаб Салимова").pairs


def test_a_year_of_birth_makes_a_pair_rarer_and_a_question_may_ask_for_the_years_around() -> None:
    stored, asked = keys("Салим Каримов"), keys("Salim Karimov")
    assert year_keys(stored, [1991]) & year_keys(asked, [1990, 1991, 1992])
    assert not year_keys(stored, [1991]) & year_keys(asked, [1980])


def test_keys_say_by_which_rules_they_were_made() -> None:
    assert keys("Салим").version == NORM_VERSION


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_keys_and_no_more_than_an_index_can_hold(text: str) -> None:
    made = keys(text)
    assert made == keys(parse(text))
    assert len(made.pairs) <= 40
