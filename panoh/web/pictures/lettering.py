"""How much text fits into a box of a picture, without asking a browser."""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"
_NARROW = frozenset("iljtfrI1.,'’ʻ-()|! ")
_WIDE = frozenset("mwMWжшщюмфыЖШЩЮМФЫ@")


def letter_width(letter: str) -> float:
    """Return the width of a letter in units of an average one; marks that sit on another letter take none."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Mn", "Me"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 2.0
    if letter in _NARROW:
        return 0.6
    return 1.4 if letter in _WIDE or letter.isupper() else 1.05


def text_width(text: str) -> float:
    """Return the width of a text in units of an average letter."""
    return sum(map(letter_width, text))


def shortened(text: str, room: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than the room; no mark is torn off its letter."""
    if text_width(text) <= room:
        return text
    kept, used = "", text_width(ELLIPSIS)
    for letter in text:
        used += letter_width(letter)
        if used > room:
            break
        kept += letter
    return kept.rstrip() + ELLIPSIS


def in_lines(text: str, room: float, most: int = 2) -> list[str]:
    """Return the text on at most this many lines, broken between words; the last is shortened if it must be."""
    words = text.split()
    lines: list[str] = []
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}") <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(shortened(line, room))
    if words:
        lines.append(shortened(" ".join(words), room))
    return lines
