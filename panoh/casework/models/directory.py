"""The service directory: which agency offers which service where, for whom, and whether there is a place."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code


def offer_code() -> str:
    """Return a new code of an offer."""
    return new_code("SO")


class Via(models.IntegerChoices):
    """How somebody is asked: in Panoh, or outside it with a code that takes the answer back."""

    ACCOUNT = 1, _("in Panoh")
    LINK = 2, _("by a link that is used once")
    SLIP = 3, _("by a paper slip with a code")


class Offer(models.Model):
    """One service of one agency in one district, or everywhere; about an office, and about nobody who is helped."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=offer_code)
    agency = models.ForeignKey("access.Agency", models.PROTECT, verbose_name=_("agency"), related_name="+")
    service = models.CharField(_("service"), max_length=12)
    district = models.ForeignKey(
        "access.District", models.PROTECT, null=True, blank=True, verbose_name=_("district"), related_name="+"
    )
    from_age = models.SmallIntegerField(_("from age"), null=True, blank=True)
    to_age = models.SmallIntegerField(_("to age"), null=True, blank=True)
    places_free = models.SmallIntegerField(_("places free"), null=True, blank=True, help_text="Empty: not counted.")
    places_told_on = models.DateField(_("told on"), null=True, blank=True)
    via = models.SmallIntegerField(_("how it is asked"), choices=Via.choices)
    reached = models.CharField(_("how to reach it safely"), max_length=200, blank=True)
    opening = models.CharField(_("open"), max_length=120, blank=True)
    fee = models.CharField(_("fee"), max_length=120, blank=True)
    ended_on = models.DateField(_("no longer offered since"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "service", "district"), condition=Q(ended_on=None), nulls_distinct=False,
                name="offered_once_in_a_district",
            ),
            models.CheckConstraint(
                condition=Q(from_age=None) | Q(to_age=None) | Q(from_age__lte=F("to_age")), name="offer_ages_in_order"
            ),
            models.CheckConstraint(
                condition=Q(places_free=None, places_told_on=None)
                | Q(places_free__gte=0, places_told_on__isnull=False),
                name="places_told_on_a_day",
            ),
            models.CheckConstraint(condition=Q(via__in=[1, 2, 3]), name="offer_via_known"),
        )  # fmt: skip
        indexes = (models.Index(fields=("service",), condition=Q(ended_on=None), name="offers_of_service"),)

    def __str__(self) -> str:
        return self.code

    @property
    def is_full(self) -> bool:
        """Tell whether it said that no place is free."""
        return self.places_free == 0

    def fits_age(self, age: int | None) -> bool:
        """Tell whether it is for somebody of this age; of an unknown age it may be."""
        if age is None:
            return True
        return (self.from_age is None or age >= self.from_age) and (self.to_age is None or age <= self.to_age)
