"""What one saw, what stands there by now and what is written are brought together, and no word goes missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from panoh.access.clock import now
from panoh.access.entrances import Actor
from panoh.access.meanwhile import ChangedMeanwhile, EditForm, Seen, bring_together, require_unchanged

FIELDS = ("a", "b", "c")
OPERATOR = Actor.operator()
words = st.fixed_dictionaries(dict.fromkeys(FIELDS, st.sampled_from(["", "1", "2", "3"])))


@given(was=words, there=words, mine=words)
def test_no_word_that_somebody_wrote_goes_missing(was: Any, there: Any, mine: Any) -> None:
    brought = bring_together(was, there, mine)
    for name in FIELDS:
        written = {one[name] for one in (there, mine) if one[name] != was[name]}
        assert brought[name] is None or not written or written == {brought[name]}
        assert (brought[name] is None) == (len(written) == 2)


@given(was=words, there=words, mine=words)
def test_it_makes_no_difference_who_came_first(was: Any, there: Any, mine: Any) -> None:
    assert bring_together(was, there, mine) == bring_together(was, mine, there)


@given(was=words, there=words)
def test_who_changed_nothing_takes_what_is_there_and_who_is_alone_keeps_their_own(was: Any, there: Any) -> None:
    assert bring_together(was, there, was) == there
    assert bring_together(was, was, there) == there


@pytest.mark.django_db
@given(was=words, there=words, mine=words)
def test_a_step_is_refused_when_and_only_when_a_word_would_be_lost(was: Any, there: Any, mine: Any) -> None:
    lost = any(there[name] not in (was[name], mine[name]) for name in FIELDS)
    try:
        require_unchanged(OPERATOR, Seen(was), now=there, given=mine, about="F-0", step="family.edit")
    except ChangedMeanwhile:
        assert lost
    else:
        assert not lost


@given(values=st.dictionaries(st.text(), st.text()))
def test_what_was_seen_travels_with_a_form_and_comes_back(values: dict[str, str]) -> None:
    for seen in (Seen(values, now()), Seen(values)):
        assert Seen.carried(str(seen)) == seen


@pytest.mark.parametrize("text", ["", "{", "7", "[]", '{"values": 3}', '{"values": {}, "at": 5}', '{"at": "x"}'])
def test_what_cannot_be_understood_counts_as_nothing_seen(text: str) -> None:
    assert Seen.carried(text).values == {}


class LetterForm(EditForm):
    on = forms.DateField()
    colour = forms.ChoiceField(choices=[("r", "red"), ("g", "green")])
    is_read = forms.BooleanField(required=False)
    text = forms.CharField(widget=forms.Textarea)


def letter(**written: str) -> LetterForm:
    """Return a form that was shown with the first values, and sent with others."""
    first = {"on": date(2026, 1, 1), "colour": "r", "is_read": False, "text": "Dear all"}
    shown = LetterForm(initial=first)
    data = {"on": "2026-01-01", "colour": "r", "text": "Dear all", "seen": shown["seen"].value(), **written}
    form = LetterForm(data, initial=first)
    assert form.is_valid()
    return form


def test_the_form_shows_both_texts_side_by_side_and_takes_in_what_only_the_other_changed() -> None:
    form = letter(text="Dear friends", colour="g")
    there = {"on": date(2026, 2, 3), "colour": "r", "is_read": True, "text": "Dear colleagues"}
    form.meet(ChangedMeanwhile(there, []))
    (text,) = form.differing
    assert (text.mine, text.theirs, text.is_long) == ("Dear friends", "Dear colleagues", True)
    assert form["text"].value() == "Dear friends"
    assert form["colour"].value() == "g"
    assert form["is_read"].value() is True
    assert 'value="2026-02-03"' in str(form["on"]).replace("03.02.2026", "2026-02-03")
    assert {(one.label, one.theirs) for one in form.taken} == {("On", "3 February 2026"), ("Is read", "yes")}
    assert form.errors.keys() == {"text", "__all__"}


def test_sent_again_as_it_is_shown_the_form_is_taken() -> None:
    form = letter(text="Dear friends")
    there = {"on": date(2026, 2, 3), "colour": "r", "is_read": True, "text": "Dear colleagues"}
    form.meet(ChangedMeanwhile(there, []))
    again = LetterForm({name: form[name].value() for name in form.fields}, initial=there)
    assert again.is_valid()
    given = {name: value for name, value in again.cleaned_data.items() if name != "seen"}
    require_unchanged(OPERATOR, again.cleaned_data["seen"], now=there, given=given, about="F-0", step="family.edit")
    assert given == {**there, "text": "Dear friends"}
