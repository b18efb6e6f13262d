"""Where a child lives and who said so: placements with their reviews, and decisions of one day when a carer is away."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Reach
from panoh.casework.models.people import Person


class WithSomebody(models.Model):
    """With whom a child is: a person in the file, a family by its code, an agency, or nobody."""

    with_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    with_family = models.CharField(_("family it lives with"), max_length=12, blank=True)
    with_agency = models.ForeignKey("access.Agency", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(with_person=None, with_family="")
                | Q(with_person=None, with_agency=None)
                | Q(with_family="", with_agency=None),
                name="%(class)s_in_one_place",
            ),
        )


class Placement(WithSomebody):
    """Where a child is to live, lives or lived, with the child's own view before it or why it was not asked."""

    class State(models.IntegerChoices):
        PROPOSED = 1, _("proposed")
        AGREED = 2, _("agreed to")
        GOING_ON = 3, _("the child lives there")
        ENDED = 4, _("ended")
        DROPPED = 5, _("not carried out")

    person = models.ForeignKey(Person, models.PROTECT, related_name="placements")
    kind = models.CharField(_("kind"), max_length=32)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.PROPOSED)
    own_view = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    not_asked_because = models.CharField(_("view not asked because"), max_length=32, blank=True)
    apart_because = models.CharField(_("apart from brothers and sisters because"), max_length=32, blank=True)
    apart_again_on = models.DateField(_("looked at again on"), null=True, blank=True)
    study_on = models.DateField(_("home study on"), null=True, blank=True)
    study_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    study_outcome = models.CharField(_("what the home study found"), max_length=32, blank=True)
    study_words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    family_agreed_on = models.DateField(_("receiving family agreed on"), null=True, blank=True)
    proposed_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("proposed on"))
    approved_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(_("agreed to on"), null=True, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=32, blank=True)

    class Meta:
        constraints = (
            *WithSomebody.Meta.constraints,
            models.CheckConstraint(
                condition=Q(own_view__isnull=False, not_asked_because="") | Q(own_view=None) & ~Q(not_asked_because=""),
                name="placement_view_or_why_not_asked",
            ),
            models.CheckConstraint(
                condition=Q(apart_because="", apart_again_on=None)
                | ~Q(apart_because="") & Q(apart_again_on__isnull=False),
                name="apart_for_a_reason_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(study_on=None, study_by=None, study_outcome="", study_words=None)
                | Q(study_on__isnull=False, study_by__isnull=False) & ~Q(study_outcome=""),
                name="study_has_day_author_and_outcome",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_on=None)
                | Q(approved_by__isnull=False, approved_on__isnull=False) & ~Q(approved_by=F("proposed_by")),
                name="placement_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=1, approved_by=None, since=None, until=None, end_reason="")
                | Q(state=2, approved_by__isnull=False, since=None, until=None, end_reason="")
                | Q(state=3, approved_by__isnull=False, since__isnull=False, review_on__isnull=False, until=None)
                & Q(end_reason="")
                | Q(state=4, approved_by__isnull=False, since__isnull=False, until__gte=F("since")) & ~Q(end_reason="")
                | Q(state=5, since=None, until__isnull=False) & ~Q(end_reason=""),
                name="placement_state_as_its_days",
            ),
            models.UniqueConstraint(fields=("person",), condition=Q(state=3), name="one_home_at_a_time"),
            models.UniqueConstraint(fields=("person",), condition=Q(state__in=[1, 2]), name="one_proposal_at_a_time"),
        )
        indexes = (
            models.Index(fields=("person", "state"), name="placements_of_person"),
            models.Index(fields=("review_on",), condition=Q(state=3), name="placements_by_review"),
            models.Index(fields=("apart_again_on",), condition=Q(state=3), name="placements_by_apart"),
        )

    @property
    def reach(self) -> Reach:
        """Return who leads the family that the child lives in now or last."""
        return self.person.reach

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is proposed or agreed to, and the child does not live there yet."""
        return self.state in (self.State.PROPOSED, self.State.AGREED)

    @property
    def days(self) -> int | None:
        """Return for how many days the child lives or lived there."""
        return ((self.until or today()) - self.since).days if self.since else None


class PlacementReview(models.Model):
    """A look at where a child lives: what was found, in the child's words too, and when next; never changed."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="reviews")
    on = models.DateField(_("on"))
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    own_view = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    not_asked_because = models.CharField(_("view not asked because"), max_length=32, blank=True)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    next_on = models.DateField(_("next on"))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(own_view__isnull=False, not_asked_because="") | Q(own_view=None) & ~Q(not_asked_because=""),
                name="review_view_or_why_not_asked",
            ),
        )


class CareDecision(WithSomebody):
    """Whoever cares for a child is away from one day to the next: to be decided the same day, and only by deciding."""

    class Outcome(models.IntegerChoices):
        STAYS = 1, _("stays with somebody for now")
        MOVED = 2, _("moved to somebody")
        BACK = 3, _("the carer is back")

    person = models.ForeignKey(Person, models.PROTECT, related_name="care_decisions")
    opened_on = models.DateField(_("opened on"))
    opened_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    outcome = models.SmallIntegerField(_("what was decided"), choices=Outcome.choices, null=True, blank=True)
    own_view = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    not_asked_because = models.CharField(_("view not asked because"), max_length=32, blank=True)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            *WithSomebody.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome=None, decided_on=None, decided_by=None)
                | Q(outcome__in=[1, 2, 3], decided_on__isnull=False, decided_by__isnull=False),
                name="care_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(outcome=None, own_view=None, not_asked_because="")
                | Q(outcome__isnull=False, own_view__isnull=False, not_asked_because="")
                | Q(outcome__isnull=False, own_view=None) & ~Q(not_asked_because=""),
                name="care_view_or_why_not_asked",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[1, 2]) & ~Q(with_person=None, with_family="", with_agency=None)
                | (Q(outcome=3) | Q(outcome=None)) & Q(with_person=None, with_family="", with_agency=None),
                name="care_decided_with_somebody",
            ),
            models.UniqueConstraint(fields=("person",), condition=Q(outcome=None), name="one_care_decision_open"),
        )
        indexes = (models.Index(fields=("opened_on",), condition=Q(outcome=None), name="care_decisions_open"),)

    @property
    def reach(self) -> Reach:
        """Return who leads the family that the child lives in now or last."""
        return self.person.reach
