"""Persons by code, their families with dated membership, and how they are related."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach


def person_code() -> str:
    """Return a new code of a person."""
    return new_code("P")


def family_code() -> str:
    """Return a new code of a family."""
    return new_code("F")


class Person(models.Model):
    """A person by code; who it is lies sealed in the vault."""

    class Sex(models.TextChoices):
        FEMALE = "f", _("female")
        MALE = "m", _("male")
        UNKNOWN = "u", _("not recorded")

    class YearPrecision(models.IntegerChoices):
        KNOWN = 1, _("known")
        ABOUT = 2, _("about")
        UNKNOWN = 3, _("unknown")

    code = models.CharField(_("code"), max_length=12, unique=True, default=person_code)
    identity = models.OneToOneField("vault.Identity", models.PROTECT, related_name="+")
    home = models.ForeignKey(
        "Family", models.PROTECT, verbose_name=_("family lived in now or last"), related_name="people_at_home"
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_year = models.SmallIntegerField(_("birth year"), null=True, blank=True)
    birth_precision = models.SmallIntegerField(
        _("how sure the birth year is"), choices=YearPrecision.choices, default=YearPrecision.UNKNOWN
    )
    nationality = models.CharField(_("nationality"), max_length=2, blank=True)
    is_alone = models.BooleanField(_("child without a parent or carer on the list"), default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(sex__in=["f", "m", "u"]), name="person_sex_known_word"),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True, birth_precision=3)
                | Q(birth_year__gte=1900, birth_year__lte=2200, birth_precision__in=[1, 2]),
                name="person_birth_year_fits_precision",
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return who is responsible: whoever leads the family lived in now or last, or that of the file kept."""
        return self.home.reach


class Family(models.Model):
    """People who are helped together; its lead agency and lead worker are everybody's first address."""

    class Sensitivity(models.IntegerChoices):
        ORDINARY = 0, _("ordinary")
        PROTECTED = 1, _("protected: not seen from the region")

    code = models.CharField(_("code"), max_length=12, unique=True, default=family_code)
    agency = models.ForeignKey("access.Agency", models.PROTECT, verbose_name=_("lead agency"), related_name="+")
    worker = models.ForeignKey(
        "access.Staff", models.PROTECT, null=True, blank=True, verbose_name=_("lead worker"), related_name="+"
    )
    district = models.ForeignKey(
        "access.District", models.PROTECT, null=True, blank=True, verbose_name=_("district"), related_name="+"
    )
    papers = models.OneToOneField("vault.DataKey", models.PROTECT, related_name="+")
    opened_on = models.DateField(_("opened on"))
    sensitivity = models.SmallIntegerField(_("who sees it"), choices=Sensitivity.choices, default=Sensitivity.ORDINARY)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(sensitivity__in=[0, 1]), name="family_sensitivity_known"),)
        indexes = (
            models.Index(fields=("-opened_on", "-id"), name="family_newest"),
            models.Index(fields=("worker", "-opened_on", "-id"), name="family_of_worker"),
            models.Index(fields=("agency", "-opened_on", "-id"), name="family_of_agency"),
            models.Index(fields=("district", "-opened_on", "-id"), name="family_in_district"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker, and the file itself."""
        return Reach(self.agency_id, self.worker_id, self.pk)

    @property
    def is_protected(self) -> bool:
        """Tell whether it is kept from whoever only looks after the region."""
        return self.sensitivity == self.Sensitivity.PROTECTED


class Membership(models.Model):
    """A person living in a family from one day to another; in one family at a time."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    kinship = models.CharField(_("in the family as"), max_length=24, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_start"
            ),
            ExclusionConstraint(
                name="one_family_at_a_time",
                expressions=(
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"), F("until"), RangeBoundary(), function="daterange", output_field=DateRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
            ),
        )
        indexes = (models.Index(fields=("family",), condition=Q(until=None), name="members_now"),)


class Relationship(models.Model):
    """How one person is related to another: stated, or verified by evidence."""

    subject = models.ForeignKey(Person, models.PROTECT, related_name="relations_from")
    kind = models.CharField(_("relationship"), max_length=32)
    other = models.ForeignKey(Person, models.PROTECT, related_name="relations_to")
    evidence = models.CharField(_("evidence"), max_length=32)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(subject=F("other")), name="nobody_is_related_to_themselves"),
            models.UniqueConstraint(fields=("subject", "kind", "other"), name="relationship_stated_once"),
            models.CheckConstraint(
                condition=Q(verified_on=None, verified_by=None)
                | Q(verified_on__isnull=False, verified_by__isnull=False),
                name="verified_by_somebody_on_a_day",
            ),
        )

    @property
    def is_verified(self) -> bool:
        """Tell whether somebody checked the evidence."""
        return self.verified_on is not None
