"""Programmes: what an agency has to give in a time, out of which help is given and counted."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code


def programme_code() -> str:
    """Return a new code of a programme."""
    return new_code("PG")


class Programme(models.Model):
    """A budget in money, in kind or in time: about an agency, and about nobody who is helped."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=programme_code)
    name = models.CharField(_("name"), max_length=120)
    agency = models.ForeignKey("access.Agency", models.PROTECT, verbose_name=_("agency"), related_name="+")
    amount = models.DecimalField(_("budget"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=16)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="programme_has_something"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="programme_days_in_order"),
            models.CheckConstraint(
                condition=Q(unit="money") & ~Q(currency="") | ~Q(unit="money") & Q(currency=""),
                name="programme_money_has_a_currency",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def fits(self, *, unit: str, currency: str) -> bool:
        """Tell whether it is counted in this."""
        return (self.unit, self.currency) == (unit, currency)

    def left(self, spent: Decimal) -> Decimal:
        """Return what is left once so much was given."""
        return self.amount - spent
