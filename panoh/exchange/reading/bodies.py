"""Bodies that no list knows: found by the noun that heads their name, "Institute", "Министерство"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from anyascii import anyascii

from panoh.exchange.reading.known import Mention
from panoh.exchange.reading.words import Span, Token, is_russian, key_of, table

_JOINS = {"of", "for", "on", "and", "under", "the", "in", "to", "&", "against"}
_RU_JOINS = {"и", "по", "при", "для", "имени", "им"}
_GENITIVE = re.compile(r"(?:[аяыи]|ов|ев|ей|ого|его|ых|их|ой|ам|ям|ом|ии|ью)$")
_PAST = re.compile(r"(?:ла|ли|лась|лись|ло|лось)$")
_QUOTED = re.compile(r"\s*[\"“«„]([^\"”»“]{2,80})[\"”»“]")
_BRACKET = re.compile(r"\(([A-ZА-ЯЁ][^()\s]{1,15})\)")


@cache
def heads(language: str) -> frozenset[str]:
    """Return the nouns that head the names of bodies."""
    return frozenset(key_of(word) for word in table("titles")[language]["body_heads"])


@cache
def titles(language: str) -> frozenset[str]:
    """Return the nouns that head titles of people."""
    return frozenset(key_of(word) for word in table("titles")[language]["nouns"])


def unlisted(text: str, tokens: Sequence[Token], sentence: int, known: Sequence[Mention]) -> list[Mention]:
    """Return the bodies of a sentence that are in no list, with a code made of their own words."""
    taken = [mention.span for mention in known if mention.sort in {"organisation", "instrument"}]
    inside = [mention.span for mention in known if mention.sort in {"state", "adjective"}]
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        language = "ru" if is_russian(token.text) else "en"
        if token.text.islower() and token.key in heads(language) and (quoted := _QUOTED.match(text, token.end)):
            span = Span(token.start, quoted.end())
            found.append(Mention(span, sentence, "ORG-" + code_of(quoted[1]), "organisation"))
            taken.append(span)
            continue
        named = at > 1 and _is_adjective(tokens[at - 2]) and tokens[at - 2].text[0].isupper()
        if not (token.text[0].isupper() or named) or any(span.meets(Span(token.start, token.end)) for span in taken):
            continue
        if token.key not in heads(language):
            continue
        first, last = (_russian if language == "ru" else _english)(tokens, at - 1, inside, taken)
        span = _lengthened(text, Span(tokens[first].start, tokens[last].end))
        if any(not text[other.end : span.start].strip() for other in taken if other.end <= span.start):
            continue  # "UNODC Regional Office" is UNODC
        if last > first or span.end > tokens[last].end:
            found.append(Mention(span, sentence, "ORG-" + code_of(text[span.start : span.end]), "organisation"))
            taken.append(span)
            at = max(at, last + 1)
    return found


def _lengthened(text: str, span: Span) -> Span:
    for pattern in (_QUOTED, _BRACKET):
        start = span.end + 1 if pattern is _BRACKET and text.startswith(" ", span.end) else span.end
        if after := pattern.match(text, start):
            span = Span(span.start, after.end())
    return span


def _in(token: Token, spans: Iterable[Span]) -> bool:
    return any(span.start <= token.start < span.end for span in spans)


def _english(tokens: Sequence[Token], at: int, inside: Sequence[Span], taken: Sequence[Span]) -> tuple[int, int]:
    first = last = at
    while first and _is_part(tokens[first - 1], inside) and not _in(tokens[first - 1], taken):
        first -= 1
    while last + 1 < len(tokens):
        ahead = last + 1
        while ahead < len(tokens) and tokens[ahead].key in _JOINS and tokens[ahead].text.islower():
            ahead += 1
        if ahead == len(tokens) or _in(tokens[ahead], taken) or not _is_part(tokens[ahead], inside):
            break
        if ahead > last + 1 and tokens[last + 1].key in {"and", "in", "to"} and tokens[ahead].key in heads("en"):
            break
        # A name that follows at once is no part of the body's: "Committee on Family Affairs Farzona Rahmatova".
        if ahead == last + 1 and tokens[last].key not in heads("en") and tokens[ahead].key not in _plain("en"):
            break
        last = ahead
    return first, last


def _is_part(token: Token, inside: Sequence[Span]) -> bool:
    capital = (
        token.text[0].isupper() and token.key not in titles("en") - {"expert"} and token.text not in {"The", "In", "At"}
    )
    return capital or _in(token, inside)


@cache
def _plain(language: str) -> frozenset[str]:
    return frozenset(key_of(word) for word in table("titles")[language]["not_names"]) | heads(language)


def _russian(tokens: Sequence[Token], at: int, inside: Sequence[Span], taken: Sequence[Span]) -> tuple[int, int]:
    first = last = at
    if first and _is_adjective(tokens[first - 1]) and tokens[first - 1].text[0].isupper():
        first -= 1
    while last + 1 < len(tokens):
        ahead = last + 1
        if (tokens[ahead].text == "," and ahead + 2 < len(tokens) and tokens[ahead + 2].text == "и") or tokens[
            ahead
        ].text in _RU_JOINS:
            ahead += 1
        if ahead < len(tokens) and tokens[ahead - 1].text == "при" and not tokens[ahead].text[0].isupper():
            break  # "при Президенте" goes on a name, "при содействии" does not
        if ahead == len(tokens) or not _goes_on(tokens, ahead, inside):
            break
        last = ahead
    return first, last


def _goes_on(tokens: Sequence[Token], at: int, inside: Sequence[Span]) -> bool:
    token = tokens[at]
    if _in(token, inside) or token.text == "ООН":
        return True
    if not token.text.islower() or len(token.text) < 4 or _PAST.search(token.text):
        return False
    if tokens[at - 1].key in heads("ru") and re.search("[нтрвмкдб]$", token.text):
        return True  # "Комитет женщин"
    return bool(_GENITIVE.search(token.text)) or bool(re.search("[ыи]х$", tokens[at - 1].text))


def _is_adjective(token: Token) -> bool:
    return bool(re.search("(?:ый|ий|ой|ого|его|ому|ым|им|ая|ой|ое|ую)$", token.text)) and is_russian(token.text)


def code_of(name: str) -> str:
    """Return a short code of a body: what stands in brackets, else the first letters of its words."""
    if bracket := re.search(r"\(([^()\s]{2,16})\)", name):
        return anyascii(bracket[1]).upper()
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 3 or word.isupper()]
    return "".join(anyascii(word)[0] for word in words).upper() or "BODY"


def abbreviated(text: str, tokens: Sequence[Token], sentence: int, known: Sequence[Mention]) -> list[Mention]:
    """Return the bodies whose short name in brackets is made of the first letters of the words before it."""
    found: list[Mention] = []
    for match in _BRACKET.finditer(text, tokens[0].start, tokens[-1].end) if tokens else ():
        letters = [letter for letter in match[1].casefold() if letter.isalpha()]
        if len(letters) < 3 or not match[1].isupper() or any(Span(*match.span(1)).meets(m.span) for m in known):
            continue
        before = [token for token in tokens if token.end <= match.start() and token.text[0].isalpha()][-12:]
        left, strange = list(letters), 0
        for token in reversed(before):
            if token.text[0].casefold() == left[-1] and (token.text[0].isupper() or is_russian(token.text)):
                left.pop()
            elif token.text[0].isupper() and (strange := strange + 1) > 2:
                break
            if not left:
                span = Span(token.start, match.end())
                found.append(Mention(span, sentence, "ORG-" + code_of(f"({match[1]})"), "organisation"))
                break
    return found


def repeated(text: str, sentence: Span, number: int, short: dict[str, str], taken: Sequence[Span]) -> list[Mention]:
    """Return where a short name that the report has explained stands again."""
    return [
        Mention(Span(*match.span()), number, code, "organisation")
        for name, code in short.items()
        for match in re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").finditer(text, *sentence)
        if not any(Span(*match.span()).meets(span) for span in taken)
    ]


def short_names(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """Return the short names in brackets after the names of bodies, with their codes."""
    found: dict[str, str] = {}
    for mention in mentions:
        bracket = re.search(r"\(([^()\s]{2,16})\)\Z", text[mention.span.start : mention.span.end])
        if mention.sort == "organisation" and bracket:
            found.setdefault(bracket[1], mention.what)
    return found
