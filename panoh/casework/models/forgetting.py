"""What is left of a person who was forgotten: a certificate under the code."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Reach
from panoh.casework.models.people import Person

# The reason of a certificate that nobody asked for: a restored backup had brought a forgotten person back.
BROUGHT_BACK = "brought_back"


class Forgetting(models.Model):
    """The certificate that a person was forgotten: it names nobody, and is never changed."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="forgetting")
    at = models.DateTimeField(_("forgotten"), db_default=Now())
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=32)
    parts = models.PositiveIntegerField(help_text="How many sealed values were destroyed.")
    masters = ArrayField(
        models.SmallIntegerField(), help_text="Numbers of the master keys that could open a backup made before."
    )

    def __str__(self) -> str:
        return self.person.code

    @property
    def reach(self) -> Reach:
        """Return who was responsible for the person."""
        return self.person.reach
