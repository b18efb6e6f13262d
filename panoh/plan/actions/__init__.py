"""Everything that changes the plan."""

from panoh.plan.actions.receiving import give_back_body, give_back_plan, take_over_body, take_over_plan
from panoh.plan.actions.revising import (
    Wanted,
    abandon_revision,
    adopt_revision,
    begin_revision,
    propose_change,
    take_out_change,
)
from panoh.plan.actions.writing import (
    add_action,
    add_area,
    add_body,
    add_pillar,
    adopt_plan,
    begin_plan,
    edit_action,
    name_bodies,
)

__all__ = [
    "Wanted", "abandon_revision", "add_action", "add_area", "add_body", "add_pillar", "adopt_plan", "adopt_revision",
    "begin_plan", "begin_revision", "edit_action", "give_back_body", "give_back_plan", "name_bodies", "propose_change",
    "take_out_change", "take_over_body", "take_over_plan",
]  # fmt: skip
