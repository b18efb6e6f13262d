"""The words of a report with their places, and the folding in which spellings, cases and endings meet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent.parent / "data" / "reading"
LEAST_STEM = 3
LONGEST_ABBREVIATION = 6

_TOKEN = re.compile(r"[^\W_]+(?:[-'’‑][^\W_]+)*|\S")
_CYRILLIC = re.compile("[а-яё]")
_ENDINGS = sorted(
    [
        "иями",
        "ием",
        "ями",
        "ами",
        "ого",
        "его",
        "ому",
        "ему",
        "ыми",
        "ими",
        "ией",
        "иям",
        "иях",
        "ый",
        "ий",
        "ой",
        "ая",
        "яя",
        "ое",
        "ее",
        "ые",
        "ие",
        "ую",
        "юю",
        "ым",
        "им",
        "ом",
        "ем",
        "ей",
        "ов",
        "ев",
        "ам",
        "ям",
        "ах",
        "ях",
        "ия",
        "ью",
        "ию",
        "ии",
        "а",
        "я",
        "о",
        "е",
        "ы",
        "и",
        "у",
        "ю",
        "ь",
        "й",
    ],
    key=len,
    reverse=True,
)
_ONE_SPELLING = (("centre", "center"), ("organis", "organiz"), ("labour", "labor"), ("programme", "program"))
_LONG_NAMES = {("united", "nations"): "un", ("организац", "объединенн", "нац"): "оон"}


class Span(NamedTuple):
    """A place in the text, half-open."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Tell whether this place lies in the other."""
        return other.start <= self.start and self.end <= other.end

    def meets(self, other: Span) -> bool:
        """Tell whether both have a letter in common."""
        return self.start < other.end and other.start < self.end


class Token(NamedTuple):
    """A word or sign, where it stands, and the key by which it is compared."""

    start: int
    end: int
    text: str
    key: str


def stem(word: str) -> str:
    """Return a folded Russian word without its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return word.removesuffix(ending)
    return word


@cache
def key_of(word: str) -> str:
    """Return what a word is compared by: one case, no hyphens and endings, one spelling."""
    plain = re.sub("[-'’‑]", "", re.sub("['’]s$", "", word.casefold())).replace("ё", "е")
    if _CYRILLIC.search(plain):
        return stem(plain)
    for british, american in _ONE_SPELLING:
        plain = plain.replace(british, american)
    return plain


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words and signs of a part of a text; the long names of the United Nations are one word."""
    stop = len(text) if end is None else end
    read = [Token(m.start(), m.end(), m[0], key_of(m[0])) for m in _TOKEN.finditer(text, start, stop)]
    joined: list[Token] = []
    at = 0
    while at < len(read):
        for words, short in _LONG_NAMES.items():
            if tuple(token.key for token in read[at : at + len(words)]) == words:
                last = read[at + len(words) - 1]
                joined.append(Token(read[at].start, last.end, text[read[at].start : last.end], short))
                at += len(words)
                break
        else:
            joined.append(read[at])
            at += 1
    return joined


class Found(NamedTuple):
    """A known name found in a text: from which token to which, what it is, and whether part of it was lost."""

    first: int
    last: int
    what: str
    damaged: bool = False


class Phrases:
    """Known names, found in a text longest first."""

    def __init__(self, spellings: Mapping[str, Sequence[str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for what, names in spellings.items():
            for name in names:
                keys = tuple(token.key for token in tokens_of(name) if token.key not in {"the", ","})
                if keys:
                    self._by_first.setdefault(keys[0], []).append((keys, what, name))
        for listed in self._by_first.values():
            listed.sort(key=lambda one: -len(one[0]))

    def find(self, tokens: Sequence[Token]) -> list[Found]:
        """Return the names in the tokens, from left to right, none within another."""
        found: list[Found] = []
        at = 0
        while at < len(tokens):
            best = self._at(tokens, at)
            if best:
                found.append(best)
            at = best.last + 1 if best else at + 1
        return found

    def _at(self, tokens: Sequence[Token], at: int) -> Found | None:
        part: Found | None = None
        whole: list[tuple[int, int, Found]] = []
        for keys, what, name in self._by_first.get(tokens[at].key, ()):
            matched, last = _follow(tokens, at, keys)
            if matched == len(keys) and _is_written_so(name, tokens[at].text):
                text = " ".join(token.text for token in tokens[at : last + 1])
                whole.append((len(keys), _alike(text, name), Found(at, last, what)))
            # Machine translation loses a word of a long name: most of it from the start is enough.
            if part is None and matched >= 4 and matched >= 0.6 * len(keys):
                part = Found(at, last, what, damaged=True)
        return max(whole, key=lambda one: one[:2])[2] if whole else part


def _follow(tokens: Sequence[Token], at: int, keys: Sequence[str]) -> tuple[int, int]:
    matched, last = 0, at
    closes = -1
    for place in range(at, len(tokens)):
        if matched == len(keys):
            break
        if matched and tokens[place].text == "(" and place + 2 < len(tokens) and tokens[place + 2].text == ")":
            closes = place + 2  # a short name within the long one
        if place <= closes:
            continue
        if tokens[place].key in {"the", ","} and matched:
            continue
        if tokens[place].key != keys[matched]:
            break
        matched, last = matched + 1, place
    return matched, last


def _alike(text: str, name: str) -> int:
    """Return how alike two spellings of one stem are: "Нигерии" is Nigeria rather than Niger."""
    common = 0
    for mine, theirs in zip(text.casefold(), name.casefold(), strict=False):
        if mine != theirs:
            break
        common += 1
    return 2 * common - len(name)


def _is_written_so(name: str, text: str) -> bool:
    """Tell whether the first word may be this name: a short one of capitals must stand in capitals."""
    first = name.split(maxsplit=1)[0]
    if first == name and name.endswith("ия") and not text.casefold().startswith(name[:-1].casefold()):
        return False  # "Герман" is no form of "Германия"
    if first.isupper() and len(first) <= LONGEST_ABBREVIATION:
        return text.isupper() or len(text) > LONGEST_ABBREVIATION
    return not first[0].isupper() or text[0].isupper()


@cache
def table(file: str) -> dict[str, Any]:
    """Return a file of words from data/reading."""
    return tomllib.loads((DATA / f"{file}.toml").read_text(encoding="utf-8"))


def is_russian(text: str) -> bool:
    """Tell whether most letters are Cyrillic."""
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    return 2 * sum("а" <= letter <= "ё" for letter in letters) > len(letters)


def language_of(text: str) -> str:
    """Return the language in which a report is read: ru or en."""
    return "ru" if is_russian(text) else "en"
