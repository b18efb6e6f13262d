"""Every refusal of the program, walked: its own code, a whole sentence, a status that says whose turn it is."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import panoh
from panoh.access.refusals import NotAllowed, NotThere, Refusal

# A whole sentence; or a detail that is one; or a command to copy, where a full stop would be copied too.
ENDS_WELL = re.compile(r"([.]|%\(\w+\)s|[:?] (\w+=\S+ )?(panoh|chmod) [^.]+)$")
# Not the asker's turn: the machine's owner has to mend it.
OURS_TO_MEND = {
    "database-away", "vault.away", "vault.key-service-refused", "vault.key-service-silent", "vault.master-retired",
    "vault.seal-broken",
}  # fmt: skip
CODE = re.compile(r"([a-z]+\.)?[a-z]+(-[a-z]+)*")


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(panoh.__path__, "panoh."):
        if not re.search(r"\.(tests|migrations)\b|\.wsgi$|\.manage$", found.name):
            yield found.name


def sources() -> list[str]:
    return [Path(importlib.import_module(name).__file__ or "").read_text(encoding="utf-8") for name in modules()]


def below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for refusal in kind.__subclasses__():
        yield refusal
        yield from below(refusal)


def all_refusals() -> list[type[Refusal]]:
    for name in modules():
        importlib.import_module(name)
    return sorted((one for one in below(Refusal) if one.__module__.startswith("panoh.")), key=lambda one: one.code)


def sentence(refusal: type[Refusal]) -> str:
    with override(None):
        return str(refusal.says)


def blanks(refusal: type[Refusal]) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", sentence(refusal)))


REFUSALS = all_refusals()
each = pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)


def test_the_walk_finds_the_refusals_of_every_room() -> None:
    assert len(REFUSALS) > 40
    assert {one.__module__.split(".")[1] for one in REFUSALS} == {
        "access",
        "vault",
        "casework",
        "exchange",
        "plan",
        "web",
    }


def test_no_two_refusals_share_a_code() -> None:
    codes = Counter(refusal.code for refusal in [Refusal, *REFUSALS])
    assert [code for code, times in codes.items() if times > 1] == []


def test_no_two_refusals_say_the_same() -> None:
    said = Counter(sentence(refusal) for refusal in [Refusal, *REFUSALS])
    assert [text for text, times in said.items() if times > 1] == []


@each
def test_a_refusal_has_a_code_and_words_of_its_own(refusal: type[Refusal]) -> None:
    assert "code" in vars(refusal)
    assert "says" in vars(refusal)
    rooms = refusal.__module__.split(".")[1:-1]
    assert CODE.fullmatch(refusal.code)
    assert "." in refusal.code or rooms == ["access"], "only what every room refuses goes without its room's name"
    assert "." not in refusal.code or refusal.code.split(".")[0] in rooms


@each
def test_a_refusal_is_said_in_whole_sentences(refusal: type[Refusal]) -> None:
    said = sentence(refusal)
    assert said[0].isupper() or said[0] in "%“"
    assert ENDS_WELL.search(said), said
    assert "  " not in said
    assert not set(said) & set("!\n\t"), said


@each
def test_a_refusal_says_whose_turn_it_is(refusal: type[Refusal]) -> None:
    assert refusal.status >= 500 if refusal.code in OURS_TO_MEND else 400 <= refusal.status < 500


@each
def test_every_blank_of_a_sentence_is_a_named_one_that_can_be_filled(refusal: type[Refusal]) -> None:
    details = dict.fromkeys(blanks(refusal), "12 %s")
    told = str(refusal(**details))
    assert told
    assert ("12 %s" in told) == bool(details)
    assert "%(" not in told


def test_absent_and_hidden_are_said_in_the_same_words() -> None:
    assert not blanks(NotThere)
    assert not blanks(NotAllowed)
    assert str(NotThere()) == str(NotThere(code="F-0000-0000"))


def test_a_refusal_with_blanks_is_never_raised_without_filling_them() -> None:
    with_blanks = {refusal.__name__ for refusal in REFUSALS if blanks(refusal)}
    bare = re.findall(r"raise (\w+)(?: from \w+)?$", "\n".join(sources()), re.MULTILINE)
    assert "NotThere" in bare
    assert with_blanks & set(bare) == set()


def test_every_refusal_is_raised_somewhere() -> None:
    words = Counter(re.findall(r"\w+", "\n".join(sources())))
    kinds = {refusal.__base__ for refusal in REFUSALS}  # a kind is refused through what is below it
    assert [one.__name__ for one in REFUSALS if words[one.__name__] < 2 and one not in kinds] == []


def test_details_that_no_sentence_asks_for_do_no_harm() -> None:
    for refusal in REFUSALS:
        details = dict.fromkeys({*blanks(refusal), "extra"}, "x")
        assert "extra" not in str(refusal(**details))


def test_sentences_hold_only_letters_a_screen_reader_can_say() -> None:
    for refusal in REFUSALS:
        odd = {sign for sign in sentence(refusal) if not sign.isalnum() and sign not in string.punctuation + " “”’…"}
        assert not odd, (refusal.code, odd)
