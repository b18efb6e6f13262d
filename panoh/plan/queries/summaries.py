"""Summaries to read: their sections as blocks, and what was generated otherwise since somebody wrote one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import ndiff

from django.db.models import QuerySet

from panoh.access.refusals import NotThere
from panoh.plan.documents.light import Block, blocks
from panoh.plan.models import Plan, Section, Summary


def summaries_of(plan: Plan) -> QuerySet[Summary]:
    """Return the summaries of a plan."""
    return plan.summaries.all()


def summary_for(code: str) -> Summary:
    """Return the summary with this code.

    Raises:
        NotThere: there is none.
    """
    found = Summary.objects.select_related("plan").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def section_for(code: str, key: str) -> Section:
    """Return a section of a summary.

    Raises:
        NotThere: there is none.
    """
    found = Section.objects.select_related("summary").filter(summary__code=code, key=key).first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class Line:
    """A line of a comparison: sign is + (new), - (no more) or a space."""

    sign: str
    text: str


@dataclass(frozen=True)
class SectionShown:
    """A section as blocks, and how the generated text changed since somebody wrote it."""

    section: Section
    blocks: Sequence[Block]
    difference: Sequence[Line]


def compared(before: str, after: str) -> list[Line]:
    """Return what changed between two texts, line by line, with the lines that stayed."""
    lines = ndiff(before.splitlines(), after.splitlines())
    return [Line(line[0], line[2:]) for line in lines if line[0] != "?" and line[2:].strip()]


def sections_shown(summary: Summary) -> list[SectionShown]:
    """Return the sections of a summary."""
    return [
        SectionShown(one, blocks(one.text), compared(one.basis, one.generated) if one.has_moved else ())
        for one in summary.sections.select_related("written_by")
    ]


def summary_docx(summary: Summary) -> bytes:
    """Return a summary as a document for a word processor."""
    under = f"{summary.plan.title}, {summary.starts.year}–{summary.ends.year}"
    from panoh.plan.documents.word import Part, as_docx  # noqa: PLC0415  # a quarter of a second, for whoever writes none

    parts = [Part(one.heading, one.text) for one in summary.sections.all()]
    return as_docx(summary.title, under, parts, language=summary.language)
