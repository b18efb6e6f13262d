"""Everything that changes the exchange."""

from panoh.exchange.actions.events import (
    add_event,
    add_part,
    add_statement,
    change_part,
    edit_event,
    purge_registrations,
    remove_part,
)
from panoh.exchange.actions.lessons import (
    consent_to_lesson,
    edit_lesson,
    publish_lesson,
    review_lesson,
    submit_lesson,
    take_back_lesson,
    translate_lesson,
    withdraw_lesson,
    write_lesson,
)
from panoh.exchange.actions.parcels import (
    decline_parcel,
    fetch_parcel,
    receive_parcel,
    send_parcel,
    take_back_parcel,
    take_in_parcel,
)
from panoh.exchange.actions.partners import add_partner, confirm_partner, end_partner
from panoh.exchange.actions.proposals import (
    add_proposal,
    adopt_proposal,
    circulate_proposal,
    consolidate_proposals,
    edit_proposal,
    reject_proposal,
    take_position,
    withdraw_proposal,
    word_part,
)
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
    "Together", "add_event", "add_part", "add_partner", "add_proposal", "add_statement", "adopt_proposal",
    "change_part", "circulate_proposal", "confirm_item", "confirm_items", "confirm_partner", "consent_to_lesson",
    "consolidate_proposals", "correct_item", "decline_parcel", "edit_event", "edit_lesson", "edit_proposal",
    "end_partner", "enter_report", "fetch_parcel", "publish_lesson", "purge_registrations", "read_report",
    "receive_parcel", "reject_item", "reject_proposal", "remove_part", "review_lesson", "send_parcel", "submit_lesson",
    "take_back_lesson", "take_back_parcel", "take_in_parcel", "take_position", "translate_lesson", "undo_item",
    "withdraw_lesson", "withdraw_proposal", "word_part", "write_lesson",
]  # fmt: skip
