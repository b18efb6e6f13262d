"""The register of lawful requests: what an authority asks about one person, and what two lawyers found of it."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.codes import new_code
from panoh.access.fields import OPEN, FieldClass

PURPOSE = "lawful_request"


def lawful_code() -> str:
    """Return a new code of a lawful request."""
    return new_code("Q")


class LawfulRequest(models.Model):
    """What an authority asks for by law, always about one person's file; its words are sealed under its own key."""

    class Authority(models.IntegerChoices):
        COURT = 1, _("court")
        PROCURACY = 2, _("procuracy")
        MINISTRY = 3, _("ministry")
        OTHER = 4, _("other authority")

    class State(models.IntegerChoices):
        RECEIVED = 1, _("with the reviewers")
        AGREED = 2, _("found lawful by both")
        REFUSED = 3, _("refused")
        APPEALED = 4, _("appealed against")
        ANSWERED = 5, _("minimum extract given")

    class Refusal(models.TextChoices):
        NOT_ONE_PERSON = "not_one_person", _("it is not about one person")
        NOT_LAWFUL = "not_lawful", _("both reviewers found it not lawful")
        REVIEWERS_DISAGREE = "reviewers_disagree", _("the reviewers do not agree that it is lawful")
        SET_ASIDE = "set_aside", _("it was taken back, or set aside after our appeal")
        NOTHING_KEPT = "nothing_kept", _("nothing is kept of this person any more")

    code = models.CharField(_("code"), max_length=12, unique=True, default=lawful_code)
    authority_kind = models.SmallIntegerField(_("kind of authority"), choices=Authority.choices)
    received_on = models.DateField(_("received on"))
    about = models.CharField(_("person"), max_length=12, blank=True, help_text="Empty: not about one person.")
    asked = ArrayField(models.SmallIntegerField(choices=FieldClass.choices), verbose_name=_("what is asked for"))
    agreed = ArrayField(
        models.SmallIntegerField(choices=FieldClass.choices), verbose_name=_("what both agreed to"), default=list
    )
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.RECEIVED)
    refused_because = models.CharField(_("refused because"), max_length=32, blank=True, choices=Refusal.choices)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    notice_given_on = models.DateField(_("notice given on"), null=True, blank=True)
    notice_postponed_until = models.DateField(_("notice postponed until"), null=True, blank=True)
    key = models.OneToOneField("vault.DataKey", models.PROTECT, related_name="+")
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    notice_words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now())

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(about="") | Q(state__in=[3, 4], agreed=[]), name="not_about_one_person_is_refused"
            ),
            models.CheckConstraint(condition=Q(agreed__contained_by=F("asked")), name="no_more_than_was_asked"),
            models.CheckConstraint(
                condition=Q(asked__contained_by=[int(kind) for kind in OPEN], asked__len__gte=1),
                name="nothing_sealed_is_asked",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[2, 5]) | Q(agreed__len__gte=1), name="answered_with_what_was_agreed"
            ),
            models.CheckConstraint(
                condition=Q(state=3) & ~Q(refused_because="") | ~Q(state=3) & Q(refused_because=""),
                name="refused_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(authority_kind__in=[1, 2, 3, 4]), name="authority_kind_known"),
            models.CheckConstraint(
                condition=Q(notice_postponed_until=None) | Q(notice_words__isnull=False), name="postponed_by_somebody"
            ),
        )
        indexes = (models.Index(fields=("received_on",), name="lawful_by_day"),)

    def __str__(self) -> str:
        return self.code

    @property
    def purpose(self) -> str:
        """Return for what it opens something, as the audit and a grant say it."""
        return PURPOSE

    @property
    def is_settled(self) -> bool:
        """Tell whether it was refused or answered."""
        return self.state in (self.State.REFUSED, self.State.ANSWERED)

    @property
    def notice_due(self) -> date | None:
        """Return since when the person should know of it, or None: nobody is meant, or they know."""
        if not self.about or self.notice_given_on or not self.is_settled:
            return None
        return self.notice_postponed_until or self.settled_on

    @property
    def is_notice_late(self) -> bool:
        """Tell whether the person should know of it by now."""
        return self.notice_due is not None and self.notice_due < today()


class LawfulReview(models.Model):
    """What one lawyer found of a request, apart from the other; never changed."""

    request = models.ForeignKey(LawfulRequest, models.PROTECT, related_name="reviews")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    is_lawful = models.BooleanField(_("lawful"))
    scope = ArrayField(models.SmallIntegerField(choices=FieldClass.choices), verbose_name=_("narrowest scope"))
    basis = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("request", "by"), name="one_review_each"),
            models.CheckConstraint(
                condition=Q(is_lawful=True, scope__len__gte=1) | Q(is_lawful=False, scope=[]),
                name="lawful_within_a_scope",
            ),
        )
