"""What a family needs, what was planned, what was given: assessment, need, plan, assistance, visit, note, task."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.access.fields import FieldClass
from panoh.casework.models.cases import Case
from panoh.casework.models.people import Family
from panoh.casework.models.programmes import Programme


def need_code() -> str:
    """Return a new code of a need."""
    return new_code("N")


def step_code() -> str:
    """Return a new code of a step of a plan."""
    return new_code("S")


def task_code() -> str:
    """Return a new code of a task."""
    return new_code("T")


class Assessment(models.Model):
    """A talk on how a person is doing, with the person's own view or why it was not asked."""

    class Kind(models.TextChoices):
        CHILD = "child", _("of the child")
        ADULT = "adult", _("of the adult")
        FAMILY = "family", _("of the family together")
        RECEIVING_FAMILY = "receiving_family", _("of the receiving family")

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    kind = models.CharField(_("of whom"), max_length=16, choices=Kind.choices, default=Kind.ADULT)
    made_on = models.DateField(_("made on"))
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    own_view = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    not_asked_because = models.CharField(_("view not asked because"), max_length=32, blank=True)
    answers = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["child", "adult", "family", "receiving_family"]), name="assessment_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(own_view__isnull=False, not_asked_because="") | Q(own_view=None) & ~Q(not_asked_because=""),
                name="own_view_or_why_not_asked",
            ),
        )


class Need(models.Model):
    """Something a person needs in one domain of life, and how soon."""

    class Urgency(models.IntegerChoices):
        URGENT = 1, _("urgent (within 3 days)")
        SOON = 2, _("soon (within 2 weeks)")
        PLANNED = 3, _("can be planned")

    class State(models.IntegerChoices):
        OPEN = 1, _("open")
        MET = 2, _("met")
        NO_LONGER = 3, _("no longer there")

    code = models.CharField(_("code"), max_length=12, unique=True, default=need_code)
    case = models.ForeignKey(Case, models.PROTECT, related_name="needs")
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="needs")
    domain = models.CharField(_("domain"), max_length=32)
    field_class = models.SmallIntegerField(choices=FieldClass.choices, default=FieldClass.CARE)
    urgency = models.SmallIntegerField(_("urgency"), choices=Urgency.choices)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.OPEN)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_on = models.DateField(_("recorded on"))
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(urgency__in=[1, 2, 3]), name="need_urgency_known"),
            models.CheckConstraint(
                condition=Q(state=1, settled_on=None) | Q(state__in=[2, 3], settled_on__isnull=False),
                name="need_settled_on_a_day",
            ),
        )
        indexes = (
            models.Index(fields=("case", "state"), name="needs_of_case"),
            models.Index(fields=("domain", "case"), condition=Q(state=1), name="open_needs_in_domain"),
        )

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of its family."""
        return self.case.reach


class PlanItem(models.Model):
    """One step of the plan: which service answers the need, who provides it, who sees to it, by when, how it ended."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=step_code)
    need = models.ForeignKey(Need, models.PROTECT, related_name="steps")
    service = models.CharField(_("service"), max_length=12)
    provider = models.ForeignKey("access.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    responsible = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(_("due"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=32, blank=True)
    outcome_on = models.DateField(_("outcome on"), null=True, blank=True)
    planned_on = models.DateField(_("planned on"))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on=None) | ~Q(outcome="") & Q(outcome_on__isnull=False),
                name="step_outcome_on_a_day",
            ),
        )
        indexes = (
            models.Index(fields=("responsible", "due"), condition=Q(outcome=""), name="open_steps_of_staff"),
            models.Index(fields=("due",), condition=Q(outcome=""), name="open_steps_by_due"),
        )

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of its family."""
        return self.need.reach

    @property
    def is_complete(self) -> bool:
        """Tell whether the step has an owner and a date."""
        return self.responsible_id is not None and self.due is not None


class Assistance(models.Model):
    """Help that was given: what, how much, when, by whom."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assistance")
    step = models.ForeignKey(PlanItem, models.PROTECT, null=True, blank=True, related_name="assistance")
    service = models.CharField(_("service"), max_length=12)
    field_class = models.SmallIntegerField(choices=FieldClass.choices, default=FieldClass.CARE)
    quantity = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=16)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    given_on = models.DateField(_("given on"))
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="given")
    agency = models.ForeignKey("access.Agency", models.PROTECT, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    although = models.CharField(_("why, although another agency gave the same"), max_length=32, blank=True)
    wrong_because = models.CharField(_("why it was wrong"), max_length=32, blank=True)
    wrong_on = models.DateField(_("corrected on"), null=True, blank=True)
    wrong_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(wrong_on=None, wrong_because="") | Q(wrong_on__isnull=False) & ~Q(wrong_because=""),
                name="assistance_corrected_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="assistance_is_something"),
            models.CheckConstraint(
                condition=Q(unit="money") & ~Q(currency="") | ~Q(unit="money") & Q(currency=""),
                name="money_has_a_currency",
            ),
        )
        indexes = (models.Index(fields=("case", "given_on"), name="assistance_of_case"),)

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.case.reach


class Visit(models.Model):
    """A visit to a family: planned, then made with what was seen."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="visits")
    kind = models.CharField(_("kind"), max_length=32)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    made_on = models.DateField(_("made on"), null=True, blank=True)
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    report = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=32, blank=True)
    place_in_day = models.PositiveSmallIntegerField(_("which of the day"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(cancelled_on=None, cancelled_because="")
                | Q(cancelled_on__isnull=False, made_on=None) & ~Q(cancelled_because=""),
                name="visit_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(made_on__isnull=False), name="visit_is_planned_or_made"
            ),
            models.CheckConstraint(condition=Q(made_on__isnull=False) | Q(report=None), name="report_of_a_made_visit"),
        )
        indexes = (
            models.Index(fields=("family", "made_on"), name="visits_of_family"),
            models.Index(fields=("by", "planned_on"), condition=Q(made_on=None), name="planned_visits_of_staff"),
            models.Index(
                fields=("planned_on",), condition=Q(made_on=None, cancelled_on=None), name="open_visits_by_due"
            ),
        )

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.family.reach


class Note(models.Model):
    """A dated note of a colleague; never changed, only added to."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="notes")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="notes")
    text = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    field_class = models.SmallIntegerField(_("who reads it"), choices=FieldClass.choices, default=FieldClass.CARE)
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"), db_default=Now())

    class Meta:
        indexes = (models.Index(fields=("family", "-written_at"), name="notes_of_family"),)


class Task(models.Model):
    """Something to do by a day, for one colleague or for a whole agency."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=task_code)
    family = models.ForeignKey(Family, models.PROTECT, related_name="tasks")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="tasks")
    kind = models.CharField(_("what to do"), max_length=32)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(_("due"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=32, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(cancelled_because="") | Q(done_on__isnull=False), name="task_cancelled_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False), name="task_done_on_a_day"
            ),
        )
        indexes = (
            models.Index(fields=("owner", "due"), condition=Q(done_on=None), name="open_tasks_of_staff"),
            models.Index(fields=("due",), condition=Q(done_on=None), name="open_tasks_by_due"),
        )

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.family.reach
