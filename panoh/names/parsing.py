"""A written name taken apart: titles and particles away, composites joined, father's names brought to their base."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from panoh.names.articles import attach_articles, without_glued_article
from panoh.names.cleaning import Word, split_aliases, words
from panoh.names.patronymics import father_in, is_before_father, is_child_word
from panoh.names.person import Kind, Part, PersonName
from panoh.names.roles import guess_roles
from panoh.names.scripts import Script
from panoh.names.skeleton import skeleton
from panoh.names.sounds import readings
from panoh.names.tables import full_names
from panoh.names.tables import words as table

MAX_PARTS = 8
_MAX_LETTERS = 400
_FILE = "words.toml"


def parse(text: str) -> PersonName:
    """The name in typed parts. Anything may be given; a text without letters is a name without parts."""
    rest, aliases = split_aliases(text[:_MAX_LETTERS])
    name = _parsed(rest)
    return name._replace(aliases=tuple(alias for alias in map(_parsed, aliases) if alias.parts)) if aliases else name


def _parsed(text: str) -> PersonName:
    found = attach_articles(words(text))
    parts: list[Part] = []
    first_words: list[Word] = []
    at = 0
    while at < len(found):
        taken = next(filter(None, (rule(found, at, parts) for rule in _RULES)))
        first_words += [found[at]] * (len(parts) - len(first_words))
        at += taken
    return PersonName(guess_roles(parts, first_words)[:MAX_PARTS], found[0].script if found else "Zyyy")


def _title(found: list[Word], at: int, parts: list[Part]) -> int:
    word = found[at]
    if len(found) < 3 or word.folded not in table(_FILE, "titles", word.script):
        return 0
    parts.append(Part("title", word.written, word.written, (), ()))
    return 1


def _child_word(found: list[Word], at: int, parts: list[Part]) -> int:
    """``Salim oʻgʻli``: the part before is the father."""
    word = found[at]
    if len(parts) < 2 - (at + 1 < len(found)) or not is_child_word(word.folded, word.script):
        return 0
    father = parts[-1]
    parts[-1] = father._replace(kind="patronymic", text=f"{father.text} {word.written}")
    return 1


def _father(found: list[Word], at: int, parts: list[Part]) -> int:
    """``bin Salim``: the part after is the father."""
    word = found[at]
    if at + 1 >= len(found) or not is_before_father(word.folded, word.script, opening=not parts):
        return 0
    taken = _name(found, at + 1, parts)
    parts[-1] = parts[-1]._replace(kind="patronymic", text=f"{word.written} {parts[-1].text}")
    return 1 + taken


def _kunya(found: list[Word], at: int, parts: list[Part]) -> int:
    """``Abu Salim``: a name after the child; ``Abu Bakr`` is a given name."""
    word = found[at]
    if at + 1 >= len(found) or word.folded not in table(_FILE, "kunya", word.script):
        return 0
    given = found[at + 1].folded in table(_FILE, "kunya_given", word.script)
    return 1 + _join_next(found, at, parts, "given" if given else "kunya")


def _name(found: list[Word], at: int, parts: list[Part]) -> int:
    """A name of one word or, after ``Abd``, of two."""
    word = found[at]
    if at + 1 < len(found) and _is_servant(word, found):
        return 1 + _join_next(found, at, parts, "given")
    parts.append(_one_word(word.written, word.folded, word.script, word.article))
    return 1


def _is_servant(word: Word, found: list[Word]) -> bool:
    """Of two words in any order, Abdul is one name and the other another, unless the script is Arabic's own."""
    return word.folded in table(_FILE, "servant", word.script) and (len(found) > 2 or word.script == "Arab")


def _join_next(found: list[Word], at: int, parts: list[Part], kind: Kind) -> int:
    word = found[at]
    taken = _name(found, at + 1, parts)
    after = parts.pop()
    parts.append(_joined(kind, f"{word.written} {after.text}", readings(word.folded, word.script)[:1], after.sounds))
    return taken


def _composite_end(found: list[Word], at: int, parts: list[Part]) -> int:
    """``Nur uddin``, ``Habib ullah``: one given name with the part before."""
    word = found[at]
    if not parts or parts[-1].kind != "given" or word.folded not in table(_FILE, "composite_end", word.script):
        return 0
    parts[-1] = _joined(
        "given", f"{parts[-1].text} {word.written}", parts[-1].sounds, readings(word.folded, word.script)[:1]
    )
    return 1


def _particle(found: list[Word], at: int, parts: list[Part]) -> int:
    """Particles are dropped, but neither the last word nor the first of two."""
    word = found[at]
    ends = at + 1 >= len(found) or (not parts and len(found) == 2)
    if ends or (len(word.written) == 1 and word.written.isupper()):
        return 0
    return 1 if word.folded in table(_FILE, "particles", word.script) else 0


Rule = Callable[[list[Word], int, list[Part]], int]
_RULES: tuple[Rule, ...] = (_title, _child_word, _father, _kunya, _composite_end, _particle, _name)


@lru_cache(maxsize=16384)
def _one_word(written: str, folded: str, script: Script, article: bool) -> Part:
    """The part that a single word makes, before its neighbours are looked at."""
    if len(folded) == 1:
        return _part("initial", written, written, readings(folded, script))
    father = father_in(folded, script)
    if father:
        sounds = readings(father.base, script)[:2] + readings(folded, script)[:1]
        return _part("patronymic" if father.certain else "surname", written, father.base, sounds)
    sounds, glued = without_glued_article(folded, script)
    sounds += tuple(sound for full in full_names(folded) for sound in readings(full, "Latn")[:1])
    return _part("nisba" if article or glued else "given", written, written, sounds)


def _joined(kind: Kind, text: str, first: tuple[str, ...], second: tuple[str, ...]) -> Part:
    sounds = tuple(head + tail for head in first or ("",) for tail in second or ("",))
    return _part(kind, text, text, tuple(filter(None, sounds)))


def _part(kind: Kind, text: str, base: str, sounds: tuple[str, ...]) -> Part:
    """The part with one sound for each skeleton, the likelier one where two share it."""
    one_each: dict[str, str] = {}
    for sound in sounds:
        one_each.setdefault(skeleton(sound), sound)
    return Part(kind, text, base, tuple(one_each.values()), tuple(one_each))
