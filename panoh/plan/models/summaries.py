"""The summary of a plan's years: generated section by section, and edited by hand without losing either text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.plan.models.tree import Plan


def summary_code() -> str:
    """Return a new code of a summary."""
    return new_code("Y")


class Summary(models.Model):
    """What a plan reached in a time, in one language."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=summary_code)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="summaries")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=8, default=settings.LANGUAGE_CODE)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    generated_at = models.DateTimeField(_("generated"), db_default=Now())

    class Meta:
        ordering = ("plan", "-starts", "pk")
        constraints = (models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="summary_of_some_time"),)

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A part of a summary: what is generated now, and what somebody wrote in its place."""

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=24)
    number = models.PositiveSmallIntegerField(_("number"))
    heading = models.CharField(_("heading"), max_length=200)
    generated = models.TextField(_("generated"), blank=True, default="")
    written = models.TextField(_("written by hand"), null=True, blank=True)  # empty is a text, too
    basis = models.TextField(_("generated when it was written"), blank=True, default="")
    written_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("summary", "number")
        constraints = (models.UniqueConstraint(fields=("summary", "key"), name="section_once"),)

    def __str__(self) -> str:
        return self.heading

    @property
    def text(self) -> str:
        """Return what is read: the words of whoever wrote it, else the generated ones."""
        return self.generated if self.written is None else self.written

    @property
    def is_written(self) -> bool:
        """Tell whether somebody wrote it by hand."""
        return self.written is not None

    @property
    def has_moved(self) -> bool:
        """Tell whether the generated text is another than the one somebody rewrote."""
        return self.is_written and self.basis != self.generated
