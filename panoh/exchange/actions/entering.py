"""How an item of a report becomes something of the exchange, and how that is taken back."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from anyascii import anyascii
from django.db import models
from django.utils.text import slugify

from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.actions.events import add_event, add_statement
from panoh.exchange.actions.proposals import add_proposal, take_position
from panoh.exchange.models import Event, EventBody, Position, Proposal, Report, ReportItem
from panoh.exchange.queries.reports import who_in_words
from panoh.exchange.reading import hazards
from panoh.exchange.refusals import (
    BodyOfThePlan,
    DayUnknown,
    EventFirst,
    LabelInOurWords,
    PersonRejected,
    ProposalFirst,
    RestsOnIt,
    StanceUnknown,
)
from panoh.plan.actions import add_body
from panoh.plan.queries import bodies, body_called

MAIN = "EV-MAIN"
BODY_KINDS = {"state": 1, "un": 2, "regional": 3, "civil": 4, "research": 5, "other": 6}
_QUOTED = re.compile(r"[\"«“„][^\"«»“”„]*[\"»”“]")
Kind = ReportItem.Kind


@dataclass(frozen=True)
class Who:
    """Who spoke or stands somewhere: in words, for which body and which state."""

    words: str
    body: Any = None
    country: str = ""


def who_of(item: ReportItem) -> Who:
    """Return who said or proposed something, as the items of people and bodies say it by now.

    Raises:
        PersonRejected: the person was put aside.
    """
    data = item.data
    if "words" in data:  # somebody corrected it
        body = bodies().filter(code=data["body"]).first() if data["body"] else None
        return Who(data["words"], body, data["country"])
    named = {one.ref: one for one in item.report.items.filter(kind__in=(Kind.BODY, Kind.PERSON)).select_related("body")}
    words, other = who_in_words(item, named), named.get(data["of"])
    if other is None:
        return Who(words, None, data["country"])
    of = named.get(other.data["body"]) if other.kind == Kind.PERSON else other
    return Who(words, of.body if of else None, other.data["country"] if other.kind == Kind.PERSON else "")


def moderator_of(item: ReportItem) -> str:
    """Return who moderated an event, in words; nobody where the person was put aside."""
    named = {one.ref: one for one in item.report.items.filter(ref=item.data["moderator"])}
    with contextlib.suppress(PersonRejected):
        return who_in_words(item, named)
    return ""


def enter(actor: Actor, item: ReportItem) -> None:
    """Make of an item what it is to become, and note it on the item.

    Raises:
        LabelInOurWords: its wording labels people outside quotation marks.
        EventFirst, ProposalFirst, PersonRejected, BodyOfThePlan, StanceUnknown, DayUnknown, PositionOfNobody,
        ProposalOver, NotAllowed: it cannot enter, or not yet.
    """
    for name in ("title", "text", "name", "words"):
        _require_no_label(str(item.data.get(name, "")))
    _ENTERS[item.kind](actor, item)


def _require_no_label(words: str) -> None:
    ours = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), words)
    found = hazards(ours)
    if found:
        raise LabelInOurWords(words=ours[found[0].start : found[0].end])


def _event(actor: Actor, item: ReportItem) -> None:
    report, data = item.report, item.data
    if item.ref == MAIN and report.event:
        item.event = report.event
    else:
        item.event = add_event(
            actor, title=Wording({report.language: data["title"]}), kind=Event.Kind[data["kind"].upper()],
            mode=Event.Mode[data["mode"].upper()], state=Event.State[data["state"].upper()],
            starts=_day(data["starts"]), place=data.get("place", ""), moderator=moderator_of(item),
        )  # fmt: skip
        item.is_own = True
    if item.ref == MAIN:
        report.event = item.event
        report.save(update_fields=("event",))
    _name_organisers(item.event, data["organisers"], report)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _name_organisers(event: Event, organisers: list[list[str]], report: Report) -> None:
    known = dict(report.items.filter(kind=Kind.BODY).exclude(body=None).values_list("ref", "body"))
    for ref, part in organisers:
        if ref in known:
            EventBody.objects.get_or_create(event=event, body_id=known[ref], part=EventBody.Part[part.upper()])


def _body(actor: Actor, item: ReportItem) -> None:
    report, data = item.report, item.data
    item.body = body_called(data["code"] if data["is_listed"] else "", data["name"])
    if item.body is None:
        if not actor.may("joint.edit"):
            raise BodyOfThePlan
        item.body = add_body(
            actor, code=_free_code(data["code"]), name=Wording({report.language: data["name"]}),
            kind=BODY_KINDS[data["kind"]], country=data["country"],
        )  # fmt: skip
        item.is_own = True
    for other in report.items.filter(kind=Kind.EVENT).exclude(event=None).select_related("event"):
        organisers = [each for each in other.data["organisers"] if each[0] == item.ref]
        for _ref, part in organisers:
            EventBody.objects.get_or_create(event=other.event, body=item.body, part=EventBody.Part[part.upper()])


def _free_code(wanted: str) -> str:
    code = slugify(anyascii(wanted))[:24] or "body"
    taken = {body.code.casefold() for body in bodies()}
    numbered = (f"{code[:20]}-{number}" for number in range(2, 10_000))
    return code if code not in taken else next(one for one in numbered if one not in taken)


def _nothing(actor: Actor, item: ReportItem) -> None:
    """Enter nothing: a person is words of what they said, and a number stays with its report."""


def _statement(actor: Actor, item: ReportItem) -> None:
    if item.report.event is None:
        raise EventFirst
    who = who_of(item)
    item.statement = add_statement(
        actor, item.report.event, act=item.data["act"], text=item.data["text"], speaker=who.words, body=who.body,
        country=who.country, quote=item.quote,
    )  # fmt: skip
    item.is_own = True


def _proposal(actor: Actor, item: ReportItem) -> None:
    report, data = item.report, item.data
    if report.event is None and report.items.filter(ref=MAIN, state=ReportItem.State.PROPOSED).exists():
        raise EventFirst
    who, language = who_of(item), report.language
    item.proposal = add_proposal(
        actor, title=Wording({language: data["title"]}), text=Wording({language: data["text"]}), proposer=who.words,
        country=who.country, body=who.body, event=report.event, quote=item.quote,
    )  # fmt: skip
    item.is_own = True


def _position(actor: Actor, item: ReportItem) -> None:
    report, data = item.report, item.data
    to = report.items.filter(ref=data["to"], kind=Kind.PROPOSAL).select_related("proposal").first()
    if to is None or to.proposal is None:
        raise ProposalFirst(proposal=data["about"])
    if not data["stance"]:
        raise StanceUnknown
    day = _day(data.get("taken_on", "")) or (report.event.starts if report.event else None)
    if day is None:
        raise DayUnknown
    who = who_of(item)
    item.position = take_position(
        actor, to.proposal, stance=Position.Stance[data["stance"].upper()], taken_on=day, country=who.country,
        body=who.body, who=who.words, statement=item.quote, source=f"{report.title} ({report.code})",
    )  # fmt: skip
    item.is_own = True


_ENTERS: dict[int, Callable[[Actor, ReportItem], None]] = {
    Kind.EVENT: _event, Kind.BODY: _body, Kind.PERSON: _nothing, Kind.STATEMENT: _statement,
    Kind.PROPOSAL: _proposal, Kind.POSITION: _position, Kind.NUMBER: _nothing,
}  # fmt: skip


# --- taken back --------------------------------------------------------------------------------------------------


def take_back(item: ReportItem) -> Callable[[], None]:
    """Let go of what an item became, and return the step that removes it; what was there before the item stays.

    Raises:
        RestsOnIt: something needs it by now.
    """
    made, own = item.became, item.is_own
    item.event = item.body = item.statement = item.proposal = item.position = None
    if not own:
        return lambda: None
    parts = EventBody.objects.none()
    if item.kind == Kind.BODY:
        parts = EventBody.objects.filter(body=made, event__in=item.report.items.exclude(event=None).values("event"))
    _require_nothing_rests_on(made, item, parts)
    if item.kind == Kind.PROPOSAL and made.state != Proposal.State.DRAFT:
        raise RestsOnIt(what=made.get_state_display())

    def remove() -> None:
        parts.delete()
        made.delete()
        if isinstance(made, Position):
            _make_current(made)

    return remove


def _require_nothing_rests_on(made: models.Model, item: ReportItem, parts: models.QuerySet[EventBody]) -> None:
    fields: list[Any] = made._meta.get_fields(include_hidden=True)
    for relation in fields:
        if not (relation.auto_created and not relation.concrete and relation.related_model is not Report):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: made})
        if relation.related_model is ReportItem:
            rows = rows.exclude(pk=item.pk)
        if relation.related_model is EventBody:
            rows = rows.none() if item.kind == Kind.EVENT else rows.exclude(pk__in=parts.values("pk"))
        first = rows.first()
        if first is not None:
            raise RestsOnIt(what=f"{first._meta.verbose_name} {getattr(first, 'code', '')}".strip())


def _make_current(gone: Position) -> None:
    """Make the position that stood before current again."""
    whose = {"body": gone.body} if gone.body else {"country": gone.country, "body": None}
    earlier = Position.objects.filter(proposal=gone.proposal, **whose)
    last = earlier.order_by("-pk").first()
    if last and gone.is_current:
        last.is_current = True
        last.save(update_fields=("is_current",))
