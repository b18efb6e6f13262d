"""Why two names are alike, in codes with arguments and in English sentences for a caseworker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panoh.names.scoring import PartMatch

Reason = tuple[str, dict[str, str]]

SENTENCES: dict[str, str] = {
    "same": "“{first}” is in both names.",
    "other_spelling": "“{first}” and “{second}” can be forms of one name.",
    "similar": "“{first}” and “{second}” sound alike.",
    "initial": "“{first}” may stand for “{second}”.",
    "missing_first": "Only the second name has “{second}”.",
    "missing_second": "Only the first name has “{first}”.",
    "contradicts": "“{first}” and “{second}” are different names.",
}


def explain_parts(parts: Iterable[PartMatch]) -> tuple[Reason, ...]:
    """A code of ``SENTENCES`` and its arguments for each meeting of parts."""
    return tuple(_reason(part) for part in parts)


def _reason(part: PartMatch) -> Reason:
    said = {name: met.text for name, met in (("first", part.first), ("second", part.second)) if met}
    if part.kind == "missing":
        return ("missing_second" if part.first else "missing_first"), said
    return part.kind, said


def in_english(reasons: Iterable[Reason]) -> list[str]:
    """The sentences of the reasons."""
    return [SENTENCES[code].format(**said) for code, said in reasons]
