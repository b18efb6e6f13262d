"""Files that somebody opened in an emergency, out of their reach: for four hours, with a reason, and reviewed."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import now
from panoh.access.codes import new_code

REVIEW_WITHIN = timedelta(days=3)


def emergency_code() -> str:
    """Return a new code of an emergency."""
    return new_code("B")


class Emergency(models.Model):
    """One opening in an emergency; only the database's function `app.break_glass` makes one, with its grant.

    about: code of the family, for whoever reviews without reaching the file; lead: its lead agency times 4, and its
    sensitivity, as they were then.
    """

    class Finding(models.IntegerChoices):
        JUSTIFIED = 1, _("justified")
        NOT_JUSTIFIED = 2, _("not justified")
        TO_BE_TALKED_ABOUT = 3, _("to be talked about")

    code = models.CharField(_("code"), max_length=12, unique=True, default=emergency_code)
    family = models.ForeignKey("Family", models.PROTECT, related_name="emergencies")
    about = models.CharField(_("family"), max_length=12)
    lead = models.IntegerField()
    grant = models.OneToOneField("Grant", models.PROTECT, related_name="emergency")
    staff = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of emergency"), max_length=32)
    reason_id = models.UUIDField(_("reason"))
    at = models.DateTimeField(_("opened at"), db_default=Now())
    expires_at = models.DateTimeField(_("open until"))
    reviewed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    finding = models.SmallIntegerField(_("finding"), choices=Finding.choices, null=True, blank=True)
    note_id = models.UUIDField(_("note"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, finding=None, note_id=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False, finding__isnull=False),
                name="emergency_reviewed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=models.F("staff")), name="nobody_reviews_themselves"),
        )
        indexes = (models.Index(fields=("at",), condition=Q(reviewed_at=None), name="emergencies_to_review"),)

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Tell whether the file may still be open by it."""
        return self.expires_at > now()

    @property
    def is_late(self) -> bool:
        """Tell whether nobody has reviewed it for three days."""
        return self.reviewed_at is None and self.at + REVIEW_WITHIN < now()
