"""Who can speak, propose and support in a sentence: people, holders of a role, states, bodies, groups, "she"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii

from panoh.exchange.reading.known import Mention, actor_of
from panoh.exchange.reading.people import Person, Seen, body_meant, is_title
from panoh.exchange.reading.sentences import Sentence
from panoh.exchange.reading.speaking import starts_with_saying
from panoh.exchange.reading.words import Span, Token, is_russian, key_of, table

_FOR = {"of", "for", "from", "at", "in", "the"}
_PRONOUNS = re.compile(
    r"(?<!\w)(?:(?P<she>she|она)|(?P<he>he|он)|(?P<they>they|они)"
    r"|(?P<one>the (?:speaker|diplomat|expert|official"
    r"|moderator|minister|director|ambassador|judge|professor|representative|researcher"
    r"|psychologist|lawyer|coordinator|chairperson)(?! of)"
    r"|(?:[а-яё]+ого )?(?:эксперт|дипломат|спикер|министр|докладчик|модератор)(?:а|у|ом)?))(?!\w)",
    re.IGNORECASE,
)

_SOME = re.compile(
    r"(?:several|some|many|most|few|other|both|two|three|certain|несколько|некоторые|многие)\s", re.IGNORECASE
)
_DOES = re.compile(r"\s+(?:also\s+|then\s+)?(?:[a-z]+ed|gave|took|[а-яё]+(?:л|ла|лся|лась))(?!\w)")
_MEETING = re.compile(
    r"(?<!\w)[Tt]he (?:meeting|conference|forum|seminar|working group|round table"
    r"|workshop|assembly|(?:final|outcome) document|declaration)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can be the subject of a verb, with the titles around the name."""

    span: Span
    outer: Span
    what: str
    sort: str  # person, role, side, state, body, group, pronoun
    inferred: bool = False


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?<![\w-])(?:{table('titles')[language][name]})(?!\w)" for language in ("en", "ru")), re.IGNORECASE
    )


@cache
def _everybody() -> str:
    return "|".join(table("titles")[language]["everybody"] for language in ("en", "ru"))


@cache
def _group() -> re.Pattern[str]:
    found = []
    for language, of, joins in (("en", "of|from", "and"), ("ru", "", "и")):
        head = table("titles")[language]["group"]
        middle = (
            rf"(?:\s+(?:{of})\s+(?:[\w'’-]+\s+){{0,7}}?[\w'’-]+)??" if of else r"(?:\s+(?:[\w'’-]+\s+){0,6}?[\w'’-]+)??"
        )
        found.append(
            rf"(?<!\w)(?:[a-z-]+ (?={head}))?(?:{head})(?:{middle}(?:,\s+|\s+{joins}\s+)(?:the\s+)?(?:{head}))*(?!\w)"
        )
    return re.compile("|".join(found), re.IGNORECASE)


def groups_in(text: str, sentence: Sentence) -> list[Mention]:
    """Return the groups without names: who took part, whose states, who returned."""
    found: list[Mention] = []
    for match in _group().finditer(text, *sentence.span):
        everybody = re.search(_everybody(), match[0], re.IGNORECASE) and not _SOME.match(match[0])
        what = "GRP-PART" if everybody else _code(match[0])
        found.append(Mention(Span(match.start(), match.end()), sentence.number, what, "group"))
    for name, code in (("states_group", "GRP-STATES"), ("others", "")):
        for match in _pattern(name).finditer(text, *sentence.span):
            span = Span(match.start(), match.end())
            if not any(span.meets(one.span) for one in found):
                found.append(Mention(span, sentence.number, code or _code(match[0]), "group"))
    return sorted(found, key=lambda one: one.span)


def _code(words: str) -> str:
    return "GRP-" + "-".join(re.findall("[A-Z]+", anyascii(words).upper())[:6])


def actors_in(
    text: str, sentence: Sentence, tokens: Sequence[Token], known: Sequence[Mention], seen: Sequence[Seen],
    people: Sequence[Person], groups: Sequence[Mention], chair: str = "",
) -> list[Actor]:  # fmt: skip
    """Return everybody in a sentence who can be the subject of a verb, from left to right."""
    found: list[Actor] = []
    for one in seen:
        person = next((p for p in people if one.name.span in p.names), None)
        if person:
            found.append(Actor(one.name.span, one.outer, person.code, "person"))
    taken = [actor.outer for actor in found]
    roles = _roles(text, tokens, known, people, taken)
    found += roles
    taken += [actor.span for actor in roles]
    sides = _sides(text, sentence, known, taken)
    found += sides
    taken += [actor.span for actor in sides]
    for mention in known:
        if mention.sort in {"state", "organisation"} and not any(mention.span.within(span) for span in taken):
            what = actor_of(mention.what) if mention.sort == "state" else mention.what
            found.append(Actor(mention.span, mention.span, what, "state" if mention.sort == "state" else "body"))
    found += [
        Actor(group.span, group.span, group.what, "group")
        for group in groups
        if not any(group.span.meets(span) for span in taken)
    ]
    for match in _MEETING.finditer(text, *sentence.span):
        span = Span(match.start(), match.end())
        if starts_with_saying(text[span.end : sentence.span.end]):
            found.append(Actor(span, span, "GRP-MEETING", "group"))
    for name, sort in (("chair", "role"), ("said_to", "group")):
        for match in _pattern(name).finditer(text, *sentence.span):
            span = Span(match.start(), match.end())
            free = not any(span.meets(actor.outer) for actor in found)
            after = text[span.end : sentence.span.end]
            if free and (starts_with_saying(after) or (name == "chair" and chair and _DOES.match(after))):
                who = chair if name == "chair" and chair else _code(match[0].removeprefix("the ").removeprefix("The "))
                found.append(Actor(span, span, who, sort, inferred=bool(chair) and sort == "role"))
    for match in _PRONOUNS.finditer(text, *sentence.span):
        span = Span(match.start(), match.end())
        if not any(span.meets(actor.outer) for actor in found):
            found.append(Actor(span, span, f"?{match.lastgroup}", "pronoun"))
    return sorted(found, key=lambda actor: (actor.outer.start, actor.outer.end))


