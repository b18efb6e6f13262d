"""Signed files between instances: the partners, what was sent, what came, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.instance_keys import check_code


def partner_code() -> str:
    """Return a new code of a partner."""
    return new_code("N")


def parcel_code() -> str:
    """Return a new code of a parcel."""
    return new_code("X")


class Partner(models.Model):
    """Another instance: for whom it speaks and the key that signs for it, entered by one person, confirmed by another.

    A new key is a new partner; the old one ends.
    """

    code = models.CharField(_("code"), max_length=12, unique=True, default=partner_code)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, blank=True, default="", help_text="Empty: the region.")
    key = models.CharField(_("public key"), max_length=64, unique=True)
    age_key = models.CharField(_("public key of age"), max_length=80, blank=True, default="")
    added_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("entered at"), db_default=Now())
    confirmed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ("name", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("added_by")), name="partner_confirmed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="partner_confirmed_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def check_code(self) -> str:
        """Return what two people read out to each other to know that it is the same key."""
        return check_code(self.key)

    @property
    def is_trusted(self) -> bool:
        """Tell whether parcels go to and come from it."""
        return self.confirmed_at is not None and self.ended_at is None


class Parcel(models.Model):
    """One document that went to a partner or came from one, with its place in the row of those before."""

    class Direction(models.IntegerChoices):
        OUT = 1, _("sent")
        IN = 2, _("received")

    class State(models.IntegerChoices):
        SENT = 1, _("sent")
        WAITING = 2, _("waits for a decision")
        TAKING = 3, _("is being taken in")  # within a step alone
        TAKEN = 4, _("taken in")
        DECLINED = 5, _("declined")
        TAKING_BACK = 6, _("is being taken back")  # within a step alone
        TAKEN_BACK = 7, _("taken back")

    code = models.CharField(_("code"), max_length=12, unique=True, default=parcel_code)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="parcels")
    direction = models.SmallIntegerField(_("direction"), choices=Direction.choices)
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    content = models.TextField(_("document"))
    signature = models.CharField(_("signature"), max_length=128)
    state = models.SmallIntegerField(_("state"), choices=State.choices)
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("partner", "direction", "number"), name="parcel_number_once"),
            models.CheckConstraint(
                condition=Q(direction=1, state=1) | Q(direction=2, state__gt=1), name="parcel_sent_or_received"
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner} {self.number}"


class Arrived(models.Model):
    """One thing that a parcel put here: what it says, and what stood there before."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="arrived")
    kind = models.CharField(_("kind"), max_length=24)
    key = models.CharField(_("key"), max_length=60)
    told = models.JSONField(_("what came"))
    before = models.JSONField(_("what stood there"), null=True)

    class Meta:
        ordering = ("parcel", "pk")
        indexes = (models.Index(fields=("kind", "key"), name="arrived_by_key"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ParcelStep(models.Model):
    """The log of the exchange of parcels: what was done, by whom; refused files too. Only added to."""

    class What(models.IntegerChoices):
        PARTNER_ADDED = 1, _("partner entered")
        PARTNER_CONFIRMED = 2, _("partner confirmed")
        PARTNER_ENDED = 3, _("partner ended")
        SIGNED = 4, _("signed")
        FETCHED = 5, _("fetched")
        ARRIVED = 6, _("arrived")
        TAKEN = 7, _("taken in")
        DECLINED = 8, _("declined")
        TAKEN_BACK = 9, _("taken back")
        REFUSED = 10, _("refused")

    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="steps")
    what = models.SmallIntegerField(_("what"), choices=What.choices)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True, default="")
    why = models.CharField(_("why"), max_length=300, blank=True, default="")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.get_what_display()
