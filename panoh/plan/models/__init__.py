"""Tables of the plan. They hold public bodies' own, and nothing of anybody who is helped."""

from panoh.plan.models.figures import Operation, PublishedFigure
from panoh.plan.models.progress import LETTERS, Funding, Milestone, Reached, Status
from panoh.plan.models.revisions import Change, Revision
from panoh.plan.models.tree import ActionBody, Area, Body, Pillar, Plan, PlanAction

__all__ = [
    "LETTERS",
    "ActionBody",
    "Area",
    "Body",
    "Change",
    "Funding",
    "Milestone",
    "Operation",
    "Pillar",
    "Plan",
    "PlanAction",
    "PublishedFigure",
    "Reached",
    "Revision",
    "Status",
]
