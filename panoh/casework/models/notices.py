"""What somebody is told of: a kind and a code, never a name; and how each wants to be told."""

from __future__ import annotations

from hashlib import sha256

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """Of what somebody is told."""

    TASK_DUE = "task_due", _("a task is due")
    FILE = "file", _("a file was handed to you")
    STAND_IN = "stand_in", _("you stand in for a colleague")
    REFERRAL = "referral", _("a referral waits for you")
    APPROVAL = "approval", _("something waits for your decision")
    ANSWER = "answer", _("what you asked for was answered")
    RIGHT = "right", _("somebody asks by right, or complains")


class Notice(models.Model):
    """One thing that somebody is told of: kind and code."""

    staff = models.ForeignKey("access.Staff", models.CASCADE, related_name="+")
    kind = models.CharField(_("what"), max_length=16, choices=NoticeKind.choices)
    about = models.CharField(_("code"), max_length=24)
    at = models.DateTimeField(_("at"), db_default=Now())
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
            models.UniqueConstraint(
                fields=("staff", "kind", "about"), condition=Q(seen_at=None), name="told_once_until_seen"
            ),
        )
        indexes = (models.Index(fields=("staff", "-id"), name="notices_of_staff"),)


class NoticeWish(models.Model):
    """How somebody wants to be told: kinds that also go by mail, and kinds that are not told at all."""

    staff = models.OneToOneField("access.Staff", models.CASCADE, related_name="+")
    mailed = ArrayField(models.CharField(max_length=16), verbose_name=_("also by mail"), default=list)
    muted = ArrayField(models.CharField(max_length=16), verbose_name=_("not at all"), default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(mailed__contained_by=NoticeKind.values) & Q(muted__contained_by=NoticeKind.values),
                name="wishes_about_known_kinds",
            ),
        )


class CalendarFeed(models.Model):
    """A secret address under which somebody's own calendar reads their days; only a digest of the secret is kept."""

    staff = models.ForeignKey("access.Staff", models.CASCADE, related_name="+")
    mark = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of the secret in the address.")
    made_at = models.DateTimeField(_("made at"), db_default=Now())
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("staff",), condition=Q(ended_at=None), name="one_calendar_address_each"),
        )


def mark_of(secret: str) -> bytes:
    """Return the digest by which an address is known: of 256 random bits nobody tries them all."""
    return sha256(secret.encode()).digest()
