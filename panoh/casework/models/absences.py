"""Who stands in for a colleague who is away, from one day to another."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.codes import new_code

STANDING_IN = "standing_in"


def absence_code() -> str:
    """Return a new code of an absence."""
    return new_code("AB")


class Absence(models.Model):
    """Days on which a colleague is away and another stands in: each file led is open to them for these days."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=absence_code)
    staff = models.ForeignKey("access.Staff", models.PROTECT, verbose_name=_("who is away"), related_name="+")
    stand_in = models.ForeignKey("access.Staff", models.PROTECT, verbose_name=_("who stands in"), related_name="+")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    set_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set at"), db_default=Now())
    ended_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(staff=F("stand_in")), name="nobody_stands_in_for_themselves"),
            models.CheckConstraint(condition=~Q(stand_in=F("set_by")), name="nobody_names_themselves_stand_in"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="absence_ended_by_somebody",
            ),
            ExclusionConstraint(
                name="one_stand_in_at_a_time",
                condition=Q(ended_at=None),
                expressions=(
                    ("staff", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"), F("until"), RangeBoundary(inclusive_upper=True), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=("stand_in",), condition=Q(ended_at=None), name="stands_in_for"),)

    def __str__(self) -> str:
        return self.code

    @property
    def is_now(self) -> bool:
        """Tell whether it holds today."""
        return self.ended_at is None and self.since <= today() <= self.until
