"""The events of a report: the one it tells of, the session around it, what is proposed to be held, what was adopted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from panoh.exchange.reading.actors import Actor
from panoh.exchange.reading.counting import Count, Day
from panoh.exchange.reading.proposing import Proposal
from panoh.exchange.reading.sentences import Sentence
from panoh.exchange.reading.triggers import quotes_in
from panoh.exchange.reading.words import Span, key_of, table

OPENING = 6  # what an event is stands in the first sentences

_PEOPLE = re.compile(
    r"expert|specialist|participant|people|representative|delegate|official|lawyer|judge|person|teacher|practitioner|эксперт|специалист|участник|человек|представител|делегат|юрист",
    re.IGNORECASE,
)
_STATES = re.compile(r"countr|state|стран|государств", re.IGNORECASE)
_ADOPTION = re.compile(r"(?:adoption of the|принятия)\s+(?=[A-ZА-ЯЁС])")
MODERATOR = re.compile(
    r"moderat\w+|модерир\w+|модератор\w*|(?<!co-)chaired|(?<!-)\bchair(?:person|man|woman)?\s*:"
    r"|председатель\w*\s*:|под председательством|председательствова",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Event:
    """A conference, session or adoption of which a report tells."""

    code: str
    kind: str
    title: Span | None = None
    spans: list[tuple[int, Span]] = field(default_factory=list)
    day: Day | None = None
    organisers: list[tuple[str, str, int, Span]] = field(default_factory=list)
    moderator: tuple[str, int, Span] | None = None
    people: Count | None = None
    countries: Count | None = None
    host: tuple[str, int, Span] | None = None
    status: str = ""


@cache
def _kinds() -> re.Pattern[str]:
    words = sorted({*table("numbers")["events"]["en"], *_russian_stems()}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _russian_stems() -> list[str]:
    return [r"\s+".join(rf"{key_of(part)}\w*" for part in word.split()) for word in table("numbers")["events"]["ru"]]


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{table('numbers')['events'][name]})(?!\w)", re.IGNORECASE)


def main_event(
    text: str,
    sentences: Sequence[Sentence],
    actors: Sequence[Sequence[Actor]],
    counts: Sequence[Count],
    days: Sequence[Day],
) -> Event | None:
    """Return the event that the report tells of: the first that is said to be held; nothing where none is."""
    body = [sentence for sentence in sentences if not sentence.is_heading]
    first = next((s for s in body[:OPENING] if _kinds().search(s.text) and _pattern("held").search(s.text)), None)
    if first is None:
        return _headed(text, sentences)
    held = _pattern("held").search(text, *first.span)
    kinds = list(_kinds().finditer(text, *first.span))
    before = [one for one in kinds if held and one.end() <= held.start()]
    kind = (before or kinds)[-1 if before else 0]
    event = Event("EV-MAIN", kind[0].casefold())
    event.spans = [(first.number, Span(kind.start(), kind.end()))]
    opening = body[: body.index(first) + OPENING]
    event.title = next((quote for s in opening[:2] for quote in quotes_in(text, s)), None)
    event.day = next((day for day in days if day.sentence == first.number and day.month), None)
    event.people = next(
        (c for c in counts if _in(c, opening) and _PEOPLE.search(c.what) and c.qualifier != "ordinal"), None
    )
    event.countries = next((c for c in counts if _in(c, opening) and _STATES.match(c.what)), None)
    for sentence in opening:
        event.organisers += _organisers(text, sentence, actors[sentence.number])
    event.moderator = next((m for s in body if (m := _moderator(text, s, actors[s.number]))), None)
    return event


def _headed(text: str, sentences: Sequence[Sentence]) -> Event | None:
    """Return the event that minutes name in their head and nowhere else."""
    for sentence in sentences[:OPENING]:
        if sentence.is_heading and (kind := _kinds().search(text, *sentence.span)):
            return Event("EV-MAIN", kind[0].casefold(), spans=[(sentence.number, Span(kind.start(), kind.end()))])
    return None


def _in(count: Count, opening: Sequence[Sentence]) -> bool:
    return any(count.sentence == sentence.number for sentence in opening)


def _organisers(text: str, sentence: Sentence, actors: Sequence[Actor]) -> list[tuple[str, str, int, Span]]:
    roles = [
        (match.start(), match.end(), role)
        for name, role in (("organiser", "organiser"), ("with", "in cooperation"), ("backing", "with support"))
        for match in _pattern(name).finditer(text, *sentence.span)
    ]
    if not any(role == "organiser" or role == "with support" for _, _, role in roles):
        return []
    found = []
    for actor in actors:
        before = [one for one in sorted(roles) if one[1] <= actor.span.start]
        if before and actor.sort == "body" and actor.span.start - before[-1][1] < 160:
            found.append((actor.what, before[-1][2], sentence.number, Span(before[-1][0], actor.span.end)))
    return found


def _moderator(text: str, sentence: Sentence, actors: Sequence[Actor]) -> tuple[str, int, Span] | None:
    if not MODERATOR.search(sentence.text):
        return None
    person = next((actor for actor in actors if actor.sort == "person"), None)
    return (person.what, sentence.number, sentence.span) if person else None


def other_events(
    text: str,
    sentences: Sequence[Sentence],
    proposals: Sequence[Proposal],
    instruments: Sequence[tuple[str, Span]],
    main: Event | None,
) -> list[Event]:
    """Return the sessions of the General Assembly, what a proposal would hold, and the adoptions that are named."""
    found: dict[str, Event] = {}
    session = re.compile(table("numbers")["session"]["pattern"])
    for sentence in sentences:
        for match in session.finditer(text, *sentence.span):
            event = found.setdefault(f"EV-UNGA{match[1]}", Event(f"EV-UNGA{match[1]}", "session"))
            span = Span(match.start(), match.end())
            event.spans.append((sentence.number, span))
            side = re.search(r"(?:side event|on the (?:margins|sidelines)) of (?:the )?\Z", text[: match.start()])
            if main and side:
                main.host = (event.code, sentence.number, Span(side.start(), match.end()))
        for match in _ADOPTION.finditer(text, *sentence.span):
            named = next((one for one in instruments if one[1].start == match.end()), None)
            if named:
                code = "EV-ADOPTION-" + named[0].removeprefix("INS-")
                event = found.setdefault(code, Event(code, "adoption"))
                event.spans.append((sentence.number, Span(match.start(), named[1].end)))
    for number, proposal in enumerate(proposals, 1):
        for span in proposal.spans:
            held = re.compile(
                r"(?:hold|organi[sz]e|convene|host|провести|организовать|созвать)\s+(?:an?\s+|the\s+|в \d{4} году\s+)?"
            ).search(text, *span)
            if held and _kinds().search(text, held.end(), span.end):
                code = f"EV-PROPOSED-{number}"
                event = found.setdefault(code, Event(code, "proposed", status="proposed"))
                event.spans.append(_whole(text, sentences, Span(held.end(), span.end)))
    return list(found.values())


def _whole(text: str, sentences: Sequence[Sentence], span: Span) -> tuple[int, Span]:
    """Return what is to be held with what it is dedicated to, and in which sentence."""
    sentence = next(s for s in sentences if s.span.start <= span.start < s.span.end)
    more = re.compile(r"\s+(?:dedicated|devoted|on the|посвящ\w+)\s[^,;.]+").match(text, span.end, sentence.span.end)
    return sentence.number, Span(span.start, more.end() if more else span.end)
