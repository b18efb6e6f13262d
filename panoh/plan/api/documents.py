"""The files that a plan is handed out in, over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import StringConstraints

from panoh.access.api import Needs, Word
from panoh.access.entrances import Request
from panoh.plan import actions
from panoh.plan.api.parts import Slug
from panoh.plan.queries import file_of_plan, iati_of, plan_for

router = Router(tags=["Joint plan"])

Kind = Literal["pdf", "docx", "xlsx"]
Language = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3})?$")]


class LanguageAsked(Schema):
    """language: code of the one to write in; without it the reader's."""

    language: Language = ""


class IatiIn(Schema):
    """reporter: code of a body; identifier: its own in IATI, such as XM-DAC-41122."""

    reporter: Slug
    identifier: Word


@router.get("/joint-plan/{code}/files/{kind}", auth=Needs("joint.see"), response={200: bytes})
def one_file(request: Request, code: Path[Slug], kind: Path[Kind], asked: Query[LanguageAsked]) -> HttpResponse:
    """Give the plan as PDF, Word document or workbook, in a language that it has."""
    file = file_of_plan(plan_for(code), kind, asked.language)
    return HttpResponse(file.content, content_type=file.content_type)


@router.post("/joint-plan/{code}/iati", auth=Needs("joint.see"), response={200: bytes})
def iati(request: Request, code: Path[Slug], given: IatiIn) -> HttpResponse:
    """Give the plan as IATI 2.03, activities and results."""
    return HttpResponse(iati_of(plan_for(code), **given.dict()), content_type="application/xml")


@router.post("/joint-plan/{code}/site", auth=Needs("joint.publish"), response={200: bytes})
def site(request: Request, code: Path[Slug]) -> HttpResponse:
    """Give the folder of public pages, zipped."""
    return HttpResponse(actions.publish_site(request.actor, plan_for(code)), content_type="application/zip")
