"""What was promised to a family by a step of its plan, and not given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from panoh.access.clock import today
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Assistance, Family, PlanItem

__all__ = ["Unkept", "promised_and_not_given"]


@dataclass(frozen=True)
class Unkept:
    """A step whose day has passed without help that was recorded for it."""

    step: PlanItem
    service: str
    who: str
    due: date


def promised_and_not_given(family: Family) -> list[Unkept]:
    """Return the open steps of a family's plan whose day has passed without help recorded for them, oldest first."""
    given = Assistance.objects.filter(step=OuterRef("pk"), wrong_on=None)
    found = PlanItem.objects.filter(
        ~Exists(given), need__case__family=family, need__case__closed_on=None, outcome="", due__lt=today()
    ).select_related("provider", "responsible", "need__case__person")
    words = catalogue()
    return [
        Unkept(step, words.label("services", step.service), str(step.provider or step.responsible or ""), step.due)
        for step in found.order_by("due", "pk")
        if step.due
    ]
