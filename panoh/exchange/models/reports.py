"""Reports that are read in: the text, and what was found in it, which is nothing of the exchange until confirmed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.exchange.models.events import Event, Statement
from panoh.exchange.models.proposals import Position, Proposal

BECOMES = ("event", "body", "statement", "proposal", "position")


def report_code() -> str:
    """Return a new code of a report."""
    return new_code("Q")


class Report(models.Model):
    """A report of a conference, as its text was extracted; every place in it is counted in this text."""

    class Kind(models.TextChoices):
        PASTED = "pasted", _("pasted text")
        TEXT = "text", _("text file")
        DOCX = "docx", _(".docx document")
        PDF = "pdf", _("PDF")

    class State(models.IntegerChoices):
        WAITING = 1, _("is being read")
        READ = 2, _("read")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        RUSSIAN = "ru", _("Russian")

    code = models.CharField(_("code"), max_length=12, unique=True, default=report_code)
    title = models.CharField(_("title"), max_length=200)
    source = models.URLField(_("where it is published"), max_length=400, blank=True, default="")
    kind = models.CharField(_("kind of file"), max_length=8, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64, unique=True, help_text="Of the text, in UTF-8: a report is entered once.")
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.WAITING)
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="reports")
    entered_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered at"), db_default=Now())

    class Meta:
        ordering = ("-entered_at", "code")

    def __str__(self) -> str:
        return self.title


class ReportItem(models.Model):
    """What was found in a report, at its place in the text; it becomes something only when somebody decides so."""

    class Kind(models.IntegerChoices):
        EVENT = 1, _("event")
        BODY = 2, _("body")
        PERSON = 3, _("person")
        STATEMENT = 4, _("statement")
        PROPOSAL = 5, _("proposal")
        POSITION = 6, _("position")
        NUMBER = 7, _("number")

    class State(models.IntegerChoices):
        PROPOSED = 1, _("not decided")
        CONFIRMED = 2, _("confirmed")
        CORRECTED = 3, _("corrected")
        REJECTED = 4, _("rejected")

    report = models.ForeignKey(Report, models.CASCADE, related_name="items")
    number = models.PositiveIntegerField(_("number"))
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    ref = models.CharField(max_length=200, help_text="What the reading calls it: ST-01, PER-AALTO.")
    data = models.JSONField(_("what was understood"))
    as_read = models.JSONField(_("what was read before it was corrected"), null=True, blank=True)
    start = models.PositiveIntegerField(_("from character"))
    end = models.PositiveIntegerField(_("to character"))
    is_inferred = models.BooleanField(default=False, help_text="Understood, not said in so many words.")
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey("plan.Body", models.PROTECT, null=True, blank=True, related_name="+")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="+")
    is_own = models.BooleanField(default=False, help_text="What it became was made from it, and is no one's else.")

    class Meta:
        ordering = ("report", "number")
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="report_item_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="report_item_has_a_place"),
            models.CheckConstraint(
                condition=Q(state__in=(2, 3)) | Q(**dict.fromkeys(BECOMES)), name="unconfirmed_became_nothing"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=(3, 7)) | ~Q(state__in=(2, 3))
                | Q(kind=1, event__isnull=False) | Q(kind=2, body__isnull=False) | Q(kind=4, statement__isnull=False)
                | Q(kind=5, proposal__isnull=False) | Q(kind=6, position__isnull=False),
                name="confirmed_became_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(state=1, decided_by=None, decided_at=None)
                | Q(state__gt=1, decided_by__isnull=False, decided_at__isnull=False),
                name="report_item_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=3) | Q(as_read__isnull=False), name="corrected_keeps_what_was_read"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def quote(self) -> str:
        """Return the very words of the report."""
        return self.report.text[self.start : self.end]

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has decided on it."""
        return self.state == self.State.PROPOSED

    @property
    def is_taken(self) -> bool:
        """Tell whether it was confirmed, as read or corrected."""
        return self.state in (self.State.CONFIRMED, self.State.CORRECTED)

    @property
    def became(self) -> Any:
        """Return the record that it became, or nothing."""
        return next((made for name in BECOMES if (made := getattr(self, name))), None)
