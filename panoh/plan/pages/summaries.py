"""Pages: summaries of a plan's years, to read, to write in and to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.plan.actions import summaries as actions
from panoh.plan.forms_summaries import SectionForm, SummaryForm
from panoh.plan.queries.documents import DOCX
from panoh.plan.queries.summaries import section_for, sections_shown, summaries_of, summary_docx, summary_for
from panoh.plan.queries.tree import plan_for

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)


@page("joint-plan/<slug:code>/summaries/", name="summaries", needs="joint.see")
def summaries(request: Request, code: str) -> HttpResponse:
    """Show the summaries of a plan."""
    plan = plan_for(code)
    return render(request, "plan/summaries.html", {"plan": plan, "summaries": summaries_of(plan)})


@page("joint-plan/<slug:code>/summaries/new/", name="summary-new", needs="joint.edit", methods=BOTH)
def new_summary(request: Request, code: str) -> HttpResponse:
    """Say which years are summed up."""
    plan, url = plan_for(code), reverse("summaries", args=[code])

    def then(form: SummaryForm) -> HttpResponse:
        made = actions.begin_summary(request.actor, plan, **form.cleaned_data)
        return see(request, "summary", made.code, said=_("Generated. Each section can be edited."))

    more = {"back": url, "back_label": _("Summaries"), "cancel": url}
    form = SummaryForm(request.POST or None)
    return ask(request, form, then, title=_("New summary"), submit=_("Generate the summary"), **more)


@page("summaries/<str:code>/", name="summary", needs="joint.see")
def summary(request: Request, code: str) -> HttpResponse:
    """Show a summary."""
    found = summary_for(code)
    return render(request, "plan/summary.html", {"summary": found, "sections": sections_shown(found)})


@page("summaries/<str:code>/word/", name="summary-word", needs="joint.see")
def word(request: Request, code: str) -> HttpResponse:
    """Hand a summary over as a document for a word processor."""
    found = summary_for(code)
    headers = {"Content-Disposition": f'attachment; filename="{found.code}.docx"'}
    return HttpResponse(summary_docx(found), content_type=DOCX, headers=headers)


@page("summaries/<str:code>/renew/", name="summary-renew", needs="joint.edit", methods=POST)
def renew(request: Request, code: str) -> HttpResponse:
    """Generate a summary anew."""
    actions.renew_summary(request.actor, summary_for(code))
    return see(request, "summary", code, said=_("Generated anew. What was written by hand stays."))


@page("summaries/<str:code>/sections/<slug:key>/", name="section", needs="joint.edit", methods=BOTH)
def section(request: Request, code: str, key: str) -> HttpResponse:
    """Write a section by hand."""
    found, url = section_for(code, key), reverse("summary", args=[code])

    def then(form: SectionForm) -> HttpResponse:
        actions.write_section(request.actor, found, **form.cleaned_data)
        return see(request, "summary", code, said=_("Kept."))

    form = SectionForm(request.POST or None, initial={"text": found.text})
    more = {"back": url, "back_label": str(found.summary), "cancel": url}
    return ask(request, form, then, title=found.heading, submit=_("Keep the text"), wide=True, **more)


@page("summaries/<str:code>/sections/<slug:key>/keep/", name="section-keep", needs="joint.edit", methods=POST)
def keep(request: Request, code: str, key: str) -> HttpResponse:
    """Keep what was written beside a newer generated text."""
    actions.keep_written(request.actor, section_for(code, key))
    return see(request, "summary", code, said=_("Kept as it is written."))


@page("summaries/<str:code>/sections/<slug:key>/take/", name="section-take", needs="joint.edit", methods=BOTH)
def take(request: Request, code: str, key: str) -> HttpResponse:
    """Ask before the generated text replaces what was written."""
    found, url = section_for(code, key), reverse("summary", args=[code])
    if request.method == "POST":
        actions.take_generated(request.actor, found)
        return see(request, "summary", code, said=_("The generated text stands."))
    more = {"title": found.heading, "says": _("Take the generated text?"), "danger": True, "cancel": url}
    will = [_("What was written by hand in this section is lost.")]
    return render(request, "confirm.html", {**more, "will": will, "submit": _("Take the generated text")})
