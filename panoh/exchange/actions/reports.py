"""Reports read in: entered, read, and decided on item by item."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from panoh.access.clock import now
from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotThere, Refusal
from panoh.exchange.actions.entering import enter, take_back
from panoh.exchange.models import Event, Report, ReportItem
from panoh.exchange.reading import Report as Reading
from panoh.exchange.reading import as_data, items_of, language_of
from panoh.exchange.refusals import ItemDecided, ItemOpen, ReportEmpty, ReportTooManyLetters, SameReport

MOST_LETTERS = 1_000_000
State = ReportItem.State


@action("report.enter")
def enter_report(
    actor: Actor, *, text: str, kind: str, title: str = "", source: str = "", event: Event | None = None
) -> Report:
    """Keep the text of a report; what is in it is found by `read_report`.

    Raises:
        ReportEmpty: there is no letter in it.
        ReportTooManyLetters: it is longer than a report can be.
        SameReport: the text was entered before.
    """
    text = text.replace("\r\n", "\n").replace("\0", "")
    if not any(letter.isalpha() for letter in text):
        raise ReportEmpty
    if len(text) > MOST_LETTERS:
        raise ReportTooManyLetters(letters=f"{len(text):,}", most=f"{MOST_LETTERS:,}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    try:
        with transaction.atomic():
            return Report.objects.create(
                title=title.strip() or _first_line(text), source=source, kind=kind, language=language_of(text),
                text=text, sha256=digest, event=event, entered_by_id=actor.me,
            )  # fmt: skip
    except IntegrityError as error:
        raise SameReport(report=Report.objects.get(sha256=digest).code) from error


def _first_line(text: str) -> str:
    return re.sub(r"^#+\s*", "", next(line for line in text.splitlines() if any(map(str.isalpha, line))).strip())[:200]


@action("report.enter")
def read_report(actor: Actor, report: Report, progress: Callable[[int, int], None] | None = None) -> Report:
    """Find what a report says and propose each thing as an item; nothing is entered. Done again, it changes nothing."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.state == Report.State.READ:
        return report
    found = items_of(as_data(Reading(report.text, progress=progress)))
    ReportItem.objects.bulk_create(
        ReportItem(
            report=report, number=number, kind=ReportItem.Kind[item.kind.upper()], ref=item.ref, data=item.data,
            start=item.start, end=item.end, is_inferred=item.inferred,
        )
        for number, item in enumerate(found, 1)
    )  # fmt: skip
    report.state = Report.State.READ
    report.save(update_fields=("state",))
    return report


@action("report.enter")
def confirm_item(actor: Actor, report: Report, number: int) -> ReportItem:
    """Enter an item as it was read.

    Raises:
        ItemDecided: somebody decided on it.
        Refusal: it cannot enter yet, or not in these words; the sentence says why.
    """
    return _take(actor, _open(report, number), State.CONFIRMED)


@action("report.enter")
def correct_item(actor: Actor, report: Report, number: int, data: Mapping[str, Any]) -> ReportItem:
    """Enter an item as somebody corrected it; what was read is kept beside it.

    Raises:
        ItemDecided: somebody decided on it.
        Refusal: it cannot enter yet, or not in these words; the sentence says why.
    """
    item = _open(report, number)
    item.as_read, item.data = item.data, {**item.data, **data}
    return _take(actor, item, State.CORRECTED)


@action("report.enter")
def reject_item(actor: Actor, report: Report, number: int) -> ReportItem:
    """Put an item aside: it becomes nothing.

    Raises:
        ItemDecided: somebody decided on it.
    """
    return _decided(actor, _open(report, number), State.REJECTED)


@action("report.enter")
def undo_item(actor: Actor, report: Report, number: int) -> ReportItem:
    """Take a decision back: what the item became goes, and the item is undecided again, as it was read.

    Raises:
        ItemOpen: nobody decided on it.
        RestsOnIt: something that was entered after it needs it.
    """
    item = _locked(report, number)
    if item.is_open:
        raise ItemOpen
    remove = take_back(item)
    item.data, item.as_read = item.as_read or item.data, None
    item.state, item.decided_by, item.decided_at, item.is_own = State.PROPOSED, None, None, False
    item.save()
    remove()
    return item


@dataclass(frozen=True)
class Together:
    """What came of confirming many at once: the numbers that entered, and why others did not."""

    entered: list[int]
    left: list[tuple[int, str]]


@action("report.enter")
def confirm_items(actor: Actor, report: Report, numbers: Sequence[int]) -> Together:
    """Confirm those of many that can enter, each as it was read; the others stay undecided, with the reason."""
    done = Together([], [])
    for number in dict.fromkeys(numbers):
        try:
            with transaction.atomic():
                confirm_item(actor, report, number)
            done.entered.append(number)
        except Refusal as refusal:
            done.left.append((number, str(refusal)))
    return done


def _locked(report: Report, number: int) -> ReportItem:
    report = Report.objects.select_for_update().get(pk=report.pk)  # one decision on a report at a time
    item = report.items.filter(number=number).first()
    if item is None:
        raise NotThere
    item.report = report
    return item


def _open(report: Report, number: int) -> ReportItem:
    item = _locked(report, number)
    if not item.is_open:
        raise ItemDecided
    return item


def _take(actor: Actor, item: ReportItem, state: int) -> ReportItem:
    enter(actor, item)
    return _decided(actor, item, state)


def _decided(actor: Actor, item: ReportItem, state: int) -> ReportItem:
    item.state, item.decided_by_id, item.decided_at = state, actor.me, now()
    item.save()
    return item
