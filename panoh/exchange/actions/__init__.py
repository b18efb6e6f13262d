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

__all__ = [
    "add_event", "add_part", "add_proposal", "add_statement", "adopt_proposal", "change_part", "circulate_proposal",
    "consent_to_lesson", "consolidate_proposals", "edit_event", "edit_lesson", "edit_proposal", "publish_lesson",
    "purge_registrations", "reject_proposal", "remove_part", "review_lesson", "submit_lesson", "take_back_lesson",
    "take_position", "translate_lesson", "withdraw_lesson", "withdraw_proposal", "word_part", "write_lesson",
]  # fmt: skip
