"""The Arabic article: before a name, glued to it, or assimilated (ash-Shami), it is never part of the name."""

from __future__ import annotations

import re

from panoh.names.cleaning import Word
from panoh.names.scripts import Script
from panoh.names.sounds import MAX_READINGS, readings
from panoh.names.tables import words

_SURE = frozenset({"al", "el", "ul", "аль", "ал", "эль", "ель", "ال", "آل", "أل"})
_GLUED: dict[Script, re.Pattern[str]] = {
    "Arab": re.compile("(?:ال|أل|آل)(?=..)"),
    "Latn": re.compile(r"[ae]l(?=[^aeiouylhb']\w{3}|[aeiou']\w{4})|a(?=(sh|[dnrstz])\1\w{3})"),
    "Cyrl": re.compile(r"аль(?=\w{4})|ал(?=[^аеёиоуыэюяьлб]\w{3})|э?ль(?=\w{4})|[аэ](?=([днрстзш])\1\w{3})"),
}  # fmt: skip


def attach_articles(found: list[Word]) -> list[Word]:
    """The words without the articles that stood apart; the word after each knows of it."""
    kept: list[Word] = []
    article = False
    for at, word in enumerate(found):
        if at + 1 < len(found) and _is_article(word, found[at + 1]):
            article = True
            continue
        kept.append(word._replace(article=True) if article else word)
        article = False
    return kept


def _is_article(word: Word, after: Word) -> bool:
    if word.folded not in words("words.toml", "articles", word.script):
        return False
    return word.folded in _SURE or after.sign == "-" or after.folded.startswith(word.folded[1:])


def without_glued_article(folded: str, script: Script) -> tuple[tuple[str, ...], bool]:
    """How the word sounds without a glued article and with it, and whether it surely has one."""
    pattern = _GLUED.get(script)
    found = pattern.match(folded) if pattern else None
    if not found:
        return readings(folded, script), False
    bare = readings(folded[found.end() :], script)
    whole = readings(folded, script)
    both = bare[:2] + whole[:2] if script == "Arab" else whole[:2] + bare[:2]
    return tuple(dict.fromkeys(both))[:MAX_READINGS], script == "Arab" and folded.endswith(("ي", "ی", "ى"))
