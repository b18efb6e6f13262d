"""Steps of an export: ask for it, decide on it, make the file, lock it, fetch it, destroy it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from panoh.access.cells import as_csv, as_workbook
from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.access.models import Agency
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.notices import tell, tell_who_may
from panoh.casework.catalogue import catalogue
from panoh.casework.exporting.columns import chosen, classes_of
from panoh.casework.exporting.limits import KEPT_DAYS, MOST_FAMILIES, MOST_FETCHES, MOST_PEOPLE
from panoh.casework.exporting.locking import locked_for, locked_with, new_passphrase
from panoh.casework.models import Export, Family, NoticeKind
from panoh.casework.queries.exports import (
    identities_on,
    kept_from,
    mark_of,
    names_leave,
    not_reached,
    people_of,
    rows_of,
)
from panoh.casework.refusals import NothingChosen
from panoh.casework.refusals_requests import (
    CoordinatorDecides,
    DecidedAlready,
    FamilyNotYours,
    FetchedByTheAsker,
    KeptFromThem,
    NoFamily,
    NotReady,
    NotYourOwn,
    PassphraseFirst,
    PassphraseShown,
    TooManyFamilies,
    TooManyPeople,
    WhyMissing,
)
from panoh.vault.actions import destroy_key, drop_parts, keep_file, keep_parts, make_key
from panoh.vault.queries import Group, open_file

__all__ = [
    "Fetched", "approve_export", "ask_export", "decline_export", "fetch_export", "give_up_export", "lock_export",
    "make_export", "purge_export",
]  # fmt: skip

AGE = b"age-encryption.org/"  # how such a file begins
WRITERS = {Export.Format.XLSX: as_workbook, Export.Format.CSV: as_csv}


@dataclass(frozen=True)
class Fetched:
    """A file to hand out: its name, which is the request's code, and its bytes."""

    name: str
    content: bytes = field(repr=False)


@action("export.ask")
def ask_export(
    actor: Actor,
    families: Sequence[Family],
    *,
    columns: Iterable[str],
    purpose: str,
    because: str,
    recipient: Agency | None = None,
    file_format: str = Export.Format.XLSX,
) -> Export:
    """Ask for a file of a few families, for an agency that works with us or, with none, for oneself.

    Raises:
        NoFamily, TooManyFamilies, TooManyPeople, FamilyNotYours, NothingChosen, WhyMissing.
        Unknown: a column or the purpose is not on its list.
        KeptFromThem: a family asked that the recipient does not see it.
        NotAllowed: the actor's role does not read a class itself.
    """
    codes = sorted({family.code for family in families})
    wanted = [column.code for column in chosen(columns)]
    if not codes:
        raise NoFamily
    if len(codes) > MOST_FAMILIES:
        raise TooManyFamilies(most=MOST_FAMILIES)
    if not wanted:
        raise NothingChosen
    if not because.strip():
        raise WhyMissing
    key = make_key("request")
    (because_id,) = keep_parts(key, Group.TEXT, [because], field_class=FieldClass.FILE)
    export = Export(
        families=codes, columns=wanted, purpose=catalogue().known("purposes", purpose), recipient=recipient,
        file_format=Export.Format(file_format), key_id=key, because_id=because_id, asked_by_id=actor.me,
        until=today() + timedelta(KEPT_DAYS),
    )  # fmt: skip
    _require_rights(actor, export)
    export.save(force_insert=True)
    tell_who_may("export.approve", NoticeKind.APPROVAL, export.code, agency=actor.agency_id, but=[actor.me])
    return _told(export)


@action("export.approve")
def approve_export(actor: Actor, export: Export) -> Export:
    """Agree that the file is made and handed out; from now on it can be had for seven days.

    Raises:
        NotYourOwn, CoordinatorDecides, DecidedAlready.
    """
    return _decide(actor, export, Export.State.APPROVED)


@action("export.approve")
def decline_export(actor: Actor, export: Export) -> Export:
    """Let nothing leave.

    Raises:
        NotYourOwn, CoordinatorDecides, DecidedAlready.
    """
    return _decide(actor, export, Export.State.DECLINED)


def _decide(actor: Actor, export: Export, state: int) -> Export:
    export = _held(export)
    if export.asked_by_id == actor.staff_id:
        raise NotYourOwn
    if names_leave(export) and not actor.may("export.approve-names"):
        raise CoordinatorDecides
    if not export.is_waiting:
        raise DecidedAlready(request=export.code)
    export.state, export.decided_by_id, export.decided_at = state, actor.me, now()
    export.until = today() + timedelta(KEPT_DAYS)
    export.save(update_fields=["state", "decided_by", "decided_at", "until"])
    tell(export.asked_by_id, NoticeKind.ANSWER, export.code)
    return export


