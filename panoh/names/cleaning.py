"""The written text as words: marks gone, one apostrophe, aliases apart, each word with its script."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from anyascii import anyascii

from panoh.names.scripts import Script, script_of

_MARKS = re.compile(
    "[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)
_APOSTROPHES = re.compile("[ʻʼ’‘`´ʹ′ʿʾʽˈ＇‛]")
_HYPHENS = re.compile("[‐‑‒–—−]")
_FOREIGN = re.compile(
    "[^\u0000-\u02ff\u0400-\u052f\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u1c80-\u1c8f\u1e00-\u1eff\u2000-\u206f]+"
)
_SHORT_TITLE = re.compile(r"\b(?:д-р|г-н|г-жа|гр-н|гр-ка|проф\.)(?!\w)", re.IGNORECASE)
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ALIAS = re.compile(r"[(\[{«“„\"<]([^()\[\]{}«»“”„\"<>]*)[)\]}»”\"“>]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?|[,،]")


class Word(NamedTuple):
    """A word as written and folded, its script, the sign before it (space, hyphen or comma), and whether the article
    stood before it."""

    written: str
    folded: str
    script: Script
    sign: str
    article: bool = False


def split_aliases(text: str) -> tuple[str, tuple[str, ...]]:
    """The name without what stands in brackets or quotes, and what stood there."""
    text = _clean(text)
    aliases = tuple(found.strip() for found in _ALIAS.findall(text) if any(map(str.isalpha, found)))
    rest = _ALIAS.sub(" ", text) if aliases else text
    if any(map(str.isalpha, rest)):
        return rest, aliases
    return " ".join(aliases), ()


def words(text: str) -> list[Word]:
    """The words of a clean text in the written order."""
    found: list[Word] = []
    end, comma = 0, False
    for match in _WORD.finditer(text):
        written = match.group()
        if written in ",،":
            comma = True
            continue
        between = text[end : match.start()]
        sign = "," if comma else "-" if between == "-" else " "
        found.append(Word(written, fold(written), script_of(written), sign))
        end, comma = match.end(), False
    return [word for word in found if word.folded]


def fold(written: str) -> str:
    """Small letters; the Turkish capital dotted I is an i."""
    return _MARKS.sub("", written.casefold()).rstrip("'")


def _clean(text: str) -> str:
    if text.isascii():
        return _APOSTROPHES.sub("'", text)
    text = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    text = _FOREIGN.sub(_in_latin_letters, text)
    return _SHORT_TITLE.sub("", _HYPHENS.sub("-", _APOSTROPHES.sub("'", text)))


def _in_latin_letters(foreign: re.Match[str]) -> str:
    """A script that we have no table for, in Latin letters, with a space where a new syllable sign began."""
    return _SYLLABLE.sub(" ", anyascii(foreign.group()))
