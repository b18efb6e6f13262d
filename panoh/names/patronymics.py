"""The father's name inside a word: Каримович, Karimqizi, Karimzoda."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from panoh.names.scripts import Script
from panoh.names.tables import words

_FILE = "patronymics.toml"
_SHORTEST = 2  # letters a father's name has at least


class Father(NamedTuple):
    """The father's name in the word; not certain where the word may as well be a surname (-zoda)."""

    base: str
    certain: bool


def father_in(folded: str, script: Script) -> Father | None:
    """The father's name that a folded word holds, or None for any other word."""
    found = _pattern(script).match(folded)
    if not found:
        return None
    return Father(found["base"], found["child"] is None)


def is_child_word(folded: str, script: Script) -> bool:
    """Whether the word alone says "child of the one before"."""
    return folded in words(_FILE, "after", script) or folded in words(_FILE, "child_of", script)


def is_before_father(folded: str, script: Script) -> bool:
    """Whether the word alone says "child of the one after"."""
    return folded in words(_FILE, "before", script)


@cache
def _pattern(script: Script) -> re.Pattern[str]:
    patronymic = _longest_first(
        words(_FILE, "endings", script) | {w for w in words(_FILE, "after", script) if len(w) > 3}
    )
    child = _longest_first(words(_FILE, "child_of", script))
    return re.compile(rf"(?P<base>.{{{_SHORTEST},}}?)(?:(?:{patronymic})|(?P<child>{child}))$")


def _longest_first(endings: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(endings, key=lambda ending: (-len(ending), ending)))) or "(?!)"
