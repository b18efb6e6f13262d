"""How a plan becomes its next edition: changes that somebody asked for, collected and adopted together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.plan.models.tree import Plan, PlanAction


class Revision(models.Model):
    """Changes that make the next edition once they are adopted; a plan has one open at a time."""

    class State(models.IntegerChoices):
        OPEN = 1, _("being prepared")
        ADOPTED = 2, _("adopted")
        ABANDONED = 3, _("given up")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions")
    edition = models.PositiveSmallIntegerField(_("edition it makes"))
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), db_default=Now())
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_at = models.CharField(_("where it was adopted"), max_length=200, blank=True, default="")
    source = models.URLField(_("where it is published"), max_length=400, blank=True, default="")

    class Meta:
        ordering = ("plan", "edition", "pk")
        constraints = (
            models.UniqueConstraint(fields=("plan",), condition=Q(state=1), name="one_revision_open"),
            models.UniqueConstraint(fields=("plan", "edition"), condition=Q(state=2), name="one_revision_an_edition"),
            models.CheckConstraint(condition=~Q(state=2) | Q(adopted_on__isnull=False), name="adopted_on_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.plan.code} {self.edition}"


class Change(models.Model):
    """One change of one action, in full before and after, and the proposal or finding that asked for it."""

    class Kind(models.IntegerChoices):
        ADD = 1, _("added")
        REWORD = 2, _("changed")
        DROP = 3, _("dropped")

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="changes")
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    action = models.ForeignKey(PlanAction, models.PROTECT, null=True, blank=True, related_name="changes")
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    asked_for_in = models.CharField(_("proposal or finding"), max_length=12, blank=True, default="")
    because = models.TextField(_("why"), blank=True, default="")

    class Meta:
        ordering = ("revision", "kind", "pk")
        constraints = (
            models.UniqueConstraint(fields=("revision", "action"), name="one_change_of_an_action"),
            models.CheckConstraint(condition=Q(kind=1) | Q(action__isnull=False), name="change_of_an_action"),
            models.CheckConstraint(condition=Q(kind=3) | Q(after__isnull=False), name="change_says_what_will_be"),
        )

    def __str__(self) -> str:
        return f"{self.revision} {self.get_kind_display()}"
