"""The case of a person and the way it went through the stages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.casework.models.people import Family, Person

# The number of the last stage in every country's file: a closed case stays comparable.
CLOSED = 80


def case_code() -> str:
    """Return a new code of a case."""
    return new_code("C")


class Case(models.Model):
    """The work with one person from identification to closing, within the family it is led in."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=case_code)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    family = models.ForeignKey(Family, models.PROTECT, related_name="cases")
    stage = models.SmallIntegerField(_("stage"))
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing_reason = models.CharField(_("closing reason"), max_length=32, blank=True)
    closing_circumstance = models.CharField(_("circumstance at closing"), max_length=32, blank=True)
    closing_note = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    # Told by the last assessment and the stage; kept, so that a country's day need not look at every case.
    assess_by = models.DateField(_("assessed by"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person",), condition=Q(closed_on=None), name="one_open_case_per_person"),
            models.CheckConstraint(
                condition=Q(stage=CLOSED, closed_on__isnull=False, closing_note__isnull=False)
                & ~Q(closing_reason="")
                & ~Q(closing_circumstance="")
                | Q(closed_on=None, closing_note=None, closing_reason="", closing_circumstance="") & ~Q(stage=CLOSED),
                name="closed_with_reason_circumstance_and_note",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="closed_after_opening"
            ),
        )
        indexes = (
            models.Index(fields=("family", "stage"), name="cases_of_family"),
            models.Index(fields=("stage", "family"), name="cases_at_stage"),
            models.Index(fields=("assess_by",), condition=Q(closed_on=None), name="open_cases_by_assessment"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of its family."""
        return self.family.reach

    @property
    def is_open(self) -> bool:
        """Tell whether work goes on."""
        return self.closed_on is None


class StageChange(models.Model):
    """One step of a case from a stage to another; never changed, so that re-opening keeps the history."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="stage_changes")
    from_stage = models.SmallIntegerField(null=True)
    to_stage = models.SmallIntegerField()
    on = models.DateField()
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=32, blank=True)
    circumstance = models.CharField(max_length=32, blank=True)
    note = models.ForeignKey("vault.SealedPart", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
