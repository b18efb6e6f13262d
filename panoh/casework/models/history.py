"""What changed in a file, who changed it and when, with the text that stood there before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.casework.models.care import Need, PlanItem, Visit
from panoh.casework.models.people import Family, Person

RECORDS = ("family", "person", "need", "step", "visit")


def _one_record() -> Q:
    ways = Q()
    for one in RECORDS:
        ways |= Q(**{f"{name}__isnull": name != one for name in RECORDS})
    return ways


class FieldChange(models.Model):
    """One change of one field; never changed. A text that was there lies sealed as it was, under the same key."""

    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="changes")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="changes")
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="changes")
    step = models.ForeignKey(PlanItem, models.PROTECT, null=True, related_name="changes")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="changes")
    field = models.CharField(_("what"), max_length=24)
    was = models.CharField(_("was"), max_length=60, blank=True, help_text="A code, number or day; of a text, nothing.")
    became = models.CharField(_("became"), max_length=60, blank=True)
    words = models.ForeignKey("vault.SealedPart", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        constraints = (models.CheckConstraint(condition=_one_record(), name="change_of_one_record"),)

    @property
    def record(self) -> Family | Person | Need | PlanItem | Visit:
        """Return what changed."""
        found: Family | Person | Need | PlanItem | Visit = next(filter(None, (getattr(self, name) for name in RECORDS)))
        return found
