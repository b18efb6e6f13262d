"""Tables of the plan. They hold public bodies' own, and nothing of anybody who is helped."""

from panoh.plan.models.figures import Operation, PublishedFigure
from panoh.plan.models.indicators import Every, Indicator, Level, Period
from panoh.plan.models.progress import LETTERS, Funding, Milestone, Reached, Status
from panoh.plan.models.reviews import ActionPoint, Answer, Finding, Question, Review
from panoh.plan.models.revisions import Change, Revision
from panoh.plan.models.summaries import Section, Summary
from panoh.plan.models.tree import ActionBody, Area, Body, Pillar, Plan, PlanAction
from panoh.plan.models.values import GateAnswer, Publication, Remark, Value

__all__ = [
    "LETTERS", "ActionBody", "ActionPoint", "Answer", "Area", "Body", "Change", "Every", "Finding", "Funding",
    "GateAnswer", "Indicator", "Level", "Milestone", "Operation", "Period", "Pillar", "Plan", "PlanAction",
    "Publication", "PublishedFigure", "Question", "Reached", "Remark", "Review", "Revision", "Section", "Status",
    "Summary", "Value",
]  # fmt: skip
