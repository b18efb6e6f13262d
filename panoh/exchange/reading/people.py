"""People of a report: their names joined, their titles, their bodies, and "the director of the institute" resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from panoh.exchange.reading.bodies import heads, titles
from panoh.exchange.reading.known import Mention
from panoh.exchange.reading.naming import CAPITALS, Name, code_of, honorific, nominative, same_given, same_surname
from panoh.exchange.reading.sentences import Sentence
from panoh.exchange.reading.speaking import says_at, starts_with_saying
from panoh.exchange.reading.words import Span, Token, is_russian, key_of, table

MOST_TITLE_WORDS = 28
APPOSITION = 12
LEAST_SURNAME = 4

_HEADS = re.compile(
    r",\s+(?:who|which)\s+((?:heads|leads|chairs|directs|represents|represented|moderated|works|headed|led|chaired)\s[^,;]+)"
    r"|,\s+(?:который|которая)\s+((?:возглавля|представля|руковод)\w+\s[^,;]+)"
)
_JOINING = frozenset(["of", "for", "and", "on", "the", "with", "to", "in", "at", "и", "по", "для"])
_PREPOSITIONS = frozenset(
    [
        "in",
        "on",
        "at",
        "for",
        "since",
        "with",
        "by",
        "from",
        "to",
        "more",
        "about",
        "over",
        "в",
        "во",
        "на",
        "за",
        "с",
        "со",
        "по",
        "из",
        "от",
        "для",
        "у",
        "при",
        "более",
        "около",
    ]
)
_STOPS = frozenset(
    [
        "by",
        "was",
        "were",
        "is",
        "are",
        "has",
        "have",
        "had",
        "that",
        "who",
        "which",
        "been",
        "said",
        "что",
        "был",
        "была",
        "были",
        "как",
        "который",
        "которая",
        "выступил",
        "выступила",
        "стал",
        "стала",
        "является",
        "открыл",
        "открыла",
    ]
)


@dataclass(slots=True)
class Person:
    """Somebody named in the report."""

    code: str
    given: str
    surname: str
    body: str = ""
    titles: list[Span] = field(default_factory=list)
    names: list[Span] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)

    def fits(self, name: Name) -> bool:
        """Tell whether a name may be this person's."""
        return same_surname(self.surname, name.surname) and same_given(self.given, name.given)


@dataclass(frozen=True, slots=True)
class Seen:
    """A name in a sentence with the titles around it."""

    name: Name
    sentence: int
    outer: Span
    titles: tuple[Span, ...]
    is_sure: bool
    is_oblique: bool = False  # a Russian title before it stands in another case than the first


@cache
def _modifiers(language: str) -> frozenset[str]:
    return frozenset(key_of(word) for word in table("titles")[language]["modifiers"])


def _language(token: Token) -> str:
    return "ru" if is_russian(token.text) else "en"


def is_title(token: Token) -> bool:
    """Tell whether a word is the noun of a title."""
    return token.key in titles(_language(token))


def see(
    text: str,
    sentence: Sentence,
    tokens: Sequence[Token],
    name: Name,
    bodies: Sequence[Mention],
    names: Sequence[Name] = (),
) -> Seen:
    """Return a name with the titles that stand before and after it, and whether it must be a person's."""
    earlier = max((one.span.end for one in names if one.span.end <= name.span.start), default=0)
    before = _title_before([t for t in tokens if t.start >= earlier], name, bodies)
    after = _title_after(text, sentence, tokens, name, bodies)
    if after and any(
        after.meets(one.span) or not text[after.end : one.span.start].strip()
        for one in names
        if one.span.start > name.span.start
    ):
        after = None  # it is the title of the next one
    start = before.start if before else name.span.start
    if called := honorific().search(text[max(sentence.span.start, name.span.start - 20) : name.span.start]):
        start = min(start, name.span.start - len(called[0]))
    lead = text[sentence.span.start : name.span.start]
    sure = (
        before is not None
        or after is not None
        or bool(called)
        or "." in name.given
        or starts_with_saying(text[name.span.end : sentence.span.end])
        or bool(
            re.search(
                r"(?:\b[bB]y|\b[Aa]ccording to|[Ii]n the (?:words|opinion|view) of|[Пп]о (?:словам|мнению)"
                r"|[Mm]oderat\w+ (?:was|by)|[мМ]одератор\w*\s\w+)\s\Z",
                lead,
            )
        )
        or says_at(lead)
        or (not lead.strip() and _speaks_after_aside(text[name.span.end : sentence.span.end]))
    )
    end = after.end if after else name.span.end
    oblique = before is not None and _is_oblique([t for t in tokens if before.start <= t.start < before.end])
    around = tuple(span for span in (before, after) if span)
    return Seen(name, sentence.number, Span(start, end), around, sure, oblique)


