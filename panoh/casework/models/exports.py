"""A request that something of a few families leaves on a file: what, of whom, to whom, why, and who let it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.codes import new_code
from panoh.casework.exporting.limits import MOST_FAMILIES, MOST_FETCHES, MOST_PEOPLE


def export_code() -> str:
    """Return a new code of an export."""
    return new_code("X")


class Export(models.Model):
    """A request for a file of at most 25 families, decided by a second colleague; it holds codes and no content."""

    class State(models.IntegerChoices):
        ASKED = 1, _("waits for a decision")
        APPROVED = 2, _("agreed to, the file is being made")
        READY = 3, _("ready")
        DECLINED = 4, _("declined")
        NOT_MADE = 5, _("not made")

    class Format(models.TextChoices):
        XLSX = "xlsx", _("Excel workbook")
        CSV = "csv", _("CSV text")

    code = models.CharField(_("code"), max_length=12, unique=True, default=export_code)
    families = ArrayField(models.CharField(max_length=12), verbose_name=_("families"))
    columns = ArrayField(models.CharField(max_length=24), verbose_name=_("columns"))
    purpose = models.CharField(_("for"), max_length=32)
    recipient = models.ForeignKey("access.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    file_format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    key = models.OneToOneField("vault.DataKey", models.PROTECT, related_name="+")
    because = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), db_default=Now())
    until = models.DateField(_("until"))
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    people = models.SmallIntegerField(_("people on the file"), default=0)
    file = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    is_locked = models.BooleanField(_("encrypted for whom it is made"), default=False)
    fetched = models.SmallIntegerField(_("times it was fetched"), default=0)
    gone_on = models.DateField(_("destroyed on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(families__len__gte=1, families__len__lte=MOST_FAMILIES), name="export_of_a_few_families"
            ),
            models.CheckConstraint(condition=Q(people__gte=0, people__lte=MOST_PEOPLE), name="export_of_a_few_people"),
            models.CheckConstraint(condition=Q(columns__len__gte=1), name="export_of_something"),
            models.CheckConstraint(condition=Q(file_format__in=["xlsx", "csv"]), name="export_format_known"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="nobody_decides_on_their_own_export"
            ),
            models.CheckConstraint(
                condition=Q(state=1, decided_by=None, decided_at=None)
                | Q(state__in=[2, 3, 4, 5], decided_by__isnull=False, decided_at__isnull=False),
                name="export_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(fetched__gte=0, fetched__lte=MOST_FETCHES), name="export_fetched_a_few_times"
            ),
            models.CheckConstraint(
                condition=Q(file=None) | Q(state=3, gone_on=None), name="export_file_only_while_ready"
            ),
        )
        indexes = (
            models.Index(fields=("asked_by", "-id"), name="exports_of_staff"),
            models.Index(fields=("id",), condition=Q(state=1), name="exports_waiting"),
            models.Index(fields=("until",), condition=Q(gone_on=None), name="exports_that_end"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def is_over(self) -> bool:
        """Tell whether its last day has passed, or it was fetched as often as it can be."""
        return self.gone_on is not None or self.until < today() or self.fetched >= MOST_FETCHES

    @property
    def is_waiting(self) -> bool:
        """Tell whether somebody can still decide on it."""
        return self.state == self.State.ASKED and not self.is_over
