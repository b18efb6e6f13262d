"""Legal identity as pages show it: the papers of a family on their way, one of them with its history, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from panoh.access import audit
from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, LegalFile, LegalStep, PaperHeld, PaperPicture
from panoh.casework.queries.figures import Figure
from panoh.casework.queries.purposes import purpose_for
from panoh.casework.queries.reach import within
from panoh.vault.queries import names_of, open_file, open_parts

__all__ = [
    "LegalFileShown", "LegalLine", "PaperCounts", "Papers", "legal_file_for", "legal_file_shown", "paper_counts",
    "papers_of", "picture_for", "picture_of",
]  # fmt: skip


@dataclass(frozen=True)
class LegalLine:
    """One paper of somebody in one line; held: who has the paper itself."""

    file: LegalFile
    name: str
    kind: str
    step: str
    ends: str
    held: str


@dataclass(frozen=True)
class Papers:
    """The papers of a family, those on their way first."""

    lines: list[LegalLine]
    purpose: str


@dataclass(frozen=True)
class LegalFileShown:
    """One paper with all that was recorded of it; next_steps: code and label of those that may follow."""

    line: LegalLine
    number: str
    steps: list[tuple[LegalStep, str, str]]
    held: list[PaperHeld]
    pictures: list[PaperPicture]
    next_steps: list[tuple[str, str]]
    purpose: str


@dataclass(frozen=True)
class PaperCounts:
    """How many papers stand where: bars by step and by what they are about, the late ones as a part of each."""

    by_step: list[Figure]
    by_kind: list[Figure]
    there: int
    refused: int


def legal_file_for(family: Family, number: int) -> LegalFile:
    """Return a legal file of somebody who lives in this family; else NotThere."""
    found = LegalFile.objects.filter(person__home=family, pk=number).select_related("person__home", "authority").first()
    if found is None:
        raise NotThere
    return found


def picture_for(file: LegalFile, number: int) -> PaperPicture:
    """Return a picture of this paper; else NotThere."""
    found = PaperPicture.objects.filter(file=file, pk=number).first()
    if found is None:
        raise NotThere
    return found


def picture_of(actor: Actor, picture: PaperPicture, family: Family) -> bytes:
    """Return a picture, opened; the audit says who saw a picture of whose paper.

    Raises:
        NotThere: it is not kept any more, or its class is not the actor's.
    """
    content = open_file(picture.content_id)
    if content is None:
        raise NotThere
    audit.write(actor, "paper.see", about=picture.file.person.code, purpose=purpose_for(actor, family))
    return content


def papers_of(actor: Actor, family: Family) -> Papers:
    """Return the papers of those who live in a family, the names opened once."""
    found = LegalFile.objects.filter(person__home=family).select_related("person", "authority")
    files = sorted(found.order_by("due", "-pk"), key=lambda file: file.closed_on is not None)
    return Papers(_lines(actor, family, files), purpose_for(actor, family))


def legal_file_shown(actor: Actor, family: Family, file: LegalFile) -> LegalFileShown:
    """Return one paper with its steps in words, where it was, and its pictures."""
    words = catalogue()
    steps = list(file.steps.select_related("by").order_by("-on", "-pk"))
    opened = open_parts([file.number_id, *(step.words_id for step in steps)])
    possible = next((kind.steps for kind in words.legal_kinds if kind.code == file.kind), ())
    (line,) = _lines(actor, family, [file])
    return LegalFileShown(
        line=line,
        number=str(opened.get(file.number_id, "")) if file.number_id else "",
        steps=[
            (step, words.label("legal_steps", step.step), str(opened.get(step.words_id, "")) if step.words_id else "")
            for step in steps
        ],
        held=list(file.held.select_related("agency", "by").order_by("-on", "-pk")),
        pictures=list(file.pictures.select_related("by").order_by("pk")),
        next_steps=[(code, words.label("legal_steps", code)) for code in possible if code != file.step],
        purpose=purpose_for(actor, family),
    )


def _lines(actor: Actor, family: Family, files: Sequence[LegalFile]) -> list[LegalLine]:
    words = catalogue()
    names = names_of(
        actor, {file.person.identity_id for file in files}, purpose=purpose_for(actor, family), about=family.code
    )
    ends = {step.code: step.ends for step in words.legal_steps}
    held: dict[int, PaperHeld] = {}
    for one in PaperHeld.objects.filter(file__in=files).select_related("agency").order_by("on", "pk"):
        held[one.file_id] = one
    return [
        LegalLine(
            file,
            names.get(file.person.identity_id, "") or file.person.code,
            words.label("legal_kinds", file.kind),
            words.label("legal_steps", file.step),
            ends.get(file.step, ""),
            _holder(held.get(file.pk)),
        )
        for file in files
    ]


def _holder(held: PaperHeld | None) -> str:
    if held is None:
        return ""
    return held.agency.name if held.agency else held.get_holder_display()


def paper_counts(actor: Actor) -> PaperCounts:
    """Return how many papers stand at which step in the families the actor reaches, and how many of them are late."""
    words = catalogue()
    reached = LegalFile.objects.filter(within(actor, "person__home"))
    found = reached.annotate(is_open=ExpressionWrapper(Q(closed_on=None), BooleanField())).values_list(
        "kind", "step", "is_open"
    )
    late = Count("pk", filter=Q(closed_on=None, due__lt=today()))
    steps, kinds, ended = Counter[str](), Counter[str](), Counter[str]()
    late_steps, late_kinds = Counter[str](), Counter[str]()
    ends = {step.code: step.ends for step in words.legal_steps}
    for kind, step, is_open, number, overdue in found.annotate(number=Count("pk"), late=late).order_by():
        if not is_open:
            ended[ends.get(step) or "there"] += number
            continue
        steps[step] += number
        kinds[kind] += number
        late_steps[step] += overdue
        late_kinds[kind] += overdue
    return PaperCounts(
        [Figure(one.label, steps[one.code], late_steps[one.code]) for one in words.legal_steps if steps[one.code]],
        [Figure(one.label, kinds[one.code], late_kinds[one.code]) for one in words.legal_kinds if kinds[one.code]],
        ended["there"],
        ended["refused"],
    )
