"""Where in a sentence somebody is said to say something: who, by which verb, and from where to where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from panoh.exchange.reading.actors import Actor
from panoh.exchange.reading.passives import passives
from panoh.exchange.reading.sentences import Sentence
from panoh.exchange.reading.speaking import Verb, verbs_in
from panoh.exchange.reading.subjects import (
    Trigger,
    after,
    before,
    goes_on,
    is_gerund,
    is_noun,
    is_passive,
    is_reported,
    joint_start,
    together,
)
from panoh.exchange.reading.words import Span, is_russian, table

LEAST_QUOTED_WORDS = 3
OPINION = "according to"
_DONE = {"propose": {"recommended", "proposed", "suggested"}, "commit": {"decided", "resolved"}}
_RECEIVED = re.compile(
    r"(?:met|was met|received|enjoyed|won|had|gained|found|drew)\s.*(?:of|from|by|among|with)\Z", re.IGNORECASE
)

_PAIRED = re.compile(r"(?<!\w)[a-z]+ing\s[^,;]*\s(?:and|or)\s+\Z|(?:я|в|сь)\s[^,;]*\sи\s+\Z")
_CLOSES = re.compile(r"[^«»“”„\"]{12,}[»”]")
OPENS = re.compile(r"[«“][^«»“”]*\Z")
_QUOTE = re.compile(r"«([^»]+)»|“([^”]+)”|„([^“”]+)[“”]|\"([^\"]+)\"")


def quotes_in(text: str, sentence: Sentence) -> list[Span]:
    """Return what stands in quotation marks and is long enough to be somebody's words or a title."""
    found = []
    closing = _CLOSES.match(text, *sentence.span)
    if closing:  # the words began in a sentence before
        found.append(Span(sentence.span.start, closing.end() - 1))
    for match in _QUOTE.finditer(text, closing.end() if closing else sentence.span.start, sentence.span.end):
        if len(match[0].split()) >= LEAST_QUOTED_WORDS:
            found.append(Span(match.start() + 1, match.end() - 1))
    return found


@cache
def _patterns(name: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{table('speech')[lang][name]})" for lang in ("en", "ru") if name in table("speech")[lang]),
        re.IGNORECASE,
    )


@cache
def _opinion(language: str) -> re.Pattern[str]:
    words = table("speech")[language]
    return re.compile(
        rf"(?<!\w)(?:{words['pronoun_opinion']})(?!\w)|(?<!\w)(?P<named>{words['according']})", re.IGNORECASE
    )


def triggers_in(text: str, sentence: Sentence, actors: Sequence[Actor], closed: Sequence[Span]) -> list[Trigger]:
    """Return the places of a sentence where somebody speaks or takes a position, from left to right."""
    quotes = quotes_in(text, sentence)
    found: list[Trigger] = _opinions(text, sentence, actors) + _unattributed(text, sentence)
    taken = [Span(one.begins, one.content) for one in found]
    for passive in passives(text, sentence, actors):
        if not any(passive.verb.span.meets(span) for span in [*quotes, *taken]):
            found.append(passive)
            taken.append(passive.verb.span)
    hanging: list[Verb] = []
    for verb in verbs_in(text, sentence.span):
        if any(verb.span.meets(span) for span in [*quotes, *taken]) or is_noun(text, verb, sentence.span):
            continue
        if re.match(r"\s+(?:в пресс|агентств|журналист|корреспондент|изданию)", text[verb.span.end :]):
            continue  # who told the newspaper is nobody at the table
        if is_gerund(verb):
            hanging.append(verb)
        elif one := _active(text, sentence, verb, actors, closed, quotes, found):
            found.append(one)
    found.sort(key=lambda one: one.verb.span)
    found += _hanging(text, sentence, hanging, found)
    found.sort(key=lambda one: one.verb.span)
    _end_each(text, sentence, found)
    return found


def _opinions(text: str, sentence: Sentence, actors: Sequence[Actor]) -> list[Trigger]:
    found: list[Trigger] = []
    for match in _opinion("ru" if is_russian(sentence.text) else "en").finditer(text, *sentence.span):
        verb = Verb(Span(match.start(), match.end()), OPINION, "assert")
        if match["named"]:
            speakers = after(text, match.end() - 1, actors, with_pronouns=True)[:1]
            content = speakers[0].outer.end if speakers else match.end()
        else:
            word = (match["a"] or match["b"]).casefold()
            gender = "they" if word in {"them", "their", "их"} else "she" if word in {"her", "её", "ее"} else "he"
            place = Span(match.start(), match.end())
            speakers = [Actor(place, place, f"?{gender}", "pronoun")]
            content = match.end()
        if speakers:
            found.append(Trigger(verb, speakers, match.start(), content, sentence.span.end))
    return found


def _unattributed(text: str, sentence: Sentence) -> list[Trigger]:
    """Return "it was noted that", "there was agreement that"; Russian has its passives elsewhere."""
    found: list[Trigger] = []
    if is_russian(sentence.text):
        return found
    words = table("speech")["en"]
    for match in re.compile(f"(?:{words['passive']}|{words['there_was']})", re.IGNORECASE).finditer(
        text, *sentence.span
    ):
        if re.search(r"(?<!\w)that\s\Z", text[sentence.span.start : match.start()]):
            continue
        word = next((w for w in match.groups() if w), "agreed").casefold()
        sort = next((sort for sort in _DONE if word in _DONE[sort]), "assert_that")
        verb = Verb(Span(match.start(), match.end()), f"was {word}", sort)
        found.append(Trigger(verb, [], match.start(), match.end(), sentence.span.end, unattributed=True))
    return found


