"""How a person or family may be reached without harm: read before any number is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from panoh.access.entrances import Reach
from panoh.casework.models.people import Family, Person


class SafeContact(models.Model):
    """What must be minded before calling: one instruction for a person, or for a family; its words are sealed."""

    family = models.OneToOneField(Family, models.PROTECT, null=True, blank=True, related_name="safe_contact")
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="safe_contact")
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    set_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(family__isnull=False, person=None) | Q(family=None, person__isnull=False),
                name="safe_contact_of_a_person_or_a_family",
            ),
        )

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return (self.family or self.person).reach  # type: ignore[union-attr]  # one of the two, says the table
