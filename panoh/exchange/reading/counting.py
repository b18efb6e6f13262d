"""Numbers with what they count, and days with what of them is inferred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from panoh.exchange.reading.sentences import Sentence
from panoh.exchange.reading.words import Span, table

FIRST_SESSION = 1945  # session n of the General Assembly opens in September of 1945 + n
OPENS = 9

_ORDINAL = re.compile(r"(?<![\w.])(\d{1,4})(?:st|nd|rd|th|-(?:й|я|е|ая|ой|ый|ого|ей|ю|м))(?![\w])(?:\s+[^\W\d_]+)?")
_ONE = frozenset(["one", "один", "одна", "одно", "одного", "одной"])
_PAST = re.compile(r"(?:past|last|последни\w+|прошедши\w+)\s+(\w+)\s+(?:years|лет|года|месяц\w+|months)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """A number at its place: what it counts, and whether exactly, at least, about."""

    value: float
    what: str
    qualifier: str
    span: Span
    sentence: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year at its place; a year that does not stand there is inferred, or open."""

    words: str
    value: str
    span: Span
    sentence: int
    month: int = 0
    year_inferred: bool = False
    basis: str = ""


@cache
def _compare() -> dict[str, str]:
    return {word: name for name, words in table("numbers")["compare"].items() for word in words}


@cache
def _words() -> dict[str, int]:
    found = {
        form: value
        for listed in table("numbers")["words"].values()
        for value, forms in enumerate(listed)
        for form in forms.split("|")
    }
    for listed in table("numbers")["tens"].values():
        for ten, forms in enumerate(listed, 2):
            found |= dict.fromkeys(forms.split("|"), 10 * ten)
    units = table("numbers")["words"]["en"][1:10]
    for ten, word in enumerate(table("numbers")["tens"]["en"], 2):
        found |= {f"{word}-{unit}": 10 * ten + value for value, unit in enumerate(units, 1)}
    return found


@cache
def _number() -> re.Pattern[str]:
    compare = "|".join(sorted(map(re.escape, _compare()), key=len, reverse=True))
    words = "|".join(sorted(_words(), key=len, reverse=True))
    times = "|".join(sorted(map(re.escape, table("numbers")["times"]), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/-])(?:(?P<compare>{compare})\s+)?"
        rf"(?P<number>\d{{1,3}}(?:[ \u00a0,]\d{{3}}){{1,5}}(?![ \u00a0,]?\d)"
        rf"|\d{{1,15}}(?:[.,]\d{{1,9}})?(?!\d)|(?:{words})(?!\w))"
        rf"(?:\s+(?P<times>{times})(?!\w)(?:\s+and\s+(?P<more>{words})(?!\w))?)?(?P<percent>\s*%|\s+per\s?cent|\s+процент\w*)?(?![\w/-]|\.\d)(?P<what>(?:\s+(?!(?:and|и)\s+(?:{compare}|{words}|\d)|(?:из|from)\s+(?:{words})(?!\w))"
        rf"[^\W\d_]+(?:[-'’][^\W\d_]+)*){{0,5}})",
        re.IGNORECASE,
    )


_STOPS = re.compile(
    r"\s+(?:and the|from|of|in|on|at|to|for|with|by|have|has|had"
    r"|were|was|are|is|took|attended|received|who|that|which|since|out|representing|thanks"
    r"|during|open\w*"
    r"|из|в|на|с|по|для|от|для|открыты|охвачены|была|были|было|приняли|которые|за|получил\w*)(?!\w)",
    re.IGNORECASE,
)


