"""The sentences of a report, with their places: abbreviations, initials, stray stops and broken paragraphs survive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from panoh.exchange.reading.words import Span, table

LONGEST_HEADING = 140

_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n[ \t\r]*\n|\s*\Z)", re.DOTALL)
_STOP = re.compile(r"(?:[!?]+|\.{3}|…|\.)[\"'»”’)\]]*(?=\s)")
_BEGINS = re.compile(r"\s+[\"'«“„(\[–—-]*\s*[A-ZА-ЯЁ0-9À-ÞŽŠČĞİŞ]")
_LAST_WORD = re.compile(r"([^\W\d_]+)\Z")
_MARK = re.compile(r"[ \t]*(?:[-–—•*·▪◦●○‣]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2}|[a-zа-я]\))[ \t]+(?=\S)")
_BULLET = re.compile(r"[ \t]*[-–—•*·▪◦●○‣][ \t]+(?=\S)")
_AFTER_BULLET = re.compile(r"[-–—•*·▪◦●○‣][ \t]+\Z")
_NUMBERED = re.compile(r"(?:\d{1,2}\.\d{1,2}\.?|\d{1,2}[.)])[ \t]+(?=[A-ZА-ЯЁ])")
_SPEAKER = re.compile(r"[ \t]*(?:[^\W\d_][\w.'’-]*[ \t]+){0,6}[\w.'’-]+[ \t]*(?:\([^()\n]{1,80}\))?:[ \t]+\S")
SHORT_LINE = 0.6
_ENDS = re.compile(r"[.!?…:;][\"'»”’)\]]*\Z")
_LISTS = re.compile(rf"(?:{'|'.join(table('titles')[one]['lists'] for one in ('en', 'ru'))})\s*[:–—]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or heading of the text."""

    number: int
    span: Span
    text: str
    is_heading: bool

    @property
    def code(self) -> str:
        """Return what the sentence is called: S00, S01 …"""
        return f"S{self.number:02}"


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences and headings of a text in order."""
    spans: list[tuple[Span, bool]] = []
    for paragraph in _paragraphs(text):
        if _is_heading(text, paragraph):
            spans.append((paragraph, True))
        else:
            spans += [(span, False) for span in _within(text, paragraph)]
    return [
        Sentence(number, span, text[span.start : span.end], is_heading)
        for number, (span, is_heading) in enumerate(spans)
    ]


def _paragraphs(text: str) -> list[Span]:
    """Return paragraphs; one that breaks off and goes on with a small letter is joined to the next."""
    found: list[Span] = []
    for match in _PARAGRAPH.finditer(text):
        heads = list(re.finditer(r"(?m)^#+[^\n]*$", match[0]))
        for start, end in _around(match.start(), match.end(), [(h.start(), h.end()) for h in heads]):
            last = found[-1] if found else None
            if (
                last
                and text[start].islower()
                and not text.startswith("#", last.start)
                and not _ENDS.search(text[last.start : last.end])
            ):
                found[-1] = Span(last.start, end)
            else:
                found.append(Span(start, end))
    longest = max((len(line) for line in text.splitlines()), default=0)
    return [part for each in found for part in _lines(text, each, longest)]


def _lines(text: str, paragraph: Span, longest: int) -> list[Span]:
    """Return a paragraph cut where a line of it is an item of a list, names who speaks, or follows a heading."""
    lines = list(re.finditer(r"[^\n]+", text[paragraph.start : paragraph.end]))
    marked = sum(bool(_BULLET.match(line[0])) for line in lines)
    cuts = [0]
    for last, line in pairwise(lines):
        said = last[0].strip()
        is_item = _MARK.match(line[0]) and (marked > 1 or not _BULLET.match(line[0]) or _ENDS.search(said))
        is_short = len(said) <= SHORT_LINE * longest and not said.endswith((",", ";", "-", "–"))
        begins = bool(re.match(r"[ \t]*[\"«“(]?[A-ZА-ЯЁ0-9]", line[0]))
        if is_item or (_SPEAKER.match(line[0]) and begins and _ENDS.search(said)) or (is_short and begins):
            cuts.append(line.start())
    ends = [*cuts, paragraph.end - paragraph.start]
    spans = [trim(text, Span(paragraph.start + a, paragraph.start + b)) for a, b in pairwise(ends)]
    marks = [_BULLET.match(text, *span) or _NUMBERED.match(text, *span) for span in spans]
    return [
        Span(mark.end() if mark else span.start, span.end)
        for span, mark in zip(spans, marks, strict=True)
        if span.start < span.end
    ]


def _around(start: int, end: int, heads: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a paragraph cut where a marked heading stands on a line of its own."""
    cut: list[tuple[int, int]] = []
    at = start
    for head_start, head_end in heads:
        cut += [(at, start + head_start), (start + head_start, start + head_end)]
        at = start + head_end
    return [*cut, (at, end)] if not cut else [(a, b) for a, b in [*cut, (at, end)] if a < b]


def _is_heading(text: str, span: Span) -> bool:
    words = text[span.start : span.end].strip()
    if words.startswith("#"):
        return True
    if _AFTER_BULLET.search(text, max(0, span.start - 4), span.start):
        return False
    return "\n" not in words and len(words) <= LONGEST_HEADING and not _ENDS.search(words) and not _LISTS.match(words)


def _within(text: str, paragraph: Span) -> list[Span]:
    found: list[Span] = []
    start = paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if stop.start() < start or not _BEGINS.match(text, stop.end(), paragraph.end):
            continue
        if stop[0] == "." and _is_abbreviation(text[max(start, stop.start() - 30) : stop.start()]):
            continue
        found.append(Span(start, stop.end()))
        start = stop.end()
    found.append(Span(start, paragraph.end))
    return [trimmed for span in found if (trimmed := trim(text, span)).start < trimmed.end]


def trim(text: str, span: Span) -> Span:
    """Return a place without the blanks at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_abbreviation(before: str) -> bool:
    match = _LAST_WORD.search(before)
    if not match:
        return False
    word = match[1]
    if word.casefold() in {"г", "гг"}:  # "2021 г. Форум" ends, "в г. Душанбе" does not
        return not re.search(r"\d\s*\Z", before[: match.start()])
    if word.casefold() in table("speech")["abbreviations"]:
        return True
    is_initial = len(word) == 1 or word in table("speech")["initials"]
    return is_initial and word[0].isupper()
