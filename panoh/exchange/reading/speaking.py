"""The verbs of saying: where they stand in a text, and of which class each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from panoh.exchange.reading.words import Span, table

CLASSES = (
    "assert",
    "assert_that",
    "report",
    "share",
    "propose",
    "urge",
    "commit",
    "support",
    "oppose",
    "reserve",
    "abstain",
)
POSITIONS = frozenset({"support", "oppose", "reserve", "abstain"})

BEARS_GERUND = frozenset({"assert", "assert_that", "report", "share", "propose", "urge"})

_LOOSE = re.compile(r"^((?:express|voic|выраз|выраж|высказ)\w+)\\ ")
_RU_PAST = re.compile(r"^((?:не )?[а-я]+)(л|лся)(?= |$)")
_EN_PAST = re.compile(r"^([a-z]+?)(e?)ed(?= |$)")


class Verb(NamedTuple):
    """A verb of saying at its place."""

    span: Span
    words: str
    sort: str


@cache
def _sorts() -> dict[str, str]:
    """Return the class of each form; of a longer phrase its own, and of two classes the one listed later."""
    found: dict[str, str] = {}
    derived: dict[str, str] = {}
    for language in ("en", "ru"):
        for sort in CLASSES:
            for form in map(plain, table("speech")[language].get(sort, ())):
                found[form] = sort
                derived |= dict.fromkeys(_inflected(form, sort), sort)
    return derived | found


def plain(words: str) -> str:
    """Return words in small letters, with "е" for "ё"."""
    return words.casefold().replace("ё", "е")


def _inflected(form: str, sort: str) -> Iterator[str]:
    """Return what follows from a form of the past: the other genders, the plural, and the gerund."""
    if match := _RU_PAST.match(form):
        stem, rest = match[1], form[match.end() :]
        endings = ("ла", "ли", "ло", "в") if match[2] == "л" else ("лась", "лись", "лось", "вшись")
        yield from (stem + ending + rest for ending in endings if ending != "в" or sort in BEARS_GERUND)
    elif (match := _EN_PAST.match(form)) and sort in BEARS_GERUND:
        stem = match[1][:-1] + "y" if match[1].endswith("i") else match[1] + 2 * match[2]
        yield f"{stem}ing{form[match.end() :]}"


@cache
def _verbs() -> re.Pattern[str]:
    forms = sorted(_sorts(), key=len, reverse=True)
    words = "|".join(
        _LOOSE.sub(r"\1\\s+(?:[^\\W\\d_]+\\s+){0,2}?", re.escape(form)).replace(r"\ ", r"\s+").replace("е", "[её]")
        for form in forms
    )
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


@cache
def fillers() -> str:
    """Return a pattern of the words that may stand between a speaker and the verb."""
    words = [word for language in ("en", "ru") for word in table("speech")[language]["fillers"]]
    each = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + "|[a-z]+ly|[а-яё]{3,}но"
    return rf"(?:(?:,\s*)?(?<!\w)(?:{each})(?:\s*,)?(?:\s+|(?=,)|\Z))*"


@cache
def _says_next() -> re.Pattern[str]:
    return re.compile(rf"\s+{fillers()}", re.IGNORECASE)


def verbs_in(text: str, span: Span) -> Iterator[Verb]:
    """Return the verbs of saying in a part of a text, from left to right."""
    for match in _verbs().finditer(text, span.start, span.end):
        words = re.sub(r"\s+", " ", match[0])
        yield Verb(Span(match.start(), match.end()), words, _sorts()[_form(words)])


def sort_of(words: str) -> str:
    """Return the class of a verb of saying as a report has it; nothing where it is none."""
    return _sorts().get(plain(words), "")


def _form(words: str) -> str:
    """Return the listed form of words that may have an adjective in them: "expressed deep concern"."""
    parts = plain(words).split()
    return next(form for dropped in range(3) if (form := " ".join([parts[0], *parts[1 + dropped :]])) in _sorts())


def starts_with_saying(after: str) -> bool:
    """Tell whether a text goes on with a verb of saying, perhaps after "also" and the like."""
    match = _says_next().match(after)
    return bool(match and (_verbs().match(after, match.end()) or _verbs().match(after, 1)))


def says_at(before: str) -> bool:
    """Tell whether a text ends with a verb of saying."""
    found = list(_verbs().finditer(before, max(0, len(before) - 60)))
    return bool(found) and not before[found[-1].end() :].strip()
