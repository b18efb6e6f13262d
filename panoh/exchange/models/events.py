"""Where countries meet, and what was said there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.wordings import WordingField


def event_code() -> str:
    """Return a new code of an event."""
    return new_code("E")


def statement_code() -> str:
    """Return a new code of a statement."""
    return new_code("U")


class Event(models.Model):
    """A conference, forum, working group or study visit."""

    class Kind(models.IntegerChoices):
        CONFERENCE = 1, _("conference")
        FORUM = 2, _("online forum")
        WORKING_GROUP = 3, _("working group")
        STUDY_VISIT = 4, _("study visit")
        MEETING = 5, _("meeting")

    class Mode(models.IntegerChoices):
        IN_PERSON = 1, _("in person")
        ONLINE = 2, _("online")
        BOTH = 3, _("in person and online")

    class Rules(models.IntegerChoices):
        ON_RECORD = 1, _("on record")
        CHATHAM_HOUSE = 2, _("what was said, not by whom")
        CLOSED = 3, _("closed")

    class State(models.IntegerChoices):
        PROPOSED = 1, _("proposed")
        PLANNED = 2, _("planned")
        HELD = 3, _("held")
        CANCELLED = 4, _("cancelled")

    code = models.CharField(_("code"), max_length=12, unique=True, default=event_code)
    title = WordingField(_("title"))
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    mode = models.SmallIntegerField(_("how people meet"), choices=Mode.choices, default=Mode.IN_PERSON)
    rules = models.SmallIntegerField(_("rules"), choices=Rules.choices, default=Rules.ON_RECORD)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.PLANNED)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, default="")
    moderator = models.CharField(_("moderator"), max_length=200, blank=True, default="")
    beside = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="side_events")
    meeting_link = models.URLField(_("link to the meeting room"), max_length=400, blank=True, default="")

    class Meta:
        ordering = ("-starts", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="event_ends_after_it_starts",
                violation_error_message=_("It ends before it begins."),
            ),
        )

    def __str__(self) -> str:
        return str(self.title)


class EventBody(models.Model):
    """A body's part in an event."""

    class Part(models.IntegerChoices):
        ORGANISER = 1, _("organises")
        CO_ORGANISER = 2, _("organises with others")
        HOST = 3, _("hosts")
        DONOR = 4, _("funds")

    event = models.ForeignKey(Event, models.CASCADE, related_name="bodies")
    body = models.ForeignKey("plan.Body", models.PROTECT, related_name="+")
    part = models.SmallIntegerField(_("part"), choices=Part.choices)

    class Meta:
        ordering = ("event", "part", "body")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "body", "part"), name="part_in_an_event_once",
                violation_error_message=_("This body has this part already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.body)


class Statement(models.Model):
    """What somebody said at an event: who in words, for whom, and what kind of saying it was."""

    class Act(models.TextChoices):
        ASSERT = "assert", _("noted")
        ASSESS = "assess", _("assessed")
        REPORT = "report", _("reported")
        EXPECT = "expect", _("expected")
        COMMIT = "commit", _("promised")
        URGE = "urge", _("urged")
        PROPOSE = "propose", _("proposed")
        SUPPORT = "support", _("supported")
        OBJECT = "object", _("objected")
        ABSTAIN = "abstain", _("abstained")

    code = models.CharField(_("code"), max_length=12, unique=True, default=statement_code)
    event = models.ForeignKey(Event, models.PROTECT, related_name="statements")
    speaker = models.CharField(
        _("who said it"), max_length=200, blank=True, default="", help_text="Empty: unattributed."
    )
    body = models.ForeignKey("plan.Body", models.PROTECT, null=True, blank=True, related_name="+")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    act = models.CharField(_("what kind"), max_length=8, choices=Act.choices)
    text = models.TextField(_("what was said"))
    quote = models.TextField(_("in the words of the report"), blank=True, default="")

    class Meta:
        ordering = ("event", "pk")

    def __str__(self) -> str:
        return self.text
