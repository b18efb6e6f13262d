"""Tables of the exchange. They hold what officials and bodies said and wrote, and nothing of anybody who is helped."""

from panoh.exchange.models.events import Event, EventBody, Statement
from panoh.exchange.models.lessons import MOST_TAGS, TEXTS, Lesson, LessonReview, LessonVersion
from panoh.exchange.models.parcels import Arrived, Parcel, ParcelStep, Partner
from panoh.exchange.models.programme import Decision, Output, Participation, Registration, Session
from panoh.exchange.models.proposals import Position, Proposal, ProposalPart
from panoh.exchange.models.reports import Report, ReportItem
from panoh.plan.models import Area, Body, Change, Plan, PlanAction

__all__ = [
    "MOST_TAGS", "TEXTS", "Area", "Arrived", "Body", "Change", "Decision", "Event", "EventBody", "Lesson",
    "LessonReview", "LessonVersion", "Output", "Parcel", "ParcelStep", "Participation", "Partner", "Plan", "PlanAction",
    "Position", "Proposal", "ProposalPart", "Registration", "Report", "ReportItem", "Session", "Statement",
]  # fmt: skip
