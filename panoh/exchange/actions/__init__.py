"""Everything that changes the exchange."""

from panoh.exchange.actions.events import add_event, add_statement
from panoh.exchange.actions.parcels import (
    decline_parcel,
    fetch_parcel,
    receive_parcel,
    send_parcel,
    take_back_parcel,
    take_in_parcel,
)
from panoh.exchange.actions.partners import add_partner, confirm_partner, end_partner
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
    "Together", "add_event", "add_partner", "add_proposal", "add_statement", "confirm_item", "confirm_items",
    "confirm_partner", "correct_item", "decline_parcel", "end_partner", "enter_report", "fetch_parcel", "read_report",
    "receive_parcel", "reject_item", "send_parcel", "take_back_parcel", "take_in_parcel", "take_position", "undo_item",
]  # fmt: skip
