"""Generating a summary, writing in it, and generating it anew without losing what was written."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import override

from panoh.access.entrances import Actor, action
from panoh.plan.documents.years import SECTIONS, Years, written
from panoh.plan.models import Plan, Section, Summary
from panoh.plan.refusals_values import DaysOutOfOrder


def _generate(summary: Summary) -> None:
    """Put the generated text into each section; what somebody wrote stays beside it."""
    years = Years(summary.plan, summary.starts, summary.ends)
    with override(summary.language):
        for number, kind in enumerate(SECTIONS, 1):
            told = {"number": number, "heading": str(kind.heading), "generated": written(kind, years)}
            Section.objects.update_or_create(summary=summary, key=kind.key, defaults=told)
    summary.generated_at = timezone.now()
    summary.save(update_fields=("generated_at",))


@action("joint.edit")
def begin_summary(actor: Actor, plan: Plan, *, title: str, language: str, starts: date, ends: date) -> Summary:
    """Generate the summary of a plan's years.

    Raises:
        DaysOutOfOrder: it ends before it begins.
    """
    if starts >= ends:
        raise DaysOutOfOrder
    summary = Summary.objects.create(plan=plan, title=title, language=language, starts=starts, ends=ends)
    _generate(summary)
    return summary


@action("joint.edit")
def renew_summary(actor: Actor, summary: Summary) -> Summary:
    """Generate every section anew; what was written by hand stays and is what is read."""
    _generate(Summary.objects.select_for_update().get(pk=summary.pk))
    return summary


@action("joint.edit")
def write_section(actor: Actor, section: Section, *, text: str) -> Section:
    """Write a section by hand, in place of the generated text or of what was written before."""
    section = Section.objects.select_for_update().get(pk=section.pk)
    section.written, section.basis = text, section.generated
    section.written_by_id, section.written_at = actor.staff_id, timezone.now()
    section.save()
    return section


@action("joint.edit")
def keep_written(actor: Actor, section: Section) -> Section:
    """Keep what was written by hand beside a generated text that has changed since."""
    section = Section.objects.select_for_update().get(pk=section.pk)
    section.basis = section.generated
    section.save(update_fields=("basis",))
    return section


@action("joint.edit")
def take_generated(actor: Actor, section: Section) -> Section:
    """Take the generated text in place of what was written by hand."""
    section = Section.objects.select_for_update().get(pk=section.pk)
    section.written = section.written_by_id = section.written_at = None
    section.basis = ""
    section.save()
    return section
