"""The plan as it stands: pillars, priority areas, actions and sub-actions, and the bodies that answer for them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.wordings import WordingField


def state_code(**options: Any) -> models.CharField[Any, Any]:
    """Return a column for a state by its two letters (ISO 3166-1)."""
    return models.CharField(_("country"), max_length=2, **options)


class Plan(models.Model):
    """A plan that several states agreed; its text changes from one numbered edition to the next."""

    class State(models.IntegerChoices):
        DRAFT = 1, _("not adopted yet")
        IN_FORCE = 2, _("in force")
        ENDED = 3, _("ended")

    code = models.SlugField(_("code"), max_length=24, unique=True)
    title = WordingField(_("title"))
    states = ArrayField(state_code(), verbose_name=_("countries"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=0, help_text="0 until the first is adopted.")
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.DRAFT)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    source = models.URLField(_("where it is published"), max_length=400, blank=True, default="")

    class Meta:
        ordering = ("-starts", "code")
        constraints = (
            models.CheckConstraint(condition=Q(states__len__gte=1), name="plan_of_some_states"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="plan_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(state=1) | Q(edition__gte=1), name="plan_in_force_has_an_edition"),
        )

    def __str__(self) -> str:
        return str(self.title)


class Pillar(models.Model):
    """One of the few parts of a plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="pillars")
    number = models.PositiveSmallIntegerField(_("number"))
    title = WordingField(_("title"))

    class Meta:
        ordering = ("plan", "number")
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="pillar_once"),)

    def __str__(self) -> str:
        return f"{self.roman} {self.title}"

    @property
    def roman(self) -> str:
        """Return the number as plans write it."""
        tens, ones = divmod(self.number, 10)
        return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


class Area(models.Model):
    """A priority area within a pillar."""

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="areas")
    code = models.CharField(_("number"), max_length=12)
    title = WordingField(_("title"))
    rationale = WordingField(_("why"), blank=True)

    class Meta:
        ordering = ("pillar", "code")
        constraints = (models.UniqueConstraint(fields=("pillar", "code"), name="area_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Body(models.Model):
    """A body that answers for something in the plan or the exchange: ministry, organisation, institute."""

    class Kind(models.IntegerChoices):
        STATE = 1, _("body of a state")
        UN = 2, _("body of the United Nations")
        REGIONAL = 3, _("regional organisation")
        CIVIL = 4, _("civil society")
        RESEARCH = 5, _("institute or university")
        OTHER = 6, _("other")

    code = models.SlugField(_("code"), max_length=24, unique=True)
    name = WordingField(_("name"))
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    country = state_code(blank=True, default="", help_text="Empty: of no single state.")
    contact = models.CharField(_("contact office"), max_length=200, blank=True, default="")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return str(self.name)


class PlanAction(models.Model):
    """What is to be done; its wording is fixed within an edition, what becomes of it is reported by each country."""

    class Origin(models.IntegerChoices):
        INSTRUMENT = 1, _("an agreed instrument")
        NATIONAL = 2, _("a national programme")
        PROPOSAL = 3, _("a proposal that was adopted")

    class Grade(models.TextChoices):
        FOUND = "A", _("found in a public source")
        KNOWN = "B", _("from the text of the strategy")
        OURS = "C", _("proposed here")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    area = models.ForeignKey(Area, models.PROTECT, related_name="actions")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    also_serves = models.ManyToManyField(Pillar, blank=True, related_name="served_by")
    code = models.CharField(_("number"), max_length=16)
    text = WordingField(_("action"))
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    states = ArrayField(state_code(), blank=True, default=list, help_text="Empty: all states of the plan.")
    origin = models.SmallIntegerField(_("comes from"), choices=Origin.choices, default=Origin.INSTRUMENT)
    asked_for_in = models.CharField(_("proposal or finding"), max_length=12, blank=True, default="")
    grade = models.CharField(_("how we know of it"), max_length=1, choices=Grade.choices, default=Grade.OURS)
    source = models.URLField(_("source"), max_length=400, blank=True, default="")
    since = models.PositiveSmallIntegerField(_("first edition"), default=1)
    edition = models.PositiveSmallIntegerField(_("edition of this wording"), default=1)
    until = models.PositiveSmallIntegerField(_("last edition"), null=True, blank=True)

    class Meta:
        ordering = ("area", "code")
        constraints = (
            models.UniqueConstraint(fields=("plan", "code"), condition=Q(until=None), name="action_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="action_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(edition__gte=F("since")), name="action_worded_since_it_is_there"),
            models.CheckConstraint(condition=Q(until__gte=F("edition")), name="action_dropped_after_its_wording"),
            models.CheckConstraint(condition=~Q(grade="A") | ~Q(source=""), name="action_found_has_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def concerns(self) -> list[str]:
        """Return the states that report on it."""
        return list(self.states or self.plan.states)


class ActionBody(models.Model):
    """A body's part in an action: one leads, many contribute."""

    class Part(models.IntegerChoices):
        LEAD = 1, _("leads")
        CONTRIBUTOR = 2, _("contributes")
        FUNDER = 3, _("funds")
        CONSULTED = 4, _("is consulted")

    action = models.ForeignKey(PlanAction, models.CASCADE, related_name="bodies")
    body = models.ForeignKey(Body, models.PROTECT, related_name="parts")
    part = models.SmallIntegerField(_("part"), choices=Part.choices)

    class Meta:
        ordering = ("action", "part", "body")
        constraints = (
            models.UniqueConstraint(fields=("action", "body", "part"), name="part_of_a_body_once"),
            models.UniqueConstraint(fields=("action",), condition=Q(part=1), name="one_body_leads"),
        )

    def __str__(self) -> str:
        return str(self.body)
