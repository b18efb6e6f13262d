"""A report read: known names first, then people, then who says what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from panoh.exchange.reading.actors import Actor, actors_in, groups_in
from panoh.exchange.reading.bodies import abbreviated, repeated, short_names, unlisted
from panoh.exchange.reading.counting import Count, Day, counts_in, days_in
from panoh.exchange.reading.events import MODERATOR
from panoh.exchange.reading.known import Mention, known_in, unlisted_instruments
from panoh.exchange.reading.naming import names_in
from panoh.exchange.reading.people import Person, Seen, give_bodies, join, see, surnames_alone
from panoh.exchange.reading.plugs import Model, Suggestion, checked
from panoh.exchange.reading.sentences import Sentence, sentences_of
from panoh.exchange.reading.statements import Listening
from panoh.exchange.reading.words import Span, key_of, table, tokens_of

HEAD_OF_STATE = "ORG-PRES-"


class Report:
    """A text with what was found in it; nothing of it was kept anywhere."""

    def __init__(
        self, text: str, model: Model | None = None, progress: Callable[[int, int], None] | None = None
    ) -> None:
        self.text = text
        self._progress, self._done = progress, 0
        self.sentences = sentences_of(text)
        self.body = [sentence for sentence in self.sentences if not sentence.is_heading]
        self._tokens = {s.number: tokens_of(text, *s.span) for s in self.sentences}
        self.mentions = self._known()
        self.seen, self.people = self._people()
        self.groups = {s.number: groups_in(text, s) for s in self.sentences}
        self.days: list[Day] = days_in(text, self.body)
        self.counts: list[Count] = [count for s in self.body for count in counts_in(text, s, self.days)]
        self.chair = self._chair()
        self.actors: list[list[Actor]] = [self._actors(s) for s in self._each(self.sentences)]
        self.heard = Listening(text, {person.code: person.body for person in self.people})
        for sentence in self._each(self.body):
            self.heard.hear(sentence, self.actors[sentence.number])
        self.suggestions: list[Suggestion] = checked(model, text) if model else []

    def _each(self, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
        """Go through sentences, and tell from time to time how far the reading is: it goes through them four times."""
        for sentence in sentences:
            yield sentence
            self._done += 1
            if self._progress and self._done % 200 == 0:
                self._progress(self._done, 4 * len(self.sentences))

    def _known(self) -> list[Mention]:
        found: list[Mention] = []
        for sentence in self._each(self.body):
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
        seen = []
        for s in self._each(self.body):
            here = [b for b in bodies if b.sentence == s.number and not b.what.startswith(HEAD_OF_STATE)]
            names = names_in(self.text, s.span, [c for c in closed if c.meets(s.span)], words)
            seen += [see(self.text, s, self._tokens[s.number], name, here, names) for name in names]
        people = join(seen)
        for s in self.body:
            spans = [*closed, *(one.name.span for one in seen)]
            for person, name in surnames_alone(self.text, s, people, spans):
                person.names = sorted([*person.names, name.span])
                seen.append(Seen(name, s.number, name.span, (), True))
        give_bodies(self.text, people, bodies, [t for s in self.body for t in self._tokens[s.number]])
        for person in people:
            if not person.body:
                person.body = self._spoken_for(person, bodies)
        return seen, people

    def _chair(self) -> str:
        """Return who led the event: the first named in a sentence that says so."""
        led = (s.number for s in self.body if MODERATOR.search(s.text))
        here = (min((one for one in self.seen if one.sentence == number), default=None, key=_place) for number in led)
        name = next((one.name.span for one in here if one), None)
        return next((person.code for person in self.people if name in person.names), "")

    def _spoken_for(self, person: Person, bodies: Sequence[Mention]) -> str:
        """Return the body on whose behalf somebody speaks, or by whom it was represented."""
        for name in person.names:
            for body in bodies:
                after = self.text[body.span.end : name.start]
                lead = self.text[max(0, body.span.start - 30) : body.span.start]
                spoken = re.search(
                    r"(?:on behalf of|[Ss]peaking for|[Rr]epresenting|от имени|от лица|[Пп]редставляя) (?:the )?\Z",
                    lead,
                ) and re.fullmatch(r"\s*,\s*", after)
                between = self.text[name.end : body.span.start]
                if re.fullmatch(
                    r",\s+(?:speaking (?:on behalf of|for)|representing|on behalf of"
                    r"|выступая от имени|представляющ\w+)(?: the)? ",
                    between,
                ):
                    return body.what
                if spoken or re.fullmatch(r" (?:was|were) represented by (?:[A-Z][\w.]* )?", after):
                    return body.what
        return ""

    def _actors(self, sentence: Sentence) -> list[Actor]:
        number = sentence.number
        return actors_in(
            self.text, sentence, self._tokens[number], [m for m in self.mentions if m.sentence == number],
            [one for one in self.seen if one.sentence == number], self.people, self.groups[number], self.chair,
        )  # fmt: skip


def _place(one: Seen) -> Span:
    return one.name.span


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


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions without the states within the name of a body."""
    bodies = [m.span for m in mentions if m.sort == "organisation"]
    return [m for m in mentions if m.sort == "organisation" or not any(m.span.within(span) for span in bodies)]