def _speaks_after_aside(after: str) -> bool:
    """Tell whether a text goes on with an aside between commas and a verb of saying."""
    aside = re.match(r",[^.;:]{3,160}?,(?=\s)", after)
    return bool(aside) and any(starts_with_saying(after[m.end() :]) for m in re.finditer(",", after[:200]))


def _is_oblique(title: Sequence[Token]) -> bool:
    noun = next((token for token in title if is_title(token)), None)
    return noun is not None and is_russian(noun.text) and noun.text.casefold() not in table("titles")["ru"]["nouns"]


def _title_before(tokens: Sequence[Token], name: Name, bodies: Sequence[Mention]) -> Span | None:
    at = next((n for n, token in enumerate(tokens) if token.start >= name.span.start), len(tokens))
    if at > 1 and tokens[at - 1].text == "." and tokens[at - 2].text in table("titles")["en"]["honorifics"]:
        at -= 2
    first, seen_title = at, False
    if at and tokens[at - 1].text.islower() and tokens[at - 1].key in _JOINING:
        return None
    part_has_title = False
    for place in range(at - 1, max(-1, at - MOST_TITLE_WORDS), -1):
        token = tokens[place]
        if token.text == ",":
            if not (_title_in_part(tokens, place, bodies) and (part_has_title or not seen_title)):
                break
            part_has_title = False
            continue
        if (
            token.key in {"of", "the", "to"}
            and place > 1
            and (is_title(tokens[place - 1]) or is_title(tokens[place - 2]))
        ):
            continue
        if _ends_title(token, part_has_title, bodies):
            break
        inside = any(b.span.start <= token.start < b.span.end for b in bodies)
        if is_title(token) and not inside:
            seen_title = part_has_title = True
        if part_has_title or seen_title or not token.text.islower():
            first = place if part_has_title else first
    last = at - 2 if at > 1 and tokens[at - 1].text == "," else at - 1
    return Span(tokens[first].start, tokens[last].end) if seen_title and last >= first else None


def _ends_title(token: Token, has_title: bool, bodies: Sequence[Mention]) -> bool:
    """Tell whether a word, read backwards from the name, stands before the title."""
    inside = any(b.span.start <= token.start < b.span.end for b in bodies)
    if inside:
        return False
    if token.key in _STOPS or token.text in '.;:–—()"«»“”!?' or says_at(token.text + " "):
        return True
    if not has_title:
        return False
    if is_title(token) or token.key in _modifiers(_language(token)):
        return False
    return not token.text[0].isupper() or token.text in {"The", "In", "At", "As", "По", "Как", "В"}


def _title_in_part(tokens: Sequence[Token], comma: int, bodies: Sequence[Mention]) -> bool:
    """Tell whether what stands between a comma and the one before it goes on a title."""
    for place in range(comma - 1, -1, -1):
        token = tokens[place]
        inside = any(b.span.start <= token.start < b.span.end for b in bodies)
        if not inside and (token.text in ",.;:" or token.key in _STOPS or says_at(token.text + " ")):
            return False
        if is_title(token) and not inside:
            return True
    return False


def _title_after(
    text: str, sentence: Sentence, tokens: Sequence[Token], name: Name, bodies: Sequence[Mention]
) -> Span | None:
    comma = next((n for n, token in enumerate(tokens) if token.start >= name.span.end), len(tokens))
    if of := re.compile(r"\s+(?:of|from|at)\s+(?:the\s+)?").match(text, name.span.end):
        return next((b.span for b in bodies if b.span.start == of.end()), None)
    if comma == len(tokens) or tokens[comma].text not in {",", "(", "–", "—"}:
        return None
    if tokens[comma].text == "(":
        inside = next((b.span for b in bodies if b.span.start == tokens[comma].end), None)
        if inside and text.startswith(")", inside.end):
            return inside
    if heads_it := _HEADS.match(text, tokens[comma].start, sentence.span.end):
        return Span(*heads_it.span(heads_it.lastindex or 0))
    if comma + 1 < len(tokens) and tokens[comma + 1].key in _PREPOSITIONS:
        return None
    noun = next(
        (n for n in range(comma + 1, min(len(tokens), comma + 1 + APPOSITION)) if is_title(tokens[n])), len(tokens)
    )
    if noun == len(tokens) or any(_breaks(token) for token in tokens[comma + 1 : noun]):
        return None
    last = noun
    for place in range(noun + 1, len(tokens)):
        if any(b.span.start <= tokens[place].start < b.span.end for b in bodies):
            last = place
            continue
        if _breaks(tokens[place]) or starts_with_saying(text[tokens[place].start - 1 : sentence.span.end]):
            break
        last = place
    first = comma + 1 if tokens[comma + 1].key not in {"the", "a", "an"} else comma + 2
    return Span(tokens[first].start, tokens[last].end)


