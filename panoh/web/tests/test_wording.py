"""Dates and ages are said no more precisely than they are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from panoh.access import clock
from panoh.web.wording import age, dated, due_in_words, due_tone

TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@dataclass(frozen=True)
class Birth:
    earliest: date | None
    precision: str


@pytest.mark.parametrize(
    ("value", "precision", "words"),
    [
        (date(2015, 3, 14), "month", "March 2015"),
        (date(2015, 3, 14), "year", "2015"),
        (date(2015, 3, 14), "about", "about 2015"),
        (date(2015, 3, 14), "unknown", "date unknown"),
        (2015, 1, "2015"),
        (2015, 2, "about 2015"),
        (None, 3, "date unknown"),
        (Birth(date(2015, 3, 1), "month"), "day", "March 2015"),
        (Birth(None, "unknown"), "day", "date unknown"),
    ],
)
def test_a_date_is_no_more_precise_than_it_is_known(value, precision, words):
    assert dated(value, precision) == words


@pytest.mark.parametrize(
    ("value", "precision", "words"),
    [
        (date(2016, 6, 15), "day", "10"),
        (date(2016, 6, 16), "day", "9"),
        (date(2026, 1, 20), "day", "4 months"),
        (2018, 1, "7–8"),
        (2018, 2, "about 8"),
        (2026, 1, "under 1"),
        (None, 3, "age unknown"),
    ],
)
def test_an_age_is_no_more_precise_than_the_birth_date(value, precision, words):
    assert age(value, precision) == words


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(-5, "5 days late", "late"), (-1, "1 day late", "late"), (0, "today", "ask"), (1, "tomorrow", "plain")],
)
def test_what_is_late_says_so(days, words, tone):
    assert due_in_words(TODAY + timedelta(days)) == words
    assert due_tone(TODAY + timedelta(days)) == tone


def test_a_step_without_a_date_asks_for_one():
    assert (due_in_words(None), due_tone(None)) == ("no date", "ask")
