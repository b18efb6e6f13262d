"""Families of mixed fates: who left which family for which, when and why; who is not with the family, and where."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Reach
from panoh.casework.models.people import Person


class FamilyChange(models.Model):
    """One person who left a family for another as families parted or joined; families by code, for both stay told."""

    class Kind(models.IntegerChoices):
        SPLIT = 1, _("The family parted")
        REJOINED = 2, _("The families joined")

    person = models.ForeignKey(Person, models.PROTECT, related_name="family_changes")
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    before = models.CharField(_("family before"), max_length=12)
    after = models.CharField(_("family after"), max_length=12)
    on = models.DateField(_("on"))
    because = models.CharField(_("why"), max_length=32)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(before=F("after")), name="family_change_between_two"),
            models.CheckConstraint(condition=Q(kind__in=[1, 2]), name="family_change_kind_known"),
        )
        indexes = (
            models.Index(fields=("before",), name="family_changes_before"),
            models.Index(fields=("after",), name="family_changes_after"),
        )


class Whereabouts(models.Model):
    """Where somebody of a family is from a day on, in neutral words; never why."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="whereabouts")
    kind = models.CharField(_("where"), max_length=32)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="whereabouts_in_order"),
            models.UniqueConstraint(fields=("person",), condition=Q(until=None), name="one_whereabouts_now"),
        )

    @property
    def reach(self) -> Reach:
        """Return who leads the family that the person lives in now or last."""
        return self.person.reach
