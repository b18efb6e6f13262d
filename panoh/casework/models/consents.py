"""The consent register: who agreed that what is told to whom, in which words it was asked, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.access.fields import SEALED, FieldClass
from panoh.access.models import Agency
from panoh.casework.models.people import Person


def consent_code() -> str:
    """Return a new code of a consent."""
    return new_code("CN")


class ConsentTerms(models.Model):
    """The words in which people were asked, as they stood; never changed, a new wording is a new version."""

    purpose = models.CharField(_("purpose"), max_length=32)
    language = models.CharField(_("language"), max_length=8)
    version = models.SmallIntegerField(_("version"))
    text = models.TextField(_("words"))
    since = models.DateField(_("since"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("purpose", "language", "version"), name="one_wording_of_a_version"),
        )


class Consent(models.Model):
    """What somebody said when asked: what may be told of them, for what, to whom, until when."""

    class State(models.IntegerChoices):
        GIVEN = 1, _("given")
        REFUSED = 2, _("refused")
        WITHDRAWN = 3, _("withdrawn")
        RENEWED = 4, _("renewed by a later one")

    class GivenBy(models.IntegerChoices):
        PERSON = 1, _("the person")
        GUARDIAN = 2, _("a guardian, for a child")

    class Assent(models.IntegerChoices):
        YES = 1, _("the child agrees")
        NO = 2, _("the child does not agree")
        NOT_ASKED = 3, _("the child was not asked")

    code = models.CharField(_("code"), max_length=12, unique=True, default=consent_code)
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=32)
    kinds = ArrayField(models.SmallIntegerField(choices=Agency.Kind.choices), verbose_name=_("to all"), default=list)
    agencies = ArrayField(models.CharField(max_length=16), verbose_name=_("to these agencies"), default=list)
    classes = ArrayField(models.SmallIntegerField(choices=FieldClass.choices), verbose_name=_("what may be told"))
    given_by = models.SmallIntegerField(_("said by"), choices=GivenBy.choices)
    guardian = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.CharField(_("what shows the guardianship"), max_length=32, blank=True)
    assent = models.SmallIntegerField(_("the child"), choices=Assent.choices, null=True, blank=True)
    not_asked_because = models.CharField(_("why the child was not asked"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=8)
    is_interpreted = models.BooleanField(_("with an interpreter"), default=False)
    terms = models.ForeignKey(ConsentTerms, models.PROTECT, related_name="+")
    state = models.SmallIntegerField(_("state"), choices=State.choices)
    said_on = models.DateField(_("said on"))
    until = models.DateField(_("until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    renews = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="renewed_by")
    recorded_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now())

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(given_by=1, guardian=None, evidence="", assent=None)
                | Q(given_by=2, guardian__isnull=False, assent__isnull=False) & ~Q(evidence=""),
                name="guardian_with_evidence_and_the_child",
            ),
            models.CheckConstraint(
                condition=Q(assent=3) & ~Q(not_asked_because="")
                | (Q(assent=None) | Q(assent__in=[1, 2])) & Q(not_asked_because=""),
                name="child_not_asked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=2) | ~Q(assent=2) | Q(assent=None), name="not_given_against_the_child"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[1, 2], ended_on=None) | Q(state__in=[3, 4], ended_on__isnull=False),
                name="consent_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=2, until=None) | ~Q(state=2) & Q(until__isnull=False), name="consent_until_a_day"
            ),
            models.CheckConstraint(
                condition=Q(kinds__len__gte=1) | Q(agencies__len__gte=1), name="consent_names_recipients"
            ),
            models.CheckConstraint(condition=Q(classes__len__gte=1), name="consent_says_what"),
        )
        indexes = (models.Index(fields=("person", "-said_on"), name="consents_of_person"),)

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the person's family."""
        return self.person.reach

    @property
    def holds(self) -> bool:
        """Tell whether it is given and not over."""
        return self.state == self.State.GIVEN and self.until is not None and self.until >= today()

    @property
    def is_over(self) -> bool:
        """Tell whether it was given, and its last day has passed."""
        return self.state == self.State.GIVEN and not self.holds

    def covers(self, agency: Agency, classes: Iterable[int]) -> bool:
        """Tell whether it holds, and lets an agency know all of this; that there is a file goes with each."""
        told = set(classes) - {FieldClass.FILE, *SEALED}
        is_named = agency.code in self.agencies or agency.kind in self.kinds
        return self.holds and is_named and told <= set(self.classes)
