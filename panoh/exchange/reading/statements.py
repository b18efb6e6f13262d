"""Statements, proposals and positions, sentence by sentence, as the report attributes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from panoh.exchange.reading.actors import Actor
from panoh.exchange.reading.clauses import clauses, clean, gerunds, infinitives
from panoh.exchange.reading.proposing import NOBODY, Proposal, Proposals, Reference, references_in
from panoh.exchange.reading.sentences import Sentence
from panoh.exchange.reading.speaking import POSITIONS, Verb
from panoh.exchange.reading.subjects import Trigger
from panoh.exchange.reading.triggers import OPENS, quotes_in, triggers_in
from panoh.exchange.reading.words import Span, is_russian, table

LEAST_WORDS = 2
LEAST_HELD = 4
FURTHEST_TO = 160

_THAT_NEXT = re.compile(
    r"\s*,?\s*(?:(?:also|again|(?:to\s+)?(?:(?:the|its|his|her|their|other|all)\s+)*(?:participants|those present|forum"
    r"|audience|meeting|conference|seminar|delegates|delegations|members|journalists|gathering|group|committee|session|colleagues|panel"
    r"|experts|states|countries)|(?:всех\s+)?(?:участник\w+|собравши\w+|присутству\w+|коллег\w*|делегат\w+|эксперт\w+)"
    r"(?:\s+(?:встречи|форума|семинара|заседания|конференции))?"
    r"|in particular|том|на том|на тот факт|также|"
    r"с удовлетворением|о том|на то|в том|тем|with satisfaction|to the participants)\s*,?\s+)*(?:that|что|чтобы)\s+",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\s*\)?\s*(?:\([^()]{1,80}\)|,[^:.;]{1,80})?\s*:\s+(?=\S)")
_QUESTION = re.compile(
    r"(?:whether|if|how|what|why|when|who|which|as to|ли|как|что|почему|когда|кто|каким)\s", re.IGNORECASE
)
_HONOURED = re.compile(r"(?:\d[\d.)]*\s+)?(?:(?:the|mr|mrs|ms|dr|prof|г-н|г-жа)\.?\s+)*", re.IGNORECASE)
_LEAD = re.compile(r"\s*,?\s*(?:about\s+|to\s+(?=\w)|об?\s+(?=\w)|на\s+)?", re.IGNORECASE)
_RU_INFINITIVE = re.compile(r"(?<!\w)(?:не\s+)?[а-яё]+(?:ть|ти|чь|ться|тись)(?!\w)")
_NARROWER = re.compile(r",?\s+(?:both|as) in\s|,?\s+in particular[, ]|,\s+including\s")
_ABOUT_THAT = re.compile(r"(?:Об этом|Такую точку зрения|Такое мнение|С таким мнением)(?!\w)")
_GREETED = re.compile(
    r"(?:(?:the|all|все\w*)\s+)*(?:guests?|participants|delegates|colleagues|those present|audience"
    r"|гост\w+|участник\w+|собравш\w+|присутств\w+)(?!\w)",
    re.IGNORECASE,
)
_CAN_SERVE = re.compile(
    r"(?<!\w)(?:can|could|may|might|will|would|should|может|могла? бы|мог бы)"
    r"\s+(?:\w+\s+){0,3}?(?:serve|become|be|provide|стать|послужить)(?!\w)",
    re.IGNORECASE,
)
_DEVELOPING = re.compile(
    r"(?:develop|elaborat|prepar|formulat|draft|выработ|подготов|разработ|формулир)\w*\s+(?:\w+\s+){0,2}?(?:proposals|recommendations|предложени\w+|рекомендаци\w+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Statement:
    """Something that somebody says, at its place."""

    speaker: str
    act: str
    verb: str
    span: Span
    sentence: int
    inferred: bool = False
    about: Proposal | None = None
    consensus: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """How somebody stands to a proposal."""

    proposal: Proposal
    by: str
    strength: str
    span: Span
    sentence: int
    inferred: bool = False


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{table('speech')[language][name]})" for language in ("en", "ru")), re.IGNORECASE)


@cache
def _need(language: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + table("speech")[language]["need"], re.IGNORECASE)


class Listening:
    """A report listened to from its first sentence to its last."""

    def __init__(self, text: str, bodies: Mapping[str, str]) -> None:
        self._text = text
        self.statements: list[Statement] = []
        self.positions: list[Position] = []
        self.proposals = Proposals(text, bodies)
        self._last_person = ""
        self._last_group = ""
        self._last_proposal: Proposal | None = None
        self._last_sentence: Sentence | None = None
        self._open: list[Sentence] = []  # sentences of a quotation that has not ended
        self._holder: tuple[str, bool] | None = None  # who was named at the head of the line, in minutes

    def hear(self, sentence: Sentence, actors: Sequence[Actor]) -> None:
        """Take in a sentence."""
        references = references_in(self._text, sentence, actors)
        closed = [reference.by.outer for reference in references if reference.by]
        triggers = triggers_in(self._text, sentence, actors, closed)
        for reference in references:
            if known := self.proposals.refer(reference, sentence.number):
                self._last_proposal = known
        for trigger in triggers:
            agreed = trigger.verb.words.casefold().startswith("согласил")
            if agreed and any(r.word.end <= trigger.verb.span.start for r in references):
                trigger.verb = trigger.verb._replace(sort="support")
            speakers = [(self._who(actor), actor.sort in {"pronoun", "role"}) for actor in trigger.speakers]
            speakers = [one for one in speakers if one[0]]
            if not speakers and not trigger.unattributed:
                continue
            if trigger.verb.sort in POSITIONS and self._take_positions(sentence, trigger, speakers, references):
                pass
            else:
                for who, inferred in speakers or [(NOBODY, False)]:
                    self._state(sentence, trigger, who, inferred, references)
            self._remember(trigger, speakers)
        self._head(sentence, actors, triggers)
        if not triggers:
            self._go_on(sentence, actors)
        self._last_sentence = sentence
        self._open = [*self._open, sentence] if self._is_open(sentence) else []

    def _is_open(self, sentence: Sentence) -> bool:
        """Tell whether a quotation begins and does not end in a sentence, or goes on through it."""
        return bool(OPENS.search(sentence.text)) or (bool(self._open) and not re.search("[»”]", sentence.text))

    def _head(self, sentence: Sentence, actors: Sequence[Actor], triggers: Sequence[Trigger]) -> None:
        """Let who is named at the head of a line, "Ms. Berg (IOM): …", say what stands there, up to the next line."""
        text, start = self._text, sentence.span.start
        if self._last_sentence and "\n" in text[self._last_sentence.span.end : start]:
            self._holder = None
        for actor in actors:
            head = _HEAD.match(text, actor.outer.end, sentence.span.end)
            if head and actor.sort != "pronoun" and _HONOURED.fullmatch(text, start, actor.outer.start):
                self._holder, start = (self._who(actor), actor.sort == "role"), head.end()
                self._last_person = self._holder[0]
                break
        ends = min([sentence.span.end, *(one.begins for one in triggers)])
        said = clean(text, Span(start, ends))
        if self._holder and len(text[said.start : said.end].split()) >= LEAST_HELD:
            for part in clauses(text, said):
                self.statements.append(
                    Statement(
                        self._holder[0], _act(text[part.start : part.end], "report"), "", part, sentence.number, True
                    )
                )

    def _go_on(self, sentence: Sentence, actors: Sequence[Actor]) -> None:
        """Know whom "she" means after a sentence in which somebody is introduced and nothing said."""
        persons = [actor for actor in actors if actor.sort in {"person", "role"}]
        if len(persons) == 1:
            self._last_person = persons[0].what

    def _remember(self, trigger: Trigger, speakers: Sequence[tuple[str, bool]]) -> None:
        for who, inferred in speakers[:1]:
            if who.startswith("GRP-"):
                self._last_group = who
            elif who.startswith("PER-") or inferred:  # a body's representative is "she" too
                self._last_person = who

    def _who(self, actor: Actor) -> str:
        if actor.sort != "pronoun":
            return actor.what
        return self._last_group if actor.what == "?they" and self._last_group else self._last_person

    # --- positions ---

    def _take_positions(
        self,
        sentence: Sentence,
        trigger: Trigger,
        speakers: Sequence[tuple[str, bool]],
        references: Sequence[Reference],
    ) -> bool:
        """Write down how the speakers stand to a proposal; nothing where the sentence means none."""
        proposal = self._object(trigger, references)
        if proposal is None:
            return False
        start = min(trigger.begins, trigger.verb.span.start)
        end = max([trigger.content, *(r.word.end for r in references if r.word.start < trigger.ends)])
        span = clean(
            self._text,
            Span(min([start, *(r.word.start for r in references if trigger.is_post)]), min(end, sentence.span.end)),
        )
        for who, inferred in speakers:
            if who != proposal.by:
                self.positions.append(Position(proposal, who, trigger.verb.words, span, sentence.number, inferred))
        self._last_proposal = proposal
        return True

    def _object(self, trigger: Trigger, references: Sequence[Reference]) -> Proposal | None:
        following = [r for r in references if trigger.verb.span.end <= r.word.start < trigger.ends]
        preceding = [r for r in references if r.word.end <= trigger.verb.span.start] if not following else []
        for reference in [*following[:1], *preceding[-1:]]:
            return self.proposals.meant(reference) or (None if reference.to or reference.by else self._last_proposal)
        start = trigger.content if trigger.is_post else trigger.verb.span.end
        if trigger.verb.sort == "abstain" or not self._text[start : trigger.ends].strip(" .;,"):
            return self._last_proposal
        if trigger.verb.sort in {"oppose", "reserve"}:
            return self.proposals.about(Span(trigger.verb.span.end, trigger.ends))
        return None

    # --- statements ---

    def _state(
        self, sentence: Sentence, trigger: Trigger, who: str, inferred: bool, references: Sequence[Reference]
    ) -> None:
        text = self._text
        sort = trigger.verb.sort
        content, is_clause = self._content(sentence, trigger)
        if content and not is_clause and sort == "support" and _GREETED.match(text, content.start, content.end):
            return
        if content and _ABOUT_THAT.match(text, sentence.span.start) and trigger.is_post:
            content, is_clause = self._before(sentence), True
        if content is None:
            return
        if content.start == sentence.span.start and self._open:
            for opened in self._open:
                self.statements.append(
                    Statement(who, "assert", trigger.verb.words, clean(text, opened.span), opened.number, inferred)
                )
        act, parts = sort, [content]
        language = "ru" if is_russian(sentence.text) else "en"
        need = None if is_clause else _need(language).search(text, content.start, min(content.end, content.start + 40))
        said_of = [r for r in references if content.start <= r.word.start < content.end and not is_clause]
        about: Proposal | None = None
        if need and sort in {"assert", "report", "urge"} and not said_of:
            whole = clean(text, Span(need.start("need"), content.end))
            self._propose(who, whole, sentence, "need")
            parts, act = self._needed(Span(need.end(), content.end)), "urge"
        elif sort == "urge" and _QUESTION.match(text, content.start):
            act = "ask"
        elif sort in {"propose", "urge"} and (is_clause or not said_of):
            self._propose(who, content, sentence, "")
            parts = infinitives(text, content) if not is_clause else [content]
        elif said_of and not is_clause:
            about = self.proposals.meant(said_of[0]) or self._last_proposal
            parts = [clean(text, Span(content.start, said_of[0].word.end))]
            said = text[content.start : said_of[0].word.end]
            if about and about.by != who and _pattern("evaluation").search(said):
                strength = "readiness to support" if sort == "commit" else "positive assessment"
                self.positions.append(Position(about, who, strength, parts[0], sentence.number, inferred))
        elif is_clause:
            parts = clauses(text, content)
        elif sort == "commit" and (narrower := _NARROWER.search(text, content.start + 20, content.end)):
            parts = [clean(text, Span(content.start, narrower.start()))]
        for part in parts:
            if len(text[part.start : part.end].split()) >= LEAST_WORDS:
                consensus = bool(_pattern("consensus").search(trigger.verb.words))
                act_of = _act(text[part.start : part.end], act)
                self.statements.append(
                    Statement(who, act_of, trigger.verb.words, part, sentence.number, inferred, about, consensus)
                )
        self._suggest(who, content, sentence, is_clause)

    def _before(self, sentence: Sentence) -> Span | None:
        """Return the sentence before, which "Об этом заявил …" attributes, unless somebody has said it already."""
        last = self._last_sentence
        if last is None or any(one.sentence == last.number for one in self.statements):
            return None
        return clean(self._text, last.span)

    def _propose(self, who: str, span: Span, sentence: Sentence, modality: str) -> None:
        self._last_proposal = self.proposals.add(who, span, sentence.number, modality=modality)

    def _suggest(self, who: str, content: Span, sentence: Sentence, is_clause: bool) -> None:
        """Take "can serve as a platform for developing proposals" for a suggestion."""
        if not is_clause or not _CAN_SERVE.search(self._text, content.start, content.end):
            return
        if match := _DEVELOPING.search(self._text, content.start, content.end):
            self.proposals.add(who, Span(match.start(), match.end()), sentence.number, modality="can serve")

    def _needed(self, span: Span) -> list[Span]:
        """Return what is needed, without "to pay attention to the issues of"."""
        start = span.start
        if (
            match := re.compile(rf"\s*(?:{_pattern('attention').pattern})", re.IGNORECASE).match(
                self._text, start, span.end
            )
        ) or (match := re.compile(r"\s*to\s+").match(self._text, start, span.end)):
            start = match.end()
        whole = clean(self._text, Span(start, span.end))
        return gerunds(self._text, whole) or [whole]

    def _content(self, sentence: Sentence, trigger: Trigger) -> tuple[Span | None, bool]:
        """Return where lies what is said, and whether it is a clause of its own."""
        text, verb = self._text, trigger.verb
        if trigger.said:
            return clean(text, Span(trigger.said.start, min(trigger.said.end, trigger.ends))), trigger.is_clause
        quotes = quotes_in(text, sentence)
        ended = [
            q for q in quotes if q.end + 1 <= verb.span.start and not text[q.end + 1 : trigger.begins].strip(" ,.–—-\n")
        ]
        opened = [
            q
            for q in quotes
            if q.start >= trigger.content and text[trigger.content : q.start].strip(' \n"«“„') in {":", ","}
        ]
        if ended and trigger.begins - ended[-1].end < 12:
            return clean(text, ended[-1]), True
        if opened:
            return clean(text, opened[0]), True
        rest = clean(text, Span(trigger.content, trigger.ends))
        if rest.start >= rest.end:
            said = clean(text, Span(sentence.span.start, trigger.begins))
            need = _need("ru" if is_russian(sentence.text) else "en").match(text, said.start)
            return (
                (said, not need)
                if said.start < said.end and verb.sort in {"assert", "assert_that", "report"}
                else (None, False)
            )
        if that := _THAT_NEXT.match(text, trigger.content, trigger.ends):
            return clean(text, Span(that.end(), trigger.ends)), True
        if (
            verb.words in {"according to"}
            or trigger.unattributed
            or (trigger.is_post and re.match(r"\s*,", text[trigger.content :]))
        ):
            return rest, True
        if _is_as(text, sentence, trigger):
            return rest, True
        return self._of_its_own(trigger, rest)

    def _of_its_own(self, trigger: Trigger, rest: Span) -> tuple[Span | None, bool]:
        text, verb = self._text, trigger.verb
        if verb.sort == "assert_that":
            return None, False
        if verb.sort == "commit":
            word = _pattern("readiness").search(text, verb.span.start, verb.span.end)
            to = re.compile(r"to\s+").match(text, rest.start, rest.end)
            start = word.start() if word else to.end() if to else rest.start
            return clean(text, Span(start, rest.end)), False
        if verb.sort == "share":
            return clean(text, Span(verb.span.start, rest.end)), False
        if verb.sort == "urge" or verb.sort == "propose":
            return self._asked(verb, rest), False
        if re.match(r"(?:said|says|added|сказал|добавил)", verb.words, re.IGNORECASE):
            return rest, True
        lead = _LEAD.match(text, rest.start, rest.end)
        return clean(text, Span(lead.end() if lead else rest.start, rest.end)), False

    def _asked(self, verb: Verb, rest: Span) -> Span:
        """Return what is asked for, after "on the states to" and "страны региона"."""
        text = self._text
        if is_russian(text[rest.start : rest.end]):
            infinitive = _RU_INFINITIVE.search(text, rest.start, rest.end)
            return clean(text, Span(infinitive.start(), rest.end)) if infinitive else rest
        sort, for_something = verb.sort, verb.words.endswith(" for")
        if of := re.compile(r"of\s+").match(text, rest.start, rest.end):
            return Span(of.end(), rest.end)
        to = re.compile(r"\bto\s+(?=[a-z])").search(text, rest.start, min(rest.end, rest.start + FURTHEST_TO))
        if to and ((sort == "urge" and not for_something) or to.start() - rest.start < 30):
            return clean(text, Span(to.end(), rest.end))
        return rest


def _is_as(text: str, sentence: Sentence, trigger: Trigger) -> bool:
    return bool(re.match(r"(?:as|как)\s", text[sentence.span.start : trigger.verb.span.start], re.IGNORECASE)) and bool(
        re.match(r"\s*,", text[trigger.content :])
    )


def _act(said: str, sort: str) -> str:
    """Return what is done by saying it: foreseen, weighed, told."""
    if sort == "assert_that":
        sort = "assert"
    if sort == "share":
        sort = "report"
    if sort in {"assert", "report"}:
        if re.search(
            r"\b(?:will|would|may|might|could|can)\b|(?<!\w)(?:будет|будут|станет|сможет|позволит|может)(?!\w)", said
        ):
            return "predict"
        if re.search(
            r"signific|success|example|valuab|leading|unique|relevan|importan|успеш|значител|уникальн|важн|пример", said
        ):
            return "assess"
    return sort
