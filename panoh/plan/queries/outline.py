"""The plan in the words of one language, for a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from panoh.access.wordings import Wording
from panoh.plan.documents.outline import ActionTold, AreaTold, PillarTold, PlanTold, StatusTold
from panoh.plan.models import ActionBody, Area, Plan, PlanAction, Revision
from panoh.plan.queries.tree import pillars_of
from panoh.plan.states import state_name

__all__ = ["languages_of", "plan_told"]


Statuses = Mapping[str, Sequence[StatusTold]]


def plan_told(plan: Plan, language: str = "", statuses: Statuses | None = None) -> PlanTold:
    """Return the plan in the given language, or the reader's; a text that it lacks stands as it was written.

    statuses: by the number of the action.
    """
    with override(language or get_language()):
        return _told(plan, statuses or {})


def _told(plan: Plan, statuses: Statuses) -> PlanTold:
    edition = plan.revisions.filter(state=Revision.State.ADOPTED, edition=plan.edition).first()
    standing = str(plan.get_state_display())
    if plan.edition:
        standing = _("%(state)s, edition %(n)s") % {"state": standing, "n": plan.edition}
    return PlanTold(
        plan.code,
        (get_language() or "en").split("-")[0],
        str(plan.title),
        standing,
        [state_name(code) for code in plan.states],
        [
            PillarTold(
                pillar.number,
                pillar.roman,
                str(pillar.title),
                [_area(area, plan, statuses) for area in pillar.areas.all()],
            )
            for pillar in pillars_of(plan)
        ],
        plan.edition,
        plan.starts,
        plan.ends,
        edition.adopted_on if edition else None,
        edition.adopted_at if edition else "",
        plan.source,
    )


def _area(area: Area, plan: Plan, statuses: Statuses) -> AreaTold:
    actions = [_action(action, plan, statuses.get(action.code, ())) for action in _in_order(area.actions.all())]
    return AreaTold(area.code, str(area.title), str(area.rationale), actions)


def _in_order(actions: Iterable[PlanAction]) -> list[PlanAction]:
    """Return each action followed by its parts, 1.10 after 1.9."""

    def place(action: PlanAction) -> list[tuple[int, str]]:
        return [(int(part) if part.isdecimal() else 0, part) for part in action.code.split(".")]

    return sorted(actions, key=place)


def _action(action: PlanAction, plan: Plan, statuses: Sequence[StatusTold]) -> ActionTold:
    parts = list(action.bodies.all())
    lead = next((str(part.body) for part in parts if part.part == ActionBody.Part.LEAD), "")
    others = [f"{part.body} ({part.get_part_display()})" for part in parts if part.part != ActionBody.Part.LEAD]
    return ActionTold(
        action.code, str(action.text), lead, others, action.starts, action.ends,
        [state_name(code) for code in action.states or plan.states], statuses, str(action.get_grade_display()),
        action.source, 1 if action.parent_id else 0,
    )  # fmt: skip


def languages_of(plan: Plan) -> list[str]:
    """Return the languages that the plan has texts in, that of its title first."""
    texts: list[Wording] = [plan.title]
    for pillar in pillars_of(plan):
        texts.append(pillar.title)
        for area in pillar.areas.all():
            texts += [area.title, *(action.text for action in area.actions.all())]
    return list(dict.fromkeys(language for text in texts for language, said in text.items() if said)) or ["en"]
