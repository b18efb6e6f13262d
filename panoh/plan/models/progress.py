"""What becomes of an action: each state's reports, milestones that are due, and what it costs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panoh.access.wordings import WordingField
from panoh.plan.models.tree import Body, PlanAction, state_code

WEB = r"^https?://[^\s]+$"


class Status(models.Model):
    """What a state says has become of an action; every report is kept, that of the latest day counts."""

    class State(models.IntegerChoices):
        NOT_STARTED = 1, _("not started")
        UNDER_WAY = 2, _("under way")
        DONE = 3, _("done")
        STOPPED = 4, _("stopped")
        NOT_APPLICABLE = 5, _("not applicable")

    class Evidence(models.TextChoices):
        DOCUMENT = "document", _("document")
        DATASET = "dataset", _("data set")
        EVENT = "event", _("event")
        STATEMENT = "statement", _("statement")
        VISIT = "visit", _("visit")

    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="statuses")
    country = state_code()
    state = models.SmallIntegerField(_("status"), choices=State.choices)
    on = models.DateField(_("as of"))
    note = models.TextField(_("note"), blank=True, default="")
    source = models.CharField(_("source"), max_length=400)
    evidence_kind = models.CharField(_("kind of evidence"), max_length=12, choices=Evidence.choices, blank=True)
    evidence = models.URLField(_("where the evidence is"), max_length=400, blank=True, default="")
    evidence_on = models.DateField(_("day of the evidence"), null=True, blank=True)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("reported at"), db_default=Now())

    class Meta:
        ordering = ("action", "country", "-on", "-pk")
        indexes = (models.Index(fields=("action", "country", "-on", "-id"), name="status_latest"),)
        constraints = (
            models.CheckConstraint(condition=~Q(source=""), name="status_has_a_source"),
            models.CheckConstraint(
                condition=~Q(state=3) | (~Q(evidence="") & ~Q(evidence_kind="") & Q(evidence_on__isnull=False)),
                name="done_has_evidence",
            ),
            models.CheckConstraint(condition=Q(evidence="") | Q(evidence__regex=WEB), name="evidence_on_the_web"),
        )

    def __str__(self) -> str:
        return f"{self.action.code} {self.country} {self.get_state_display()}"

    @property
    def letter(self) -> str:
        """Return the letter that stands for the status in a cell."""
        return str(LETTERS[Status.State(self.state)])


# What stands in a cell of the matrix, so that colour is never the only sign.
LETTERS = {
    Status.State.NOT_STARTED: pgettext_lazy("one letter for not started", "N"),
    Status.State.UNDER_WAY: pgettext_lazy("one letter for under way", "U"),
    Status.State.DONE: pgettext_lazy("one letter for done", "D"),
    Status.State.STOPPED: pgettext_lazy("one letter for stopped", "S"),
    Status.State.NOT_APPLICABLE: pgettext_lazy("one letter for not applicable", "X"),
}


class Milestone(models.Model):
    """A point of an action with the day on which it is due, for each state or for all of them together."""

    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="milestones")
    text = WordingField(_("milestone"))
    due = models.DateField(_("due"))
    for_each = models.BooleanField(_("each country reaches it for itself"), default=True)

    class Meta:
        ordering = ("action", "due", "pk")

    def __str__(self) -> str:
        return str(self.text)


class Reached(models.Model):
    """A milestone that a state reached, or all together (no country)."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reached")
    country = state_code(blank=True, default="")
    on = models.DateField(_("reached on"))
    source = models.CharField(_("source"), max_length=400)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("reported at"), db_default=Now())

    class Meta:
        ordering = ("milestone", "country")
        constraints = (
            models.UniqueConstraint(fields=("milestone", "country"), name="reached_once"),
            models.CheckConstraint(condition=~Q(source=""), name="reached_has_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.milestone} {self.country}"


class Funding(models.Model):
    """Money for an action in one year: its budget (no funder) or what a funder gives; what nobody said is empty."""

    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="funding")
    year = models.PositiveSmallIntegerField(_("year"))
    funder = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="gives")
    country = state_code(blank=True, default="", help_text=_("Empty: of all together."))
    currency = models.CharField(_("currency"), max_length=3)
    planned = models.DecimalField(_("planned"), max_digits=16, decimal_places=2, null=True, blank=True)
    paid = models.DecimalField(_("paid"), max_digits=16, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("source"), max_length=400)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("reported at"), db_default=Now())

    class Meta:
        ordering = ("action", "year", "currency", "funder", "country")
        constraints = (
            models.UniqueConstraint(
                fields=("action", "year", "funder", "country", "currency"), nulls_distinct=False, name="funding_once"
            ),
            models.CheckConstraint(condition=Q(planned__isnull=False) | Q(paid__isnull=False), name="funding_says"),
            models.CheckConstraint(
                condition=(Q(planned=None) | Q(planned__gte=0)) & (Q(paid=None) | Q(paid__gte=0)), name="funding_counts"
            ),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="funding_in_a_currency"),
            models.CheckConstraint(condition=Q(year__gte=1990) & Q(year__lte=2100), name="funding_in_a_year"),
            models.CheckConstraint(condition=~Q(source=""), name="funding_has_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.action.code} {self.year} {self.currency}"
