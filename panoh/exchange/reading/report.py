"""A report read: everything found in it, each with its place, in the keys of the exchange."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from panoh.exchange.reading import events as events_of
from panoh.exchange.reading.actors import Actor, actors_in, groups_in
from panoh.exchange.reading.bodies import abbreviated, repeated, short_names, unlisted
from panoh.exchange.reading.counting import Count, Day, counts_in, days_in
from panoh.exchange.reading.known import Mention, known_in, state_name, unlisted_instruments
from panoh.exchange.reading.naming import names_in
from panoh.exchange.reading.people import Person, Seen, give_bodies, join, see
from panoh.exchange.reading.plugs import Model, Suggestion, checked
from panoh.exchange.reading.sentences import Sentence, sentences_of
from panoh.exchange.reading.statements import Listening, Position, Statement
from panoh.exchange.reading.words import Span, is_russian, key_of, table, tokens_of

SCHEMA = "panoh.report/1"
HEAD_OF_STATE = "ORG-PRES-"


class Report:
    """A text with what was found in it; nothing of it was kept anywhere."""

    def __init__(self, text: str, model: Model | None = None) -> None:
        self.text = text
        self.sentences = sentences_of(text)
        self.body = [sentence for sentence in self.sentences if not sentence.is_heading]
        self._tokens = {s.number: tokens_of(text, *s.span) for s in self.sentences}
        self.mentions = self._known()
        self.seen, self.people = self._people()
        self.groups = {s.number: groups_in(text, s) for s in self.sentences}
        self.days: list[Day] = days_in(text, self.body)
        self.counts: list[Count] = [count for s in self.body for count in counts_in(text, s, self.days)]
        self.actors: list[list[Actor]] = [self._actors(s) for s in self.sentences]
        self.heard = Listening(text)
        for sentence in self.body:
            self.heard.hear(sentence, self.actors[sentence.number])
        self.suggestions: list[Suggestion] = checked(model, text) if model else []

    def _known(self) -> list[Mention]:
        found: list[Mention] = []
        for sentence in self.body:
            known = known_in(self.text, self._tokens[sentence.number], sentence.number)
            explained = abbreviated(self.text, self._tokens[sentence.number], sentence.number, known)
            known = [m for m in known if not any(m.span.within(one.span) for one in explained)] + explained
            found += known
            found += unlisted(self.text, self._tokens[sentence.number], sentence.number, known)
        short = short_names(self.text, found)
        for sentence in self.body:
            taken = [m.span for m in found if m.sentence == sentence.number]
            found += repeated(self.text, sentence.span, sentence.number, short, taken)
        codes = _one_code_each(self.text, found)
        named = [Mention(m.span, m.sentence, codes.get(m.span, m.what), m.sort, m.inferred) for m in found]
        for sentence in self.body:
            taken = [
                m.span for m in named if m.sentence == sentence.number and m.sort in {"instrument", "organisation"}
            ]
            named += unlisted_instruments(self.text, sentence.span, sentence.number, taken)
        return sorted([*_outermost(named), *self._heads_of_state(named)], key=lambda m: m.span)

    def _heads_of_state(self, known: Sequence[Mention]) -> list[Mention]:
        """Return "President of Uzbekistan" as an office, where it is no part of the name of a body."""
        found = []
        for state in known:
            lead = re.search(
                r"(?:President of (?:the )?|Президент\w* )\Z",
                self.text[max(0, state.span.start - 20) : state.span.start],
            )
            if state.sort != "state" or not lead:
                continue
            span = Span(state.span.start - len(lead[0]), state.span.end)
            if not any(span.meets(m.span) for m in known if m.sort == "organisation"):
                found.append(Mention(span, state.sentence, HEAD_OF_STATE + state.what, "organisation"))
        return found

    def _people(self) -> tuple[list[Seen], list[Person]]:
        closed = [m.span for m in self.mentions if m.sort != "instrument" or self.text[m.span.start].isupper()]
        bodies = [m for m in self.mentions if m.sort == "organisation"]
        words = frozenset(
            key_of(word) for b in bodies for word in re.findall(r"[^\W\d_]+", self.text[b.span.start : b.span.end])
        )
        seen = [
            see(
                self.text,
                s,
                self._tokens[s.number],
                name,
                [b for b in bodies if b.sentence == s.number and not b.what.startswith(HEAD_OF_STATE)],
            )
            for s in self.body
            for name in names_in(self.text, s.span, [c for c in closed if c.meets(s.span)], words)
        ]
        people = join(seen)
        give_bodies(self.text, people, bodies, [t for s in self.body for t in self._tokens[s.number]])
        for person in people:
            if not person.body:
                person.body = self._spoken_for(person, bodies)
        return seen, people

    def _spoken_for(self, person: Person, bodies: Sequence[Mention]) -> str:
        """Return the body on whose behalf somebody speaks, or by whom it was represented."""
        for name in person.names:
            for body in bodies:
                after = self.text[body.span.end : name.start]
                lead = self.text[max(0, body.span.start - 30) : body.span.start]
                spoken = re.search(r"(?:on behalf of|от имени|от лица) (?:the )?\Z", lead) and re.fullmatch(
                    r"\s*,\s*", after
                )
                if spoken or re.fullmatch(r" (?:was|were) represented by (?:[A-Z][\w.]* )?", after):
                    return body.what
        return ""

    def _actors(self, sentence: Sentence) -> list[Actor]:
        number = sentence.number
        return actors_in(
            self.text, sentence, self._tokens[number], [m for m in self.mentions if m.sentence == number],
            [one for one in self.seen if one.sentence == number], self.people, self.groups[number],
        )  # fmt: skip

    # --- as data ---

    def place(self, span: Span, sentence: int | None = None) -> dict[str, Any]:
        """Return a place with its sentence and its words."""
        number = (
            next((s.number for s in self.sentences if s.span.start <= span.start < s.span.end), 0)
            if sentence is None
            else sentence
        )
        return {
            "sentence": f"S{number:02}",
            "start": span.start,
            "end": span.end,
            "quote": self.text[span.start : span.end],
        }

    def as_data(self) -> dict[str, Any]:
        """Return everything found, ready for JSON."""
        return {
            "schema": SCHEMA,
            "source": {
                "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
                "chars": len(self.text),
                "language": "ru" if is_russian(self.text) else "en",
                "sentence_count": len(self.sentences),
            },
            "sentences": [
                {
                    "id": s.code,
                    "start": s.span.start,
                    "end": s.span.end,
                    "text": s.text,
                    "kind": "heading" if s.is_heading else "body",
                }
                for s in self.sentences
            ],
            "events": self._events(),
            "organisations": self._organisations(),
            "unnamed_groups": self._groups(),
            "persons": self._persons(),
            "instruments": self._listed("instrument"),
            "places": self._places(),
            **self._said(),
            "counts": self._counts(),
            "times": [
                {
                    "text": d.words,
                    "value": d.value or None,
                    "year_inferred": d.year_inferred,
                    **({"basis": d.basis} if d.basis else {}),
                    "span": self.place(d.span, d.sentence),
                }
                for d in self.days
            ],
            "label_hazards": [self.place(span) for span in hazards(self.text)],
        }

    def _counts(self) -> list[dict[str, Any]]:
        """Return the numbers, an ordinal once, and the years of what is proposed."""
        counts = [c for n, c in enumerate(self.counts) if not _is_repeated(c, self.counts[:n])]
        spans = [span for proposal in self.heard.proposals.all for span in proposal.spans]
        years = [
            Count(int(d.value), "year of what is proposed", "exact", d.span, d.sentence)
            for d in self.days
            if not d.month and any(d.span.within(span) for span in spans)
        ]
        return [
            {"what": c.what, "value": c.value, "qualifier": c.qualifier, "span": self.place(c.span, c.sentence)}
            for c in sorted([*counts, *years], key=lambda c: c.span)
        ]

    def _organisations(self) -> list[dict[str, Any]]:
        found = []
        for code, mentions in _by_what(m for m in self.mentions if m.sort == "organisation").items():
            listed = table("organisations").get(code.removeprefix("ORG-"), {})
            first = mentions[0]
            found.append(
                {
                    "id": code,
                    "name": listed.get("name", self.text[first.span.start : first.span.end]),
                    "type": listed.get("type", "head_of_state" if code.startswith(HEAD_OF_STATE) else "unlisted"),
                    "spans": [
                        self.place(m.span, m.sentence) | ({"damaged": True} if m.inferred else {}) for m in mentions
                    ],
                }
            )
        return found

    def _persons(self) -> list[dict[str, Any]]:
        return [
            {
                "id": person.code,
                "name": self.text[person.names[0].start : person.names[0].end],
                "title": self.text[person.titles[0].start : person.titles[0].end] if person.titles else None,
                "organisation": person.body or None,
                "spans": [self.place(span) for span in person.names]
                + [self.place(span) | {"inferred": True} for span in sorted(person.roles)],
            }
            for person in self.people
        ]

    def _groups(self) -> list[dict[str, Any]]:
        spoken = {actor.span for actors in self.actors for actor in actors if actor.sort == "group"}
        groups = [group for s in self.body for group in self.groups[s.number] if group.span in spoken]
        return [
            {
                "id": code,
                "label": self.text[m[0].span.start : m[0].span.end],
                "spans": [self.place(g.span, g.sentence) for g in m],
            }
            for code, m in _by_what(groups).items()
        ]

    def _listed(self, sort: str) -> list[dict[str, Any]]:
        return [
            {
                "id": code,
                "name": table("instruments")
                .get(code.removeprefix("INS-"), {})
                .get("name", self.text[m[0].span.start : m[0].span.end]),
                "spans": [self.place(one.span, one.sentence) for one in m],
            }
            for code, m in _by_what(m for m in self.mentions if m.sort == sort).items()
        ]

    def _places(self) -> list[dict[str, Any]]:
        return [
            {"id": iso, "name": state_name(iso), "spans": [self.place(m.span, m.sentence) for m in mentions]}
            for iso, mentions in _by_what(m for m in self.mentions if m.sort == "state").items()
        ]

    def _said(self) -> dict[str, Any]:
        heard = self.heard
        codes = {id(proposal): f"PR-{n:02}" for n, proposal in enumerate(heard.proposals.all, 1)}
        statements = [self._statement(n, one, codes) for n, one in enumerate(heard.statements, 1)]
        return {
            "statements": statements
            + [self._suggested(n, s) for n, s in enumerate(self.suggestions, len(statements) + 1)],
            "proposals": [
                {
                    "id": codes[id(one)],
                    "text": self.text[one.spans[0].start : one.spans[0].end],
                    "proposer": one.by,
                    **({"modality": one.modality} if one.modality else {}),
                    **({"put_forward_at": self.place(one.forward)} if one.forward else {}),
                    "spans": [self.place(span) for span in one.spans],
                }
                for one in heard.proposals.all
            ],
            "endorsements": [self._position(n, one, codes) for n, one in enumerate(_once(heard.positions), 1)],
            "commitments": [{"by": s["speaker"], "statement": s["id"]} for s in statements if s["act"] == "commit"],
        }

    def _statement(self, number: int, one: Statement, codes: dict[int, str]) -> dict[str, Any]:
        words = self.text[one.span.start : one.span.end]
        return {
            "id": f"ST-{number:02}",
            "speaker": one.speaker,
            **({"speaker_inferred": True} if one.inferred else {}),
            "act": one.act,
            "verb": one.verb,
            "content": words,
            "topics": topics_of(words),
            "span": self.place(one.span, one.sentence),
            "sentence": f"S{one.sentence:02}",
            **({"about": codes[id(one.about)]} if one.about else {}),
            **({"consensus": "unanimous"} if one.consensus else {}),
        }

    def _suggested(self, number: int, one: Suggestion) -> dict[str, Any]:
        return {
            "id": f"ST-{number:02}", "speaker": one.speaker, "act": one.act, "verb": "", "content": one.quote,
            "topics": topics_of(one.quote), "span": self.place(one.span), "suggested_by": "model",
        }  # fmt: skip

    def _position(self, number: int, one: Position, codes: dict[int, str]) -> dict[str, Any]:
        return {
            "id": f"EN-{number:02}",
            "proposal": codes[id(one.proposal)],
            "endorser": one.by,
            **({"endorser_inferred": True} if one.inferred else {}),
            "strength": one.strength,
            "span": self.place(one.span, one.sentence),
        }

    def _events(self) -> list[dict[str, Any]]:
        main = events_of.main_event(self.text, self.sentences, self.actors, self.counts, self.days)
        named = [(m.what, m.span) for m in self.mentions if m.sort == "instrument"]
        others = events_of.other_events(self.text, self.body, self.heard.proposals.all, named, main)
        found = []
        for event in [*([main] if main else []), *others]:
            span = event.title or event.spans[0][1]
            data: dict[str, Any] = {"id": event.code, "type": event.kind, "title": self.text[span.start : span.end]}
            data["spans"] = [self.place(s, number) for number, s in event.spans]
            if event.title:
                data["title_span"] = self.place(event.title)
            if event.status:
                data["status"] = event.status
            if event.day:
                data |= {"date_in_text": event.day.words, "date_span": self.place(event.day.span, event.day.sentence)}
                data["date_iso"] = {
                    "value": event.day.value or None,
                    "year_inferred": event.day.year_inferred,
                    "basis": event.day.basis,
                }
            if event.organisers:
                data["organisers"] = [
                    {"org": o, "role": r, "span": self.place(s, n)} for o, r, n, s in event.organisers
                ]
            if event.host:
                data["host_event"] = {
                    "event": event.host[0],
                    "relation": "side event",
                    "span": self.place(event.host[2], event.host[1]),
                }
            if event.moderator:
                data["moderator"] = {
                    "person": event.moderator[0],
                    "span": self.place(event.moderator[2], event.moderator[1]),
                }
            if event.people or event.countries:
                data["participants"] = {
                    name: {"value": c.value, "qualifier": c.qualifier, "span": self.place(c.span, c.sentence)}
                    for name, c in (("people", event.people), ("countries", event.countries))
                    if c
                }
            found.append(data)
        return found


def _by_what(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.what, []).append(mention)
    return found


def _once(positions: Sequence[Position]) -> list[Position]:
    """Return each position once: the first place where somebody takes it to a proposal."""
    found: dict[tuple[int, str], Position] = {}
    for one in positions:
        found.setdefault((id(one.proposal), one.by), one)
    return list(found.values())


def _one_code_each(text: str, mentions: Sequence[Mention]) -> dict[Span, str]:
    """Return the codes of unlisted bodies: one for one name in any case, another for another name."""
    names: dict[tuple[str, ...], str] = {}
    short = set(short_names(text, mentions))
    found: dict[Span, str] = {}
    for mention in mentions:
        if mention.sort != "organisation" or mention.what.removeprefix("ORG-") in table("organisations"):
            continue
        if text[mention.span.start : mention.span.end] in short:
            continue
        words = tuple(key_of(word) for word in re.findall(r"[^\W\d_]+", text[mention.span.start : mention.span.end]))
        known = next((code for keys, code in names.items() if _is_one(keys, words)), None)
        if known is None:
            known, number = mention.what, 2
            while known in names.values():
                known, number = f"{mention.what}-{number}", number + 1
            names[words] = known
        found[mention.span] = known
    return found


def _is_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two names are one body's: the shorter has three words or more, all in the longer one."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) > 2 and set(short) <= set(long))


def _is_repeated(count: Count, earlier: Sequence[Count]) -> bool:
    return count.qualifier == "ordinal" and any(
        (one.value, one.what) == (count.value, count.what) for one in earlier if one.qualifier == "ordinal"
    )


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions without the states within the name of a body."""
    bodies = [m.span for m in mentions if m.sort == "organisation"]
    return [m for m in mentions if m.sort == "organisation" or not any(m.span.within(span) for span in bodies)]


@cache
def _topics() -> dict[str, re.Pattern[str]]:
    return {
        topic: re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.IGNORECASE) for topic, words in table("topics").items()
    }


def topics_of(words: str) -> list[str]:
    """Return the topics that a text touches."""
    return [topic for topic, pattern in _topics().items() if pattern.search(words)]


@cache
def _hazards() -> re.Pattern[str]:
    return re.compile("|".join(table("hazards")["quotes"]), re.IGNORECASE)


def hazards(text: str) -> list[Span]:
    """Return wording that labels people: it is quoted and never becomes a word of ours."""
    return [Span(match.start(), match.end()) for match in _hazards().finditer(text)]
