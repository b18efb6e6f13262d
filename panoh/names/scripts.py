"""Which script a word is written in."""

from __future__ import annotations

from typing import Literal

Script = Literal["Latn", "Cyrl", "Arab", "Zyyy"]

_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x0041, 0x024F, "Latn"),
    (0x0250, 0x02FF, "Latn"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x08A0, 0x08FF, "Arab"),
    (0x1C80, 0x1C8F, "Cyrl"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x2DE0, 0x2DFF, "Cyrl"),
    (0xA640, 0xA69F, "Cyrl"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFF, "Arab"),
)
_SCRIPT_OF = {code: script for first, last, script in _RANGES for code in range(first, last + 1)}


def script_of(word: str) -> Script:
    """The script of the first letter that has one of ours; Zyyy for all others."""
    for letter in word:
        script = _SCRIPT_OF.get(ord(letter))
        if script and letter.isalpha():
            return script
    return "Zyyy"