def _breaks(token: Token) -> bool:
    return token.text in {",", ";", ".", ")", "–", "—", ":"} or token.key in _STOPS


def surnames_alone(
    text: str, sentence: Sentence, people: Sequence[Person], closed: Sequence[Span]
) -> list[tuple[Person, Name]]:
    """Return where a person named before stands by the surname alone."""
    found = []
    for match in CAPITALS.finditer(text, *sentence.span):
        span = Span(match.start(), match.end())
        if len(match[0]) < LEAST_SURNAME or any(span.meets(other) for other in closed):
            continue
        fitting = [p for p in people if same_surname(p.surname, match[0]) and p.names[0].start < span.start]
        if len(fitting) == 1:
            found.append((fitting[0], Name(span, "", match[0])))
    return found


def join(seen: Sequence[Seen]) -> list[Person]:
    """Return the persons whom the names mean; a name that is sure in one place is one everywhere."""
    people: list[Person] = []
    ordered = sorted(seen, key=lambda one: ("." in one.name.given or not one.name.given, one.is_oblique, one.name.span))
    for one in ordered:
        fitting = [person for person in people if person.fits(one.name)]
        if not fitting and not any(other.is_sure and _same(one.name, other.name) for other in seen):
            continue
        person = fitting[0] if fitting else Person(_code(one, people), one.name.given, one.name.surname)
        if not fitting:
            people.append(person)
        person.names.append(one.name.span)
        person.titles += [span for span in one.titles if span not in person.titles]
    for person in people:
        person.names.sort()
    return sorted(people, key=lambda person: person.names[0])


def _same(one: Name, other: Name) -> bool:
    return same_surname(one.surname, other.surname) and same_given(one.given, other.given)


def _code(seen: Seen, people: Sequence[Person]) -> str:
    code = code_of(nominative(seen.name.surname) if seen.is_oblique else seen.name.surname)
    taken = {person.code for person in people}
    return code if code not in taken else next(c for n in range(2, 1000) if (c := f"{code}-{n}") not in taken)


def give_bodies(text: str, people: Sequence[Person], bodies: Sequence[Mention], tokens: Sequence[Token]) -> None:
    """Write to each person the body that their titles name last, or the ministry of their portfolio."""
    for person in people:
        inside = [b for span in person.titles for b in bodies if b.span.meets(span)]
        if inside:
            person.body = inside[-1].what
            continue
        for span in person.titles:
            words = [t for t in tokens if span.start <= t.start < span.end]
            if body := body_meant(text, words, span.start, bodies):
                person.body = body
                break


def body_meant(text: str, words: Sequence[Token], before: int, bodies: Sequence[Mention]) -> str:
    """Return the body meant by "the Institute", or by the portfolio of a minister; nothing where there is none."""
    keys = {token.key for token in words}
    portfolio = {key_of("minister"), key_of("министр"), key_of("замминистра")} & keys
    best, most = "", 0
    for body in bodies:
        name = {key_of(word) for word in re.findall(r"[^\W\d_]+", text[body.span.start : body.span.end])}
        if portfolio and name & {key_of("ministry"), key_of("министерство")}:
            shared = len({key for key in name & keys if len(key) > 3})
            if shared > most:
                best, most = body.what, shared
    if best:
        return best
    short = keys & (heads("en") | heads("ru"))
    earlier = [b for b in bodies if b.span.start < before and short & _keys(text, b)]
    return earlier[-1].what if earlier else ""


def _keys(text: str, body: Mention) -> set[str]:
    return {key_of(word) for word in re.findall(r"[^\W\d_]+", text[body.span.start : body.span.end])}
