"""A draft that is read anew, with its columns said by hand: rows that read as before keep what was decided on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.casework.actions.columns import remember_said
from panoh.casework.actions.keeping import STATES, header_of, keep_rows, locked, not_draft, row_of
from panoh.casework.models import ArrivalList, ArrivalRow
from panoh.casework.reading import ReadRow, read_grid, understand
from panoh.casework.refusals import FileNotKept
from panoh.vault import actions as vault
from panoh.vault.queries import open_file, open_parts

__all__ = ["ReadAnew", "read_anew"]


@dataclass(frozen=True)
class ReadAnew:
    """How many rows the list has now, how many of them read otherwise, and how many decisions are to be taken again."""

    rows: int
    changed: int
    to_decide_again: int


@action("list.decide")
def read_anew(actor: Actor, arrivals: ArrivalList, *, columns: Mapping[int, str], kind: str | None = None) -> ReadAnew:
    """Read the file of a draft again with these columns, and remember them for the next lists of its sender.

    columns: what columns mean (place from 0 → field, or "" for nothing); what was said of others before stays.
    kind: what the list is; "" to find it out from the file; None for as it was said before.

    Raises:
        ListNotDraft: it was confirmed, be it in part, or discarded.
        FileNotKept: it was read before files were kept.
        FileUnreadable: one of its kinds; the list stays as it was.
    """
    if arrivals.state != ArrivalList.State.DRAFT:
        raise not_draft(arrivals)
    content, header_id = open_file(arrivals.file_id), arrivals.header_id
    if content is None or header_id is None:
        raise FileNotKept(list=arrivals.code)
    before = open_parts([header_id])[header_id]
    kind = before["kind_said"] if kind is None else kind
    grid = read_grid(content, file_name=before["file_name"])
    said = {**_said_before(before), **columns}
    read = understand(grid, today=today(), kind=kind or None, columns=said)

    arrivals = locked(arrivals)
    if arrivals.state != ArrivalList.State.DRAFT:
        raise not_draft(arrivals)
    vault.rewrite_part(header_id, header_of(read, file_name=before["file_name"], kind=kind))
    arrivals.kind = read.kind
    arrivals.save(update_fields=["kind"])
    remember_said(arrivals.sender, read.columns, columns)
    return _replace_rows(arrivals, read.rows)


def _said_before(header: Mapping[str, Any]) -> dict[int, str]:
    return {column["index"]: column["field"] or "" for column in header["columns"] if column["how"] == "by hand"}


def _replace_rows(arrivals: ArrivalList, rows: Sequence[ReadRow]) -> ReadAnew:
    now = {row.sheet_row: row for row in rows}
    former = list(arrivals.rows.all())
    opened = open_parts(row.facts_id for row in former)
    same = {row.pk for row in former if _reads_alike(opened.get(row.facts_id), now.get(row.sheet_row))}
    gone = [row for row in former if row.pk not in same]
    lost = sum(row.decision != ArrivalRow.Decision.NONE for row in gone)
    touched = []
    for row in former:
        if row.pk not in same:
            continue
        read = now.pop(row.sheet_row)
        is_alone = bool(row.same_as_id) and row.same_as_id not in same  # who it was the same as is asked about again
        if is_alone:
            _ask_again(row, read)
            lost += 1
        if is_alone or row.number != read.number:
            row.number = read.number
            touched.append(row)
    asked = ["number", "state", "decision", "same_as", "reason", "is_held", "decided_by", "decided_at"]
    ArrivalRow.objects.bulk_update(touched, asked, batch_size=1000)
    ArrivalRow.objects.filter(arrival_list=arrivals, pk__in=[row.pk for row in gone]).delete()
    vault.drop_parts(row.facts_id for row in gone)
    keep_rows(arrivals, list(now.values()))
    return ReadAnew(rows=len(rows), changed=len(now), to_decide_again=lost)


def _reads_alike(kept: Mapping[str, Any] | None, row: ReadRow | None) -> bool:
    """Tell whether a row is understood as it was before, whatever somebody mended in it since."""
    if kept is None or row is None:
        return False
    read = json.loads(json.dumps(row_of(row)))
    return bool(kept.get("read", kept["facts"]) == read["facts"] and kept["remarks"] == read["remarks"])


def _ask_again(row: ArrivalRow, read: ReadRow) -> None:
    row.state, row.is_held = STATES.get(read.status, ArrivalRow.State.UNREADABLE), read.is_blocked
    row.decision, row.same_as, row.reason = ArrivalRow.Decision.NONE, None, ""
    row.decided_by, row.decided_at = None, None
