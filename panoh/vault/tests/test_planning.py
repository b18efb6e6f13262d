"""Which keys a question looks up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from panoh.vault.planning import BUDGET_ROWS, LAST_RESORT_ROWS, WEIGHTS, plan

KEYS = st.dictionaries(st.integers(), st.integers(0, 10_000), max_size=30)


def test_the_rarest_pairs_are_looked_up_first_and_single_parts_after_them() -> None:
    chosen = plan({"tokens": [1], "pairs": [2, 3]}, {1: 5, 2: 700, 3: 40})
    assert chosen.use == (3, 2, 1)
    assert chosen.first == (3, 2)


def test_a_key_over_the_budget_is_left_out_and_still_ranks() -> None:
    chosen = plan({"pairs": [1, 2]}, {1: 10, 2: BUDGET_ROWS})
    assert chosen.use == (1,)
    assert chosen.ranked_by[0].keys == {1, 2}


def test_a_key_bound_to_a_birth_year_goes_before_all_others() -> None:
    assert plan({"pairs": [1], "years": [2]}, {1: 3, 2: 30}).use[0] == 2


def test_a_name_of_common_parts_only_says_so_and_gets_its_rarest_key() -> None:
    chosen = plan({"pairs": [1, 2]}, {1: BUDGET_ROWS + 1, 2: LAST_RESORT_ROWS})
    assert chosen.too_common
    assert chosen.use == chosen.first == (1,)


def test_a_key_that_would_read_half_the_register_is_never_looked_up() -> None:
    assert plan({"pairs": [1]}, {1: LAST_RESORT_ROWS + 1}).use == ()
    assert plan({"pairs": [1]}, {1: LAST_RESORT_ROWS + 1}).too_common
    assert not plan({}, {}).too_common


@given(KEYS, KEYS, st.integers(0, 5000))
def test_a_plan_never_touches_more_rows_than_its_budget(
    pairs: dict[int, int], near: dict[int, int], budget: int
) -> None:
    frequencies = {**pairs, **near}
    chosen = plan({"pairs": list(pairs), "near": list(near)}, frequencies, budget_rows=budget)
    assert chosen.rows == sum(frequencies[key] for key in chosen.use)
    assert chosen.rows <= budget or chosen.too_common
    assert len(chosen.ranked_by) <= len(WEIGHTS) <= 4
