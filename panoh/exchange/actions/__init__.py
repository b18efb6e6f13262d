"""Everything that changes the exchange."""

from panoh.exchange.actions.events import add_event, add_statement
from panoh.exchange.actions.proposals import add_proposal, take_position

__all__ = ["add_event", "add_proposal", "add_statement", "take_position"]
