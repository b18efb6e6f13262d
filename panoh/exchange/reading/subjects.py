"""Whose a verb is: the speaker before it or after it, past titles, asides and "also"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from panoh.exchange.reading.actors import Actor
from panoh.exchange.reading.speaking import Verb, fillers, verbs_in
from panoh.exchange.reading.words import Span, is_russian

LONGEST_GAP = 260
LONGEST_PHRASE = 110
LONGEST_LEAD = 80

_FILLED = re.compile(rf"\s*{fillers()}\s*", re.IGNORECASE)
_ASIDE = re.compile(rf"\s*[,(–—].*[,)–—]\s*{fillers()}\s*", re.IGNORECASE | re.DOTALL)
_DOES = re.compile(
    rf"\s+{fillers()}(?:[a-z]+ed|gave|made|took|spoke|read|held|[а-яё]+(?:л|ла|ли|лся|лась|лись))\s[^.;:]*"
    rf"(?:\s(?:and|и)|,)\s+{fillers()}",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"(?<!\w)(?!united\b)[a-z]+(?:ed|ing)\s+(?:the\s+|all\s+)*\Z")
_SPEECH = re.compile(
    rf"['’]s?\s+(?:\w+\s+)?(?:presentation|speech|statement|remarks|address|intervention|paper|report)\s+{fillers()}",
    re.IGNORECASE,
)
_SPEECH_BY = re.compile(
    r"(?:presentation|speech|statement|remarks|address|intervention|paper|report|briefing)s?\s+(?:of|by|from|given by)"
    r"\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s*(?:\([^()]{1,80}\))?\s*:\s*")
_IN_THAT = re.compile(r"(?<!\w)(?:that|whether|что)\s+(?:\S+\s+){0,2}\Z", re.IGNORECASE)
_WHO = re.compile(r"\s+(?:who|which|кто)\s[^;:]*", re.DOTALL)
_PHRASE = re.compile(r"\s+(?:of|from|for|and|at|in|who|on|with|by)?\s*[^;:\"“«]*", re.DOTALL)
_AND = re.compile(
    r"\s*(?:,|,?\s+(?:and|as well as|together with|и|а также|вместе с)|)\s+(?:the\s+|by\s+|also\s+)?", re.IGNORECASE
)
_OBLIQUE = re.compile(
    r"(?<!\w)(?:of|by|to|for|with|from|in|on|against|about|between|at|into|under|than|через|от|для|с|со|к|ко|в|во|на|из|о|об|при|между|по)\s+(?:the\s+|an?\s+)?\Z",
    re.IGNORECASE,
)
_PASSIVE = re.compile(rf"(?<!\w)(?:was|were|is|are|been|being|be)\s+{fillers()}\Z", re.IGNORECASE)
_JOINED = re.compile(
    rf"(?:,|(?<!\w)(?:and|but|while|и|а|но)|[,–—-]\s*(?:and|but|а|но))\s*{fillers()}\s*\Z", re.IGNORECASE
)
_NOUN_TOO = frozenset(["states", "reports", "notes", "highlights", "details", "outlines", "supports"])
_NOUNS = re.compile(r"(?<!\w)(?:the|an?|its|his|her|their|this|of|for|that|which|who|to|de|no)\s+\Z", re.IGNORECASE)


@dataclass(slots=True)
class Trigger:
    """A place where somebody speaks: the verb, the speakers, where it begins and where what is said may lie."""

    verb: Verb
    speakers: list[Actor]
    begins: int
    content: int
    ends: int
    is_post: bool = False  # the speaker stands after the verb
    unattributed: bool = False
    said: Span | None = None  # where what is said lies for certain
    is_clause: bool = True  # whether that is a clause of its own


def is_gerund(verb: Verb) -> bool:
    """Tell whether a verb hangs on another one: "noting", "отметив"."""
    first = verb.words.split()[0].casefold()
    if is_russian(first):
        return bool(re.search(r"(?:ив|ав|ув|ев|яв|ая|яя|вши|шись|жая)$", first))
    return first.endswith("ing")


def is_passive(text: str, verb: Verb, sentence: Span) -> bool:
    """Tell whether "was" stands before the verb."""
    if re.match(r"\s+by\s", text[verb.span.end : sentence.end]):
        return True
    return bool(_PASSIVE.search(text[max(sentence.start, verb.span.start - 40) : verb.span.start]))


def is_noun(text: str, verb: Verb, sentence: Span) -> bool:
    """Tell whether the word is no verb here: "the reports", "to notes"."""
    word = verb.words
    if word[0].isupper() and verb.span.start > sentence.start:
        return True
    if word in _NOUN_TOO and not re.match(r"\s+that\s", text[verb.span.end :]):
        return True
    if word == "asked" and text.startswith(" for ", verb.span.end):
        return True  # "asked for more time" asks nothing of anybody
    return bool(_NOUNS.search(text[max(sentence.start, verb.span.start - 12) : verb.span.start]))


def before(text: str, sentence: Span, verb: Verb, actors: Sequence[Actor], closed: Sequence[Span]) -> Actor | None:
    """Return who stands before a verb as its subject, the nearest first; whoever is part of something else is not."""
    for actor in reversed(actors):
        if actor.outer.end > verb.span.start or verb.span.start - actor.outer.end > LONGEST_GAP:
            continue
        if any(actor.span.within(span) for span in closed):
            continue
        gap = text[actor.outer.end : verb.span.start]
        lead = text[max(sentence.start, actor.outer.start - 40) : actor.outer.start]
        is_theirs = bool(_SPEECH_BY.search(lead)) and actor.sort != "pronoun"
        if not is_theirs and (_OBLIQUE.search(lead) or _OBJECT.search(lead)) and actor.sort != "pronoun":
            continue
        if _is_gap(text, actor, verb, gap):
            return actor
    return None


def is_reported(text: str, earlier: Sequence[Trigger], start: int) -> bool:
    """Tell whether somebody stands in what another is said to say: "she noted that UNICEF supports …"."""
    return any(one.content < start and _IN_THAT.search(text[one.verb.span.end : start]) for one in earlier[-1:])


def together(text: str, subject: Actor, actors: Sequence[Actor]) -> list[Actor]:
    """Return a subject with those who stand before it joined by "and": "Kazakhstan, Tajikistan and UNICEF"."""
    found = [subject]
    for actor in reversed(actors):
        between = text[actor.outer.end : found[0].outer.start]
        if actor.outer.end <= found[0].outer.start and actor.sort != "pronoun":
            joint = r"\s*,?\s+(?:and|as well as|и|а также)\s+(?:the\s+|by\s+)?"
            if not re.fullmatch(joint if len(found) == 1 else rf"\s*,\s*(?:the\s+)?|{joint}", between):
                break
            found.insert(0, actor)
    return found


def _is_gap(text: str, actor: Actor, verb: Verb, gap: str) -> bool:
    if _FILLED.fullmatch(gap) or _COLON.fullmatch(gap) or _SPEECH.fullmatch(gap):
        return True
    if actor.sort == "person" and actor.outer != actor.span and gap.strip() in {",", ")", "),"}:
        return True
    others = [one for one in verbs_in(text, Span(actor.outer.end, verb.span.start)) if not is_gerund(one)]
    inner = [
        one for one in others if not re.search(r",\s*(?:who|which|котор\w+)\b", text[actor.outer.end : one.span.start])
    ]
    if inner or re.search(r"(?<!\w)(?:that|что)(?!\w)", gap):
        return False
    if actor.sort in {"person", "role", "side", "pronoun"} and _DOES.fullmatch(gap):
        return True
    if actor.sort == "pronoun":
        return False
    if _ASIDE.fullmatch(gap) or _WHO.fullmatch(gap):
        return True
    if actor.sort in {"group", "side", "role", "person"} and len(gap) <= LONGEST_PHRASE and "," not in gap:
        return (
            bool(_PHRASE.fullmatch(gap))
            and not re.search(
                r"(?<!\w)(?:was|were|is|are|has|will|would|can|could|may|do|did|had|held|been|have|be|took|discussed|стал\w*|был\w*|станет|будет)(?!\w)",
                gap,
            )
            and bool(re.match(r"\s+(?:of|from|for|at|in|who|\(|[а-яё])", gap))
        )
    return False


def after(text: str, start: int, actors: Sequence[Actor], *, with_pronouns: bool = False) -> list[Actor]:
    """Return who stands right after a verb: one, or several joined by "and"."""
    found: list[Actor] = []
    at = start
    for actor in actors:
        if actor.outer.start < at or (actor.sort == "pronoun" and not with_pronouns):
            continue
        between = text[at : actor.outer.start]
        if not found and not (_FILLED.fullmatch(between) or re.fullmatch(r"\s+(?:the|by|by the)\s+", between)):
            break
        if found and not _AND.fullmatch(between):
            break
        found.append(actor)
        at = actor.outer.end
    return found


def goes_on(text: str, verb: Verb, sentence: Span) -> bool:
    """Tell whether a verb has the subject of the one before: "… and presented"."""
    return bool(_JOINED.search(text[max(sentence.start, verb.span.start - 50) : verb.span.start]))


def joint_start(text: str, start: int, sentence: Span) -> int:
    """Return where the joining words before a verb or speaker begin."""
    lead = re.compile(
        rf"(?:\s*,?\s*(?:(?<!\w)(?:and|but|while|whereas|as|и|а|но|тогда как|как)(?!\w))?"
        rf"\s*(?:the|in turn,)?\s*){fillers()}\Z",
        re.IGNORECASE,
    )
    match = lead.search(text, max(sentence.start, start - LONGEST_LEAD), start)
    return match.start() if match else start
