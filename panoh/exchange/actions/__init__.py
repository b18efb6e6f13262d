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

__all__ = [
    "add_event", "add_partner", "add_proposal", "add_statement", "confirm_partner", "decline_parcel", "end_partner",
    "fetch_parcel", "receive_parcel", "send_parcel", "take_back_parcel", "take_in_parcel", "take_position",
]  # fmt: skip
