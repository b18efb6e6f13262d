"""What is known by name: bodies, states and instruments, where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii

from panoh.exchange.reading.words import Found, Phrases, Span, Token, table


@dataclass(frozen=True, slots=True)
class Mention:
    """Something of the world named at a place of the text."""

    span: Span
    sentence: int
    what: str  # the identity: ORG-UNDP, UZ, INS-CRC, PER-AALTO, GRP-PART, "Kazakhstan (state)"
    sort: str  # organisation, state, adjective, instrument, person, role, group
    inferred: bool = False


@cache
def bodies() -> Phrases:
    """Return the known bodies by their spellings."""
    return _listed("organisations")


@cache
def instruments() -> Phrases:
    """Return the known plans, conventions and strategies by their spellings."""
    return _listed("instruments")


def _listed(file: str) -> Phrases:
    return Phrases({code: [*entry["en"], *entry["ru"]] for code, entry in table(file).items()})


@cache
def states() -> Phrases:
    """Return the states of the world by their names."""
    return Phrases({iso: [*state["en"], *state["ru"]] for iso, state in table("states").items()})


@cache
def adjectives() -> Phrases:
    """Return the states of the world by their adjectives."""
    return Phrases({iso: [*s["en_adjective"], *s["ru_adjective"]] for iso, s in table("states").items()})


def state_names() -> list[tuple[str, str]]:
    """Return the states of the world: two letters (ISO 3166-1) and the English name of each."""
    return [(iso, state_name(iso)) for iso in table("states")]


def state_name(iso: str) -> str:
    """Return what a state is called in English."""
    return str(table("states")[iso]["en"][0])


def actor_of(iso: str) -> str:
    """Return the state as somebody who proposes, supports, speaks."""
    return f"{state_name(iso)} (state)"


def known_in(text: str, tokens: Sequence[Token], sentence: int) -> list[Mention]:
    """Return the known bodies, instruments and states in a sentence; of two that overlap the longer."""
    found: list[Mention] = []
    for sort, prefix, phrases in (
        ("organisation", "ORG-", bodies()),
        ("instrument", "INS-", instruments()),
        ("state", "", states()),
        ("adjective", "", adjectives()),
    ):
        for one in phrases.find(tokens):
            if one.damaged and sort != "organisation":
                continue
            span = _span(tokens, one)
            if text[span.start : span.end].endswith(("'s", "’s")):
                span = Span(span.start, span.end - 2)
            if sort == "organisation":
                span = _with_abbreviation(text, span)
            found.append(Mention(span, sentence, prefix + one.what, sort, one.damaged))
    return without_overlaps(found)


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile("|".join(table("kinds")["patterns"]))


def unlisted_instruments(text: str, sentence: Span, number: int, taken: Sequence[Span]) -> list[Mention]:
    """Return plans, conventions and resolutions that are in no list, by their kind; a number only where it stands."""
    found = []
    for match in _kinds().finditer(text, *sentence):
        span = Span(match.start(), match.end())
        if not any(span == other or span.within(other) for other in taken):
            found.append(Mention(span, number, "INS-" + _code(match[0]), "instrument"))
    return found


def _code(words: str) -> str:
    return "-".join(re.findall(r"[A-Z]+|\d+", anyascii(words).upper())[:8])


def without_overlaps(found: Sequence[Mention]) -> list[Mention]:
    """Return what stands in no longer one; a state within the name of a body is part of that name."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda m: (m.span.start - m.span.end, m.inferred)):
        if not any(one.span.meets(other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda m: m.span)


def _span(tokens: Sequence[Token], one: Found) -> Span:
    return Span(tokens[one.first].start, tokens[one.last].end)


def _with_abbreviation(text: str, span: Span) -> Span:
    after = re.compile(r"\s*\(([^()\W][^()]{1,15})\)").match(text, span.end)
    capitals = after and sum(letter.isupper() for letter in after[1])
    return Span(span.start, after.end()) if after and capitals and capitals >= 2 else span
