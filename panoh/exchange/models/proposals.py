"""What is proposed, and where countries and bodies stand on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.wordings import WordingField
from panoh.exchange.models.events import Event
from panoh.exchange.models.lessons import Lesson


def proposal_code() -> str:
    """Return a new code of a proposal."""
    return new_code("R")


class Proposal(models.Model):
    """A proposal, alone or consolidated from others; adopted, it becomes a change of the plan."""

    class State(models.IntegerChoices):
        DRAFT = 1, _("draft")
        CIRCULATED = 2, _("circulated")
        CONSOLIDATED = 3, _("merged into another")
        ADOPTED = 4, _("adopted")
        REJECTED = 5, _("rejected")
        WITHDRAWN = 6, _("withdrawn")

    code = models.CharField(_("code"), max_length=12, unique=True, default=proposal_code)
    title = WordingField(_("title"))
    text = WordingField(_("proposal"))
    proposer = models.CharField(_("who proposed it"), max_length=200, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    body = models.ForeignKey("plan.Body", models.PROTECT, null=True, blank=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="proposals")
    lesson = models.ForeignKey(Lesson, models.PROTECT, null=True, blank=True, related_name="proposals")
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.DRAFT)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    quote = models.TextField(_("in the words of the report"), blank=True, default="")
    made_at = models.DateTimeField(_("entered at"), db_default=Now())

    class Meta:
        ordering = ("-made_at", "code")
        constraints = (
            models.CheckConstraint(condition=Q(state=3) | Q(merged_into=None), name="merged_is_consolidated"),
            models.CheckConstraint(condition=~Q(state=3) | Q(merged_into__isnull=False), name="consolidated_into_one"),
        )

    def __str__(self) -> str:
        return str(self.title)


class ProposalPart(models.Model):
    """One part of a consolidated proposal: who asked for it, what became of it, and who dissents."""

    class Outcome(models.IntegerChoices):
        KEPT = 1, _("kept")
        CHANGED = 2, _("changed")
        DROPPED = 3, _("dropped")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(_("number"))
    asked_by = models.ForeignKey(Proposal, models.PROTECT, related_name="asked_parts")
    asked = WordingField(_("as it was asked for"))
    outcome = models.SmallIntegerField(_("what became of it"), choices=Outcome.choices, default=Outcome.KEPT)
    text = WordingField(_("as it stands"), blank=True)
    because = models.TextField(_("why"), blank=True, default="")
    dissent = models.TextField(_("who dissents, and why"), blank=True, default="")

    class Meta:
        ordering = ("proposal", "number")
        constraints = (
            models.UniqueConstraint(fields=("proposal", "number"), name="part_once"),
            models.CheckConstraint(condition=~Q(outcome=3) | ~Q(because=""), name="part_dropped_with_a_reason"),
            models.CheckConstraint(condition=~Q(proposal=models.F("asked_by")), name="part_asked_by_another"),
        )

    def __str__(self) -> str:
        return str(self.text or self.asked)


class Position(models.Model):
    """Where a country or a body stands on one proposal; a new one replaces the last, which stays to be read.

    Support for one proposal never implies support for another.
    """

    class Stance(models.IntegerChoices):
        SUPPORTS = 1, _("supports")
        WITH_CHANGES = 2, _("supports with changes")
        RESERVES = 3, _("reserves its position")
        AGAINST = 4, _("is against")
        SILENT = 5, _("silent")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="positions")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    body = models.ForeignKey("plan.Body", models.PROTECT, null=True, blank=True, related_name="+")
    who = models.CharField(_("who spoke"), max_length=200, blank=True, default="")
    stance = models.SmallIntegerField(_("position"), choices=Stance.choices)
    statement = models.TextField(_("statement"), blank=True, default="")
    taken_on = models.DateField(_("on"))
    source = models.CharField(_("source"), max_length=400, blank=True, default="")
    is_current = models.BooleanField(_("the latest"), default=True)

    class Meta:
        ordering = ("proposal", "country", "body", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "country"), condition=Q(is_current=True, body=None) & ~Q(country=""),
                name="one_position_of_a_country",
            ),
            models.UniqueConstraint(
                fields=("proposal", "body"), condition=Q(is_current=True), name="one_position_of_a_body"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.get_stance_display()
