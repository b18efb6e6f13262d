"""What is said cut into its parts: "…, and their experience is in demand" is a second thing said."""

from __future__ import annotations

import re
from functools import cache

from panoh.exchange.reading.words import Span, is_russian, table

_TRIMMED = " \t\r\n.,;:–—-"
_QUOTES = '"“”«»„'
_TAIL = re.compile(r"(?:,?\s+(?:and|but|while|whereas|as well as|и|а|но|а также|тогда как))\s*\Z")


@cache
def _en() -> dict[str, str]:
    return {name: "|".join(map(re.escape, words)) for name, words in table("clauses")["en"].items()}


@cache
def _boundaries() -> re.Pattern[str]:
    words = _en()
    finite = rf"(?:{words['auxiliaries']}|{words['verbs']})"
    noun_part = rf"(?:[^\s,;]+\s+){{0,12}}?{finite}\b"
    return re.compile(
        rf"(?:[,;]\s+(?:and|but|while|whereas)?\s*(?:also\s+)?(?=(?:{words['subjects']})\s+\w)"
        rf"|[,;]\s+(?:and\s+|but\s+)?(?:also\s+)?(?=(?:{words['auxiliaries']}|{words['verbs']})\s)"
        rf"|\s+(?:and|but)\s+(?:that\s+)(?=\w)"
        rf"|(?:[,;]\s+(?:and|but|while|whereas)|;)\s+(?:that\s+)?(?=(?:{words['determiners']})\s+{noun_part})"
        rf"|\s+(?:and|but)\s+(?=(?:{words['subjects']}|(?:{words['determiners']})\s+(?:[^\s,;]+\s+){{1,6}}?)\s*(?:{words['auxiliaries']})\b)"
        rf"|,\s+(?:and|but|while|whereas)\s+(?=(?:(?!who\b|which\b|that\b)[^\s,;]+\s+){{1,6}}?(?:{words['auxiliaries']})\b)"
        rf"|,\s+(?:and\s+)?(?:{words['consequences']})\s+)"
    )


@cache
def _finite() -> re.Pattern[str]:
    words = _en()
    return re.compile(rf"\b(?:{words['auxiliaries']}|{words['verbs']})\b|\b(?!states\b)\w+(?:izes|ises|ates)\b")


@cache
def _ru_finite() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:\w+)?{table('clauses')['ru']['finite']}(?!\w)")


_RU_BOUNDARY = re.compile(
    r"(?:,\s+(?:а|и|но|поэтому|однако|при этом|тогда как)\s+|;\s+)(?!также\b)(?:что\s+)?"
    r"|,\s+(?=[а-яё]{3,}(?:ет|ит|ют|ят)\s)"
)
_PARALLEL = re.compile(r",?\s+(?:but also|and also|and|as well as|but)\s+to\s+(?=[a-z])|,\s+to\s+(?=[a-z])")
_FIRST_TO = re.compile(
    r"\b(?:allow|enable|help|make it possible|serve|possible|opportunity|aimed)\w*\b[^,;]{0,20}?\s"
    r"(?:not only\s+)?to\s+|\bnot only to\s+"
)
_GERUND = re.compile(r",\s+(?:and\s+)?(?=[a-z]+ing\b)")
_RU_INFINITIVE = re.compile(r"(?:,\s+|,?\s+(?:и|а также)\s+)(?=(?:не\s+)?[а-яё]{2,}(?:ть|ти|чь|ться|тись)\b)")


_RU_FIRST = re.compile(r"(?<!\w)не только\s+(?=[а-яё]{2,}(?:ть|ти|чь|ться|тись)(?!\w))")
_RU_PARALLEL = re.compile(r",\s+(?:но и|но также и|а также|и)\s+(?=[а-яё]{2,}(?:ть|ти|чь|ться|тись)(?!\w))")


def clean(text: str, span: Span) -> Span:
    """Return a place without signs, quotation marks and joining words at its ends."""
    start, end = span
    while True:
        while start < end and text[start] in _TRIMMED:
            start += 1
        while start < end and text[end - 1] in _TRIMMED:
            end -= 1
        if tail := _TAIL.search(text, start, end):
            end = tail.start()
            continue
        inner = text[start + 1 : end - 1]
        if start < end and text[start] in _QUOTES and not any(q in inner for q in _QUOTES):
            start, end = start + 1, end - 1 if text[end - 1] in _QUOTES else end
            continue
        if start < end and text[end - 1] in _QUOTES and not any(q in text[start : end - 1] for q in _QUOTES):
            end -= 1
            continue
        return Span(start, end)


def _cut(text: str, span: Span, cuts: list[tuple[int, int]]) -> list[Span]:
    parts: list[Span] = []
    at = span.start
    for start, end in cuts:
        parts.append(Span(at, start))
        at = end
    parts.append(Span(at, span.end))
    return [part for each in parts if (part := clean(text, each)).start < part.end]


def clauses(text: str, span: Span) -> list[Span]:
    """Return the things that a full clause says: each with a verb of its own."""
    if is_russian(text[span.start : span.end]):
        return _russian(text, span)
    if parallel := _parallel(text, span):
        return parallel
    cuts: list[tuple[int, int]] = []
    at = span.start
    for match in _boundaries().finditer(text, span.start, span.end):
        if _finite().search(text, at, match.start()) and not _hangs(text[at : match.start()]):
            cuts.append((match.start(), match.end()))
            at = match.end()
    return _cut(text, span, cuts)


def _hangs(before: str) -> bool:
    """Tell whether a clause has only begun: "that if he is ill, he …"."""
    return bool(re.match(r"\s*(?:if|when|although|while|since|as|because|once|unless|despite)\b", before))


def _parallel(text: str, span: Span) -> list[Span]:
    """Return the parts of "will allow not only to learn, but also to sum up, and to decide"."""
    first = _FIRST_TO.search(text, span.start, span.end)
    if not first:
        return []
    cuts = [(m.start(), m.end()) for m in _PARALLEL.finditer(text, first.end(), span.end)]
    return _cut(text, Span(first.end(), span.end), cuts) if cuts else []


def _russian(text: str, span: Span) -> list[Span]:
    if first := _RU_FIRST.search(text, *span):
        parallel = [(m.start(), m.end()) for m in _RU_PARALLEL.finditer(text, first.end(), span.end)]
        return _cut(text, Span(first.end(), span.end), parallel)
    cuts: list[tuple[int, int]] = []
    at = span.start
    for match in _RU_BOUNDARY.finditer(text, span.start, span.end):
        after = re.split("[,;]", text[match.end() : span.end])[0]
        if _ru_finite().search(text, at, match.start()) and _ru_finite().search(after):
            cuts.append((match.start(), match.end()))
            at = match.end()
    return _cut(text, span, cuts)


def infinitives(text: str, span: Span) -> list[Span]:
    """Return the steps that somebody asks for: "recognise papers and to simplify enrolment" are two."""
    pattern = _RU_INFINITIVE if is_russian(text[span.start : span.end]) else _PARALLEL
    return _cut(text, span, [(m.start(), m.end()) for m in pattern.finditer(text, span.start, span.end)])


def gerunds(text: str, span: Span) -> list[Span]:
    """Return the steps of "protecting rights, eliminating causes"."""
    if not re.match(r"[a-z]+ing\b", text[span.start : span.end]):
        return _cut(text, span, [])
    return _cut(text, span, [(m.start(), m.end()) for m in _GERUND.finditer(text, span.start, span.end)])
