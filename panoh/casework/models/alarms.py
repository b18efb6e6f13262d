"""Unusual viewing: what a rule saw in the account of one member of staff, for a second person to look at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code


def alarm_code() -> str:
    """Return a new code of an alarm."""
    return new_code("U")


class Alarm(models.Model):
    """One rule passed on one day by one member of staff: counts alone, of nobody who is helped."""

    class Finding(models.IntegerChoices):
        EXPLAINED = 1, _("explained by the work")
        NOT_EXPLAINED = 2, _("not explained")
        TO_BE_TALKED_ABOUT = 3, _("to be talked about")

    code = models.CharField(_("code"), max_length=12, unique=True, default=alarm_code)
    staff = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    rule = models.CharField(_("rule"), max_length=32)
    counted = models.IntegerField(_("counted"))
    most = models.IntegerField(_("usual at most"))
    at = models.DateTimeField(_("raised at"), db_default=Now())
    reviewed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    finding = models.SmallIntegerField(_("finding"), choices=Finding.choices, null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("staff", "rule", "day"), name="alarm_raised_once_a_day"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, finding=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False, finding__isnull=False),
                name="alarm_reviewed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=models.F("staff")), name="nobody_reviews_their_own_alarm"),
        )
        indexes = (models.Index(fields=("at",), condition=Q(reviewed_at=None), name="alarms_to_review"),)

    def __str__(self) -> str:
        return self.code
