"""What is said in the passive: "concern was voiced by X over …", "делегацией X внесено предложение …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from panoh.exchange.reading.actors import Actor
from panoh.exchange.reading.clauses import clean
from panoh.exchange.reading.sentences import Sentence
from panoh.exchange.reading.speaking import Verb, fillers, verbs_in
from panoh.exchange.reading.subjects import Trigger, after
from panoh.exchange.reading.words import Span, is_russian, table

LEAST_WORDS = 2
FURTHEST_TO = 60
CLASSES = ("assert", "propose", "urge", "commit")

_BY = re.compile(r"\s+(?:also\s+)?(?:by|on the part of|со стороны)\s+(?:the\s+)?")
_FROM = re.compile(r"(?:со стороны|от имени|от)\s+\Z", re.IGNORECASE)
_FILLED = re.compile(rf"\s*(?:был[оаи]?\s+)?{fillers()}\s*", re.IGNORECASE)
_INSTRUMENTAL = re.compile(r"[а-яё]{2,}(?:ей|ой|ою|ею|ом|ем|ём|ами|ями|ым|им|ыми|ими|ью|ьми)(?!\w)")
_PRONOUN = re.compile(
    r"(?<!\w)(?:(?P<she>ею|ей)|(?P<he>им)|(?P<they>ими))\s+(?:был[оаи]?\s+)?(?:также\s+)?\Z", re.IGNORECASE
)
_THAT = re.compile(
    r"(?:\s+(?:in|at|during|в)\s[^,.;:]{1,40})?\s*,?\s*(?:(?:о|в) том,\s*)?(?:that|whether|что|чтобы)\s+|\s*:\s*"
)
_LEAD = re.compile(
    r"\s*(?:(?:to|about|over|for|on|at|of|regarding|concerning|as to|with regard to|with respect to|with"
    r"|об?|на|за|к|по поводу|в связи с|в отношении|относительно)\s+)?(?:the fact that\s+|то,? что\s+)?"
)
_RU_INFINITIVE = re.compile(r"(?<!\w)(?:не\s+)?[а-яё]+(?:ть|ти|чь|ться|тись)(?!\w)")
_STARTS = re.compile(r"(?:\A|[;:,]\s+(?:(?:and|but|while|whereas|и|а|но)\s+)?)(?=[^\W\d_])")
_WAS = r"(?:was|were|has been|have been|had been|is|are)\s+(?:(?:also|again|then|further|once more|\w+ly)\s+)*"


def passives(text: str, sentence: Sentence, actors: Sequence[Actor]) -> list[Trigger]:
    """Return the places of a sentence where something is said in the passive, by somebody or by nobody."""
    found: list[Trigger] = []
    read = (_russian if is_russian(sentence.text) else _english)(text, sentence, actors)
    for one in sorted(read, key=lambda each: each.begins):
        if not any(one.verb.span.meets(other.verb.span) for other in found):
            found.append(one)
    return found


@cache
def _sorts(language: str) -> dict[str, str]:
    """Return for each class of speaking the pattern of the nouns that are voiced."""
    listed: dict[str, str] = table("speech")[language]["voiced"]
    return listed


@cache
def _voiced(language: str) -> re.Pattern[str]:
    words = table("speech")[language]
    nouns = "|".join(f"(?P<{sort}>{pattern})" for sort, pattern in _sorts(language).items())
    if language == "en":
        lead = r"(?P<mid>\s+(?P<lead>that|to|about|over|for|on|at|regarding|concerning)\s[^.;:,]*?)?"
        return re.compile(rf"(?<![\w-])(?:{nouns}){lead}\s+{_WAS}(?P<verb>{words['voicing']})(?!\w)", re.IGNORECASE)
    was = rf"(?:был[оаи]?\s+)?{fillers()}"
    return re.compile(
        rf"(?<!\w)(?:{was}(?P<verb>{words['voicing']})\s+(?:[а-яё]+(?:ое|ая|ие|ые|ее|ый|яя)\s+|также\s+)*"
        rf"(?P<agent>(?:[А-ЯЁа-яё-]+\s+){{0,6}}?)(?:{nouns})\w*"
        rf"|(?P<noun>{'|'.join(_sorts(language).values())})[а-яё]*(?P<mid>\s[^.;:]*?)?"
        rf"\s+{was}(?P<verb2>{words['voicing']}))(?!\w)",
        re.IGNORECASE,
    )


@cache
def _told(language: str) -> re.Pattern[str]:
    words = table("speech")[language]
    if language == "en":
        what = r"(?P<what>(?!it\b|there\b|as\b)[^.;:,]+?)"
        return re.compile(rf"{what}\s+{_WAS}(?P<verb>{words['told']})(?!\w)(?! that\b)", re.IGNORECASE)
    verbs = "|".join(
        f"(?P<{sort}>{words[name]})"
        for sort, name in (("assert", "told"), ("propose", "proposed"), ("commit", "agreed"))
    )
    return re.compile(rf"(?<!\w)(?:был[оаи]?\s+)?{fillers()}(?P<verb>{verbs})(?!\w)", re.IGNORECASE)


def _is_reported(text: str, sentence: Sentence, at: int) -> bool:
    """Tell whether a place lies in what somebody else is said to say: "she noted that concern was voiced"."""
    verbs = list(verbs_in(text, Span(sentence.span.start, at)))
    return bool(verbs) and bool(re.search(r"(?<!\w)(?:that|что)\s[^;]*\Z", text[verbs[-1].span.end : at] + " "))


def _english(text: str, sentence: Sentence, actors: Sequence[Actor]) -> list[Trigger]:
    found: list[Trigger] = []
    for match in _voiced("en").finditer(text, *sentence.span):
        is_owned = re.search(r"['’]s?\s+(?:\w+\s+)?\Z", text[max(0, match.start() - 30) : match.start()])
        if is_owned or _is_reported(text, sentence, match.start()):
            continue  # "Kazakhstan's proposal was put forward" names it, as is read elsewhere
        sort = next(name for name in _sorts("en") if match[name])
        speakers, at = _agent(text, match.end(), actors)
        said = Span(match.end("lead"), match.end("mid")) if match["mid"] else Span(at, sentence.span.end)
        found += _made(text, sort, match, speakers, said, is_clause=(match["lead"] or "").casefold() == "that")
    for start in _STARTS.finditer(sentence.text):
        told = _told("en").match(text, sentence.span.start + start.end(), sentence.span.end)
        if told is None or _is_reported(text, sentence, told.start()):
            continue
        what = Span(*told.span("what"))
        if not any(verbs_in(text, what)):
            found += _made(text, "assert", told, _agent(text, told.end(), actors)[0], what, is_clause=False)
    return found


def _agent(text: str, at: int, actors: Sequence[Actor]) -> tuple[list[Actor], int]:
    """Return who stands after "by", and where that ends."""
    by = _BY.match(text, at)
    speakers = after(text, by.end() - 1, actors) if by else []
    return speakers, speakers[-1].outer.end if speakers else at


def _made(
    text: str, sort: str, match: re.Match[str], speakers: Sequence[Actor], rest: Span, *, is_clause: bool
) -> list[Trigger]:
    """Return the trigger, with what is said without "that" or "about"; none where nothing is left of it."""
    that = _THAT.match(text, *rest)
    lead = None if that else _LEAD.match(text, *rest)
    start = that.end() if that else lead.end() if lead else rest.start
    if sort in {"propose", "urge", "commit"} and not that and is_russian(text[rest.start : rest.end]):
        infinitive = _RU_INFINITIVE.search(text, start, min(rest.end, start + FURTHEST_TO))
        start = infinitive.start() if infinitive else start
    said = clean(text, Span(start, rest.end))
    if len(text[said.start : said.end].split()) < LEAST_WORDS:
        return []
    words = re.sub(r"\s+", " ", match[0] if len(match[0]) < FURTHEST_TO else match["verb"] or match[0][-20:])
    return [
        Trigger(
            Verb(Span(match.start(), match.end()), words, sort), list(speakers), match.start(), said.start, rest.end,
            unattributed=not speakers, said=said, is_clause=bool(that) or is_clause,
        )
    ]  # fmt: skip


def _russian(text: str, sentence: Sentence, actors: Sequence[Actor]) -> list[Trigger]:
    found: list[Trigger] = []
    for match in [*_voiced("ru").finditer(text, *sentence.span), *_told("ru").finditer(text, *sentence.span)]:
        speakers, begins, at = _doer(text, sentence, match, actors)
        groups = {name: words or "" for name, words in match.groupdict().items()}
        if _is_reported(text, sentence, match.start()) or (groups.get("agent", "").strip() and not speakers):
            continue
        rest = Span(at, sentence.span.end)
        if groups.get("mid"):
            rest = Span(*match.span("mid"))
            owner = next((a for a in actors if rest.start < a.outer.start <= rest.start + 1), None)
            if owner and not speakers:
                speakers, rest = [owner], Span(owner.outer.end, rest.end)
        sort = _sort(groups)
        made = _made(text, sort, match, speakers, rest, is_clause=False)
        if not made and not groups.get("noun") and sort == "assert":  # "важность этого была подчёркнута"
            starts = [sentence.span.start + m.end() for m in _STARTS.finditer(text[sentence.span.start : begins])]
            before = Span(starts[-1] if starts else sentence.span.start, begins)
            made = _made(text, sort, match, speakers, before, is_clause=False)
        for one in made:
            one.begins = min(begins, one.begins)
        found += made
    return found


def _sort(groups: dict[str, str]) -> str:
    """Return the class of speaking whose noun or verb a match holds."""
    named = (sort for sort in CLASSES if groups.get(sort))
    nouns = (sort for sort, words in _sorts("ru").items() if re.fullmatch(words, groups.get("noun", ""), re.IGNORECASE))
    return next(named, "") or next(nouns)


def _doer(text: str, sentence: Sentence, match: re.Match[str], actors: Sequence[Actor]) -> tuple[list[Actor], int, int]:
    """Return who did it, in the instrumental before or after, where the whole begins, and where it ends."""
    inside = [a for a in actors if match.start() <= a.outer.start and a.outer.end <= match.end()]
    if inside and (match.groupdict().get("agent") or "").strip():
        return inside, match.start(), match.end()
    ahead = after(text, match.end(), actors)
    if ahead and _is_doer(text, ahead[0]):
        return ahead, match.start(), ahead[-1].outer.end
    speakers, at = _agent(text, match.end(), actors)
    if speakers:
        return speakers, match.start(), at
    earlier = [a for a in actors if a.outer.end <= match.start()]
    if earlier and _FILLED.fullmatch(text[earlier[-1].outer.end : match.start()]):
        lead = _FROM.search(text, sentence.span.start, earlier[-1].outer.start)
        if lead or _is_doer(text, earlier[-1]):
            return earlier[-1:], lead.start() if lead else earlier[-1].outer.start, match.end()
    if pronoun := _PRONOUN.search(text, sentence.span.start, match.start()):
        place = Span(pronoun.start(), pronoun.end())
        return [Actor(place, place, f"?{pronoun.lastgroup}", "pronoun")], pronoun.start(), match.end()
    return [], match.start(), match.end()


def _is_doer(text: str, actor: Actor) -> bool:
    words = text[actor.outer.start : actor.outer.end]
    return bool(_INSTRUMENTAL.search(words)) or words.isupper()
