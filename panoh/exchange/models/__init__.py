"""Tables of the exchange. They hold what officials and bodies said and wrote, and nothing of anybody who is helped."""

from panoh.exchange.models.events import Event, EventBody, Statement
from panoh.exchange.models.proposals import Position, Proposal
from panoh.exchange.models.reports import Report, ReportItem

__all__ = ["Event", "EventBody", "Position", "Proposal", "Report", "ReportItem", "Statement"]
