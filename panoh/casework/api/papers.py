"""Legal identity over HTTP: papers on their way, where each is, pictures of them, counts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, File, Path, Router, Schema, Status, UploadedFile
from pydantic import StringConstraints

from panoh.access import queries as access
from panoh.access.api import Code, Needs, Number, Text, Word
from panoh.access.entrances import Request
from panoh.casework import actions, queries
from panoh.casework.actions.papers import MOST_BYTES
from panoh.casework.models import LegalFile, PaperHeld
from panoh.casework.queries.papers import legal_file_for, legal_file_shown, paper_counts, papers_of
from panoh.casework.refusals_care import PictureTooLarge, PictureUnfit

router = Router(tags=["Legal identity"])
WRITES, PAPER = "paper.write", "/families/{code}/papers/{number}"


class LegalFileIn(Schema):
    person: Code
    kind: Word
    authority: Code | None = None
    on: date | None = None
    by_when: date | None = None


class LegalStepIn(Schema):
    step: Word
    on: date | None = None
    by_when: date | None = None
    words: Text = ""


class DocumentFactsIn(Schema):
    number: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=60)] = ""
    issued_on: date | None = None
    valid_until: date | None = None


class HeldIn(Schema):
    holder: Literal["family", "us", "agency", "lost"]
    agency: Code | None = None
    on: date | None = None


class LegalFileMadeOut(Schema):
    number: int = Field(..., alias="pk")
    step: str
    due: date | None


class LegalLineOut(Schema):
    number: int = Field(..., alias="file.pk")
    person: str = Field(..., alias="file.person.code")
    kind: str = Field(..., alias="file.kind")
    step: str = Field(..., alias="file.step")
    due: date | None = Field(None, alias="file.due")
    held: str


class LegalStepOut(Schema):
    step: str
    on: date
    words: str


class LegalFileOut(Schema):
    number: int
    kind: str
    step: str
    due: date | None
    document: str
    issued_on: date | None
    valid_until: date | None
    steps: list[LegalStepOut]
    held: list[str]
    pictures: list[int]


class PaperCountOut(Schema):
    label: str
    value: int
    late: int = Field(..., alias="part")


class PaperCountsOut(Schema):
    by_step: list[PaperCountOut]
    by_kind: list[PaperCountOut]
    there: int
    refused: int


def _file(request: Request, code: str, number: int) -> LegalFile:
    return legal_file_for(queries.family_for(request.actor, code), number)


@router.get("/papers", auth=Needs("paper.count"), response=PaperCountsOut)
def count(request: Request) -> object:
    """Give how many papers stand at which step in the families the asker reaches."""
    return paper_counts(request.actor)


@router.get("/families/{code}/papers", auth=Needs("family.see"), response=list[LegalLineOut])
def papers(request: Request, code: Path[Code]) -> object:
    """Give the papers of a family."""
    return papers_of(request.actor, queries.family_for(request.actor, code)).lines


@router.post("/families/{code}/papers", auth=Needs(WRITES), response={201: LegalFileMadeOut})
def open_file(request: Request, code: Path[Code], given: LegalFileIn) -> Status[LegalFile]:
    """Begin the file of a paper that somebody needs."""
    family, person = queries.family_for(request.actor, code), queries.person_for(request.actor, given.person)
    read = {"person": person, "authority": access.agency(given.authority) if given.authority else None}
    return Status(201, actions.open_legal_file(request.actor, family, **{**given.dict(), **read}))


@router.get(PAPER, auth=Needs("family.see"), response=LegalFileOut)
def paper(request: Request, code: Path[Code], number: Path[Number]) -> dict[str, Any]:
    """Give one paper with its steps in words, where it was, and its pictures by number."""
    family = queries.family_for(request.actor, code)
    file = legal_file_for(family, number)
    shown = legal_file_shown(request.actor, family, file)
    return {
        "number": file.pk, "kind": file.kind, "step": file.step, "due": file.due, "document": shown.number,
        "issued_on": file.issued_on, "valid_until": file.valid_until,
        "steps": [{"step": one.step, "on": one.on, "words": words} for one, _label, words in shown.steps],
        "held": [one.agency.name if one.agency else PaperHeld.Holder(one.holder).name.lower() for one in shown.held],
        "pictures": [one.pk for one in shown.pictures],
    }  # fmt: skip


@router.post(f"{PAPER}/steps", auth=Needs(WRITES), response=LegalFileMadeOut)
def lead(request: Request, code: Path[Code], number: Path[Number], given: LegalStepIn) -> LegalFile:
    """Lead a paper to another step of its kind."""
    return actions.lead_legal_file(request.actor, _file(request, code, number), **given.dict())


@router.put(f"{PAPER}/document", auth=Needs(WRITES), response={204: None})
def document(request: Request, code: Path[Code], number: Path[Number], given: DocumentFactsIn) -> Status[None]:
    """Record what stands on the document."""
    actions.record_document(request.actor, _file(request, code, number), **given.dict())
    return Status(204, None)


@router.post(f"{PAPER}/held", auth=Needs(WRITES), response={201: None})
def hold(request: Request, code: Path[Code], number: Path[Number], given: HeldIn) -> Status[None]:
    """Say who has the paper itself."""
    agency = access.agency(given.agency) if given.agency else None
    holder = PaperHeld.Holder[given.holder.upper()]
    actions.hold_paper(request.actor, _file(request, code, number), holder=holder, agency=agency, on=given.on)
    return Status(201, None)


@router.post(f"{PAPER}/pictures", auth=Needs(WRITES), response={201: None})
def add_picture(
    request: Request, code: Path[Code], number: Path[Number], file: File[UploadedFile | None] = None
) -> Status[None]:
    """Keep a picture of the paper (multipart: file), sealed."""
    found = _file(request, code, number)
    if request.META.get("panoh.upload-too-large"):
        raise PictureTooLarge(most=MOST_BYTES // 1024 // 1024)
    if file is None:
        raise PictureUnfit
    actions.add_picture(request.actor, found, content=file.read())
    return Status(201, None)
