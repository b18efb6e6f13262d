"""Blind keys: what names, birth years and papers become in the index, which whoever steals it cannot read back.

Source: HMAC-SHA-256 (RFC 2104), cut to 32 bits; nothing in a number tells a part of a name from a pair or a paper.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from panoh.names import NORM_VERSION, PersonName, keys

SINGLE = frozenset({"tokens", "near"})  # what is near to one name may be another's token
PAD_TO = 8
_LETTERS_THAT_LOOK_LATIN = str.maketrans("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS")


@dataclass(frozen=True)
class Blinding:
    """One search key in use, by its number in the keyring."""

    number: int
    secret: bytes = field(repr=False)

    def key(self, kind: str, text: str) -> int:
        """Return the number that stands for one key in the index."""
        stem = "single" if kind in SINGLE else kind
        digest = hmac.digest(self.secret, f"{NORM_VERSION}|{stem}|{text}".encode(), "sha256")
        return int.from_bytes(digest[:4], "big", signed=True)

    def keys(self, asked: Mapping[str, Iterable[str]]) -> dict[str, set[int]]:
        """Return the numbers of many keys, by their class."""
        return {kind: {self.key(kind, text) for text in texts} for kind, texts in asked.items()}


def keys_of(names: Iterable[PersonName], years: Iterable[int] = (), papers: Iterable[str] = ()) -> dict[str, set[str]]:
    """Return the keys of somebody who has these names, may be born in these years and has papers of these numbers.

    Classes: "pairs", "tokens" and "near" as `panoh.names.keys` makes them; "years", a pair with a year, for names so
    frequent that their pair alone finds too many; "papers".
    """
    made: dict[str, set[str]] = {"years": set(), "pairs": set(), "tokens": set(), "near": set()}
    years = set(years)
    for name in names:
        found = keys(name)
        made["pairs"] |= found.pairs
        made["tokens"] |= found.tokens
        made["near"] |= found.near
        made["years"] |= {f"{pair}|{year}" for pair in _first_pairs(name) for year in years}
    made["papers"] = {bare for number in papers if (bare := bare_number(number))}
    return made


def core_keys(name: PersonName) -> dict[str, set[str]]:
    """Return the keys by which a name is found before all others: its pairs, or the parts of one that has no pair."""
    if pairs := _first_pairs(name):
        return {"pairs": pairs}
    return {"tokens": {part.skeletons[0] for part in name.parts if part.skeletons}}


def _first_pairs(name: PersonName) -> set[str]:
    stems = sorted({part.skeletons[0] for part in name.parts if part.skeletons and part.kind != "initial"})
    return {f"{one}+{other}" for one, other in combinations(stems, 2)}


def bare_number(number: str) -> str:
    """Return a paper's number as it is compared: letters and digits only, capitals, Cyrillic look-alikes as Latin."""
    plain = unicodedata.normalize("NFKC", number).upper().translate(_LETTERS_THAT_LOOK_LATIN)
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain if sign.isalnum())


def padded(keys: Iterable[int]) -> list[int]:
    """Return the keys in order, filled up with drawn ones, so that how many there are tells little about the name."""
    kept = set(keys)
    wanted = max(1, -(-len(kept) // PAD_TO)) * PAD_TO
    while len(kept) < wanted:
        kept.add(secrets.randbelow(1 << 32) - (1 << 31))
    return sorted(kept)
