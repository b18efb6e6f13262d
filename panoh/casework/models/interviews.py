"""Tell once: who asked a person about which part of life, when, and where the answer stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Reach
from panoh.access.fields import FieldClass
from panoh.casework.models.people import Person


class Interview(models.Model):
    """A talk on one part of life: of what was said nothing is here, only where it stands; never changed."""

    class Stands(models.IntegerChoices):
        ASSESSMENT = 1, _("in an assessment in this file")
        NOTE = 2, _("in a note in this file")
        SEALED_NOTE = 3, _("in a note for a profession")
        WITH_AGENCY = 4, _("with the agency that asked")
        NOT_KEPT = 5, _("it was not kept")

    person = models.ForeignKey(Person, models.PROTECT, related_name="interviews")
    topic = models.CharField(_("about"), max_length=32)
    field_class = models.SmallIntegerField(choices=FieldClass.choices)
    on = models.DateField(_("on"))
    agency = models.ForeignKey("access.Agency", models.PROTECT, verbose_name=_("asked by"), related_name="+")
    stands = models.SmallIntegerField(_("where the answer stands"), choices=Stands.choices)
    again_because = models.CharField(_("why it was asked again"), max_length=32, blank=True)
    recorded_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(stands__in=[1, 2, 3, 4, 5]), name="interview_stands_somewhere"),
        )
        indexes = (models.Index(fields=("person", "topic"), name="interviews_of_person"),)

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the person's family."""
        return self.person.reach
