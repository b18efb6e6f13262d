"""Case conferences: who sat together about a family, on what, what was decided and who dissented."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.access.fields import FieldClass
from panoh.casework.models.care import Task
from panoh.casework.models.people import Family


def conference_code() -> str:
    """Return a new code of a case conference."""
    return new_code("CC")


class Conference(models.Model):
    """A case conference: called for a day, then held, or cancelled for a reason."""

    class State(models.IntegerChoices):
        CALLED = 1, _("called")
        HELD = 2, _("held")
        CANCELLED = 3, _("cancelled")

    code = models.CharField(_("code"), max_length=12, unique=True, default=conference_code)
    family = models.ForeignKey(Family, models.PROTECT, related_name="conferences")
    on = models.DateField(_("day"))
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.CALLED)
    why = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    called_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=32, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=3) & ~Q(cancelled_because="") | ~Q(state=3) & Q(cancelled_because=""),
                name="conference_cancelled_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=("family", "on"), name="conferences_of_family"),)

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.family.reach


class ConferencePoint(models.Model):
    """One domain on the agenda: what was said, and what was decided, which is somebody's task by a day."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="points")
    domain = models.CharField(_("domain"), max_length=32)
    field_class = models.SmallIntegerField(choices=FieldClass.choices)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conference", "domain"), name="each_domain_on_the_agenda_once"),
            models.CheckConstraint(condition=Q(task=None) | Q(words__isnull=False), name="decided_in_words"),
        )


class Participant(models.Model):
    """Who takes part in a conference, as what: a colleague, one of an agency, a role alone; and their dissent."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="participants")
    role = models.CharField(_("as what"), max_length=32)
    staff = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey("access.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    dissent = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
