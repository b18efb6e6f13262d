"""Steps on a list of people: read it, decide on its rows, confirm it in one transaction, or discard it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from panoh.access.actions import Progress
from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.casework.actions import registering
from panoh.casework.actions.families import require_fit
from panoh.casework.catalogue import catalogue
from panoh.casework.models import ArrivalList, ArrivalRow, ColumnMemory
from panoh.casework.queries.lists import lists_to_purge
from panoh.casework.reading import Grid, ReadList, read_grid, understand
from panoh.casework.reading.words import fold
from panoh.casework.refusals import DecisionUnfit, ListNotDraft, NothingToConfirm, SameFile
from panoh.vault import actions as vault
from panoh.vault.queries import Group, open_parts
from panoh.vault.refusals import Forgotten

__all__ = [
    "confirm_list", "decide_row", "discard_list", "dry_run", "mend_row", "purge_list", "read_list",
    "remember_column",
]  # fmt: skip

STATES = {"ready": ArrivalRow.State.READY, "needs_decision": ArrivalRow.State.NEEDS_DECISION}


def dry_run(
    content: bytes,
    file_name: str,
    *,
    kind: str | None = None,
    sender: str = "",
    columns: Mapping[int, str] | None = None,
) -> tuple[Grid, ReadList]:
    """Return a file as read and understood; nothing is kept.

    columns: what columns mean (index from 0 → field), said by hand; else what was remembered of this sender.

    Raises:
        FileUnreadable: one of its kinds.
    """
    grid = read_grid(content, file_name=file_name)
    if columns:
        return grid, understand(grid, today=today(), kind=kind, columns=columns)
    first = understand(grid, today=today(), kind=kind)
    known = {bytes(row.heading): row.field for row in ColumnMemory.objects.filter(sender=sender)}
    if not known:
        return grid, first
    by_hand = {
        column.index: known.get(_heading(column.heading), column.field or "")
        for column in first.columns
        if column.field or _heading(column.heading) in known
    }
    changed = any(by_hand.get(column.index, "") != (column.field or "") for column in first.columns)
    return grid, understand(grid, today=today(), kind=kind, columns=by_hand) if changed else first


@action("list.read")
def read_list(
    actor: Actor,
    *,
    content: bytes,
    file_name: str,
    sender: str = "",
    kind: str | None = None,
    columns: Mapping[int, str] | None = None,
) -> ArrivalList:
    """Read a sender's file and keep it, sealed, as a draft to decide on.

    Raises:
        FileUnreadable: one of its kinds; nothing was kept.
        SameFile: it was read before, by whomever and under whatever name.
    """
    grid, read = dry_run(content, file_name, kind=kind, sender=sender, columns=columns)
    mark = fingerprint_of(grid)
    refuse_the_same(mark)
    papers = vault.make_key("list")
    header = vault.keep_parts(papers, Group.LIST_HEADER, [_header_of(read, file_name)])[0]
    try:
        with transaction.atomic():
            arrivals = ArrivalList.objects.create(
                kind=read.kind,
                sender=sender,
                papers_id=papers,
                header_id=header,
                file_mark=mark,
                read_by_id=actor.staff_id,
                read_at=now(),
            )
    except IntegrityError:
        refuse_the_same(mark)
        raise
    sealed = vault.keep_parts(papers, Group.LIST_ROW, [_row_of(row) for row in read.rows])
    ArrivalRow.objects.bulk_create(
        (
            ArrivalRow(
                arrival_list=arrivals,
                number=row.number,
                sheet_row=row.sheet_row,
                state=STATES.get(row.status, ArrivalRow.State.UNREADABLE),
                remarks=[remark.code for remark in row.remarks],
                is_held=row.is_blocked,
                facts_id=part,
            )
            for row, part in zip(read.rows, sealed, strict=True)
        ),
        batch_size=1000,
    )
    return arrivals


@action("list.decide")
def remember_column(actor: Actor, arrivals: ArrivalList, *, heading: str, field: str) -> ColumnMemory:
    """Remember what a column of this sender means, for its next lists."""
    return ColumnMemory.objects.update_or_create(
        sender=arrivals.sender, heading=_heading(heading), defaults={"field": field}
    )[0]


@action("list.decide")
def decide_row(
    actor: Actor,
    arrivals: ArrivalList,
    *,
    row: ArrivalRow,
    decision: int,
    same_as: ArrivalRow | None = None,
    reason: str = "",
) -> ArrivalRow:
    """Decide on a row that asks: take it as it stands, the same person as another row, another person, or left out.

    Taken as it stands, a 1 January is the day of birth; with the year only, it stands for an unknown day.

    reason: why a row is left out, a code of the list.

    Raises:
        Unknown: the reason of a row that is left out.
        ListNotDraft: the list was confirmed or discarded, and the row is registered or gone.
        DecisionUnfit: "same" without naming the other row, or the year only of a row that has no 1 January.
    """
    row = _locked_row(arrivals, row)
    if decision == ArrivalRow.Decision.SAME and (
        same_as is None or same_as.pk == row.pk or same_as.arrival_list_id != arrivals.pk
    ):
        raise DecisionUnfit(row=row.number, why=_("name the other row of this list that is the same person."))
    if row.state == ArrivalRow.State.UNREADABLE and decision != ArrivalRow.Decision.LEFT_OUT:
        raise DecisionUnfit(row=row.number, why=_("it holds nothing to register; mend it, or leave it out."))
    if decision == ArrivalRow.Decision.ONLY_YEAR and "year_only" not in row.remarks:
        raise DecisionUnfit(row=row.number, why=_("only of 1 January is the year kept alone; mend the row instead."))
    row.decision, row.same_as = decision, same_as if decision == ArrivalRow.Decision.SAME else None
    row.reason = catalogue().known("left_out_reasons", reason) if decision == ArrivalRow.Decision.LEFT_OUT else ""
    row.is_held = False
    _save_decision(actor, row)
    return row


@action("list.decide")
def mend_row(actor: Actor, arrivals: ArrivalList, *, row: ArrivalRow, facts: Mapping[str, Any]) -> ArrivalRow:
    """Correct what was understood of a row; the original cells stay beside it.

    facts: fields of RowFacts to replace (name, sex, birth, kinship, family_number, …); a mended birth has no doubt.

    Raises:
        ListNotDraft.
        BirthUnfit: the birth date is no day, lies ahead, or is not what its precision says.
    """
    row = _locked_row(arrivals, row)
    if "birth" in facts:
        require_fit(*(facts["birth"].get(part) for part in ("precision", "year", "month", "day")))
    kept = open_parts([row.facts_id]).get(row.facts_id)
    if kept is None:
        raise Forgotten
    birth = kept["facts"]["birth"]
    kept["facts"] |= facts
    if "birth" in facts:
        kept["facts"]["birth"] = {**birth, "doubt": None, **facts["birth"]}
    vault.rewrite_part(row.facts_id, kept)
    row.state, row.decision, row.is_held = ArrivalRow.State.READY, ArrivalRow.Decision.MENDED, False
    row.same_as, row.reason = None, ""
    _save_decision(actor, row)
    return row


@action("list.confirm")
def confirm_list(actor: Actor, arrivals: ArrivalList, *, progress: Progress | None = None) -> registering.Registered:
    """Register everybody on the list in one transaction; rows that wait for a decision stay and can follow later.

    Raises:
        ListNotDraft: it was discarded, or confirmed already with nobody left to register.
        NothingToConfirm: no row can be registered as it is.
    """
    arrivals = _locked(arrivals)
    if arrivals.state == ArrivalList.State.DISCARDED:
        raise _not_draft(arrivals)
    rows = list(
        arrivals.rows.filter(person=None, tracing_request=None, is_held=False)
        .exclude(state=ArrivalRow.State.UNREADABLE)
        .exclude(decision__in=(ArrivalRow.Decision.SAME, ArrivalRow.Decision.LEFT_OUT))
    )
    if not rows:
        raise (
            _not_draft(arrivals)
            if arrivals.state == ArrivalList.State.CONFIRMED
            else NothingToConfirm(list=arrivals.code)
        )
    registered = registering.register(actor, arrivals, rows, progress or (lambda done, total: None))
    arrivals.state, arrivals.confirmed_at = ArrivalList.State.CONFIRMED, _first(arrivals.confirmed_at)
    arrivals.save(update_fields=["state", "confirmed_at"])
    return registered


@action("list.decide")
def discard_list(actor: Actor, arrivals: ArrivalList) -> ArrivalList:
    """Put a draft away; the same file can then be read anew.

    Raises:
        ListNotDraft.
    """
    arrivals = _locked(arrivals)
    if arrivals.state != ArrivalList.State.DRAFT:
        raise _not_draft(arrivals)
    arrivals.state = ArrivalList.State.DISCARDED
    arrivals.save(update_fields=["state"])
    return arrivals


@action("list.purge")
def purge_list(actor: Actor, arrivals: ArrivalList) -> ArrivalList:
    """Destroy what the file of a confirmed list said beyond the people registered from it.

    Raises:
        ListNotDraft: it is no confirmed list of arrivals, or a row of it still waits.
    """
    arrivals = _locked(arrivals)
    if not lists_to_purge(now()).filter(pk=arrivals.pk).exists():
        raise _not_draft(arrivals)
    vault.destroy_key(arrivals.papers_id)
    arrivals.purged_at = now()
    arrivals.save(update_fields=["purged_at"])
    return arrivals


def refuse_the_same(mark: bytes) -> None:
    """Raise SameFile when a list with this fingerprint is there and not discarded."""
    there = ArrivalList.objects.exclude(state=ArrivalList.State.DISCARDED).filter(file_mark=mark).first()
    if there:
        raise SameFile(list=there.code, state=there.get_state_display())


def fingerprint_of(grid: Grid) -> bytes:
    """Return the keyed digest of a grid's words: the same for the same list, saved again or as another type."""
    return vault.fingerprint("\n".join("\t".join(cell.text for cell in row).rstrip("\t") for row in grid.rows).encode())


