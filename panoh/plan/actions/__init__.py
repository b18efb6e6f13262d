"""Everything that changes the plan."""

from panoh.plan.actions.figures import Published, add_operation, record_figure, strike_out_figure
from panoh.plan.actions.public_site import publish_site
from panoh.plan.actions.record import enter_record
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
    "Published", "Wanted", "abandon_revision", "add_action", "add_area", "add_body", "add_operation", "add_pillar",
    "adopt_plan", "adopt_revision", "begin_plan", "begin_revision", "edit_action", "enter_record", "name_bodies",
    "propose_change", "publish_site", "record_figure", "strike_out_figure", "take_out_change",
]  # fmt: skip
