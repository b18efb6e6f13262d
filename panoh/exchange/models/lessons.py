"""What was learned: the lesson as it stands, its versions, and what its reviewers said."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.wordings import WordingField
from panoh.exchange.models.events import Event

# The texts of a lesson in the order of its page; each is translated by itself.
TEXTS = ("title", "context", "tried", "outcome", "for_whom", "evidence", "conditions", "cost")
MOST_TAGS = 12


def lesson_code() -> str:
    """Return a new code of a lesson."""
    return new_code("K")


class Lesson(models.Model):
    """What somebody tried, what came of it, and on which conditions others can do the same.

    Version, `words` and `plain` are kept by the database; `spellings` are the consonants of names in any script.
    """

    class Kind(models.IntegerChoices):
        SUCCESS = 1, _("success")
        PROBLEM = 2, _("problem")
        CONDITION = 3, _("condition")
        CAUTION = 4, _("caution")
        FAILURE = 5, _("failure")

    class Strength(models.IntegerChoices):
        CLAIMED = 1, _("claimed")
        DESCRIBED = 2, _("described in a document")
        EVALUATED = 3, _("evaluated")

    class Secrecy(models.IntegerChoices):
        PUBLIC = 1, _("public")
        REGION = 2, _("for the region")
        NATIONAL = 3, _("for the country only")

    class State(models.IntegerChoices):
        DRAFT = 1, _("draft")
        IN_REVIEW = 2, _("in peer review")
        PUBLISHED = 3, _("published")
        WITHDRAWN = 4, _("withdrawn")

    code = models.CharField(_("code"), max_length=12, unique=True, default=lesson_code)
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    title = WordingField(_("title"))
    context = WordingField(_("context"), blank=True)
    tried = WordingField(_("what was tried"), blank=True)
    outcome = WordingField(_("what worked or failed"), blank=True)
    for_whom = WordingField(_("for whom"), blank=True)
    evidence = WordingField(_("evidence"), blank=True)
    strength = models.SmallIntegerField(_("strength of the evidence"), choices=Strength.choices)
    conditions = WordingField(_("conditions for doing the same"), blank=True)
    cost = WordingField(_("cost"), blank=True)
    contact = models.CharField(_("contact office"), max_length=200, blank=True, default="")
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), blank=True, default=list)
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    body = models.ForeignKey("plan.Body", models.PROTECT, null=True, blank=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="lessons")
    secrecy = models.SmallIntegerField(_("confidentiality"), choices=Secrecy.choices, default=Secrecy.REGION)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    consent_by = models.CharField(_("who agreed to share it"), max_length=200, blank=True, default="")
    consent_on = models.DateField(_("agreed on"), null=True, blank=True)
    came_from = models.CharField(
        _("came from"), max_length=12, blank=True, default="", editable=False,
        help_text="The code of the partner in whose parcel it came; it was reviewed there.",
    )  # fmt: skip
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())
    words = SearchVectorField(null=True, editable=False)
    plain = models.TextField(default="", editable=False)
    spellings = ArrayField(models.CharField(max_length=40), default=list, editable=False)

    class Meta:
        ordering = ("-changed_at", "-pk")
        indexes = (
            GinIndex(fields=("words",), name="lesson_words"),
            GinIndex(fields=("plain",), opclasses=("gin_trgm_ops",), name="lesson_plain"),
            GinIndex(fields=("spellings",), name="lesson_spellings"),
            GinIndex(fields=("tags",), name="lesson_tags"),
            models.Index(fields=("-changed_at", "-id"), name="lesson_newest"),
            # All that is asked to count what somebody may read, and its tags, without opening the lessons themselves.
            models.Index(
                fields=("secrecy", "state", "country", "author"),
                include=("kind", "came_from", "tags"),
                name="lesson_readers",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(reviewed_by=F("author")), name="lesson_reviewed_by_another"),
            models.CheckConstraint(
                condition=~Q(state=3) | Q(reviewed_by__isnull=False) | ~Q(came_from=""),
                name="lesson_published_after_a_review",
            ),
            models.CheckConstraint(
                condition=~Q(state=3)
                | Q(secrecy=3)
                | Q(country="")
                | (Q(consent_on__isnull=False) & ~Q(consent_by="")),
                name="lesson_shared_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(secrecy=3) | ~Q(country=""), name="lesson_national_has_a_country",
                violation_error_message=_("A lesson for the country only needs a country."),
            ),
            models.CheckConstraint(
                condition=Q(tags__len__lte=MOST_TAGS), name="lesson_has_few_tags",
                violation_error_message=_("A lesson has twelve tags at most."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.title)

    @classmethod
    def label_of(cls, field: str) -> str:
        """Return what a field is called in words."""
        return str(getattr(cls._meta.get_field(field), "verbose_name", field))

    @property
    def is_good_practice(self) -> bool:
        """Tell whether it worked and somebody evaluated that."""
        return (self.kind, self.strength) == (self.Kind.SUCCESS, self.Strength.EVALUATED)

    def is_own_of(self, country: str) -> bool:
        """Tell whether it is changed here: it was written here, or is the country's that asks."""
        return not self.came_from or (bool(country) and self.country == country)

    @property
    def needs_consent(self) -> bool:
        """Tell whether its country has still to agree before it is shared."""
        return bool(self.country) and self.secrecy != self.Secrecy.NATIONAL and self.consent_on is None


class LessonVersion(models.Model):
    """A lesson as it stood, whole; written by the database whenever a word of it changes."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    told = models.JSONField(_("what it said"))
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        ordering = ("lesson", "-number")
        constraints = (models.UniqueConstraint(fields=("lesson", "number"), name="lesson_version_once"),)

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.number}"


class LessonReview(models.Model):
    """What a peer said of one version of a lesson."""

    class Verdict(models.IntegerChoices):
        RECOMMENDS = 1, _("recommends it")
        CHANGES = 2, _("asks for changes")

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="reviews")
    version = models.PositiveIntegerField(_("version"))
    reviewer = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    verdict = models.SmallIntegerField(_("verdict"), choices=Verdict.choices)
    text = models.TextField(_("what the reviewer says"), blank=True, default="")
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        ordering = ("lesson", "-pk")

    def __str__(self) -> str:
        return self.get_verdict_display()
