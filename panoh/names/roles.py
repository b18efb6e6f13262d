"""Which of the plain parts is the surname. A guess: comparing never depends on it, explaining does."""

from __future__ import annotations

import re

from panoh.names.cleaning import Word
from panoh.names.person import Part

_SURNAME = re.compile(
    r".{2,}(?:[oe]v|[oe]va|[oe]w|[oe]wa|in|ina|sk[iy]y?|skaya|skaja|enko|shvili|yan|uk|ich|"
    r"[оеё]в|[оеё]ва|[иы]н|[иы]на|ск[иі]й|ская|енко|швили|ян|ук|юк|ич)$"
)


def guess_roles(parts: list[Part], first_words: list[Word]) -> tuple[Part, ...]:
    """The parts with one given name turned into the surname: before a comma, in capitals, by its ending, or last."""
    plain = [at for at, part in enumerate(parts) if part.kind == "given"]
    if len(plain) < 2 or any(part.kind in ("surname", "nisba") for part in parts):
        return tuple(parts)
    at = _surname(parts, first_words, plain)
    return tuple(part._replace(kind="surname") if place in at else part for place, part in enumerate(parts))


def _surname(parts: list[Part], first_words: list[Word], plain: list[int]) -> list[int]:
    comma = next((at for at, word in enumerate(first_words) if word.sign == ","), 0)
    if comma and (before := [at for at in plain if at < comma]):
        return before
    capitals = [at for at in plain if parts[at].text.isupper()]
    if 0 < len(capitals) < len(plain):
        return capitals
    ended = [at for at in plain if _SURNAME.match(parts[at].text.lower())]
    if ended and len(ended) < len(plain):
        return ended[:1]
    return plain[-1:]