def _first(at: datetime | None) -> datetime:
    return at or now()


def _locked(arrivals: ArrivalList) -> ArrivalList:
    """Take the list for this step alone: who decides, confirms or discards waits for whoever does so now."""
    return ArrivalList.objects.select_for_update().get(pk=arrivals.pk)


def _locked_row(arrivals: ArrivalList, row: ArrivalRow) -> ArrivalRow:
    arrivals = _locked(arrivals)
    found = ArrivalRow.objects.get(pk=row.pk, arrival_list=arrivals)  # under the list's lock nobody changes its rows
    done = found.person_id is not None or hasattr(found, "tracing_request")
    if arrivals.state == ArrivalList.State.DISCARDED or arrivals.purged_at or done:
        raise _not_draft(arrivals)
    return found


def _not_draft(arrivals: ArrivalList) -> ListNotDraft:
    return ListNotDraft(list=arrivals.code, state=arrivals.get_state_display())


def _save_decision(actor: Actor, row: ArrivalRow) -> None:
    row.decided_by_id, row.decided_at = actor.staff_id, now()
    row.save(update_fields=["state", "decision", "same_as", "reason", "is_held", "decided_by", "decided_at"])


def _heading(heading: str) -> bytes:
    return vault.fingerprint(fold(heading).encode())


def _header_of(read: ReadList, file_name: str) -> dict[str, Any]:
    return {
        "file_name": file_name,
        "sheet": read.sheet,
        "form": " ".join(part for part in (read.form, read.encoding, read.delimiter) if part),
        "titles": list(read.titles),
        "kind_reason": read.kind_reason,
        "header_row": read.header_row,
        "columns": [asdict(column) for column in read.columns],
        "skipped": [asdict(row) for row in read.skipped],
        "declared_total": read.declared_total,
        "remarks": [_remark(remark) for remark in read.remarks],
    }


def _row_of(row: Any) -> dict[str, Any]:
    return {
        "cells": {str(index): text for index, text in row.cells.items()},
        "facts": asdict(row.facts),
        "remarks": [_remark(remark) for remark in row.remarks],
    }


def _remark(remark: Any) -> dict[str, Any]:
    return {**asdict(remark), "details": dict(remark.details)}
