"""What belongs to an event: sessions, how many took part, who is registered, what came out of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.wordings import WordingField
from panoh.exchange.models.events import Event


class Session(models.Model):
    """A part of an event's programme."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("number"))
    title = WordingField(_("title"))
    agenda = WordingField(_("what it is about"), blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)
    chair = models.CharField(_("chair"), max_length=200, blank=True, default="")

    class Meta:
        ordering = ("event", "number")
        constraints = (
            models.UniqueConstraint(fields=("event", "number"), name="session_once"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="session_ends_after_it_starts",
                violation_error_message=_("It ends before it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Participation(models.Model):
    """How many took part from a country or a body, as a source says it; a count that nobody gave is left out."""

    class Qualifier(models.IntegerChoices):
        EXACT = 1, _("exactly")
        MIN = 2, _("at least")
        ABOUT = 3, _("about")

    event = models.ForeignKey(Event, models.CASCADE, related_name="participants")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    body = models.CharField(_("agency"), max_length=200, blank=True, default="")
    headcount = models.PositiveIntegerField(_("how many"), null=True, blank=True, help_text="Empty: not reported.")
    qualifier = models.SmallIntegerField(_("counted"), choices=Qualifier.choices, default=Qualifier.EXACT)
    source = models.CharField(_("source"), max_length=400)

    class Meta:
        ordering = ("event", "country", "body", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(source=""), name="participation_has_a_source"),
            models.UniqueConstraint(
                fields=("event", "country", "body", "source"), name="participation_once_a_source",
                violation_error_message=_("What this source says of this country and agency is entered already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.body or self.country


class Registration(models.Model):
    """An official who is expected, as the badge will say it; destroyed 90 days after the event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    name = models.CharField(_("name as on the badge"), max_length=200)
    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    body = models.CharField(_("agency"), max_length=200, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    entered_at = models.DateTimeField(_("entered at"), db_default=Now())

    class Meta:
        ordering = ("event", "country", "body", "name")

    def __str__(self) -> str:
        return self.name


class Output(models.Model):
    """A paper or recording of an event, by its link."""

    class Kind(models.IntegerChoices):
        PROGRAMME = 1, _("programme")
        STATEMENT = 2, _("statement")
        DOCUMENT = 3, _("document")
        OUTCOME = 4, _("outcome document")
        RECORDING = 5, _("recording")

    event = models.ForeignKey(Event, models.CASCADE, related_name="outputs")
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    title = WordingField(_("title"))
    link = models.URLField(_("link"), max_length=400)
    language = models.CharField(_("language"), max_length=2, blank=True, default="")

    class Meta:
        ordering = ("event", "kind", "pk")

    def __str__(self) -> str:
        return str(self.title)


class Decision(models.Model):
    """What an event decided, for whom, and until when."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = WordingField(_("decision"))
    addressed_to = models.CharField(_("for whom"), max_length=200, blank=True, default="")
    due = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("event", "number")
        constraints = (models.UniqueConstraint(fields=("event", "number"), name="decision_once"),)

    def __str__(self) -> str:
        return str(self.text)
