"""How far two births speak for one person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.names import BirthGuess, compare_births
from panoh.names.births import BITS


def day(year: int, month: int, day_: int) -> BirthGuess:
    return BirthGuess(year, month, day_, "day")


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        (day(1991, 4, 12), day(1991, 4, 12), "same_day"),
        (day(1991, 4, 12), day(1991, 12, 4), "day_and_month_swapped"),
        (day(1991, 1, 1), day(1991, 12, 4), "placeholder_day"),
        (day(1991, 1, 1), day(1992, 12, 4), "year_off_by_one"),
        (day(1991, 4, 12), day(1992, 4, 12), "one_number_differs"),
        (day(1991, 4, 12), day(1981, 4, 12), "one_number_differs"),
        (day(1991, 4, 12), day(1991, 4, 21), "one_number_differs"),
        (day(1991, 4, 12), day(1987, 4, 12), "different"),
        (day(1991, 4, 12), day(1991, 7, 3), "different"),
        (day(1991, 4, 12), BirthGuess(1991, None, None, "year"), "same_year"),
        (day(1991, 4, 12), BirthGuess(1991, 4, None, "month"), "same_month"),
        (day(1991, 4, 12), BirthGuess(1991, 5, None, "month"), "different"),
        (day(1991, 4, 12), BirthGuess(1993, None, None, "about"), "about_the_same_year"),
        (day(1991, 4, 12), BirthGuess(1999, None, None, "about"), "different"),
        (day(1991, 4, 12), BirthGuess(), "unknown"),
    ],
)  # fmt: skip
def test_what_two_papers_say_of_a_birth(a: BirthGuess, b: BirthGuess, code: str) -> None:
    assert compare_births(a, b).code == code


def test_the_more_exact_the_agreement_the_more_it_weighs() -> None:
    weights = [
        BITS[code]
        for code in ("same_day", "day_and_month_swapped", "same_year", "year_off_by_one", "unknown", "different")
    ]
    assert weights == sorted(weights, reverse=True)


def test_the_first_of_january_never_contradicts_a_day_of_its_year() -> None:
    assert compare_births(day(1991, 1, 1), day(1991, 9, 30)).bits > 0


BIRTHS = st.builds(BirthGuess, st.integers(1900, 2026) | st.none(), st.integers(1, 12), st.integers(1, 31),
                   st.sampled_from(["day", "month", "year", "about", "unknown"]))  # fmt: skip


@given(BIRTHS, BIRTHS)
def test_the_order_of_two_births_changes_nothing(a: BirthGuess, b: BirthGuess) -> None:
    assert compare_births(a, b) == compare_births(b, a)
