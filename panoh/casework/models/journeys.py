"""Before arrival: who a person may be, what a kinship test said, who travels on which flight, who received whom."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Reach
from panoh.casework.models.arrivals import ArrivalList
from panoh.casework.models.people import Person
from panoh.casework.models.placements import WithSomebody


class Hypothesis(models.Model):
    """Who a person may be, as somebody said it and how sure; rivals stand side by side, and none is written over."""

    class Sureness(models.IntegerChoices):
        SURE = 1, _("sure")
        LIKELY = 2, _("likely")
        POSSIBLE = 3, _("possible")
        DOUBTFUL = 4, _("doubtful")

    class Standing(models.IntegerChoices):
        OPEN = 1, _("open")
        TAKEN = 2, _("taken as right")
        RULED_OUT = 3, _("ruled out")

    person = models.ForeignKey(Person, models.PROTECT, related_name="hypotheses")
    source = models.CharField(_("who says so"), max_length=32)
    sureness = models.SmallIntegerField(_("how sure"), choices=Sureness.choices)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    standing = models.SmallIntegerField(_("standing"), choices=Standing.choices, default=Standing.OPEN)
    said_on = models.DateField(_("said on"))
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(sureness__in=[1, 2, 3, 4]), name="hypothesis_sureness_known"),
            models.CheckConstraint(
                condition=Q(standing=1, settled_on=None, settled_by=None)
                | Q(standing__in=[2, 3], settled_on__isnull=False, settled_by__isnull=False),
                name="hypothesis_settled_by_somebody",
            ),
            models.UniqueConstraint(fields=("person",), condition=Q(standing=2), name="one_hypothesis_taken"),
        )

    @property
    def reach(self) -> Reach:
        """Return who leads the family that the person lives in now or last."""
        return self.person.reach


class KinshipTest(models.Model):
    """What a laboratory found on whether two people are kin: the outcome alone, nothing it was found from."""

    class Outcome(models.IntegerChoices):
        SUPPORTS = 1, _("supports it")
        DOES_NOT = 2, _("does not support it")
        INCONCLUSIVE = 3, _("inconclusive")

    person = models.ForeignKey(Person, models.PROTECT, related_name="kinship_tests")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    outcome = models.SmallIntegerField(_("outcome"), choices=Outcome.choices)
    on = models.DateField(_("on"))
    laboratory = models.ForeignKey("access.Agency", models.PROTECT, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(person=F("other")), name="kinship_test_of_two"),
            models.CheckConstraint(condition=Q(outcome__in=[1, 2, 3]), name="kinship_outcome_known"),
        )


class Journey(models.Model):
    """On which flight a person is to come, and from which list; taken off it, the row stays."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="journeys")
    flight = models.CharField(_("flight"), max_length=24)
    on = models.DateField(_("day of the flight"))
    arrival_list = models.ForeignKey(ArrivalList, models.PROTECT, null=True, blank=True, related_name="journeys")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    taken_off_on = models.DateField(_("taken off on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "on"), condition=Q(taken_off_on=None), name="one_flight_a_day"),
        )
        indexes = (models.Index(fields=("-on", "flight"), name="journeys_by_day"),)

    @property
    def reach(self) -> Reach:
        """Return who leads the family that the person lives in now or last."""
        return self.person.reach


class HandOver(WithSomebody):
    """At the airport: which agency handed a person over, who received them, when, and which papers were missing."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="hand_overs")
    from_agency = models.ForeignKey("access.Agency", models.PROTECT, verbose_name=_("handed over by"), related_name="+")
    at = models.DateTimeField(_("at"))
    missing = ArrayField(models.CharField(max_length=32), verbose_name=_("missing papers"), default=list)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            *WithSomebody.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(with_person=None, with_family="", with_agency=None), name="handed_over_to_somebody"
            ),
        )
