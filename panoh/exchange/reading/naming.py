"""Names of people as reports write them: full, with initials, after an honorific."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from anyascii import anyascii

from panoh.exchange.reading.bodies import heads, titles
from panoh.exchange.reading.sentences import trim
from panoh.exchange.reading.words import Span, is_russian, key_of, table

MOST_WORDS = 3
MOST_DIFFERENT_ENDING = 3
LEAST_COMMON = 4

_UPPER = "A-ZÀ-ÖØ-ÞĀČĎĐĒĞĢĪİĶĻĽŁŃŅŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽА-ЯЁІҒҚҢҮҰҲҺӘӨҶӢӮЎ"
_WORD = rf"[{_UPPER}][^\W\d_]+(?:[-'’ʻʼ`][^\W\d_]+)*"
_INITIALS = re.compile(rf"(?<![^\W_])((?:[{_UPPER}][a-zа-яё]?\.[ \u00a0]?-?){{1,2}})({_WORD})")
_INITIALS_LAST = re.compile(
    rf"(?<![^\W_])({_WORD})[ \u00a0]((?:[{_UPPER}][a-zа-яё]?\.[ \u00a0]?){{2}})(?![ \u00a0]?[{_UPPER}][^\W\d_])"
)
CAPITALS = re.compile(rf"(?<![\w'’.-])(?:(?:[ae]l|a[dsnrtz]|ash|аль|эль|а[дсшнртз])-)?{_WORD}(?![\w])")


class Name(NamedTuple):
    """A name at its place: what is given (perhaps an initial, perhaps nothing) and the surname."""

    span: Span
    given: str
    surname: str


@cache
def _no_names(language: str) -> frozenset[str]:
    words = table("titles")[language]
    listed = [*words["not_names"], *words["modifiers"], *words["honorifics"]]
    return frozenset(key_of(word) for word in listed) | heads(language) | titles(language)


@cache
def _particles() -> str:
    return "|".join(re.escape(word) for language in ("en", "ru") for word in table("titles")[language]["particles"])


@cache
def honorific() -> re.Pattern[str]:
    """Return what stands before a name to honour it."""
    words = "|".join(re.escape(word) for language in ("en", "ru") for word in table("titles")[language]["honorifics"])
    return re.compile(rf"(?<!\w)(?:{words})\.?\s+\Z", re.IGNORECASE)


def names_in(text: str, sentence: Span, closed: Sequence[Span], words_of_bodies: frozenset[str]) -> list[Name]:
    """Return what may be names of people in a sentence: with initials, or two or three capitalised words.

    Names of bodies, states and instruments are closed; a word that a body of the report has in its name is none either.
    """
    found = [
        Name(Span(m.start(), m.end()), m[1].strip(), m[2])
        for m in _INITIALS.finditer(text, sentence.start, sentence.end)
        if _are_initials(m[1]) and not _meets(Span(m.start(2), m.end()), closed) and not _is_no_name(m[2], frozenset())
    ]
    taken = [name.span for name in found]
    found += [
        Name(trim(text, Span(m.start(), m.end())), m[2].strip(), m[1])
        for m in _INITIALS_LAST.finditer(text, sentence.start, sentence.end)
        if _are_initials(m[2])
        and not _meets(Span(m.start(), m.end()), [*closed, *taken])
        and not _is_no_name(m[1], frozenset())
    ]
    taken = [name.span for name in found]
    run: list[tuple[int, int, str]] = []
    for match in [*CAPITALS.finditer(text, sentence.start, sentence.end), None]:
        usable = (
            match is not None
            and not match[0].isupper()
            and not _meets(Span(match.start(), match.end()), [*closed, *taken])
            and not _is_no_name(match[0], words_of_bodies)
        )
        if run and not (usable and match and _joins(text[run[-1][1] : match.start()])):
            found += _name_of(run, text)
            run = []
        if usable and match:
            run.append((match.start(), match.end(), match[0]))
    return sorted(found)


def _are_initials(words: str) -> bool:
    """Tell whether letters before a name stand for given names: "Sh.", not "Mr."."""
    parts = re.findall(r"[^\W\d_]+", words)
    return all(len(part) == 1 or part in table("speech")["initials"] for part in parts)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.meets(other) for other in others)


def _is_no_name(word: str, words_of_bodies: frozenset[str]) -> bool:
    key = key_of(word)
    return key in words_of_bodies or key in _no_names("ru" if is_russian(word) else "en")


def _joins(between: str) -> bool:
    return bool(re.fullmatch(rf"[ \u00a0]|\s(?:(?:{_particles()})[ -])+", between))


def _name_of(run: Sequence[tuple[int, int, str]], text: str) -> list[Name]:
    if len(run) > 1 and re.search(r"(?<!\w)(?:in|at|в|во)\s\Z", text[max(0, run[0][0] - 4) : run[0][0]]):
        run = run[1:]  # a town: "in Bishkek Piotr Wasilkowski"
    if len(run) == 1:
        start, end, word = run[0]
        before = text[max(0, start - 20) : start]
        return [Name(Span(start, end), "", word)] if honorific().search(before) else []
    kept = run[-MOST_WORDS:]
    start, end = kept[0][0], kept[-1][1]
    # A Russian patronymic stands last where the surname came first, or in the middle.
    if len(kept) == MOST_WORDS and re.search("(?:вич|вн)[а-я]{0,3}$", kept[-1][2]):
        return [Name(Span(start, end), kept[1][2], kept[0][2])]
    return [Name(Span(start, end), kept[0][2], kept[-1][2])]


def same_surname(one: str, other: str) -> bool:
    """Tell whether two surnames are one, whatever case a Russian sentence puts them in."""
    left, right = (name.casefold().replace("ё", "е").replace("’", "'") for name in (one, other))
    if left == right:
        return True
    if not (is_russian(left) and is_russian(right)):
        return False
    common = 0
    for mine, theirs in zip(left, right, strict=False):
        if mine != theirs:
            break
        common += 1
    longest = max(len(left), len(right))
    return common >= LEAST_COMMON and longest - common <= MOST_DIFFERENT_ENDING


def same_given(one: str, other: str) -> bool:
    """Tell whether two given names may be one person's: an initial fits the name it begins, nothing fits all."""
    left, right = (re.sub(r"[\s.]", "", name).casefold() for name in (one, other))
    if not left or not right:
        return True
    if "." in one or "." in other:
        return left.startswith(right[:1]) and (left.startswith(right) or right.startswith(left) or len(left) == 2)
    return left[:3] == right[:3]


def code_of(surname: str) -> str:
    """Return the short code of a person by the surname, in plain Latin capitals."""
    return "PER-" + re.sub("[^A-Z]", "", anyascii(surname).upper())


_CASES = (
    (r"(ск|цк)(?:ого|ому|им|ом)$", r"\1ий"),
    (r"(ов|ев|ёв|ин|ын)(?:ой)$", r"\1а"),
    (r"(ов|ев|ёв|ин|ын)(?:а|у|ым|е|ом)$", r"\1"),
    (r"([^аеёиоуыэюяьй])(?:ы|ой)$", r"\1а"),
    (r"([^аеёиоуыэюяьй])(?:а|у|ом|ем|е)$", r"\1"),
)


def nominative(surname: str) -> str:
    """Return a Russian surname that stands in another case as it is in the first."""
    for ending, first in _CASES:
        if re.search(ending, surname):
            return re.sub(ending, first, surname)
    return surname
