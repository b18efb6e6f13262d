"""Two records that may be one person, and what was decided; two files of one person, joined and undone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.casework.models.arrivals import TracingRequest
from panoh.casework.models.care import Task
from panoh.casework.models.cases import Case
from panoh.casework.models.people import Membership, Person


def suggestion_code() -> str:
    """Return a new code of a suggestion."""
    return new_code("D")


def merge_code() -> str:
    """Return a new code of a merge."""
    return new_code("M")


class Suggestion(models.Model):
    """A person and another, or a person and a tracing request, that may be one; only people decide."""

    class Origin(models.TextChoices):
        LINKING = "linking", _("joining of lists")
        SEARCH = "search", _("search")
        BY_HAND = "by_hand", _("a colleague")

    class State(models.IntegerChoices):
        OPEN = 1, _("to decide")
        SAME = 2, _("the same person")
        DIFFERENT = 3, _("different people")
        UNSURE = 4, _("not sure")

    code = models.CharField(_("code"), max_length=12, unique=True, default=suggestion_code)
    person = models.ForeignKey(Person, models.PROTECT, related_name="suggestions_first")
    other = models.ForeignKey(Person, models.PROTECT, null=True, related_name="suggestions_second")
    request = models.ForeignKey(TracingRequest, models.PROTECT, null=True, related_name="suggestions")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    run = models.CharField(max_length=40, blank=True, help_text="Which run of which version suggested it.")
    weight = models.FloatField(help_text="How strongly it is suggested: only the order of the queue.")
    evidence = models.JSONField(default=dict, help_text="Field → finding, both words of a list; never a value.")
    suggested_at = models.DateTimeField(_("suggested at"), db_default=Now())
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(other__isnull=False, request=None) | Q(other=None, request__isnull=False),
                name="suggestion_of_two_records",
            ),
            models.CheckConstraint(
                condition=Q(other=None) | Q(other__gt=F("person")), name="suggestion_names_the_older_first"
            ),
            models.UniqueConstraint(fields=("person", "other"), name="two_people_suggested_once"),
            models.UniqueConstraint(fields=("person", "request"), name="request_and_person_suggested_once"),
            models.CheckConstraint(
                condition=Q(state=1, decided_by=None, decided_at=None)
                | Q(state__in=[2, 3, 4], decided_by__isnull=False, decided_at__isnull=False),
                name="suggestion_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(task=None) | Q(state=2, request__isnull=False), name="tracing_task_of_a_found_person"
            ),
        )
        indexes = (
            models.Index(fields=("-weight", "id"), condition=Q(state=1), name="suggestions_to_decide"),
            models.Index(fields=("state", "-id"), name="suggestions_by_state"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return what both records have in common; a tracing request belongs to nobody."""
        return _common(self.person.reach, self.other.reach) if self.other else Reach(None, None)


class Merge(models.Model):
    """Two files of one person: `merged` leads to `kept` while it is joined; both keep all they had."""

    class State(models.IntegerChoices):
        PROPOSED = 1, _("waits for a second colleague")
        JOINED = 2, _("joined")
        DECLINED = 3, _("declined")
        UNDONE = 4, _("undone")

    code = models.CharField(_("code"), max_length=12, unique=True, default=merge_code)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges_into")
    merged = models.ForeignKey(Person, models.PROTECT, related_name="merges_away")
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.PROPOSED)
    both_open = models.BooleanField(help_text="Both had an open case, so two colleagues decide.")
    proposed_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), db_default=Now())
    agreed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField(_("joined at"), null=True)
    ended_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("declined or undone at"), null=True)
    # What joining changed, so that undoing puts exactly this back.
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    case_stage = models.SmallIntegerField(null=True)
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="nobody_is_merged_into_themselves"),
            models.UniqueConstraint(fields=("merged",), condition=Q(state=2), name="merged_into_one"),
            models.UniqueConstraint(fields=("suggestion",), condition=Q(state__in=[1, 2]), name="one_merge_at_a_time"),
            models.CheckConstraint(
                condition=Q(state__in=[1, 3], joined_at=None) | Q(state__in=[2, 4], joined_at__isnull=False),
                name="merge_joined_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[1, 2], ended_by=None, ended_at=None)
                | Q(state__in=[3, 4], ended_by__isnull=False, ended_at__isnull=False),
                name="merge_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(joined_at=None)
                | Q(both_open=False)
                | Q(agreed_by__isnull=False) & ~Q(agreed_by=F("proposed_by")),
                name="two_people_where_both_cases_are_open",
            ),
            models.CheckConstraint(
                condition=Q(case=None, case_stage=None) | Q(case__isnull=False, case_stage__isnull=False),
                name="merge_knows_the_stage_before",
            ),
        )
        indexes = (models.Index(fields=("kept",), condition=Q(state=2), name="files_joined_to"),)

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return what the two files have in common, the merged one where it was last."""
        left = self.membership.family.reach if self.membership else self.merged.reach
        return _common(self.kept.reach, left)


def _common(one: Reach, other: Reach) -> Reach:
    return Reach(
        one.agency_id if one.agency_id == other.agency_id else None,
        one.worker_id if one.worker_id == other.worker_id else None,
        one.file_id if one.file_id == other.file_id else None,
    )
