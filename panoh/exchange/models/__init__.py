"""Tables of the exchange. They hold what officials and bodies said and wrote, and nothing of anybody who is helped."""

from panoh.exchange.models.events import Event, EventBody, Statement
from panoh.exchange.models.parcels import Arrived, Parcel, ParcelStep, Partner
from panoh.exchange.models.proposals import Position, Proposal
from panoh.exchange.models.reports import Report, ReportItem

__all__ = [
    "Arrived", "Event", "EventBody", "Parcel", "ParcelStep", "Partner", "Position", "Proposal", "Report", "ReportItem",
    "Statement",
]  # fmt: skip
