"""What one asks for and another agrees to: steps of a case, and the hand-over of a family to another agency."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.casework.models.cases import Case
from panoh.casework.models.consents import Consent
from panoh.casework.models.people import Family


def approval_code() -> str:
    """Return a new code of an approval."""
    return new_code("AP")


def transfer_code() -> str:
    """Return a new code of a transfer."""
    return new_code("TR")


class Approval(models.Model):
    """A step of a case that one asks for, and that another takes by agreeing to it."""

    class Step(models.TextChoices):
        CLOSE = "close", _("close the case")
        REOPEN = "reopen", _("open the case again")

    class State(models.IntegerChoices):
        ASKED = 1, _("waits for another's agreement")
        AGREED = 2, _("agreed and done")
        DECLINED = 3, _("declined")
        TAKEN_BACK = 4, _("taken back")

    code = models.CharField(_("code"), max_length=12, unique=True, default=approval_code)
    case = models.ForeignKey(Case, models.PROTECT, related_name="approvals")
    step = models.CharField(_("step"), max_length=16, choices=Step.choices)
    to_stage = models.CharField(_("to which stage"), max_length=32, blank=True)
    reason = models.CharField(_("reason"), max_length=32, blank=True)
    circumstance = models.CharField(_("circumstance"), max_length=32, blank=True)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), db_default=Now())
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    answer = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[1, 4], decided_by=None)
                | Q(state__in=[2, 3], decided_by__isnull=False, decided_on__isnull=False)
                & ~Q(decided_by=F("asked_by")),
                name="another_agrees",
            ),
            models.CheckConstraint(
                condition=Q(step="close", to_stage="") & ~Q(reason="") & ~Q(circumstance="")
                | Q(step="reopen", reason="", circumstance="") & ~Q(to_stage=""),
                name="what_is_asked_is_said",
            ),
            models.CheckConstraint(condition=~Q(state=3) | Q(answer__isnull=False), name="declined_with_a_reason"),
            models.UniqueConstraint(fields=("case", "step"), condition=Q(state=1), name="step_asked_once_at_a_time"),
        )
        indexes = (models.Index(fields=("asked_at",), condition=Q(state=1), name="approvals_asked"),)

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.case.reach


class Transfer(models.Model):
    """A family goes over to another worker: asked, agreed to, and accepted by who takes it; until then it stays."""

    class State(models.IntegerChoices):
        ASKED = 1, _("waits for another's agreement")
        OFFERED = 2, _("waits for who takes it over")
        ACCEPTED = 3, _("taken over")
        DECLINED = 4, _("declined")
        TAKEN_BACK = 5, _("taken back")
        NOT_AGREED = 6, _("not agreed to")

    code = models.CharField(_("code"), max_length=12, unique=True, default=transfer_code)
    family = models.ForeignKey(Family, models.PROTECT, related_name="transfers")
    from_agency = models.ForeignKey("access.Agency", models.PROTECT, related_name="+")
    from_worker = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    to_agency = models.ForeignKey("access.Agency", models.PROTECT, related_name="+")
    to_worker = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=32)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="transfers")
    legal_basis = models.CharField(_("legal basis"), max_length=32, blank=True)
    because = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.ASKED)
    people = models.PositiveSmallIntegerField(_("people"))
    last_seen_on = models.DateField(_("family last seen on"), null=True, blank=True)
    meeting_on = models.DateField(_("talk at the handing over"), null=True, blank=True)
    key = models.OneToOneField("vault.DataKey", models.PROTECT, related_name="+")
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), db_default=Now())
    agreed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="transfer_agreed_to_by_another"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")), name="transfer_taken_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[2, 3]) | Q(agreed_by__isnull=False) | Q(to_agency=F("from_agency")),
                name="other_agency_only_with_agreement",
            ),
            models.CheckConstraint(
                condition=Q(to_agency=F("from_agency"))
                | Q(consent__isnull=False, legal_basis="", because=None)
                | Q(consent=None, because__isnull=False) & ~Q(legal_basis=""),
                name="transfer_by_consent_or_by_law",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[1, 2, 5], answered_by=None)
                | Q(state=6, agreed_by=None, answered_by__isnull=False, answer__isnull=False)
                | Q(state=3, answered_by__isnull=False, answered_on__isnull=False)
                | Q(state=4, answered_by__isnull=False, answered_on__isnull=False, answer__isnull=False),
                name="transfer_answered_by_somebody",
            ),
            models.UniqueConstraint(fields=("family",), condition=Q(state__in=[1, 2]), name="one_transfer_at_a_time"),
        )
        indexes = (
            models.Index(fields=("to_agency",), condition=Q(state=2), name="transfers_offered"),
            models.Index(fields=("asked_at",), condition=Q(state=1), name="transfers_asked"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Tell whether it is not settled yet."""
        return self.state in (self.State.ASKED, self.State.OFFERED)
