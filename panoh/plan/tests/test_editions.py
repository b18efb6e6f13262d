"""How two editions differ is told word by word, and loses no word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.access.refusals import NotThere
from panoh.plan import actions
from panoh.plan.actions import Wanted
from panoh.plan.models import Plan, PlanAction
from panoh.plan.queries import comparison
from panoh.plan.queries.editions import word_changes
from panoh.plan.tests.make import adopted, english, worker

DAY = date(2024, 1, 1)
TEXTS = st.lists(st.sampled_from(["states", "shall", "help", " ", "\n", ",", "детей", "ҳуқуқ", "1.2"])).map("".join)


@given(TEXTS, TEXTS)
def test_the_words_that_stay_and_go_make_the_old_text_and_those_that_stay_and_come_the_new(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "dropped") == new


def of(found: Plan, number: str) -> PlanAction:
    return found.actions.select_related("plan", "area", "parent").get(code=number, until=None)


@pytest.mark.django_db
def test_over_several_editions_an_action_is_told_once_from_its_first_to_its_last_wording() -> None:
    by, found = worker("secretariat"), adopted()
    for text, asked in (("Law and justice", "PR-1"), ("Law and child justice", "PR-2")):
        revision = actions.begin_revision(by, found)
        wanted = Wanted("4.1", "4.1.1", english(text), states=("KZ",))
        actions.propose_change(by, revision, of=of(found, "4.1.1"), to=wanted, asked_for_in=asked)
        if asked == "PR-1":
            actions.propose_change(by, revision, to=Wanted("1.1", "1.1.9", english("Short-lived")))
        else:
            actions.propose_change(by, revision, of=of(found, "1.1.9"))
        actions.adopt_revision(by, revision, on=DAY)
        found.refresh_from_db()
    told = comparison(found, 1, 3)
    assert (told.added, told.dropped) == ([], []), "what came and went in between is no difference"
    (law,) = told.changed
    assert [change.asked_for_in for change in law.changes] == ["PR-1", "PR-2"]
    wording, countries = law.differs
    assert [(piece.kind, piece.text) for piece in wording.pieces] == [("kept", "Law"), ("added", " and child justice")]
    assert [(piece.kind, piece.text) for piece in countries.pieces] == [("added", "Kazakhstan")]
    assert [one.code for one in comparison(found, 1, 2).added] == ["1.1.9"]
    assert [one.code for one in comparison(found, 2, 3).dropped] == ["1.1.9"]


@pytest.mark.django_db
@pytest.mark.parametrize(("older", "newer"), [(1, 2), (1, 1), (0, 1), (2, 1)])
def test_editions_that_are_not_there_are_not_compared(older: int, newer: int) -> None:
    with pytest.raises(NotThere):
        comparison(adopted(), older, newer)
