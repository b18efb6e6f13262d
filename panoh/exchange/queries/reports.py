"""Reports that are read in, as their pages and the API show them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotThere
from panoh.exchange.models import Event, Position, Report, ReportItem, Statement
from panoh.exchange.reading import hazards, sentences_of
from panoh.exchange.refusals import PersonRejected

LISTED = 50
WHOLE = 30_000  # letters: of a longer text only the paragraphs are shown that hold what is listed
BODY_LABELS = {
    "state": _("body of a state"), "un": _("body of the United Nations"), "regional": _("regional organisation"),
    "civil": _("civil society"), "research": _("institute or university"), "other": _("other"),
}  # fmt: skip
OPEN = Q(items__state=ReportItem.State.PROPOSED)
Kind = ReportItem.Kind


@dataclass(frozen=True)
class Piece:
    """Words of a sentence: plain, the words an item rests on, or a label that is only quoted."""

    words: str
    is_meant: bool = False
    is_label: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence as the page shows it; number: its place among all of the text."""

    number: int
    pieces: Sequence[Piece]
    is_heading: bool
    holds_items: bool


@dataclass(frozen=True)
class ItemShown:
    """An item beside the sentence in which it stands, and the label of people in its words, if one is there."""

    item: ReportItem
    sentence: int
    pieces: Sequence[Piece]
    label: str
    who: str
    needs_a_look: bool

    @property
    def words(self) -> dict[str, Any]:
        """Return what the choices in its data are called."""
        kinds: Any = BODY_LABELS if self.item.kind == Kind.BODY else _labels(Event.Kind)
        named: dict[str, Any] = {
            "kind": kinds, "mode": _labels(Event.Mode), "state": _labels(Event.State),
            "stance": _labels(Position.Stance), "act": dict(Statement.Act.choices),
        }  # fmt: skip
        return {name: labels.get(self.item.data.get(name), "") for name, labels in named.items()}

    @property
    def day(self) -> str:
        """Return the day of an event as the reader writes days."""
        starts = self.item.data.get("starts")
        return date_format(date.fromisoformat(starts)) if starts else ""


def _labels(choices: Any) -> dict[str, Any]:
    return {one.name.casefold(): one.label for one in choices}


@dataclass(frozen=True)
class Tab:
    """A kind of items with how many there are and how many of them are open."""

    kind: int
    name: str
    total: int
    open: int


@dataclass(frozen=True)
class ReportShown:
    """A report, one kind of its items, and the text they stand in, paragraph by paragraph."""

    report: Report
    tabs: Sequence[Tab]
    kind: int
    page: Page[ReportItem]
    items: Sequence[ItemShown]
    paragraphs: Sequence[Sequence[Sentence]]
    is_whole: bool


def reports() -> QuerySet[Report]:
    """Return all reports without their texts, the newest first, with how many items there are and wait."""
    found = Report.objects.defer("text").select_related("event", "entered_by")
    return found.annotate(total=Count("items"), waiting=Count("items", OPEN))


def report_for(code: str) -> Report:
    """Return the report with this code.

    Raises:
        NotThere: there is none, or it is not the reader's to see.
    """
    found = Report.objects.select_related("event").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def items_in(report: Report) -> list[ReportItem]:
    """Return the items of a report in order, with what they became."""
    items = list(_items(report))
    for item in items:
        item.report = report  # whose text is quoted
    return items


def _items(report: Report) -> QuerySet[ReportItem]:
    return report.items.select_related("event", "body", "statement", "proposal", "position", "decided_by")


def item_for(report: Report, number: int) -> ReportItem:
    """Return one item of a report.

    Raises:
        NotThere: there is none of this number.
    """
    found = _items(report).filter(number=number).first()
    if found is None:
        raise NotThere
    found.report = report
    return found


def kind_called(name: str) -> int | None:
    """Return the kind of items with this name in addresses; none for no such name."""
    return next((kind.value for kind in Kind if kind.name.casefold() == name), None)


