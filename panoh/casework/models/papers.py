"""Legal identity: each document of a person is led through steps; where the paper is; pictures of it, sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Reach
from panoh.casework.models.people import Person


class LegalFile(models.Model):
    """One document or decision that a person needs, on its way; its number is sealed."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="legal_files")
    kind = models.CharField(_("what it is about"), max_length=32)
    step = models.CharField(_("where it stands"), max_length=32)
    due = models.DateField(_("next step due"), null=True, blank=True)
    authority = models.ForeignKey(
        "access.Agency", models.PROTECT, null=True, blank=True, verbose_name=_("office"), related_name="+"
    )
    opened_on = models.DateField(_("opened on"))
    opened_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    number = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on=None, due__isnull=False) | Q(closed_on__isnull=False, due=None),
                name="legal_file_due_while_open",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(issued_on=None) | Q(valid_until__gte=F("issued_on")),
                name="document_valid_after_issue",
            ),
        )
        indexes = (
            models.Index(fields=("person",), name="legal_files_of_person"),
            models.Index(fields=("due",), condition=Q(closed_on=None), name="legal_files_by_due"),
        )

    @property
    def reach(self) -> Reach:
        """Return who leads the family that the person lives in now or last."""
        return self.person.reach

    @property
    def is_late(self) -> bool:
        """Tell whether its next step was due before today."""
        return self.due is not None and self.due < today()


class LegalStep(models.Model):
    """A step of a legal file: never changed, so that a refusal stays beside the appeal."""

    file = models.ForeignKey(LegalFile, models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=32)
    on = models.DateField(_("on"))
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")


class PaperHeld(models.Model):
    """From a day on, who has the paper itself; the newest says where it is, the others how it came there."""

    class Holder(models.IntegerChoices):
        FAMILY = 1, _("the family")
        US = 2, _("us")
        AGENCY = 3, _("an office or agency")
        LOST = 4, _("nobody knows: it is lost")

    file = models.ForeignKey(LegalFile, models.PROTECT, related_name="held")
    holder = models.SmallIntegerField(_("who has it"), choices=Holder.choices)
    agency = models.ForeignKey("access.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("on"))
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(holder=3, agency__isnull=False) | Q(holder__in=[1, 2, 4], agency=None),
                name="paper_with_a_named_agency",
            ),
        )


class PaperPicture(models.Model):
    """A picture of a paper, sealed under the person's key; told by what it begins with, not by its name."""

    file = models.ForeignKey(LegalFile, models.PROTECT, related_name="pictures")
    content = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    media_type = models.CharField(_("kind of file"), max_length=32)
    size_bytes = models.IntegerField(_("size"))
    on = models.DateField(_("on"))
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(media_type__in=["image/jpeg", "image/png", "application/pdf"]), name="picture_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(size_bytes__gt=0, size_bytes__lte=5 * 1024 * 1024), name="picture_not_too_large"
            ),
        )
