"""How countries look back together: questions, answers, findings, and who does what about them until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.codes import new_code
from panoh.access.wordings import WordingField
from panoh.plan.models.tree import Area, Body, Plan, PlanAction, state_code


def review_code() -> str:
    """Return a new code of a review."""
    return new_code("Z")


def finding_code() -> str:
    """Return a new code of a finding."""
    return new_code("G")


def point_code() -> str:
    """Return a new code of an action point."""
    return new_code("A")


class Review(models.Model):
    """One look back at the plan by all its countries."""

    class Kind(models.IntegerChoices):
        ANNUAL = 1, _("yearly review")
        MIDTERM = 2, _("mid-term review")
        MINISTERIAL = 3, _("ministerial review")
        TEN_YEAR = 4, _("ten-year review")
        EXTERNAL = 5, _("external evaluation")

    class State(models.IntegerChoices):
        PREPARING = 1, _("questions are being written")
        ASKING = 2, _("countries answer")
        MET = 3, _("discussed at the meeting")
        CLOSED = 4, _("closed")

    code = models.CharField(_("code"), max_length=12, unique=True, default=review_code)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    title = WordingField(_("title"))
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.PREPARING)
    starts = models.DateField(_("looks back from"))
    ends = models.DateField(_("until"))
    answers_due = models.DateField(_("answers are due"))
    met_on = models.DateField(_("day of the meeting"), null=True, blank=True)
    met_at = models.CharField(_("place of the meeting"), max_length=200, blank=True, default="")
    event = models.CharField(_("code of the event"), max_length=12, blank=True, default="")
    held_elsewhere = models.BooleanField(_("came in a parcel, and is held where it came from"), default=False)

    class Meta:
        ordering = ("plan", "-starts")
        constraints = (
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="review_of_some_time"),
            models.CheckConstraint(condition=~Q(state=3) | Q(met_on__isnull=False), name="review_met_on_a_day"),
        )

    def __str__(self) -> str:
        return str(self.title)


class Question(models.Model):
    """What each country is asked."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = WordingField(_("question"))

    class Meta:
        ordering = ("review", "number")
        constraints = (models.UniqueConstraint(fields=("review", "number"), name="question_once"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Answer(models.Model):
    """What a country answers: a draft until it is submitted, and locked after that."""

    class State(models.IntegerChoices):
        DRAFT = 1, _("draft")
        SUBMITTED = 2, _("submitted")

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    country = state_code()
    text = models.TextField(_("answer"))
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.DRAFT)
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("question", "country")
        constraints = (
            models.UniqueConstraint(fields=("question", "country"), name="answer_once"),
            models.CheckConstraint(condition=~Q(text=""), name="answer_says_something"),
        )

    def __str__(self) -> str:
        return self.text


class Finding(models.Model):
    """What a review found out about an action or an area; a change of the plan cites its code."""

    class Kind(models.IntegerChoices):
        ACHIEVED = 1, _("achieved")
        PROBLEM = 2, _("problem")
        LESSON = 3, _("lesson")

    code = models.CharField(_("code"), max_length=12, unique=True, default=finding_code)
    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    action = models.ForeignKey(PlanAction, models.PROTECT, null=True, blank=True, related_name="findings")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="findings")
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    text = WordingField(_("what was found"))
    evidence = models.TextField(_("what it rests on"), blank=True, default="")
    asks_for_change = models.BooleanField(_("asks for a change of the plan"), default=False)

    class Meta:
        ordering = ("review", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(action__isnull=True, area__isnull=False) | Q(action__isnull=False, area__isnull=True),
                name="finding_about_an_action_or_an_area",
            ),
        )

    def __str__(self) -> str:
        return str(self.text)


class ActionPoint(models.Model):
    """Who does what about a finding until when; done with evidence, and looked at by another."""

    class State(models.IntegerChoices):
        OPEN = 1, _("open")
        DONE = 2, _("done, not verified")
        VERIFIED = 3, _("verified")

    code = models.CharField(_("code"), max_length=12, unique=True, default=point_code)
    review = models.ForeignKey(Review, models.PROTECT, related_name="points")
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="points")
    text = WordingField(_("what is to be done"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="points", verbose_name=_("who does it"))
    country = state_code(blank=True, default="", help_text="Empty: of no single state.")
    due = models.DateField(_("due"))
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.OPEN)
    taken = models.TextField(_("action taken"), blank=True, default="")
    evidence = models.CharField(_("evidence"), max_length=400, blank=True, default="")
    done_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    verified_on = models.DateField(null=True, blank=True)
    doubt = models.TextField(_("why it was not verified"), blank=True, default="")
    held_elsewhere = models.BooleanField(_("came in a parcel, without who did or verified it"), default=False)

    class Meta:
        ordering = ("review", "due", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=1)
                | (~Q(taken="") & ~Q(evidence="") & Q(done_on__isnull=False))
                & (Q(done_by__isnull=False) | Q(held_elsewhere=True)),
                name="done_with_action_and_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(state=3)
                | Q(verified_on__isnull=False)
                & (Q(held_elsewhere=True) | (Q(verified_by__isnull=False) & ~Q(verified_by=F("done_by")))),
                name="verified_by_another",
            ),
        )

    def __str__(self) -> str:
        return str(self.text)

    @property
    def is_overdue(self) -> bool:
        """Tell whether it should have been done by now."""
        return self.state == self.State.OPEN and self.due < today()
