"""Proposals: where "the initiative of X to do Y" stands, and how several places of one proposal become one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from panoh.exchange.reading.actors import Actor
from panoh.exchange.reading.clauses import clean
from panoh.exchange.reading.sentences import Sentence
from panoh.exchange.reading.speaking import verbs_in
from panoh.exchange.reading.words import Span, is_russian, key_of, table

ENOUGH_ALIKE = 0.4
NOBODY = "UNATTRIBUTED"

_TO = re.compile(r"\s*,?\s*(?:to|on|for|regarding|concerning|about)\s+(?=\w)|\s*,?\s*of\s+(?=[a-z]+ing\b)")
_RU_TO = re.compile(r"\s*,?\s*(?=(?:не\s+)?[а-яё]+(?:ть|ти|чь|ться|тись)(?!\w))|\s+(?:об?|по|на)\s+(?=\w)")
_CUT = re.compile(
    r"\s(?:was|were|is|are|has|have|will|would|dedicated|devoted|aimed|put forward|"
    r"proposed|voiced|announced|made|expressed|timed|which|that|who|"
    r"посвящ\w+|котор\w+|был[аои]?|выступил\w*|выдвинут\w+|озвучен\w+)(?!\w)|[;:(.]\s|\.\Z|,\s"
)
_FRONTED = re.compile(r"С (?:инициативой|предложением)\s[^.;]*?(?:выступил|выступила|выступили)(?!\w)")
_PARENTHESIS = re.compile(
    r",\s+(?:together|jointly|along|in cooperation)\s+with\s[^,]*,|,\s+(?:вместе|совместно)\s+с[^,]*,"
)
_FORWARD = re.compile(r"(?:put forward|voiced|announced|made|proposed) (?:at|during|in|by) [^,.;]+")
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "to",
        "of",
        "for",
        "on",
        "in",
        "and",
        "with",
        "its",
        "into",
        "at",
        "by",
        "that",
        "и",
        "в",
        "на",
        "по",
        "с",
        "о",
        "для",
        "при",
        "не",
    ]
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The word "initiative" and what hangs on it."""

    word: Span
    whole: Span
    by: Actor | None
    to: Span | None
    forward: Span | None = None


@dataclass(slots=True)
class Proposal:
    """What somebody proposes, and where the report says so."""

    by: str
    spans: list[Span]
    keys: frozenset[str]
    sentence: int
    modality: str = ""
    forward: Span | None = None
    statements: list[int] = field(default_factory=list)


@cache
def _word() -> re.Pattern[str]:
    words = "|".join(table("speech")[language]["proposal_words"] for language in ("en", "ru"))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def references_in(text: str, sentence: Sentence, actors: Sequence[Actor]) -> list[Reference]:
    """Return each "initiative", "proposal", "предложение" of a sentence with whose it is and what it is about."""
    found: list[Reference] = []
    for match in _word().finditer(text, *sentence.span):
        at = match.end()
        by = _whose(text, at, actors)
        if by:
            at = by.outer.end
        else:
            by = next((a for a in actors if re.fullmatch(r"['’]s?\s+", text[a.outer.end : match.start()])), None)
            fronted = _FRONTED.match(text, *sentence.span)
            if fronted and match.start() < fronted.end():
                by = next((a for a in actors if a.outer.start >= fronted.end() and a.sort != "pronoun"), None)
        to = _about(text, at, sentence.span)
        start = match.start()
        forward = _FORWARD.search(text, at, sentence.span.end)
        found.append(
            Reference(
                Span(match.start(), match.end()),
                Span(start, to.end if to else at),
                by,
                to,
                Span(forward.start(), forward.end()) if forward else None,
            )
        )
    return found


def _whose(text: str, at: int, actors: Sequence[Actor]) -> Actor | None:
    for actor in actors:
        if actor.outer.start >= at and actor.sort != "pronoun":
            between = text[at : actor.outer.start]
            if re.fullmatch(r"\s+(?:of|by|from)\s+(?:the\s+)?", between) or (
                is_russian(text[actor.span.start : actor.span.end]) and not between.strip()
            ):
                return actor
            break
    return None


def _about(text: str, at: int, sentence: Span) -> Span | None:
    begins = _TO.match(text, at, sentence.end) or _RU_TO.match(text, at, sentence.end)
    if not begins:
        return None
    start = begins.end()
    end = sentence.end
    aside = _PARENTHESIS.search(text, start, sentence.end)
    for cut in _CUT.finditer(text, start, sentence.end):
        if aside and aside.start() <= cut.start() < aside.end():
            continue
        end = cut.start()
        break
    if verb := next(verbs_in(text, Span(start, end)), None):
        end = verb.span.start
    word = re.compile(r"\S+").match(text, start)
    if word and (does := _does().search(text, word.end(), end)):
        end = does.start()
    span = clean(text, Span(start, end))
    return span if span.start < span.end else None


@cache
def _does() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(table('clauses')['en']['verbs'])})(?!\w)")


def keys_of(text: str, span: Span) -> frozenset[str]:
    """Return the words of a proposal by which two are compared."""
    return frozenset(key_of(w) for w in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text[span.start : span.end])) - _SMALL


class Proposals:
    """The proposals of a report as they come up."""

    def __init__(self, text: str, bodies: Mapping[str, str]) -> None:
        self._text = text
        self._bodies = bodies  # of whom a proposal of "UNICEF" may be
        self.all: list[Proposal] = []

    def meant(self, reference: Reference) -> Proposal | None:
        """Return the proposal that a reference means: by whose it is and what it is about, else the last one."""
        keys = keys_of(self._text, reference.to) if reference.to else frozenset()
        by = reference.by.what if reference.by else ""
        for proposal in reversed(self.all):
            if by and by not in {proposal.by, self._bodies.get(proposal.by)}:
                continue
            if not keys or _alike(keys, proposal.keys):
                return proposal
        return None

    def refer(self, reference: Reference, sentence: int) -> Proposal | None:
        """Return the proposal that a reference means, adding the place; a new one where it says whose and what."""
        known = self.meant(reference)
        if known:
            if reference.to:
                known.spans.append(reference.whole)
                known.keys |= keys_of(self._text, reference.to)
            known.forward = known.forward or reference.forward
            return known
        if reference.to is None or reference.by is None:
            return None
        return self.add(reference.by.what, reference.whole, sentence, about=reference.to, forward=reference.forward)

    def add(
        self,
        by: str,
        span: Span,
        sentence: int,
        *,
        about: Span | None = None,
        modality: str = "",
        forward: Span | None = None,
    ) -> Proposal:
        """Return a proposal of somebody, a new one unless they proposed the same before."""
        keys = keys_of(self._text, about or span)
        for proposal in self.all:
            if proposal.by == by and _alike(keys, proposal.keys):
                proposal.spans.append(span)
                return proposal
        self.all.append(Proposal(by, [span], keys, sentence, modality, forward))
        return self.all[-1]

    def about(self, span: Span) -> Proposal | None:
        """Return the proposal that a place speaks of in other words."""
        keys = keys_of(self._text, span)
        alike = [(len(keys & proposal.keys), -n) for n, proposal in enumerate(self.all)]
        best = max(alike, default=(0, 0))
        return self.all[-best[1]] if best[0] else None


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    least = min(len(one), len(other))
    return bool(least) and len(one & other) / least >= ENOUGH_ALIKE
