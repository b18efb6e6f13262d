"""Files that go to another country's instance or come from one, and its questions whether somebody is known."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.access.fields import OPEN, FieldClass
from panoh.casework.models.people import Family


def hand_over_code() -> str:
    """Return a new code of a hand-over."""
    return new_code("HO")


def question_code() -> str:
    """Return a new code of a question."""
    return new_code("TQ")


class HandOverAbroad(models.Model):
    """One family's file on its way abroad, or from there: to whom, what, what for, on which basis, by which two."""

    class Direction(models.IntegerChoices):
        OUT = 1, _("to another country")
        IN = 2, _("from another country")

    class State(models.IntegerChoices):
        PROPOSED = 1, _("waits for a second person")
        AGREED = 2, _("agreed to")
        DECLINED = 3, _("declined")
        SENT = 4, _("made; the receipt is awaited")
        RECEIVED = 5, _("received there")
        TAKEN = 6, _("taken in as a draft")
        GIVEN_UP = 7, _("given up")

    class Basis(models.IntegerChoices):
        CONSENT = 1, _("the family agreed")
        LAW = 2, _("a law or a treaty says so")

    code = models.CharField(_("code"), max_length=12, unique=True, default=hand_over_code)
    direction = models.SmallIntegerField(_("direction"), choices=Direction.choices)
    family = models.ForeignKey(Family, models.PROTECT, related_name="hand_overs")
    partner = models.CharField(_("instance"), max_length=120)
    country = models.CharField(_("country"), max_length=2, blank=True)
    partner_key = models.CharField(_("public key"), max_length=64)
    age_key = models.CharField(_("public key of age"), max_length=80, blank=True)
    purpose = models.CharField(_("for"), max_length=32)
    basis = models.SmallIntegerField(_("basis"), choices=Basis.choices)
    classes = ArrayField(models.SmallIntegerField(choices=FieldClass.choices), verbose_name=_("what of the file"))
    because = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    state = models.SmallIntegerField(_("state"), choices=State.choices)
    file = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True)
    proposed_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), db_default=Now())
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    receipt = models.CharField(_("signature of the receipt"), max_length=128, blank=True)
    received_on = models.DateField(_("received there on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="hand_over_agreed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(direction=1, state__in=[1, 2, 3, 4, 5, 7]) | Q(direction=2, state=6, decided_by=None),
                name="hand_over_out_or_in",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[1, 6], decided_by=None)
                | Q(state__in=[2, 3, 4, 5], decided_by__isnull=False, decided_at__isnull=False)
                | Q(state=7),
                name="hand_over_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=5, received_on__isnull=False) & ~Q(receipt="")
                | ~Q(state=5) & Q(receipt="", received_on=None),
                name="hand_over_received_with_a_receipt",
            ),
            models.CheckConstraint(
                condition=Q(classes__contained_by=[int(kind) for kind in OPEN], classes__len__gte=1),
                name="nothing_sealed_is_handed_over",
            ),
            models.UniqueConstraint(
                fields=("family",), condition=Q(direction=1, state__in=[1, 2, 4]), name="handed_over_once_at_a_time"
            ),
            models.UniqueConstraint(fields=("digest",), condition=Q(direction=2), name="taken_in_once"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to come."""
        return self.state in (self.State.PROPOSED, self.State.AGREED, self.State.SENT)

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.family.reach


class TracingQuestion(models.Model):
    """What another country asks first: do you know this person? It is answered yes or no, and then not kept."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=question_code)
    partner = models.CharField(_("who asks"), max_length=120)
    country = models.CharField(_("country"), max_length=2, blank=True)
    key = models.OneToOneField("vault.DataKey", models.PROTECT, related_name="+")
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    recorded_on = models.DateField(_("recorded on"))
    is_known = models.BooleanField(_("known"), null=True, blank=True)
    answered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(is_known=None, answered_by=None, answered_on=None)
                | Q(is_known__isnull=False, answered_by__isnull=False, answered_on__isnull=False),
                name="question_answered_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.code
