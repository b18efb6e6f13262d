"""Everything that changes the plan."""

from panoh.plan.actions.figures import Published, add_operation, record_figure, strike_out_figure
from panoh.plan.actions.loading import load_plan
from panoh.plan.actions.public_site import publish_site
from panoh.plan.actions.receiving import (
    give_back_body,
    give_back_plan,
    take_over_body,
    take_over_plan,
    take_over_status,
)
from panoh.plan.actions.receiving_figures import (
    give_back_indicator,
    give_back_level,
    give_back_period,
    give_back_value,
    take_over_indicator,
    take_over_level,
    take_over_period,
    take_over_value,
    why_no_indicator,
    why_no_period,
    why_no_value,
)
from panoh.plan.actions.receiving_reviews import (
    give_back_finding,
    give_back_point,
    give_back_review,
    take_over_answer,
    take_over_finding,
    take_over_point,
    take_over_return,
    take_over_review,
    why_no_answer,
    why_no_finding,
    why_no_point,
    why_no_return,
    why_no_review,
)
from panoh.plan.actions.record import enter_record
from panoh.plan.actions.revising import (
    Wanted,
    abandon_revision,
    adopt_revision,
    begin_revision,
    propose_change,
    take_out_change,
)
from panoh.plan.actions.statuses import (
    add_milestone,
    reach_milestone,
    record_funding,
    remove_milestone,
    report_status,
    take_back_reached,
    take_out_funding,
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
    remove_action,
)

__all__ = [
    "Published", "Wanted", "abandon_revision", "add_action", "add_area", "add_body", "add_milestone", "add_operation",
    "add_pillar", "adopt_plan", "adopt_revision", "begin_plan", "begin_revision", "edit_action", "enter_record",
    "give_back_body", "give_back_finding", "give_back_indicator", "give_back_level", "give_back_period",
    "give_back_plan", "give_back_point", "give_back_review", "give_back_value", "load_plan", "name_bodies",
    "propose_change", "publish_site", "reach_milestone", "record_figure", "record_funding", "remove_action",
    "remove_milestone", "report_status", "strike_out_figure", "take_back_reached", "take_out_change",
    "take_out_funding", "take_over_answer", "take_over_body", "take_over_finding", "take_over_indicator",
    "take_over_level", "take_over_period", "take_over_plan", "take_over_point", "take_over_return",
    "take_over_review", "take_over_status", "take_over_value", "why_no_answer", "why_no_finding", "why_no_indicator",
    "why_no_period", "why_no_point", "why_no_return", "why_no_review", "why_no_value",
]  # fmt: skip
