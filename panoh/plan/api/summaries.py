"""Summaries of a plan's years over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from ninja import Path, Router, Schema, Status
from pydantic import StringConstraints

from panoh.access.api import Code, Line, Needs
from panoh.access.entrances import Request
from panoh.plan.actions import summaries as actions
from panoh.plan.api.parts import Slug
from panoh.plan.models import Section, Summary
from panoh.plan.queries.documents import DOCX
from panoh.plan.queries.summaries import section_for, sections_shown, summaries_of, summary_docx, summary_for
from panoh.plan.queries.tree import plan_for

router = Router(tags=["Summaries of the joint plan"])


class SummaryIn(Schema):
    title: Line
    starts: date
    ends: date
    language: Annotated[str, StringConstraints(pattern=r"^en$")] = "en"


class SummaryOut(Schema):
    code: str
    title: str
    language: str
    starts: date
    ends: date


class SectionOut(Schema):
    """text: what is read; generated: what is generated now; has_moved: that changed since somebody wrote the text."""

    key: str
    heading: str
    text: str
    generated: str
    is_written: bool
    has_moved: bool


class SummaryWholeOut(Schema):
    summary: SummaryOut
    sections: list[SectionOut]


class TextIn(Schema):
    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=100_000)]


@router.get("/joint-plan/{code}/summaries", auth=Needs("joint.see"), response=list[SummaryOut])
def summaries(request: Request, code: Path[Slug]) -> object:
    """Return the summaries of a plan."""
    return summaries_of(plan_for(code))


@router.post("/joint-plan/{code}/summaries", auth=Needs("joint.edit"), response={201: SummaryOut})
def begin(request: Request, code: Path[Slug], given: SummaryIn) -> Status[Summary]:
    """Generate the summary of a plan's years."""
    return Status(201, actions.begin_summary(request.actor, plan_for(code), **given.dict()))


@router.get("/summaries/{code}", auth=Needs("joint.see"), response=SummaryWholeOut)
def summary(request: Request, code: Path[Code]) -> object:
    """Return a summary with its sections."""
    found = summary_for(code)
    return {"summary": found, "sections": [shown.section for shown in sections_shown(found)]}


@router.get("/summaries/{code}/word", auth=Needs("joint.see"), response={200: bytes})
def word(request: Request, code: Path[Code]) -> HttpResponse:
    """Return a summary as a document for a word processor (DOCX)."""
    return HttpResponse(summary_docx(summary_for(code)), content_type=DOCX)


@router.post("/summaries/{code}/renew", auth=Needs("joint.edit"), response=SummaryOut)
def renew(request: Request, code: Path[Code]) -> Summary:
    """Generate a summary anew; what was written by hand stays."""
    return actions.renew_summary(request.actor, summary_for(code))


@router.put("/summaries/{code}/sections/{key}", auth=Needs("joint.edit"), response=SectionOut)
def write(request: Request, code: Path[Code], key: Path[Slug], given: TextIn) -> Section:
    """Write a section by hand."""
    return actions.write_section(request.actor, section_for(code, key), text=given.text)


@router.post("/summaries/{code}/sections/{key}/keep", auth=Needs("joint.edit"), response=SectionOut)
def keep(request: Request, code: Path[Code], key: Path[Slug]) -> Section:
    """Keep what was written beside a newer generated text."""
    return actions.keep_written(request.actor, section_for(code, key))


@router.post("/summaries/{code}/sections/{key}/take", auth=Needs("joint.edit"), response=SectionOut)
def take(request: Request, code: Path[Code], key: Path[Slug]) -> Section:
    """Take the generated text in place of what was written."""
    return actions.take_generated(request.actor, section_for(code, key))
