"""Decisions in the best interests of a child: what is sought, the options, the panel, the decision and the appeal."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.casework.models.care import Assessment, Task
from panoh.casework.models.cases import Case

# What a best-interests procedure says in words, and which of it must be there before anybody decides.
PARTS = {
    "history": _("what happened so far"),
    "situation": _("how the child lives now, and how safe it is"),
    "family_views": _("what the family and others close to the child say"),
    "experts": _("what experts say"),
    "recommendation": _("the recommendation and why"),
}
NEEDED = ("history", "situation", "family_views", "recommendation")


def determination_code() -> str:
    """Return a new code of a best-interests procedure."""
    return new_code("BI")


class Determination(models.Model):
    """A best-interests assessment, or a determination by a panel; the views of the child come first."""

    class Kind(models.IntegerChoices):
        ASSESSMENT = 1, _("best-interests assessment")
        DETERMINATION = 2, _("best-interests determination")

    class State(models.IntegerChoices):
        PREPARED = 1, _("being prepared")
        WITH_PANEL = 2, _("waits for a decision")
        DECIDED = 3, _("decided")
        DEFERRED = 4, _("put off")
        APPEALED = 5, _("somebody asked to look at it again")
        WITHDRAWN = 6, _("not needed any more")

    class Decision(models.IntegerChoices):
        AGREED = 1, _("as recommended")
        OTHER = 2, _("another option")
        DEFERRED = 3, _("put off: more must be known")

    class AppealAnswer(models.IntegerChoices):
        STANDS = 1, _("the decision stands")
        ANEW = 2, _("it is decided anew")

    code = models.CharField(_("code"), max_length=12, unique=True, default=determination_code)
    case = models.ForeignKey(Case, models.PROTECT, related_name="determinations")
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    sought = models.CharField(_("decision sought"), max_length=32)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.PREPARED)
    # The child's own view, or why it was not asked, stands in the assessment.
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    recommended = models.ForeignKey("Arrangement", models.PROTECT, null=True, blank=True, related_name="+")
    prepared_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    prepared_on = models.DateField(_("prepared on"))
    decision = models.SmallIntegerField(_("decision"), choices=Decision.choices, null=True, blank=True)
    chosen = models.ForeignKey("Arrangement", models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reasons = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    look_again_on = models.DateField(_("looked at again by"), null=True, blank=True)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    appealed_on = models.DateField(_("appeal asked on"), null=True, blank=True)
    appeal = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    appeal_answer = models.SmallIntegerField(
        _("answer to the appeal"), choices=AppealAnswer.choices, null=True, blank=True
    )
    appeal_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    appeal_answered_on = models.DateField(_("appeal answered on"), null=True, blank=True)
    appeal_reasons = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(_("why it is not needed"), max_length=32, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("prepared_by")), name="decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[3, 5])
                | Q(
                    decision__in=[1, 2],
                    chosen__isnull=False,
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                    reasons__isnull=False,
                    look_again_on__isnull=False,
                ),
                name="decided_with_reasons_and_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(decision=1) | Q(chosen=F("recommended")), name="as_recommended_is_the_recommended"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[2, 3, 4, 5]) | Q(recommended__isnull=False), name="panel_gets_a_recommendation"
            ),
            models.CheckConstraint(
                condition=~Q(state=5) | Q(appealed_on__isnull=False, appeal__isnull=False), name="appeal_in_words"
            ),
            models.CheckConstraint(
                condition=Q(appeal_by=None)
                | Q(appeal_answer__isnull=False, appeal_answered_on__isnull=False, appeal_reasons__isnull=False)
                & ~Q(appeal_by=F("prepared_by"))
                & (Q(decided_by=None) | ~Q(appeal_by=F("decided_by"))),
                name="appeal_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=6) & ~Q(withdrawn_because="") | ~Q(state=6) & Q(withdrawn_because=""),
                name="withdrawn_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=("case", "sought"), condition=~Q(state__in=[3, 6]), name="one_decision_sought_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.case.reach

    @property
    def has_panel(self) -> bool:
        """Tell whether a panel decides, and not one colleague."""
        return self.kind == self.Kind.DETERMINATION


class Arrangement(models.Model):
    """One option of a best-interests procedure, with what speaks for it and against it in sealed words."""

    determination = models.ForeignKey(Determination, models.PROTECT, related_name="options")
    kind = models.CharField(_("option"), max_length=32)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("determination", "kind"), name="each_option_once"),)


class PanelMember(models.Model):
    """Who sits on a panel, whether they are too close to the family, and what they would decide."""

    class Opinion(models.IntegerChoices):
        AGREES = 1, _("as recommended")
        OTHER = 2, _("another option")
        DEFER = 3, _("more must be known")

    determination = models.ForeignKey(Determination, models.PROTECT, related_name="panel")
    staff = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    is_close = models.BooleanField(_("too close to the family"), null=True, blank=True)
    opinion = models.SmallIntegerField(_("would decide"), choices=Opinion.choices, null=True, blank=True)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("determination", "staff"), name="each_sits_once"),
            models.CheckConstraint(
                condition=Q(is_close=None, opinion=None, answered_on=None)
                | Q(is_close=True, opinion=None, answered_on__isnull=False)
                | Q(is_close=False, opinion__isnull=False, answered_on__isnull=False),
                name="who_is_close_gives_no_opinion",
            ),
        )
