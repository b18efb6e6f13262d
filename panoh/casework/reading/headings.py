"""Which row holds the headings of a list, and which field each heading names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from panoh.casework.reading.words import fold, meanings

LOOKED_AT_ROWS = 40
LONGEST_HEADING = 90
MOST_WORDS = 10
SHORTEST_PHRASE = 3
NEAR = 0.86
NO_FIELD = "none"
ENOUGH = 1.7
# The marks that part two headings, before those that also part the words of one.
_PARTS = (re.compile(r"[/\n|()\[\]\\]+"), re.compile(r"[,;:]+"))


@dataclass(frozen=True)
class Header:
    """The rows of headings (0-based, first to last), the field of each column, and how sure it is."""

    first: int
    last: int
    headings: Mapping[int, str]
    fields: Mapping[int, str]
    languages: tuple[str, ...]
    score: float


@lru_cache(maxsize=5000)
def field_of(heading: str) -> tuple[str, float]:
    """Return (field, strength from 0 to 1) of a heading; "none" is a heading of no interest, "" is none we know."""
    known = meanings("columns")
    folded = fold(heading)
    if not folded or len(folded) > LONGEST_HEADING:
        return "", 0.0
    if field := known.whole(heading):
        return field, 1.0
    for marks in _PARTS:
        for part in marks.split(heading):
            if len(part.strip()) >= SHORTEST_PHRASE and (field := known.whole(part)):
                return field, 0.9
    if len(folded.split()) > MOST_WORDS:
        return "", 0.0
    found = [(phrase, field) for field, phrase in known.within(heading) if len(phrase) >= SHORTEST_PHRASE]
    if found:
        return max(found, key=lambda pair: (len(pair[0].split()), len(pair[0])))[1], 0.7
    return "", 0.0


@lru_cache(maxsize=1000)
def near_field_of(heading: str) -> tuple[str, float]:
    """Return the field of a heading, slips of the pen allowed."""
    field, strength = field_of(heading)
    folded = fold(heading)
    if field or not 5 <= len(folded) <= 40:
        return field, strength
    nearest, best = "", NEAR
    for word, entries in meanings("columns").of.items():
        if abs(len(word) - len(folded)) > 2 or len(word) < 5:
            continue
        likeness = SequenceMatcher(None, word, folded, autojunk=False).ratio()
        if likeness >= best:
            nearest, best = entries[0][0], likeness
    return (nearest, 0.6) if nearest else ("", 0.0)


def forget() -> None:
    """Drop the texts kept for speed: cells of a list are names, and stay nowhere after it is read."""
    for kept in (field_of, near_field_of, fold):
        kept.cache_clear()


def is_number(text: str) -> bool:
    """Tell whether a cell is a mere number."""
    return fold(text).replace(" ", "").isdigit()


def _recognised(row: Sequence[str]) -> dict[int, tuple[str, float]]:
    found = {index: field_of(text) for index, text in enumerate(row) if text}
    return {index: known for index, known in found.items() if known[0]}


def _score(row: Sequence[str]) -> float:
    """Return how much a row looks like headings: different known fields, no numbers, no long texts."""
    best: dict[str, float] = {}
    for field, strength in _recognised(row).values():
        best[field] = max(best.get(field, 0.0), strength)
    if best.keys() == {NO_FIELD}:
        return 0.0
    spoiled = sum(is_number(text) or len(text) > LONGEST_HEADING for text in row if text)
    return sum(best.values()) - 0.5 * spoiled


def best_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the headings of a list among its first rows, or nothing where none can be recognised."""
    looked_at = rows[:LOOKED_AT_ROWS]
    scores = [_score(row) for row in looked_at]
    if not scores:
        return None
    best = max(range(len(scores)), key=lambda index: scores[index])
    if scores[best] < ENOUGH:
        return _lone_heading(looked_at)
    first = last = best
    if best + 1 < len(looked_at) and _is_second_row(looked_at[best + 1], looked_at[best]):
        last = best + 1
    elif best > 0 and _is_second_row(looked_at[best - 1], looked_at[best]):
        first = best - 1
    return _header(rows, first, last, scores[best])


def _is_second_row(row: Sequence[str], headings: Sequence[str]) -> bool:
    """Tell whether a row beside the headings holds headings too: of another language, or parts of wider ones."""
    filled = [text for text in row if text]
    if any(is_number(text) or any(letter.isdigit() for letter in text) for text in filled):
        return False
    sure = {field for field, strength in _recognised(row).values() if strength >= 0.9}
    return len(sure) > 1 and 2 * len(_recognised(row)) >= len(filled) and len(filled) <= 2 * max(len(headings), 1)


def _lone_heading(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the header of a list that has one column only, of names."""
    for index, row in enumerate(rows[:-1]):
        filled = [text for text in row if text]
        if len(filled) == 1 and field_of(filled[0]) == ("name", 1.0) and any(rows[index + 1]):
            return _header(rows, index, index, 1.0)
    return None


def _header(rows: Sequence[Sequence[str]], first: int, last: int, score: float) -> Header:
    upper = rows[first]
    lower = rows[last]
    headings: dict[int, str] = {}
    claims: dict[int, tuple[str, float]] = {}
    above = ""
    for index in range(max(len(upper), len(lower))):
        own_upper = upper[index] if index < len(upper) else ""
        own_lower = (lower[index] if index < len(lower) else "") if last > first else ""
        above = own_upper or above
        words = [own_upper, own_lower] if own_upper or not own_lower else [above, own_lower]
        if text := " ".join(dict.fromkeys(" ".join(word.split()) for word in words if word)):
            headings[index] = text
            claims[index] = _claim(words)
    spoken = Counter(
        language
        for row in {first, last}
        for text in rows[row]
        for language in set(meanings("columns").languages_of(text))
        if language != "any"
    )
    languages = tuple(language for language, _ in spoken.most_common())
    return Header(first, last, headings, settled(claims), languages, score)


def _claim(words: Sequence[str]) -> tuple[str, float]:
    """Return the field of a column from its headings, upper first: what both say together, the lower, the upper."""
    upper, lower = words[0], words[-1]
    if upper and lower and upper != lower:
        for together in (f"{upper} {lower}", f"{lower} {upper}"):
            if field := meanings("columns").whole(together):
                return field, 1.0
    return max((near_field_of(word) for word in (lower, upper) if word), key=lambda known: known[1], default=("", 0.0))


def settled(claims: Mapping[int, tuple[str, float]]) -> dict[int, str]:
    """Return one column per field: the surest, then the leftmost; a second column of names holds other names."""
    fields: dict[int, str] = {}
    for index, (field, _) in sorted(claims.items(), key=lambda claim: (-claim[1][1], claim[0])):
        if not field or field == NO_FIELD:
            continue
        if field not in fields.values():
            fields[index] = field
        elif field == "name" and "other_name" not in fields.values():
            fields[index] = "other_name"
    held = {field: index for index, field in fields.items()}
    if "surname" in held and "name" in held and "given_name" not in held:
        fields[held["name"]] = "given_name"
    return dict(sorted(fields.items()))
