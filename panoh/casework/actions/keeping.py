"""How a list that was read is kept, sealed under its own key: header, rows and, while it is a draft, its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from panoh.casework.models import ArrivalList, ArrivalRow
from panoh.casework.reading import ReadList, ReadRow, Remark
from panoh.casework.refusals import ListNotDraft
from panoh.vault import actions as vault
from panoh.vault.queries import Group

__all__ = ["STATES", "drop_file", "header_of", "keep_rows", "locked", "not_draft", "row_of"]

STATES = {"ready": ArrivalRow.State.READY, "needs_decision": ArrivalRow.State.NEEDS_DECISION}


def locked(arrivals: ArrivalList) -> ArrivalList:
    """Take the list for this step alone: who decides, confirms or reads anew waits for whoever does so now."""
    return ArrivalList.objects.select_for_update().get(pk=arrivals.pk)


def not_draft(arrivals: ArrivalList) -> ListNotDraft:
    """Return the refusal of a list whose rows can no longer be changed."""
    return ListNotDraft(list=arrivals.code, state=arrivals.get_state_display())


def keep_rows(arrivals: ArrivalList, rows: Sequence[ReadRow]) -> None:
    """Keep rows of a list, each with what was understood of it."""
    sealed = vault.keep_parts(arrivals.papers_id, Group.LIST_ROW, [row_of(row) for row in rows])
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
            for row, part in zip(rows, sealed, strict=True)
        ),
        batch_size=1000,
    )


def drop_file(arrivals: ArrivalList) -> None:
    """Delete the file of a list that can no longer be read anew."""
    part, arrivals.file_id = arrivals.file_id, None
    if part:
        arrivals.save(update_fields=["file"])
        vault.drop_parts([part])


def header_of(read: ReadList, *, file_name: str, kind: str) -> dict[str, Any]:
    """Return what is kept of a list as a whole. kind: what somebody said it is, or an empty text."""
    return {
        "file_name": file_name,
        "sheet": read.sheet,
        "form": " ".join(part for part in (read.form, read.encoding, read.delimiter) if part),
        "titles": list(read.titles),
        "kind_said": kind,
        "kind_reason": read.kind_reason,
        "header_row": read.header_row,
        "columns": [asdict(column) for column in read.columns],
        "skipped": [asdict(row) for row in read.skipped],
        "declared_total": read.declared_total,
        "remarks": [_remark(remark) for remark in read.remarks],
    }


def row_of(row: ReadRow) -> dict[str, Any]:
    """Return what is kept of a row: the cells as they stood, and what was understood of them."""
    return {
        "cells": {str(index): text for index, text in row.cells.items()},
        "facts": asdict(row.facts),
        "remarks": [_remark(remark) for remark in row.remarks],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {**asdict(remark), "details": dict(remark.details)}
