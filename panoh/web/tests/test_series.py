"""Figures over time and by country: a gap is no 0, and nothing that is known is left out of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.web.pictures.bars import RAIL
from panoh.web.pictures.series import BOTTOM, HEIGHT, TOP, level_bars, series_picture


@dataclass(frozen=True)
class Level:
    number: Decimal | None


@dataclass(frozen=True)
class Row:
    label: str
    value: Decimal | None
    target: Decimal | None = None
    is_part: bool = False


@dataclass(frozen=True)
class Country:
    label: str
    value: Decimal | None
    baseline: Level | None = None
    target: Level | None = None


FIGURES = st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=2))


def test_the_line_breaks_where_nothing_was_reported() -> None:
    rows = [Row("1", Decimal(1)), Row("2", None), Row("3", Decimal(2)), Row("4", Decimal(0), is_part=True)]
    picture = series_picture(rows, None)
    assert (picture.path.count("M"), picture.path.count("L"), len(picture.dots)) == (2, 1, 3)
    assert [dot.is_part for dot in picture.dots] == [False, False, True]
    assert [one.label for one in picture.labels] == ["1", "2", "3", "4"]


@settings(deadline=None)
@given(st.lists(st.tuples(FIGURES, FIGURES), max_size=8), FIGURES)
def test_every_figure_target_and_baseline_lies_within_the_picture(figures, baseline) -> None:
    rows = [Row(str(number), value, target) for number, (value, target) in enumerate(figures)]
    picture = series_picture(rows, baseline)
    places = [one.y for one in (*picture.dots, *picture.targets, *picture.ticks)]
    places += [] if picture.baseline is None else [picture.baseline]
    assert all(TOP <= y <= HEIGHT - BOTTOM for y in places)
    assert len(picture.dots) == sum(value is not None for value, _target in figures)
    assert 2 <= len(picture.ticks) <= 9


def test_a_bar_stands_beside_where_it_began_and_where_it_is_to_be() -> None:
    bars = level_bars([
        Country("UZ", Decimal(5), Level(Decimal(2)), Level(Decimal(10))),
        Country("KZ", None, Level(None)),
    ])  # fmt: skip
    places = [(bar.length, bar.baseline_at, bar.target_at) for bar in bars]
    assert places == [(RAIL // 2, RAIL // 5, RAIL), (0, None, None)]
    assert bars[1].value is None
