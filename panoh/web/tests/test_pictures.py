"""What the smaller pictures promise: bars, stages, lettering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from panoh.web.pictures.bars import RAIL, bars
from panoh.web.pictures.lettering import ELLIPSIS, in_lines, shortened, text_width
from panoh.web.pictures.stages import stage_steps


@dataclass(frozen=True)
class Row:
    label: str
    value: float


@dataclass(frozen=True)
class Stage:
    code: str
    label: str


@dataclass(frozen=True)
class Dated(Stage):
    on: date | None


WAY = [Stage("verification", "Verification"), Stage("reception", "Reception"), Stage("closed", "Closed")]


@given(st.lists(st.integers(0, 10**9), max_size=20))
def test_a_longer_bar_never_stands_for_a_smaller_figure(values):
    drawn = bars([Row("", value) for value in values])
    assert all(0 <= bar.length <= RAIL for bar in drawn)
    assert all((bar.length == 0) == (bar.value == 0) for bar in drawn)
    by_value = sorted(drawn, key=lambda bar: bar.value)
    assert [bar.length for bar in by_value] == sorted(bar.length for bar in by_value)


def test_the_current_stage_parts_those_behind_from_those_ahead():
    assert [step.state for step in stage_steps(WAY, "reception")] == ["done", "now", "ahead"]


def test_an_earlier_stage_without_a_day_was_skipped():
    way = [Dated("a", "A", None), Dated("b", "B", date(2026, 3, 1)), Dated("c", "C", date(2026, 4, 1))]
    assert [step.state for step in stage_steps(way, "c")] == ["skipped", "done", "now"]


def test_a_stage_that_the_country_removed_leaves_all_ahead():
    assert {step.state for step in stage_steps(WAY, "elsewhere")} == {"ahead"}


@given(st.text(max_size=80), st.floats(4, 30))
def test_shortened_text_fits_and_begins_as_the_whole(text, room):
    short = shortened(text, room)
    assert text_width(short) <= room
    assert short == text or (short.endswith(ELLIPSIS) and text.startswith(short[:-1]))


@given(st.text(max_size=80))
def test_lines_hold_all_words_unless_an_ellipsis_says_otherwise(text):
    lines = in_lines(text, 16)
    assert len(lines) <= 2
    assert any(line.endswith(ELLIPSIS) for line in lines) or " ".join(lines) == " ".join(text.split())
