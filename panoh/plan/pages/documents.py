"""Pages: the files that a plan is handed out in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, page
from panoh.access.refusals import Refusal
from panoh.plan import actions
from panoh.plan.documents.iati import SCHEMA_VERSION
from panoh.plan.forms_documents import IatiForm
from panoh.plan.languages import LANGUAGES, language_name
from panoh.plan.queries import file_of_plan, iati_of, languages_of, plan_for

POST: Any = ("POST",)


def _sent(name: str, content_type: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@page("joint-plan/<slug:code>/files/", name="plan-files", needs="joint.see")
def files(request: Request, code: str) -> HttpResponse:
    """Show which files there are of a plan, and in which languages."""
    plan = plan_for(code)
    languages = [(language, language_name(language)) for language in languages_of(plan)]
    return render(request, "plan/files.html", {"plan": plan, "languages": languages, "version": SCHEMA_VERSION})


@page("joint-plan/<slug:code>/files/<slug:kind>/", name="plan-file", needs="joint.see")
def one_file(request: Request, code: str, kind: str) -> HttpResponse:
    """Hand a plan out as PDF, Word document or workbook."""
    language = request.GET.get("language", "")
    file = file_of_plan(plan_for(code), kind, language if language in LANGUAGES else "")
    return _sent(file.name, file.content_type, file.content)


@page("joint-plan/<slug:code>/iati/", name="plan-iati", needs="joint.see")
def iati(request: Request, code: str) -> HttpResponse:
    """Ask who reports, then hand the plan out as IATI."""
    plan, form = plan_for(code), IatiForm(request.GET or None)
    if form.is_valid():
        try:
            return _sent(f"{code}.xml", "application/xml", iati_of(plan, **form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    up = {"back": reverse("plan-files", args=(code,)), "back_label": _("Files of the plan")}
    return render(request, "plan/iati.html", {"form": form, "plan": plan, **up})


@page("joint-plan/<slug:code>/site/", name="plan-site", needs="joint.publish", methods=POST)
def site(request: Request, code: str) -> HttpResponse:
    """Hand out the folder of public pages, zipped."""
    return _sent(f"{code}-site.zip", "application/zip", actions.publish_site(request.actor, plan_for(code)))