def report_shown(report: Report, kind: int | None = None, number: object = 1) -> ReportShown:
    """Return what the page of a report shows: the kind asked for, or the first of which something is open."""
    counts = report.items.values("kind").annotate(total=Count("pk"), open=Count("pk", Q(state=1))).order_by("kind")
    tabs = [Tab(one["kind"], Kind(one["kind"]).name.casefold(), one["total"], one["open"]) for one in counts]
    kind = kind or next((tab.kind for tab in tabs if tab.open), tabs[0].kind if tabs else Kind.EVENT.value)
    page = Paginator(_items(report).filter(kind=kind), LISTED).get_page(str(number))
    text = _Text(report)
    items = text.shown(list(page))
    starts = {one.item.start for one in items}
    is_whole = len(report.text) <= WHOLE
    return ReportShown(report, tabs, kind, page, items, text.paragraphs(starts, is_whole=is_whole), is_whole)


def item_shown(item: ReportItem) -> ItemShown:
    """Return one item as it is shown alone."""
    return _Text(item.report).shown([item])[0]


class _Text:
    """The text of a report in sentences, with the labels of people in it."""

    def __init__(self, report: Report) -> None:
        self.report, self.text = report, report.text
        self.sentences = sentences_of(self.text)
        self.labels = hazards(self.text)
        self.named: dict[str, ReportItem] = {}

    def shown(self, items: Sequence[ReportItem]) -> list[ItemShown]:
        """Return items as they are shown; one query for all the people and bodies they name."""
        people = self.report.items.filter(kind__in=(Kind.BODY, Kind.PERSON))
        self.named = {one.ref: one for one in people}
        return [self._item(item) for item in items]

    def _item(self, item: ReportItem) -> ItemShown:
        item.report = self.report
        sentence = next((s for s in self.sentences if s.span.start <= item.start < s.span.end), self.sentences[0])
        label = next((self.text[h.start : h.end] for h in self.labels if h.start < item.end and item.start < h.end), "")
        pieces = self._pieces(sentence.span.start, max(sentence.span.end, item.end), (item.start, item.end))
        try:
            who = who_in_words(item, self.named)
        except PersonRejected as refusal:
            who = str(refusal)
        return ItemShown(item, sentence.number, pieces, label, who, bool(label) or item.is_inferred)

    def paragraphs(self, starts: Iterable[int], *, is_whole: bool) -> list[list[Sentence]]:
        """Return the paragraphs, all or those in which something listed begins."""
        starts = sorted(starts)
        found: list[list[Sentence]] = []
        before = 0
        for one in self.sentences:
            holds = any(one.span.start <= start < one.span.end for start in starts)
            pieces = self._pieces(one.span.start, one.span.end)
            shown = Sentence(one.number, pieces, one.is_heading, holds)
            if not found or one.is_heading or re.search(r"\n[ \t]*\n", self.text[before : one.span.start]):
                found.append([])
            found[-1].append(shown)
            before = one.span.end
        return found if is_whole else [each for each in found if any(sentence.holds_items for sentence in each)]

    def _pieces(self, start: int, end: int, meant: tuple[int, int] = (0, 0)) -> list[Piece]:
        labels = [(max(h.start, start), min(h.end, end)) for h in self.labels if h.start < end and start < h.end]
        cuts = sorted({start, end, *(edge for edge in meant if start < edge < end), *(e for h in labels for e in h)})
        return [
            Piece(
                self.text[a:b],
                meant[0] <= a and b <= meant[1],
                any(label[0] <= a and b <= label[1] for label in labels),
            )
            for a, b in itertools.pairwise(cuts)
        ]


def who_in_words(item: ReportItem, named: dict[str, ReportItem]) -> str:
    """Return who said or proposed something, in words, as the items of people and bodies say it by now.

    Raises:
        PersonRejected: the person was put aside.
    """
    data: dict[str, Any] = item.data
    if "words" in data:
        return str(data["words"])
    other = named.get(data.get("of") or data.get("moderator") or "")
    if other is None:
        return str(data.get("who", ""))[:200]
    if other.kind == Kind.PERSON and other.state == ReportItem.State.REJECTED:
        raise PersonRejected(name=other.data["name"])
    return called(other)


def called(item: ReportItem) -> str:
    """Return a person with their title, or a body by its name."""
    return ", ".join(filter(None, (item.data["name"], item.data.get("title"))))[:200]
