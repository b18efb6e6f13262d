"""Steps on legal identity: begin the file of a document, lead it on, say where the paper is, keep a picture of it."""

from __future__ import annotations

from datetime import date, timedelta

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.access.models import Agency
from panoh.access.refusals import Unknown
from panoh.casework.actions.merging import require_own_file
from panoh.casework.catalogue import catalogue
from panoh.casework.days import due, happened_with
from panoh.casework.models import Family, LegalFile, LegalStep, PaperHeld, PaperPicture, Person
from panoh.casework.refusals import BeforeTheLastStep, NotOfThisFamily
from panoh.casework.refusals_care import HolderUnfit, PictureTooLarge, PictureUnfit, ValidUnfit
from panoh.vault import actions as vault

__all__ = ["add_picture", "hold_paper", "lead_legal_file", "open_legal_file", "record_document"]

MOST_BYTES = 5 * 1024 * 1024
BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}


@action("paper.write")
def open_legal_file(
    actor: Actor,
    family: Family,
    *,
    person: Person,
    kind: str,
    authority: Agency | None = None,
    on: date | None = None,
    by_when: date | None = None,
) -> LegalFile:
    """Begin the file of a document that somebody needs, at the first step of its kind.

    Raises:
        NotOfThisFamily, InTheFuture, DayUnfit, Unknown, JoinedAlready, Forgotten.
    """
    if not person.memberships.filter(family=family, until=None).exists():
        raise NotOfThisFamily
    require_own_file(person)
    first = catalogue().legal_kind(kind).steps[0]
    on = happened_with(family, on)
    file = LegalFile.objects.create(
        person=person, kind=kind, step=first, due=_due(first, on, by_when), authority=authority, opened_on=on,
        opened_by_id=actor.me,
    )  # fmt: skip
    LegalStep.objects.create(file=file, step=first, on=on, by_id=actor.me)
    return file


@action("paper.write")
def lead_legal_file(
    actor: Actor, file: LegalFile, *, step: str, on: date | None = None, by_when: date | None = None, words: str = ""
) -> LegalFile:
    """Lead a document to another step of its kind; an end closes its file, and a step after that opens it again.

    Raises:
        InTheFuture, DayUnfit, BeforeTheLastStep, Forgotten.
        Unknown: its kind has no such step.
    """
    file = _held(file)
    if step not in catalogue().legal_kind(file.kind).steps:
        raise Unknown(word=step, what=catalogue().label("legal_kinds", file.kind))
    on = happened_with(file.person.home, on)
    last = file.steps.order_by("-on").values_list("on", flat=True).first()
    if last and on < last:
        raise BeforeTheLastStep(on=on, before=last)
    file.step, file.due = step, _due(step, on, by_when)
    file.closed_on = None if file.due else on
    file.save(update_fields=["step", "due", "closed_on"])
    LegalStep.objects.create(
        file=file, step=step, on=on, by_id=actor.me,
        words_id=vault.keep_words(file.person.identity_id, words, field_class=FieldClass.LEGAL),
    )  # fmt: skip
    return file


@action("paper.write")
def record_document(
    actor: Actor, file: LegalFile, *, number: str = "", issued_on: date | None = None, valid_until: date | None = None
) -> LegalFile:
    """Record what stands on the document: its number, sealed, and from when until when it holds.

    Raises:
        InTheFuture, DayUnfit, Forgotten. ValidUnfit: it would end before it was issued.
    """
    file = _held(file)
    if issued_on and valid_until and valid_until < issued_on:
        raise ValidUnfit
    file.issued_on = happened_with(file.person.home, issued_on) if issued_on else None
    file.valid_until = due(valid_until) if valid_until else None
    file.number_id = vault.keep_words(file.person.identity_id, number, field_class=FieldClass.LEGAL)
    file.save(update_fields=["issued_on", "valid_until", "number"])
    return file


@action("paper.write")
def hold_paper(
    actor: Actor, file: LegalFile, *, holder: int, agency: Agency | None = None, on: date | None = None
) -> PaperHeld:
    """Say who has the paper itself from a day on.

    Raises:
        InTheFuture, DayUnfit. HolderUnfit: an agency has it and none is named, or the other way round.
    """
    if (holder == PaperHeld.Holder.AGENCY) != (agency is not None):
        raise HolderUnfit
    file = _held(file)
    return PaperHeld.objects.create(
        file=file, holder=PaperHeld.Holder(holder), agency=agency, on=happened_with(file.person.home, on),
        by_id=actor.me,
    )  # fmt: skip


@action("paper.write")
def add_picture(actor: Actor, file: LegalFile, *, content: bytes) -> PaperPicture:
    """Keep a picture of the paper, sealed under the person's key.

    Raises:
        PictureTooLarge, Forgotten. PictureUnfit: it begins like none of the kinds that are kept.
    """
    if len(content) > MOST_BYTES:
        raise PictureTooLarge(most=MOST_BYTES // 1024 // 1024)
    media_type = next((kind for start, kind in BEGINNINGS.items() if content.startswith(start)), None)
    if media_type is None:
        raise PictureUnfit
    file = _held(file)
    return PaperPicture.objects.create(
        file=file, content_id=vault.keep_picture(file.person.identity_id, content), media_type=media_type,
        size_bytes=len(content), on=today(), by_id=actor.me,
    )  # fmt: skip


def _held(file: LegalFile) -> LegalFile:
    return LegalFile.objects.select_for_update(of=("self",)).select_related("person__home").get(pk=file.pk)


def _due(step: str, on: date, by_when: date | None) -> date | None:
    """Return by when the next step is due: as said, else by the rule; None after an end."""
    days = catalogue().legal_step(step).days
    if days is None:
        return None
    return due(by_when) if by_when else on + timedelta(days=days)
