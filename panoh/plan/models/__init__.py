"""Tables of the plan. They hold public bodies' own, and nothing of anybody who is helped."""

from panoh.plan.models.indicators import Every, Indicator, Level, Period
from panoh.plan.models.reviews import ActionPoint, Answer, Finding, Question, Review
from panoh.plan.models.revisions import Change, Revision
from panoh.plan.models.summaries import Section, Summary
from panoh.plan.models.tree import ActionBody, Area, Body, Pillar, Plan, PlanAction
from panoh.plan.models.values import GateAnswer, Publication, Remark, Value

__all__ = [
    "ActionBody", "ActionPoint", "Answer", "Area", "Body", "Change", "Every", "Finding", "GateAnswer", "Indicator",
    "Level", "Period", "Pillar", "Plan", "PlanAction", "Publication", "Question", "Remark", "Review", "Revision",
    "Section", "Summary", "Value",
]  # fmt: skip
