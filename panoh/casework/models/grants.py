"""Who else may open a file and what of it, given for a purpose until a day; and who must not see what."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.access.fields import FieldClass
from panoh.casework.models.consents import Consent
from panoh.casework.models.people import Family

EMERGENCY_LASTS = timedelta(hours=4)


def grant_code() -> str:
    """Return a new code of a grant."""
    return new_code("G")


def withhold_code() -> str:
    """Return a new code of an entry of the withhold list."""
    return new_code("W")


class Grant(models.Model):
    """Leave to open some classes of one family's file, for one colleague or for an agency's, until a day."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=grant_code)
    family = models.ForeignKey(Family, models.PROTECT, related_name="grants")
    staff = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey("access.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(_("for"), max_length=32)
    classes = ArrayField(models.SmallIntegerField(choices=FieldClass.choices), verbose_name=_("what of the file"))
    changes = models.BooleanField(_("may add and change"), default=False)
    until = models.DateField(_("until"))
    absence = models.ForeignKey("casework.Absence", models.PROTECT, null=True, blank=True, related_name="grants")
    expires_at = models.DateTimeField(_("open until, in an emergency"), null=True, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="grants")
    legal_basis = models.CharField(_("legal basis"), max_length=32, blank=True, db_default="")
    reason = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    given_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given at"), db_default=Now())
    ended_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(staff__isnull=False, agency=None) | Q(staff=None, agency__isnull=False),
                name="grant_to_a_person_or_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="grant_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(staff=None) | ~Q(staff=F("given_by")) | Q(expires_at__isnull=False),
                name="nobody_grants_themselves",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__lte=F("given_at") + EMERGENCY_LASTS, staff__isnull=False),
                name="emergency_lasts_four_hours",
            ),
            models.CheckConstraint(
                condition=Q(legal_basis="", reason=None) | Q(consent=None) & ~Q(legal_basis=""),
                name="granted_by_consent_or_law",
            ),
        )
        indexes = (
            models.Index(fields=("staff",), condition=Q(ended_at=None), name="grants_to_staff"),
            models.Index(fields=("agency",), condition=Q(ended_at=None), name="grants_to_agency"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.family.reach


class Withhold(models.Model):
    """What somebody must not see of a family's file, whatever role or grant they have: the family asked for it."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=withhold_code)
    family = models.ForeignKey(Family, models.PROTECT, related_name="withheld")
    staff = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey("access.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    classes = ArrayField(models.SmallIntegerField(choices=FieldClass.choices), verbose_name=_("what of the file"))
    because = models.CharField(_("why"), max_length=32)
    set_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set at"), db_default=Now())
    ended_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(staff__isnull=False, agency=None) | Q(staff=None, agency__isnull=False),
                name="withheld_from_a_person_or_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="withholding_ended_by_somebody",
            ),
        )
        indexes = (models.Index(fields=("family",), condition=Q(ended_at=None), name="withheld_in_family"),)

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.family.reach
