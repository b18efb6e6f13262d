"""The words of lists in the region's languages, and the folding that makes their spellings meet."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, TypedDict, cast

WORDS = Path(__file__).parent.parent / "data" / "reading"

Language = Literal["any", "en", "ru", "uz", "uz_cyrl", "kk", "ky", "tg", "tk", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "ru", "uz", "uz_cyrl", "kk", "ky", "tg", "tk", "ar")
Spellings = dict[Language, list[str]]

# Letters that keyboards without the region's layouts replace by these; Arabic forms that writers mix.
_SAME_LETTER = str.maketrans(
    {
        "ё": "е", "қ": "к", "ғ": "г", "ң": "н", "ҳ": "х", "һ": "х", "ҷ": "ч", "ӣ": "и", "ў": "у", "ӯ": "у", "ү": "у",
        "ұ": "у", "ө": "о", "ә": "а", "і": "и", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي",
        "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ھ": "ه", "ہ": "ه", "ـ": "", "�": "",
    }
)  # fmt: skip
_ARABIC_DIGITS = {ord(digit): str(index % 10) for index, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_APOSTROPHES = re.compile("[ʻʼ’‘`´'ʹ′ʿʾ]")
_APART = re.compile(r"[^\w~≈±?№#♀♂]+|_")


# The schemas of the files. A test holds the files to them: whoever opens a list does not wait for that each time.


class People(TypedDict):
    """The schema of people.toml: the words in the cells."""

    sex: dict[Literal["female", "male"], Spellings]
    kinship: dict[str, Spellings]
    words: dict[Literal["none", "total", "signature", "nameless", "girl", "boy", "adult", "somebody"], Spellings]
    document: dict[str, Spellings]


class Dates(TypedDict):
    """The schema of dates.toml: the words of dates and ages."""

    words: dict[Literal["about", "year_mark", "age_years", "age_months", "age_days", "lunar", "solar"], Spellings]
    months: dict[str, Spellings]


Columns = dict[str, Spellings]
Kinds = dict[Literal["passenger", "camp", "relatives"], Spellings]


def western_digits(text: str) -> str:
    """Return the text with Arabic and Persian digits as 0 to 9."""
    return text.translate(_ARABIC_DIGITS)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return a text as it is compared: one case, no accents, no apostrophes, single spaces, western digits."""
    plain = unicodedata.normalize("NFKC", western_digits(text)).casefold()
    plain = _APOSTROPHES.sub("", plain).translate(_SAME_LETTER)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", plain)
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )
    return " ".join(_APART.sub(" ", plain.translate(_SAME_LETTER)).split())


def _read(file: str) -> Any:
    return tomllib.loads((WORDS / file).read_text(encoding="utf-8"))


@cache
def columns() -> Columns:
    """Return the headings of each field, from columns.toml."""
    return cast(Columns, _read("columns.toml"))


@cache
def people() -> People:
    """Return the words of cells, from people.toml."""
    return cast(People, _read("people.toml"))


@cache
def dates() -> Dates:
    """Return the words of dates, from dates.toml."""
    return cast(Dates, _read("dates.toml"))


@cache
def kinds() -> Kinds:
    """Return the words that tell the kind of a list, from kinds.toml."""
    return cast(Kinds, _read("kinds.toml"))


class Meanings:
    """Words folded, with what each means in which languages; where languages disagree the list's own decide."""

    def __init__(self, listed: Mapping[str, Spellings]) -> None:
        self.of: dict[str, list[tuple[str, Language, str]]] = {}
        for meaning, spelled in listed.items():
            for language, words in spelled.items():
                for word in words:
                    self.of.setdefault(fold(word), []).append((meaning, language, word.casefold()))
        self.longest = max((len(word.split()) for word in self.of), default=0)

    def whole(self, text: str, languages: Iterable[str] = ()) -> str:
        """Return what a whole text means, or an empty text."""
        known = self.of.get(fold(text), [])
        # Two words may fold alike ("his uncle" and "aunt" in Arabic): then the spelling itself decides.
        exact = [entry for entry in known if entry[2] == text.strip().casefold()]
        return self._choose(exact or known, languages)

    def within(self, text: str, languages: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Return (meaning, phrase) of each longest known phrase, from left to right."""
        tokens = fold(text).split()
        found: list[tuple[str, str]] = []
        at = 0
        while at < len(tokens):
            for length in range(min(self.longest, len(tokens) - at), 0, -1):
                phrase = " ".join(tokens[at : at + length])
                if meaning := self._choose(self.of.get(phrase, []), languages):
                    found.append((meaning, phrase))
                    at += length
                    break
            else:
                at += 1
        return found

    def languages_of(self, text: str) -> list[Language]:
        """Return the languages in which a whole text is known."""
        return [language for _, language, _ in self.of.get(fold(text), [])]

    @staticmethod
    def _choose(known: list[tuple[str, Language, str]], languages: Iterable[str]) -> str:
        for language in languages:
            for meaning, spoken, _ in known:
                if spoken == language:
                    return meaning
        return known[0][0] if known else ""


@cache
def meanings(group: str) -> Meanings:
    """Return the words of a group: "columns", "sex", "kinship", "document", "kinds" or "months"."""
    groups: dict[str, Mapping[str, Spellings]] = {
        "columns": columns(),
        "sex": people()["sex"],  # type: ignore[dict-item]
        "kinship": people()["kinship"],
        "document": people()["document"],
        "kinds": kinds(),  # type: ignore[dict-item]
        "months": dates()["months"],
    }
    return Meanings(groups[group])


@cache
def words_for(what: str) -> frozenset[str]:
    """Return the folded words of one sort: "none", "total", "about", "year_mark" and so on."""
    listed: dict[str, Spellings] = {**people()["words"], **dates()["words"]}  # type: ignore[dict-item]
    return frozenset(fold(word) for spelled in listed[what].values() for word in spelled)


def is_nothing(text: str) -> bool:
    """Tell whether a cell says nothing: empty, a dash, question marks, "no", "unknown"."""
    folded = fold(text)
    return not folded.strip("?~#№ ") or folded in words_for("none")