def counts_in(text: str, sentence: Sentence, days: Sequence[Day]) -> list[Count]:
    """Return the numbers of a sentence that count something; the numbers of days are none."""
    taken = [day.span for day in days if day.sentence == sentence.number]
    found: list[Count] = []
    for match in _ORDINAL.finditer(text, *sentence.span):
        found.append(Count(int(match[1]), match[0], "ordinal", Span(match.start(), match.end()), sentence.number))
    for match in _PAST.finditer(text, *sentence.span):
        value = _words().get(match[1].casefold()) or (int(match[1]) if match[1].isdecimal() else 0)
        if value:
            found.append(Count(value, match[0], "exact", Span(match.start(), match.end()), sentence.number))
    for match in _number().finditer(text, *sentence.span):
        span = Span(
            match.start(),
            match.end("percent")
            if match["percent"]
            else match.end("more")
            if match["more"]
            else match.end("times")
            if match["times"]
            else match.end("number"),
        )
        if any(span.meets(other) for other in [*taken, *(one.span for one in found)]):
            continue
        what = _STOPS.split(match["what"])[0].strip()
        if not what and match["times"] and match["times"].casefold() not in {"hundred", "hundreds"}:
            what = match["times"]
        lead = text[max(0, match.start() - 14) : match.start()]
        if re.search(r"(?:hundred|thousand)(?: and)? \Z|\d (?:из|out of|in) \Z", lead):
            continue  # a part of a number, or "6 out of 10"
        is_one = match["times"] is None and match["number"].casefold() in _ONE
        if is_one or not (what or match["percent"]):
            continue
        value = _value(match["number"]) * table("numbers")["times"].get((match["times"] or "").casefold(), 1)
        value += _words()[match["more"].casefold()] if match["more"] else 0
        value = int(value) if value == int(value) else value
        qualifier = _compare()[match["compare"].casefold()] if match["compare"] else "exact"
        end = match.start("what") + match["what"].find(what) + len(what) if what and what in match["what"] else span.end
        found.append(Count(value, what or "percent", qualifier, Span(span.start, end), sentence.number))
    return sorted(found, key=lambda one: one.span)


def _value(number: str) -> float:
    word = _words().get(number.casefold())
    if word is not None:
        return word
    plain = re.sub(r"[ \u00a0,](?=\d{3}(?:\D|$))", "", number).replace(",", ".")
    return float(plain) if "." in plain else int(plain)


@cache
def _months() -> dict[str, int]:
    return {
        form: number
        for listed in table("numbers")["months"].values()
        for number, forms in enumerate(listed, 1)
        for form in forms.split("|")
    }


@cache
def _day() -> re.Pattern[str]:
    months = "|".join(sorted(_months(), key=len, reverse=True))
    year = r"(?:,?\s+(?P<year{n}>(?:19|20)\d\d)(?!\d)(?:\s*(?:года|году|год|г\.))?)?"
    days = r"(?P<day{n}>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|and|to|и|по)\s*(?P<last{n}>\d{{1,2}})(?:st|nd|rd|th)?)?"
    first = days.format(n=1) + rf"\s+(?:of\s+)?(?P<month1>{months})(?!\w)" + year.format(n=1)
    second = rf"(?P<month2>{months})(?!\w)\s+" + days.format(n=2) + r"(?!\d)" + year.format(n=2)
    third = rf"(?P<month3>{months})(?!\w)\s+(?P<year3>(?:19|20)\d\d)(?!\d)"
    fourth = r"(?P<day4>\d{1,2})\.(?P<month4>\d{1,2})\.(?P<year4>(?:19|20)\d\d)(?!\d)"
    fifth = r"(?P<year5>(?:19|20)\d\d)(?!\d)(?=\s*(?:году|год|года|г\.)|[^\w-]|\Z)"
    return re.compile(rf"(?<![\w.])(?:{first}|{second}|{third}|{fourth}|{fifth})", re.IGNORECASE)


def days_in(text: str, sentences: Sequence[Sentence]) -> list[Day]:
    """Return the days, months and years of a text; a missing year is inferred from a session of the UN Assembly."""
    session = re.search(table("numbers")["session"]["pattern"], text)
    found: list[Day] = []
    for sentence in sentences:
        for match in _day().finditer(text, *sentence.span):
            if day := _read(match, sentence, session):
                found.append(day)
    return found


def _read(match: re.Match[str], sentence: Sentence, session: re.Match[str] | None) -> Day | None:
    parts = {re.sub(r"\d", "", name): value for name, value in match.groupdict().items() if value}
    span = Span(match.start(), match.end())
    if "month" not in parts:
        return Day(match[0], parts["year"], Span(span.start, span.start + 4), sentence.number)
    month = int(parts["month"]) if parts["month"].isdecimal() else _months()[parts["month"].casefold()]
    year, inferred, basis = parts.get("year", ""), False, ""
    if not year and session:
        year = str(FIRST_SESSION + int(session[1]) + (0 if month >= OPENS else 1))
        inferred, basis = True, session[0]
    if "day" not in parts:
        return Day(match[0], f"{year}-{month:02}" if year else "", span, sentence.number, month)
    try:
        date(int(year or 2000), month, int(parts["day"]))
    except ValueError:
        return None
    value = f"{year}-{month:02}-{int(parts['day']):02}" if year else ""
    return Day(match[0], value, span, sentence.number, month, inferred, basis)