def _roles(
    text: str, tokens: Sequence[Token], known: Sequence[Mention], people: Sequence[Person], taken: Sequence[Span]
) -> list[Actor]:
    found: list[Actor] = []
    for at, token in enumerate(tokens):
        here = Span(token.start, token.end)
        if not is_title(token) or any(here.meets(span) for span in [*taken, *(actor.span for actor in found)]):
            continue
        body, span = _body_of_role(text, tokens, at, known)
        if not body:
            continue
        if body.sort in {"state", "adjective"}:
            continue
        holder = holder_of(body.what, token, people, span.start, text)
        role = Actor(span, span, holder.code if holder else body.what, "role", inferred=True)
        found.append(role)
        if holder:
            holder.roles.append(span)
    return found


def _body_of_role(text: str, tokens: Sequence[Token], at: int, known: Sequence[Mention]) -> tuple[Mention | None, Span]:
    """Return the body whose director, head, representative a title names, and where the whole stands."""
    ahead = at + 1
    while ahead < len(tokens) and (tokens[ahead].key in _FOR or is_title(tokens[ahead])):
        ahead += 1
    first = at
    while first and (is_title(tokens[first - 1]) or tokens[first - 1].key in _words("modifiers")):
        first -= 1
    before = tokens[first].start
    if ahead < len(tokens):
        after = next((m for m in known if m.span.start == tokens[ahead].start and m.sort != "instrument"), None)
        if after and (ahead > at + 1 or is_russian(tokens[at].text)):
            return after, Span(before, after.span.end)
        short = body_meant(text, tokens[at + 1 : ahead + 1], before, [m for m in known if m.sort == "organisation"])
        if short and tokens[at + 1].key in _FOR:
            span = Span(before, tokens[ahead].end)
            return Mention(span, 0, short, "organisation", inferred=True), span
    left = next((m for m in known if m.span.end <= before and not text[m.span.end : before].strip()), None)
    if left and left.sort == "organisation":
        return left, Span(left.span.start, tokens[at].end)
    return None, Span(before, tokens[at].end)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(key_of(word) for language in ("en", "ru") for word in table("titles")[language][name])


def holder_of(body: str, title: Token, people: Sequence[Person], before: int, text: str) -> Person | None:
    """Return who holds a role at a body: of the named people of that body whose title it is, else the only one."""
    of_body = [person for person in people if person.body == body and person.names[0].start < before]
    titled = [
        p
        for p in of_body
        if title.key in {key_of(w) for s in p.titles for w in re.findall(r"[\w-]+", text[s.start : s.end])}
    ]
    if titled:
        return titled[-1]
    return of_body[0] if len(of_body) == 1 and title.key in _words("generic") else None


def _sides(text: str, sentence: Sentence, known: Sequence[Mention], taken: Sequence[Span]) -> list[Actor]:
    """Return "the delegation of Kazakhstan", "the Kazakh side", "представитель Казахстана" as the state."""
    found: list[Actor] = []
    english, russian = (table("titles")[language]["side"] for language in ("en", "ru"))
    for mention in known:
        if mention.sort not in {"state", "adjective"} or any(mention.span.within(span) for span in taken):
            continue
        before = re.compile(rf"(?<!\w)(?:(?:{english})\s+(?:of|from)(?:\s+the)?|(?:{russian})\w*)\s+\Z", re.IGNORECASE)
        after = re.compile(rf"\s+(?:(?:{english})|(?:{russian})\w*)(?!\w)", re.IGNORECASE)
        start, end = mention.span
        lead = before.search(text[max(sentence.span.start, start - 60) : start])
        owned = re.compile(rf"['’]s\s+(?:{english})(?!\w)", re.IGNORECASE).match(text, end, sentence.span.end)
        tail = after.match(text, end, sentence.span.end) if mention.sort == "adjective" else owned
        if mention.sort == "adjective" and not tail:
            tail = _with_others(after, text, sentence, end, known)
        if lead or tail:
            span = Span(start - len(lead[0]) if lead else start, tail.end() if tail else end)
            found.append(Actor(span, span, actor_of(mention.what), "side"))
    return found


def _with_others(
    after: re.Pattern[str], text: str, sentence: Sentence, end: int, known: Sequence[Mention]
) -> re.Match[str] | None:
    """Return "" where "Kazakh" has a noun in common with others: "the Kazakh and Uzbek delegations"."""
    joint = re.compile(r"\s*(?:,|,?\s+(?:and|и))\s+(?:the\s+)?")
    first = end
    while match := joint.match(text, end, sentence.span.end):
        other = next((one for one in known if one.sort == "adjective" and one.span.start == match.end()), None)
        if other is None:
            return None
        end = other.span.end
        if after.match(text, end, sentence.span.end):
            return re.compile("").match(text, first)
    return None
