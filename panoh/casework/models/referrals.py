"""Referrals: a service asked of an agency for one person, its answer; refusals and appeals; codes for those outside."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.codes import new_code
from panoh.access.fields import FieldClass
from panoh.casework.models.cases import Case
from panoh.casework.models.consents import Consent
from panoh.casework.models.directory import Via

MOST_WRONG_TRIES = 5


def referral_code() -> str:
    """Return a new code of a referral."""
    return new_code("RF")


def refusal_code() -> str:
    """Return a new code of a refusal of a service."""
    return new_code("RU")


class Referral(models.Model):
    """A service asked of an agency for one person, with no more of the file than it takes.

    Of the file only whoever took it sees what `grant` opens, never the whole team.
    """

    class State(models.IntegerChoices):
        SENT = 1, _("waits for an answer")
        ACCEPTED = 2, _("taken")
        DECLINED = 3, _("declined")
        COMPLETED = 4, _("done")
        WITHDRAWN = 5, _("taken back")
        LAPSED = 6, _("not answered in time")

    code = models.CharField(_("code"), max_length=12, unique=True, default=referral_code)
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    step = models.ForeignKey("PlanItem", models.PROTECT, null=True, blank=True, related_name="referrals")
    service = models.CharField(_("service"), max_length=12)
    field_class = models.SmallIntegerField(choices=FieldClass.choices)
    agency = models.ForeignKey("access.Agency", models.PROTECT, verbose_name=_("asked of"), related_name="+")
    via = models.SmallIntegerField(_("how it is asked"), choices=Via.choices)
    classes = ArrayField(models.SmallIntegerField(choices=FieldClass.choices), verbose_name=_("what of the file"))
    age = models.SmallIntegerField(_("age, as far as known"), null=True, blank=True)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="referrals")
    legal_basis = models.CharField(_("legal basis"), max_length=32, blank=True)
    reason = models.ForeignKey("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    sent_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), db_default=Now())
    answer_by = models.DateField(_("answer by"))
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.SENT)
    taken_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    due = models.DateField(_("appointment, or to be done by"), null=True, blank=True)
    said = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    grant = models.OneToOneField("Grant", models.PROTECT, null=True, blank=True, related_name="referral")
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    feedback = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_because = models.CharField(_("why it was taken back"), max_length=32, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    escalated_on = models.DateField(_("put before the supervisor on"), null=True, blank=True)
    passed_on = models.DateField(_("another way was looked for on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(consent__isnull=False, legal_basis="", reason=None)
                | Q(consent=None, reason__isnull=False) & ~Q(legal_basis=""),
                name="referred_by_consent_or_law",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[1, 2], ended_on=None) | Q(state__in=[3, 4, 5, 6], ended_on__isnull=False),
                name="referral_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=2) | Q(answered_on__isnull=False, due__isnull=False), name="taken_until_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state=5) & ~Q(taken_back_because="") | ~Q(state=5) & Q(taken_back_because=""),
                name="taken_back_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(feedback=None) | Q(state=4), name="feedback_of_what_is_done"),
            models.CheckConstraint(condition=Q(via__in=[1, 2, 3]), name="referral_via_known"),
            models.UniqueConstraint(
                fields=("case", "service", "agency"), condition=Q(state__in=[1, 2]), name="asked_once_at_a_time"
            ),
        )
        indexes = (
            models.Index(fields=("agency", "state"), name="referrals_to_agency"),
            models.Index(fields=("answer_by",), condition=Q(state__in=[1, 2]), name="open_referrals_by_day"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Tell whether an answer, or the end, is still to come."""
        return self.state in (self.State.SENT, self.State.ACCEPTED)

    @property
    def waits_until(self) -> date | None:
        """Return the day by which the answer or the end is due, while it is open."""
        return {self.State.SENT: self.answer_by, self.State.ACCEPTED: self.due}.get(self.State(self.state))

    @property
    def is_late(self) -> bool:
        """Tell whether that day has passed."""
        return self.waits_until is not None and self.waits_until < today()

    @property
    def is_outside(self) -> bool:
        """Tell whether it is asked of somebody without an account."""
        return self.via != Via.ACCOUNT


class ServiceRefusal(models.Model):
    """A service that was not given: the provider's reason and legal basis, and the appeal against it."""

    class Answer(models.IntegerChoices):
        GIVEN_AFTER_ALL = 1, _("given after all")
        STAYS = 2, _("the refusal stays")

    code = models.CharField(_("code"), max_length=12, unique=True, default=refusal_code)
    case = models.ForeignKey(Case, models.PROTECT, related_name="refusals")
    referral = models.OneToOneField(Referral, models.PROTECT, null=True, blank=True, related_name="refusal")
    service = models.CharField(_("service"), max_length=12)
    field_class = models.SmallIntegerField(choices=FieldClass.choices)
    agency = models.ForeignKey("access.Agency", models.PROTECT, verbose_name=_("refused by"), related_name="+")
    because = models.CharField(_("reason"), max_length=32)
    basis = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    refused_on = models.DateField(_("refused on"))
    recorded_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    appealed_on = models.DateField(_("appealed on"), null=True, blank=True)
    appealed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    appeal = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.SmallIntegerField(_("answer"), choices=Answer.choices, null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(appealed_on=None, appealed_by=None, appeal=None)
                | Q(appealed_on__isnull=False, appealed_by__isnull=False, appeal__isnull=False),
                name="appealed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer=None, answered_on=None, answer_words=None)
                | Q(answer__isnull=False, answered_on__isnull=False, appealed_on__isnull=False),
                name="answer_to_an_appeal",
            ),
        )
        indexes = (models.Index(fields=("case", "refused_on"), name="refusals_of_case"),)

    def __str__(self) -> str:
        return self.code


class Slip(models.Model):
    """A code by which somebody without an account answers one referral; only its digest is kept.

    number: the part of the code by which it is found, so that wrong tries are counted against it.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="slips")
    number = models.CharField(max_length=6, unique=True)
    digest = models.CharField(max_length=64)
    expires_on = models.DateField(_("until"))
    wrong_tries = models.SmallIntegerField(default=0)
    made_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("referral",), condition=Q(closed_at=None), name="one_code_at_a_time"),
            models.CheckConstraint(condition=Q(wrong_tries__lte=MOST_WRONG_TRIES), name="few_wrong_tries"),
        )
