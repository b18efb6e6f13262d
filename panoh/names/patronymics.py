"""The father's name inside a word: Каримович, Karimqizi, Karimzoda."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from panoh.names.scripts import Script
from panoh.names.tables import words

_FILE = "patronymics.toml"
_SHORTEST_FATHER = 2
_SHORTEST_BEFORE_ULY = 4  # Marat-uly, not Su-uly
_SHORTEST_GLUED_WORD = 4


class Father(NamedTuple):
    """The father's name in the word; not certain where the word may as well be a surname (-zoda)."""

    base: str
    certain: bool


def father_in(folded: str, script: Script) -> Father | None:
    """The father's name that a folded word holds, or None for any other word."""
    endings, lengths = _endings(script)
    for length in lengths:
        certain = endings.get(folded[-length:])
        shortest = _SHORTEST_BEFORE_ULY if length < _SHORTEST_GLUED_WORD else _SHORTEST_FATHER
        if certain is not None and len(folded) - length >= shortest:
            return Father(folded[:-length], certain)
    return None


@cache
def _endings(script: Script) -> tuple[dict[str, bool], tuple[int, ...]]:
    """Each ending, with whether it is a patronymic's for certain; and the lengths of endings, the longest first."""
    glued = {word for word in words(_FILE, "after", script) if len(word) >= _SHORTEST_GLUED_WORD}
    endings = dict.fromkeys(words(_FILE, "child_of", script), False)
    endings.update(dict.fromkeys(words(_FILE, "endings", script) | glued, True))
    return endings, tuple(sorted({len(ending) for ending in endings}, reverse=True))


def is_child_word(folded: str, script: Script) -> bool:
    """Whether the word alone says "child of the one before"."""
    return folded in words(_FILE, "after", script) or folded in words(_FILE, "child_of", script)


def is_before_father(folded: str, script: Script, opening: bool) -> bool:
    """Whether the word alone says "child of the one after"; ``opening`` where it is the first of the name."""
    return folded in words(_FILE, "opening" if opening else "before", script)
