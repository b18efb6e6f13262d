"""The files of words: every entry has what the reader asks of it, and no spelling means two bodies."""

from __future__ import annotations

import pytest

from panoh.exchange.reading.known import bodies, instruments, states
from panoh.exchange.reading.speaking import CLASSES, verbs_in
from panoh.exchange.reading.words import Span, table, tokens_of


@pytest.mark.parametrize("file", ["organisations", "instruments"])
def test_every_listed_thing_has_a_name_and_both_languages(file: str) -> None:
    for code, entry in table(file).items():
        assert entry["name"], code
        assert entry["en"], code
        assert isinstance(entry["ru"], list), code


def test_every_spelling_of_a_body_state_or_instrument_is_found_as_that_one() -> None:
    for phrases, file in ((bodies(), "organisations"), (instruments(), "instruments"), (states(), "states")):
        for code, entry in table(file).items():
            for name in [*entry["en"], *entry["ru"]]:
                tokens = tokens_of(name)
                assert [(one.first, one.last, one.what) for one in phrases.find(tokens)] == [
                    (0, len(tokens) - 1, code)
                ], name


def test_every_form_of_a_verb_is_found_whole_in_its_class() -> None:
    for language in ("en", "ru"):
        for sort in CLASSES:
            for form in table("speech")[language][sort]:
                found = list(verbs_in(form, Span(0, len(form))))
                assert [one.words for one in found] == [form]


def test_the_states_are_those_of_the_world() -> None:
    assert len(table("states")) == 195
