import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.casework.reading import Cell, Grid, refusals, understand
from panoh.casework.reading.tests.made import HEADINGS, TODAY

WORDS = st.sampled_from(
    [
        "",
        "ИТОГО",
        "Jami",
        "нет",
        "жен",
        "мать",
        "Неизвестная девочка",
        "01.01.2014",
        "31.02.2016",
        "7 лет",
        "Семья 3",
        "12",
    ]
)
CELLS = st.builds(
    Cell,
    text=st.one_of(WORDS, st.text(max_size=30)),
    number=st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    day=st.one_of(st.none(), st.dates(date(1, 1, 1))),
    is_formula=st.just(False),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=12), st.booleans())
def test_any_grid_has_an_answer_in_which_each_row_is_accounted_for(rows, has_headings):
    heads = [[Cell(text) for text in HEADINGS]] if has_headings else []
    grid = Grid(sheet="", rows=[*heads, *rows], form="xlsx")
    try:
        found = understand(grid, today=TODAY)
    except refusals.FileUnreadable:
        return
    accounted = sorted([row.sheet_row for row in found.rows] + [row.sheet_row for row in found.skipped])
    assert accounted == list(range(1, len(grid.rows) + 1))
    assert sum(found.count(status) for status in ("ready", "needs_decision", "unreadable")) == len(found.rows)
    for row in found.rows:
        assert (row.status == "ready") == (not any(remark.decides for remark in row.remarks))
        assert not any(re.search(r"%\(\w+\)", remark.message) for remark in row.remarks), "a place left unfilled"
        assert all(
            row.cells[index] == cell.text for index, cell in enumerate(grid.rows[row.sheet_row - 1]) if cell.is_filled
        )