@action("export.make")
def make_export(actor: Actor, export: Export) -> Export:
    """Make the file that was agreed to, of what its asker sees this minute; encrypted to the recipient's key, if any.

    Raises:
        NotReady: it was made, or is over.
        FamilyNotYours, KeptFromThem, TooManyPeople, NotAllowed: what held when it was asked for does not any more.
    """
    asked, export = export, _held(export)
    if export.state != Export.State.APPROVED or export.is_over or export.asked_by_id != actor.staff_id:
        raise NotReady(request=export.code)
    _require_rights(actor, export)
    heads = [str(column.label) for column in chosen(export.columns)]
    rows = rows_of(actor, export)
    content = WRITERS[Export.Format(export.file_format)](mark_of(export), heads, rows)
    if export.recipient and export.recipient.age_key:
        content, export.is_locked = locked_for(export.recipient.age_key, content), True
    export.file_id = keep_file(export.key_id, content)
    export.state, export.people = Export.State.READY, len(rows)
    export.save(update_fields=["state", "people", "file", "is_locked"])
    _told(asked)
    return export


@action("export.make")
def lock_export(actor: Actor, export: Export) -> str:
    """Lock the file with a passphrase and return it: it is shown this once and kept nowhere.

    Raises:
        FetchedByTheAsker, NotReady, FamilyNotYours, KeptFromThem.
        PassphraseShown: it is locked already, by this or to the recipient's key.
    """
    export = _ready(actor, export)
    if export.is_locked:
        raise PassphraseShown(request=export.code)
    passphrase, open_part = new_passphrase(), export.file_id
    content = locked_with(passphrase, f"{export.code}.{export.file_format}", _content(export))
    export.file_id, export.is_locked = keep_file(export.key_id, content), True
    export.save(update_fields=["file", "is_locked"])
    drop_parts([part for part in (open_part,) if part])
    return passphrase


@action("export.fetch")
def fetch_export(actor: Actor, export: Export) -> Fetched:
    """Hand the locked file to who asked for it, three times at most; after the last it is destroyed.

    Raises:
        FetchedByTheAsker, NotReady, FamilyNotYours, KeptFromThem.
        PassphraseFirst: it is not locked yet.
    """
    asked, export = export, _ready(actor, export)
    if not export.is_locked:
        raise PassphraseFirst(request=export.code)
    content, fetched = _content(export), export.file_id
    export.fetched += 1
    if export.fetched >= MOST_FETCHES:
        export.file = None
    export.save(update_fields=["fetched", "file"])
    if export.file_id is None and fetched:
        drop_parts([fetched])
    _told(asked)
    ending = f"{export.file_format}.age" if content.startswith(AGE) else "zip"
    return Fetched(f"{export.code}.{ending}", content)


@action("export.purge")
def give_up_export(actor: Actor, export: Export) -> Export:
    """Note that no file was made, because a right was lost meanwhile or something broke."""
    export = _held(export)
    if export.state == Export.State.APPROVED:
        export.state = Export.State.NOT_MADE
        export.save(update_fields=["state"])
    return export


@action("export.purge")
def purge_export(actor: Actor, export: Export) -> Export:
    """Destroy the file and why it was asked for, once the last day has passed; that it was asked for stays."""
    export = _held(export)
    export.file, export.gone_on = None, today()
    export.save(update_fields=["file", "gone_on"])
    destroy_key(export.key_id)
    return export


def _held(export: Export) -> Export:
    return Export.objects.select_for_update(of=("self",)).select_related("recipient", "asked_by").get(pk=export.pk)


def _ready(actor: Actor, export: Export) -> Export:
    export = _held(export)
    if export.state != Export.State.READY or export.is_over:
        raise NotReady(request=export.code)
    if export.asked_by_id != actor.staff_id:
        raise FetchedByTheAsker
    _require_rights(actor, export)
    return export


def _content(export: Export) -> bytes:
    content = open_file(export.file_id)
    if content is None:
        raise NotReady(request=export.code)
    return content


def _require_rights(actor: Actor, export: Export) -> None:
    """Refuse what the asker does not see, or the recipient must not."""
    if not classes_of(export.columns) <= actor.role.classes:
        raise NotAllowed
    for code in not_reached(actor, export.families):
        raise FamilyNotYours(family=code)
    for code in kept_from(export):
        raise KeptFromThem(family=code, name=export.recipient)
    if (n := people_of(export.families).count()) > MOST_PEOPLE:
        raise TooManyPeople(most=MOST_PEOPLE, n=n)


def _told(export: Export) -> Export:
    """Let the audit say whose file it is."""
    identities: list[UUID] = identities_on(export)
    export.identities = identities  # type: ignore[attr-defined]  # read by the account of the step
    return export
