"""Who acts for a child by decision of a guardianship body or a court, in the two forms that the law has by age."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Reach
from panoh.casework.models.people import Person
from panoh.casework.models.placements import WithSomebody


class Guardianship(WithSomebody):
    """Whom a decision made the guardian or trustee of a child; that it changes at 14 and ends at 18 is not stored."""

    class Form(models.IntegerChoices):
        GUARDIANSHIP = 1, _("guardianship (child under 14)")
        TRUSTEESHIP = 2, _("trusteeship (14 to 18)")

    person = models.ForeignKey(Person, models.PROTECT, related_name="guardianships")
    form = models.SmallIntegerField(_("form"), choices=Form.choices)
    authority = models.ForeignKey("access.Agency", models.PROTECT, verbose_name=_("decided by"), related_name="+")
    number = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=32, blank=True)
    recorded_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            *WithSomebody.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(with_person=None, with_family="", with_agency=None), name="guardian_is_somebody"
            ),
            models.CheckConstraint(condition=~Q(with_person=F("person")), name="nobody_is_their_own_guardian"),
            models.CheckConstraint(condition=Q(form__in=[1, 2]), name="guardianship_form_known"),
            models.CheckConstraint(
                condition=Q(since__gte=F("decided_on")) & (Q(until=None) | Q(until__gte=F("since"))),
                name="guardianship_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | Q(ended_on__gte=F("since")) & ~Q(end_reason=""),
                name="guardianship_ended_for_a_reason",
            ),
            models.UniqueConstraint(fields=("person",), condition=Q(ended_on=None), name="one_guardianship_at_a_time"),
        )

    @property
    def reach(self) -> Reach:
        """Return who leads the family that the child lives in now or last."""
        return self.person.reach
