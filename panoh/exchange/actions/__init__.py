"""Everything that changes the exchange."""

from panoh.exchange.actions.events import add_event, add_statement
from panoh.exchange.actions.proposals import add_proposal, take_position
from panoh.exchange.actions.reports import (
    Together,
    confirm_item,
    confirm_items,
    correct_item,
    enter_report,
    read_report,
    reject_item,
    undo_item,
)

__all__ = [
    "Together", "add_event", "add_proposal", "add_statement", "confirm_item", "confirm_items", "correct_item",
    "enter_report", "read_report", "reject_item", "take_position", "undo_item",
]  # fmt: skip
