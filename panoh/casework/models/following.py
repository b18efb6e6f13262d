"""Help that grows less: what makes us look again at a family, and the day after which nobody needs its file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.casework.models.care import Task
from panoh.casework.models.cases import Case
from panoh.casework.models.people import Family, Person


def look_again_code() -> str:
    """Return a new code of a reason to look again."""
    return new_code("LA")


def fade_out_code() -> str:
    """Return a new code of a planned end of help."""
    return new_code("FO")


class LookAgain(models.Model):
    """Something happened that makes us look again at a plan or a decision: it opens a task."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=look_again_code)
    family = models.ForeignKey(Family, models.PROTECT, related_name="looks_again")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("what happened"), max_length=32)
    noticed_on = models.DateField(_("noticed on"))
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.family.reach


class FadeOut(models.Model):
    """The day after which help is to end, agreed with the family, with a last talk before it."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=fade_out_code)
    family = models.ForeignKey(Family, models.PROTECT, related_name="fade_outs")
    ends_on = models.DateField(_("help ends on"))
    agreed_on = models.DateField(_("agreed on"))
    agreed_with = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    given_up_on = models.DateField(_("given up on"), null=True, blank=True)
    given_up_because = models.CharField(_("why it was given up"), max_length=32, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(given_up_on=None, given_up_because="")
                | Q(given_up_on__isnull=False) & ~Q(given_up_because=""),
                name="fade_out_given_up_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("agreed_on")), name="help_ends_later"),
            models.UniqueConstraint(fields=("family",), condition=Q(given_up_on=None), name="one_end_at_a_time"),
        )

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.family.reach
