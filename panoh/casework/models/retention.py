"""What is destroyed once its time has come: proposed by one, agreed to by another; and what is held back from it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.casework.models.people import Family, Person


def disposal_code() -> str:
    """Return a new code of a disposal."""
    return new_code("DP")


def hold_code() -> str:
    """Return a new code of a hold."""
    return new_code("HD")


class Disposal(models.Model):
    """Files whose time has come, proposed to be destroyed together; who proposed does not agree."""

    class State(models.IntegerChoices):
        PROPOSED = 1, _("waits for a second person")
        AGREED = 2, _("agreed to")
        DECLINED = 3, _("declined")
        DONE = 4, _("destroyed")

    code = models.CharField(_("code"), max_length=12, unique=True, default=disposal_code)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), db_default=Now())
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    done_at = models.DateTimeField(_("destroyed at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="disposal_agreed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state=1, decided_by=None, decided_at=None)
                | Q(state__in=[2, 3, 4], decided_by__isnull=False, decided_at__isnull=False),
                name="disposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=4, done_at__isnull=False) | ~Q(state=4) & Q(done_at=None), name="disposal_done_at"
            ),
        )

    def __str__(self) -> str:
        return self.code


class DisposalItem(models.Model):
    """One person of a disposal: by which class, due since when, and why it was left out after all."""

    class LeftOut(models.TextChoices):
        LIVE = "live", _("work with the family goes on, or its time has not come")
        HELD = "held", _("held by the data-protection officer")

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="items")
    person = models.ForeignKey(Person, models.PROTECT, related_name="disposals")
    about = models.CharField(_("person"), max_length=12, help_text="The code, for who agrees and sees no file.")
    retention_class = models.CharField(_("class"), max_length=32)
    due_on = models.DateField(_("due since"))
    forgotten_on = models.DateField(_("forgotten on"), null=True, blank=True)
    left_out = models.CharField(_("left out"), max_length=8, blank=True, choices=LeftOut.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("disposal", "person"), name="disposed_of_once"),
            models.CheckConstraint(condition=Q(forgotten_on=None) | Q(left_out=""), name="forgotten_or_left_out"),
        )


class RetentionHold(models.Model):
    """A file that is kept whatever its time, because the data-protection officer said so and why."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=hold_code)
    family = models.ForeignKey(Family, models.PROTECT, related_name="holds")
    about = models.CharField(_("family"), max_length=12)
    key = models.OneToOneField("vault.DataKey", models.PROTECT, related_name="+")
    reason = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    set_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set at"), db_default=Now())
    ended_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="hold_ended_by_somebody",
            ),
            models.UniqueConstraint(fields=("family",), condition=Q(ended_at=None), name="one_hold_on_a_file"),
        )

    def __str__(self) -> str:
        return self.code