def _active(
    text: str, sentence: Sentence, verb: Verb, actors: Sequence[Actor], closed: Sequence[Span],
    quotes: Sequence[Span], earlier: Sequence[Trigger],
) -> Trigger | None:  # fmt: skip
    if is_passive(text, verb, sentence.span):
        by = re.compile(r"\s+(?:by|со стороны)\s+(?:the\s+)?").match(text, verb.span.end)
        speakers = after(text, by.end() - 1, actors) if by else []
        if not speakers:
            return None
        return Trigger(verb, speakers, verb.span.start, speakers[-1].outer.end, sentence.span.end, is_post=True)
    inverted = _is_inverted(text, sentence, verb, quotes)
    subject = None if inverted else before(text, sentence.span, verb, actors, closed)
    opinions = [speaker for one in earlier if one.verb.words == OPINION for speaker in one.speakers]
    if subject and (subject in opinions or is_reported(text, earlier, subject.outer.start)):
        return None
    if subject:
        subjects = together(text, subject, actors)
        begins = joint_start(text, subjects[0].outer.start, sentence.span)
        return Trigger(verb, subjects, begins, verb.span.end, sentence.span.end)
    if not inverted and earlier and goes_on(text, verb, sentence.span) and earlier[-1].speakers:
        begins = joint_start(text, verb.span.start, sentence.span)
        return Trigger(verb, earlier[-1].speakers, begins, verb.span.end, sentence.span.end)
    if inverted or is_russian(verb.words) or _RECEIVED.match(verb.words):
        speakers = after(text, verb.span.end, actors, with_pronouns=inverted)
        if speakers and not is_reported(text, earlier, verb.span.start):
            begins = joint_start(text, verb.span.start, sentence.span)
            return Trigger(verb, speakers, begins, speakers[-1].outer.end, sentence.span.end, is_post=True)
    return None


def _is_inverted(text: str, sentence: Sentence, verb: Verb, quotes: Sequence[Span]) -> bool:
    """Tell whether the verb stands right after somebody's words, or after "as": «…», said X."""
    lead = text[sentence.span.start : verb.span.start]
    if re.search(r"[\"”»“][,.]?\s*[–—-]?\s*\Z", lead) and quotes:
        return True
    return bool(re.search(r"(?:\A|,\s*)(?:as|как)\s+(?:также\s+)?\Z", lead, re.IGNORECASE)) or bool(
        re.search(r",\s*[–—-]?\s*\Z", lead)
        and verb.words.casefold()
        in {
            "said",
            "noted",
            "added",
            "stressed",
            "сказал",
            "сказала",
            "отметил",
            "отметила",
            "добавил",
            "добавила",
            "подчеркнул",
            "подчеркнула",
            "считает",
            "полагает",
            "убежден",
            "убеждена",
            "подытожил",
            "подытожила",
            "заявил",
            "заявила",
            "уверен",
            "уверена",
            "говорит",
            "пояснил",
            "пояснила",
        }
        and re.match(
            r"\s+(?:the\s+)?[\w.]*\s?[A-ZА-ЯЁ]|\s+(?:он|она|эксперт|специалист|докладчик|спикер|министр|собеседни)",
            text[verb.span.end :],
        )
    )


def _hanging(text: str, sentence: Sentence, verbs: Sequence[Verb], found: Sequence[Trigger]) -> list[Trigger]:
    """Return "noting that …" with the speaker of the verb it hangs on: the one before it, else the next."""
    made: list[Trigger] = []
    for verb in verbs:
        with_speakers = [one for one in found if one.speakers]
        around = [one for one in with_speakers if one.speakers[0].outer.end <= verb.span.start < one.verb.span.start]
        earlier = [one for one in with_speakers if one.verb.span.end <= verb.span.start]
        later = [one for one in with_speakers if one.verb.span.start > verb.span.start]
        lead = text[max(sentence.span.start, verb.span.start - 30) : verb.span.start]
        opens = not lead.strip() or bool(
            re.search(r"(?:,|(?<!\w)(?:and|и|while|also|также|при этом))\s*\Z", lead.rstrip() + " ")
        )
        main = next(iter(around or earlier[-1:] or later[:1]), None)
        if main is None or not opens or _is_part_of_clause(text, verb, main):
            continue
        begins = joint_start(text, verb.span.start, sentence.span)
        ends = sentence.span.end
        if main in around:
            ends = text.rfind(",", verb.span.end, main.verb.span.start)
            ends = ends if ends > 0 else main.verb.span.start
        elif main not in earlier:
            ends = main.begins
        made.append(Trigger(verb, main.speakers, begins, verb.span.end, ends))
    return made


def _is_part_of_clause(text: str, verb: Verb, main: Trigger) -> bool:
    """Tell whether "sharing experiences" goes on what is said rather than tells how it is said."""
    if main.verb.span.end <= verb.span.start and _PAIRED.search(text[main.content : verb.span.start]):
        return True
    if verb.span.start < main.verb.span.end or verb.sort not in {"share", "report", "propose", "urge", "support"}:
        return False
    said = re.search(r"(?<!\w)(?:that|что)(?!\w)", text[main.content : verb.span.start])
    return bool(said or main.verb.words == OPINION) and not re.match(r",?\s+(?:that|что)\s", text[verb.span.end :])


def _end_each(text: str, sentence: Sentence, found: Sequence[Trigger]) -> None:
    """Let what one says end where the next begins to speak."""
    for one, following in pairwise(found):
        if following.begins >= one.content:
            one.ends = min(one.ends, following.begins)
