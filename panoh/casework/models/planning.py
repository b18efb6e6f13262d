"""What an assessment found in each domain of life, and the versions of a plan, agreed and signed with the family."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.access.fields import FieldClass
from panoh.casework.models.care import Assessment, Need, PlanItem
from panoh.casework.models.cases import Case


def version_code() -> str:
    """Return a new code of a version of a plan."""
    return new_code("PV")


class AssessedDomain(models.Model):
    """What goes well in one domain of life and what is needed there, in sealed words of its class; never a figure."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="domains")
    domain = models.CharField(_("domain"), max_length=32)
    field_class = models.SmallIntegerField(choices=FieldClass.choices)
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("assessment", "domain"), name="each_domain_once"),)


class PlanVersion(models.Model):
    """A plan as it stood when it was written down; never changed, so that it can be compared and signed."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=version_code)
    case = models.ForeignKey(Case, models.PROTECT, related_name="plan_versions")
    number = models.PositiveSmallIntegerField(_("number"))
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    made_on = models.DateField(_("made on"))
    made_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    goal = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    review_on = models.DateField(_("to be gone through again by"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="versions_of_a_plan_are_numbered"),
            models.CheckConstraint(condition=Q(review_on__gt=models.F("made_on")), name="plan_is_gone_through_later"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the lead agency and worker of the family."""
        return self.case.reach


class PlanLine(models.Model):
    """One line of a version: a need, and the step that answers it as it was then; never changed."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="lines")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    step = models.ForeignKey(PlanItem, models.PROTECT, null=True, blank=True, related_name="+")
    field_class = models.SmallIntegerField(choices=FieldClass.choices)
    urgency = models.SmallIntegerField(_("urgency"), choices=Need.Urgency.choices)
    service = models.CharField(_("service"), max_length=12, blank=True)
    provider = models.ForeignKey("access.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    responsible = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(step=None, service="", due=None) | Q(step__isnull=False) & ~Q(service=""),
                name="line_of_a_step_says_its_service",
            ),
            models.CheckConstraint(
                condition=~Q(urgency=1) | Q(step__isnull=False, responsible__isnull=False, due__isnull=False),
                name="urgent_line_has_step_owner_date",
            ),
        )


class PlanSignature(models.Model):
    """Who agreed to a version of a plan, as what, in which language and who read it out; never changed."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="signatures")
    person = models.ForeignKey("casework.Person", models.PROTECT, null=True, blank=True, related_name="+")
    signer = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    signing = models.CharField(_("as what"), max_length=32)
    signed_on = models.DateField(_("signed on"))
    language = models.CharField(_("language"), max_length=32)
    read_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    reserve = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, signer=None) | Q(person=None, signer__isnull=False),
                name="signed_by_somebody",
            ),
            models.UniqueConstraint(fields=("version", "person"), name="each_signs_once"),
        )
