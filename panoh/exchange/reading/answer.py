"""What was found in a report, ready for JSON: in the keys of the exchange, each with its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from panoh.exchange.reading import events as events_of
from panoh.exchange.reading.counting import Count
from panoh.exchange.reading.known import Mention, state_name
from panoh.exchange.reading.plugs import Suggestion
from panoh.exchange.reading.report import HEAD_OF_STATE, Report
from panoh.exchange.reading.statements import Position, Statement
from panoh.exchange.reading.words import Span, is_russian, table

SCHEMA = "panoh.report/1"


def as_data(report: Report) -> dict[str, Any]:
    """Return everything found in a report."""
    return _Answer(report).all()


class _Answer:
    def __init__(self, report: Report) -> None:
        self._report = report
        self.text = report.text

    def place(self, span: Span, sentence: int | None = None) -> dict[str, Any]:
        """Return a place with its sentence and its words."""
        number = (
            next((s.number for s in self._report.sentences if s.span.start <= span.start < s.span.end), 0)
            if sentence is None
            else sentence
        )
        return {
            "sentence": f"S{number:02}",
            "start": span.start,
            "end": span.end,
            "quote": self.text[span.start : span.end],
        }

    def all(self) -> dict[str, Any]:
        """Return everything found, ready for JSON."""
        return {
            "schema": SCHEMA,
            "source": {
                "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
                "chars": len(self.text),
                "language": "ru" if is_russian(self.text) else "en",
                "sentence_count": len(self._report.sentences),
            },
            "sentences": [
                {
                    "id": s.code,
                    "start": s.span.start,
                    "end": s.span.end,
                    "text": s.text,
                    "kind": "heading" if s.is_heading else "body",
                }
                for s in self._report.sentences
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
                for d in self._report.days
            ],
            "label_hazards": [self.place(span) for span in hazards(self.text)],
        }

    def _counts(self) -> list[dict[str, Any]]:
        """Return the numbers, an ordinal once, and the years of what is proposed."""
        counts = [c for n, c in enumerate(self._report.counts) if not _is_repeated(c, self._report.counts[:n])]
        spans = [span for proposal in self._report.heard.proposals.all for span in proposal.spans]
        years = [
            Count(int(d.value), "year of what is proposed", "exact", d.span, d.sentence)
            for d in self._report.days
            if not d.month and any(d.span.within(span) for span in spans)
        ]
        return [
            {"what": c.what, "value": c.value, "qualifier": c.qualifier, "span": self.place(c.span, c.sentence)}
            for c in sorted([*counts, *years], key=lambda c: c.span)
        ]

    def _organisations(self) -> list[dict[str, Any]]:
        found = []
        for code, mentions in _by_what(m for m in self._report.mentions if m.sort == "organisation").items():
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
            for person in self._report.people
        ]

    def _groups(self) -> list[dict[str, Any]]:
        spoken = {a.span for actors in self._report.actors for a in actors if a.what.startswith("GRP-")}
        groups = [group for s in self._report.body for group in self._report.groups[s.number] if group.span in spoken]
        listed = {group.span for group in groups}
        groups += [
            Mention(actor.span, s.number, actor.what, "group")
            for s in self._report.body
            for actor in self._report.actors[s.number]
            if actor.what.startswith("GRP-") and actor.span not in listed
        ]
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
            for code, m in _by_what(m for m in self._report.mentions if m.sort == sort).items()
        ]

    def _places(self) -> list[dict[str, Any]]:
        return [
            {"id": iso, "name": state_name(iso), "spans": [self.place(m.span, m.sentence) for m in mentions]}
            for iso, mentions in _by_what(m for m in self._report.mentions if m.sort == "state").items()
        ]

    def _said(self) -> dict[str, Any]:
        heard = self._report.heard
        codes = {id(proposal): f"PR-{n:02}" for n, proposal in enumerate(heard.proposals.all, 1)}
        statements = [self._statement(n, one, codes) for n, one in enumerate(heard.statements, 1)]
        return {
            "statements": statements
            + [self._suggested(n, s) for n, s in enumerate(self._report.suggestions, len(statements) + 1)],
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
        main = events_of.main_event(
            self.text, self._report.sentences, self._report.actors, self._report.counts, self._report.days
        )
        named = [(m.what, m.span) for m in self._report.mentions if m.sort == "instrument"]
        others = events_of.other_events(self.text, self._report.body, self._report.heard.proposals.all, named, main)
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


def _is_repeated(count: Count, earlier: Sequence[Count]) -> bool:
    return count.qualifier == "ordinal" and any(
        (one.value, one.what) == (count.value, count.what) for one in earlier if one.qualifier == "ordinal"
    )


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
