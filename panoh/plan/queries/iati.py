"""The plan as activities of IATI: itself, and each action that is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from panoh.access.clock import today
from panoh.access.refusals import Unknown
from panoh.access.wordings import Wording
from panoh.plan.documents.figures import IndicatorFigures
from panoh.plan.documents.iati import Activity, Organisation, Tag, as_iati, checked_identifier
from panoh.plan.models import ActionBody, Area, Body, Pillar, Plan, PlanAction, Revision
from panoh.plan.queries.told import published_figures
from panoh.plan.queries.tree import pillars_of
from panoh.plan.refusals_documents import PlanNotPublic
from panoh.plan.states import state_name

__all__ = ["iati_of"]

KINDS = {
    Body.Kind.STATE: "10", Body.Kind.UN: "40", Body.Kind.REGIONAL: "40", Body.Kind.CIVIL: "22",
    Body.Kind.RESEARCH: "80", Body.Kind.OTHER: "90",
}  # fmt: skip
# Whoever is only consulted takes no part as IATI counts it.
ROLES = {ActionBody.Part.LEAD: "2", ActionBody.Part.CONTRIBUTOR: "4", ActionBody.Part.FUNDER: "1"}
PIPELINE, IMPLEMENTATION, CLOSED = "1", "2", "4"


def iati_of(plan: Plan, *, reporter: str, identifier: str) -> bytes:
    """Return the plan as IATI 2.03; reporter: code of the body that reports, identifier: its own in IATI.

    Raises:
        PlanNotPublic: the plan is a draft.
        Unknown: no such body is registered.
        ReporterUnknown: the identifier is none.
    """
    adopted = plan.revisions.filter(state=Revision.State.ADOPTED).order_by("edition").first()
    if plan.state == Plan.State.DRAFT or adopted is None or adopted.adopted_on is None:
        raise PlanNotPublic
    body = Body.objects.filter(code=reporter).first()
    if body is None:
        raise Unknown(word=reporter, what=_("bodies"))
    by = Organisation(body.name, KINDS[Body.Kind(body.kind)], "2", checked_identifier(identifier))
    with override("en"):
        written = _Writing(plan, by.identifier, adopted.adopted_on, published_figures(plan))
        return as_iati(written.activities(), by, vocabulary=plan.source, made=now())


class _Writing:
    """The activities of one plan; a date that an action lacks is that of the plan, or the day it was adopted."""

    def __init__(self, plan: Plan, identifier: str, adopted_on: date, indicators: Sequence[IndicatorFigures]) -> None:
        self.plan, self.indicators = plan, indicators
        self.own = f"{identifier}-{plan.code}"
        self.starts = plan.starts or adopted_on
        served = plan.actions.filter(until=None).prefetch_related("also_serves")
        self.serves = {action.pk: list(action.also_serves.all()) for action in served}

    def activities(self) -> list[Activity]:
        """Return the plan, then its actions."""
        plan = self.plan
        found = [
            self._action(pillar, area, action)
            for pillar in pillars_of(plan)
            for area in pillar.areas.all()
            for action in area.actions.all()
        ]
        whole = Activity(
            self.own, plan.title, plan.title, self._status(plan.starts, plan.ends), self.starts,
            self._where(plan.states), plan.ends, document=plan.source, children=[one.identifier for one in found],
            indicators=[one for one in self.indicators if not one.action],
        )  # fmt: skip
        return [whole, *found]

    def _action(self, pillar: Pillar, area: Area, action: PlanAction) -> Activity:
        pillars = [pillar, *self.serves.get(action.pk, ())]
        return Activity(
            f"{self.own}-{action.code}",
            action.text,
            action.text,
            self._status(action.starts, action.ends),
            action.starts or self.starts,
            self._where(action.states or self.plan.states),
            action.ends or self.plan.ends,
            [
                Organisation(one.body.name or Wording({"en": one.body.code}), KINDS[Body.Kind(one.body.kind)], role)
                for one in action.bodies.all()
                if (role := ROLES.get(ActionBody.Part(one.part)))
            ],
            [Tag(f"{pillar.number}/{area.code}", area.title)],
            [Tag(one.roman, one.title) for one in pillars],
            action.source,
            self.own,
            (),
            [one for one in self.indicators if one.action == action.code],
        )

    def _status(self, starts: date | None, ends: date | None) -> str:
        if self.plan.state == Plan.State.ENDED or (ends and ends < today()):
            return CLOSED
        return PIPELINE if starts and starts > today() else IMPLEMENTATION

    def _where(self, states: Sequence[str]) -> list[tuple[str, str]]:
        return [(code, state_name(code)) for code in states]
