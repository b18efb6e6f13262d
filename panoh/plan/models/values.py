"""What countries report, who answers for it, and what of it was published."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.plan.models.indicators import Indicator, Period
from panoh.plan.models.tree import state_code

HUNDRED = Decimal(100)
DIGEST = r"^[0-9a-f]{64}$"


def value_code() -> str:
    """Return a new code of a value."""
    return new_code("V")


def figure() -> models.DecimalField[Decimal | None, Decimal | None]:
    """Return a column for a figure; empty is not 0."""
    return models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)


class Value(models.Model):
    """What a country reports on an indicator for a period; the row is there, empty, from the day it is owed."""

    class State(models.IntegerChoices):
        NO_DATA = 0, _("no data")
        IN_PROGRESS = 1, _("in progress")
        SUBMITTED = 2, _("submitted")
        RETURNED = 3, _("returned")
        APPROVED = 4, _("approved")

    class SourceKind(models.IntegerChoices):
        DOCUMENT = 1, _("document")
        DATASET = 2, _("data set or register")
        STATEMENT = 3, _("statement")
        RELEASE = 4, _("signed statistics release")

    code = models.CharField(_("code"), max_length=12, unique=True, default=value_code)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    period = models.ForeignKey(Period, models.PROTECT, related_name="values")
    country = state_code()
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.NO_DATA)
    number = figure()
    numerator = figure()
    denominator = figure()
    words = models.TextField(_("in words"), blank=True, default="")
    parts = models.JSONField(_("broken down"), blank=True, default=dict)
    source_kind = models.SmallIntegerField(_("kind of source"), choices=SourceKind.choices, null=True, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True, default="")
    source_url = models.URLField(_("where it can be read"), max_length=400, blank=True, default="")
    digest = models.CharField(_("digest of the release"), max_length=64, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    submitted_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("period", "indicator", "country")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "period", "country"), name="value_once"),
            models.CheckConstraint(
                condition=~Q(state=0) | Q(number=None, numerator=None, denominator=None, words=""),
                name="no_data_is_no_figure",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(0, 1))
                | Q(number__isnull=False)
                | Q(numerator__isnull=False, denominator__isnull=False)
                | ~Q(words=""),
                name="submitted_says_something",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(0, 1)) | (Q(source_kind__isnull=False) & ~Q(source="")),
                name="submitted_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(0, 1)) | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=4) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("submitted_by"))),
                name="approved_by_another",
            ),
            models.CheckConstraint(condition=Q(denominator__gt=0), name="denominator_above_zero"),
            models.CheckConstraint(
                condition=Q(source_kind=4, digest__regex=DIGEST) | (~Q(source_kind=4) & Q(digest=""))
                | Q(source_kind=None, digest=""),
                name="release_has_its_digest",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator.number} {self.country} {self.period}"

    @property
    def figure(self) -> Decimal | None:
        """Return the figure: as reported, or of numerator and denominator; none where there is none."""
        if self.numerator is not None and self.denominator:
            ratio = self.numerator / self.denominator
            return ratio * HUNDRED if self.indicator.measure == Indicator.Measure.PERCENT else ratio
        return self.number

    @property
    def is_reported(self) -> bool:
        """Tell whether it counts: it was submitted and not returned."""
        return self.state in (self.State.SUBMITTED, self.State.APPROVED)

    @property
    def is_of_release(self) -> bool:
        """Tell whether it came with a signed release, so that nobody changes it by hand."""
        return self.source_kind == self.SourceKind.RELEASE


class Remark(models.Model):
    """What was said about a value, and when it was submitted, returned and approved; never changed."""

    class Kind(models.IntegerChoices):
        SUBMITTED = 1, _("submitted")
        RETURNED = 2, _("returned")
        APPROVED = 3, _("approved")
        SAID = 4, _("said")

    value = models.ForeignKey(Value, models.CASCADE, related_name="remarks")
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    text = models.TextField(_("text"), blank=True, default="")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("value", "pk")
        constraints = (models.CheckConstraint(condition=~Q(kind=2) | ~Q(text=""), name="returned_with_a_reason"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}"


class GateAnswer(models.Model):
    """Words that answer something odd among the figures of a period."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="gate_answers")
    key = models.CharField(_("what is odd"), max_length=40)
    text = models.TextField(_("answer"))
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("period", "key")
        constraints = (
            models.UniqueConstraint(fields=("period", "key"), name="oddity_answered_once"),
            models.CheckConstraint(condition=~Q(text=""), name="oddity_answered_in_words"),
        )

    def __str__(self) -> str:
        return self.text


class Publication(models.Model):
    """The moment from which the figures of a period are public and do not change."""

    period = models.OneToOneField(Period, models.PROTECT, related_name="publication")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("period",)

    def __str__(self) -> str:
        return str(self.period)
