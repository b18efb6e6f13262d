"""Steps on a list of people: read it, decide on its rows, confirm it in one transaction, or discard it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from panoh.access.actions import Progress
from panoh.access.clock import now
from panoh.access.entrances import Actor, action
from panoh.access.meanwhile import Seen, require_unchanged
from panoh.casework.actions import registering
from panoh.casework.actions.columns import remember_said, understood
from panoh.casework.actions.families import require_fit
from panoh.casework.actions.keeping import drop_file, header_of, keep_rows, locked, not_draft
from panoh.casework.catalogue import catalogue
from panoh.casework.models import ArrivalList, ArrivalRow
from panoh.casework.queries.lists import lists_to_purge
from panoh.casework.reading import Grid, ReadList, read_grid
from panoh.casework.refusals import DecisionUnfit, NothingToConfirm, RowReadAnew, SameFile
from panoh.vault import actions as vault
from panoh.vault.queries import Group, open_parts
from panoh.vault.refusals import Forgotten

__all__ = [
    "confirm_list", "decide_row", "discard_list", "dry_run", "mend_row", "purge_list", "read_list",
]  # fmt: skip


BIRTH_PARTS = ("precision", "year", "month", "day")


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
    return grid, understood(grid, kind=kind, sender=sender, columns=columns)


@action("list.read")
def read_list(
    actor: Actor,
    *,
    content: bytes,
    file_name: str,
    sender: str = "",
    kind: str | None = None,
    columns: Mapping[int, str] | None = None,
    can_wait: bool = False,
) -> ArrivalList:
    """Read a sender's file and keep it, sealed, as a draft to decide on.

    columns: as for a dry run; what is said by hand is remembered for the next lists of the sender.
    can_wait: a file of which nobody can tell the columns is kept too; its rows wait until somebody says them.

    Raises:
        FileUnreadable: one of its kinds; nothing was kept.
        SameFile: it was read before, by whomever and under whatever name.
    """
    grid = read_grid(content, file_name=file_name)
    read = understood(grid, kind=kind, sender=sender, columns=columns, can_wait=can_wait)
    mark = fingerprint_of(grid)
    refuse_the_same(mark)
    papers = vault.make_key("list")
    header = header_of(read, file_name=file_name, kind=kind or "")
    try:
        with transaction.atomic():
            arrivals = ArrivalList.objects.create(
                kind=read.kind,
                sender=sender,
                papers_id=papers,
                header_id=vault.keep_parts(papers, Group.LIST_HEADER, [header])[0],
                file_id=vault.keep_file(papers, content),
                file_mark=mark,
                read_by_id=actor.staff_id,
                read_at=now(),
            )
    except IntegrityError:
        refuse_the_same(mark)
        raise
    keep_rows(arrivals, read.rows)
    remember_said(sender, read.columns, columns or ())
    return arrivals


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
        RowReadAnew: the list was read anew meanwhile, and the row with it.
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
def mend_row(
    actor: Actor, arrivals: ArrivalList, *, row: ArrivalRow, facts: Mapping[str, Any], seen: Seen | None = None
) -> ArrivalRow:
    """Correct what was understood of a row; the original cells stay beside it.

    facts: fields of RowFacts to replace (name, sex, birth, kinship, family_number, …); a mended birth has no doubt.
    seen: what was understood, the parts of the birth beside the other fields.

    Raises:
        ChangedMeanwhile: a colleague mended it since.
        ListNotDraft, RowReadAnew.
        BirthUnfit: the birth date is no day, lies ahead, or is not what its precision says.
    """
    row = _locked_row(arrivals, row)
    if "birth" in facts:
        require_fit(*(facts["birth"].get(part) for part in ("precision", "year", "month", "day")))
    kept = open_parts([row.facts_id]).get(row.facts_id)
    if kept is None:
        raise Forgotten
    require_unchanged(
        actor, seen, now=_in_line(kept["facts"]), given=_in_line(facts), about=arrivals.code, step="list.decide"
    )
    kept.setdefault("read", dict(kept["facts"]))  # by it, a list that is read anew knows the row again
    birth = kept["facts"]["birth"]
    kept["facts"] |= facts
    if "birth" in facts:
        kept["facts"]["birth"] = {**birth, "doubt": None, **facts["birth"]}
    vault.rewrite_part(row.facts_id, kept)
    row.state, row.decision, row.is_held = ArrivalRow.State.READY, ArrivalRow.Decision.MENDED, False
    row.same_as, row.reason = None, ""
    _save_decision(actor, row)
    return row


def _in_line(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says with the parts of the birth beside its other fields, as a form has them."""
    parts = {name: value for name, value in facts.get("birth", {}).items() if name in BIRTH_PARTS}
    return {name: value for name, value in facts.items() if isinstance(value, str)} | parts


@action("list.confirm")
def confirm_list(actor: Actor, arrivals: ArrivalList, *, progress: Progress | None = None) -> registering.Registered:
    """Register everybody on the list in one transaction; rows that wait for a decision stay and can follow later.

    Raises:
        ListNotDraft: it was discarded, or confirmed already with nobody left to register.
        NothingToConfirm: no row can be registered as it is.
    """
    arrivals = locked(arrivals)
    if arrivals.state == ArrivalList.State.DISCARDED:
        raise not_draft(arrivals)
    rows = list(
        arrivals.rows.filter(person=None, tracing_request=None, is_held=False)
        .exclude(state=ArrivalRow.State.UNREADABLE)
        .exclude(decision__in=(ArrivalRow.Decision.SAME, ArrivalRow.Decision.LEFT_OUT))
    )
    if not rows:
        raise (
            not_draft(arrivals)
            if arrivals.state == ArrivalList.State.CONFIRMED
            else NothingToConfirm(list=arrivals.code)
        )
    drop_file(arrivals)
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
    arrivals = locked(arrivals)
    if arrivals.state != ArrivalList.State.DRAFT:
        raise not_draft(arrivals)
    drop_file(arrivals)
    arrivals.state = ArrivalList.State.DISCARDED
    arrivals.save(update_fields=["state"])
    return arrivals


@action("list.purge")
def purge_list(actor: Actor, arrivals: ArrivalList) -> ArrivalList:
    """Destroy what the file of a confirmed list said beyond the people registered from it.

    Raises:
        ListNotDraft: it is no confirmed list of arrivals, or a row of it still waits.
    """
    arrivals = locked(arrivals)
    if not lists_to_purge(now()).filter(pk=arrivals.pk).exists():
        raise not_draft(arrivals)
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


def _locked_row(arrivals: ArrivalList, row: ArrivalRow) -> ArrivalRow:
    arrivals = locked(arrivals)
    # Under the list's lock nobody changes its rows.
    found = ArrivalRow.objects.filter(pk=row.pk, arrival_list=arrivals).first()
    if found is None:
        raise RowReadAnew(row=row.number)
    done = found.person_id is not None or hasattr(found, "tracing_request")
    if arrivals.state == ArrivalList.State.DISCARDED or arrivals.purged_at or done:
        raise not_draft(arrivals)
    return found


def _save_decision(actor: Actor, row: ArrivalRow) -> None:
    row.decided_by_id, row.decided_at = actor.staff_id, now()
    row.save(update_fields=["state", "decision", "same_as", "reason", "is_held", "decided_by", "decided_at"])
