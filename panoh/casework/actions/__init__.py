"""Everything that changes casework: one function per business step."""

from panoh.casework.actions.absences import end_absence, name_stand_in, open_files
from panoh.casework.actions.absent import decide_care, say_carer_absent
from panoh.casework.actions.anew import ReadAnew, read_anew
from panoh.casework.actions.approvals import agree_to_step, ask_to_close, ask_to_reopen, decline_step, take_back_step
from panoh.casework.actions.assessing import assess, record_need, settle_need
from panoh.casework.actions.care import (
    cancel_task,
    cancel_visit,
    change_step,
    correct_assistance,
    do_task,
    give_assistance,
    make_visit,
    plan_step,
    plan_visit,
    set_task,
    settle_step,
    write_note,
)
from panoh.casework.actions.cases import (
    assign_family,
    close_case,
    end_account,
    move_case,
    move_family,
    open_case,
    reopen_case,
)
from panoh.casework.actions.columns import remember_column
from panoh.casework.actions.complaints import (
    Taken,
    acknowledge_complaint,
    answer_complaint,
    ask_by_code,
    read_answer,
    share_out_complaint,
    take_complaint,
    who_asks,
)
from panoh.casework.actions.conferences import (
    Invited,
    call_conference,
    cancel_conference,
    end_conference,
    record_dissent,
    record_point,
)
from panoh.casework.actions.consents import Answer, Basis, record_consent, renew_consent, withdraw_consent
from panoh.casework.actions.contacts import set_safe_contact, set_safe_contact_of_family
from panoh.casework.actions.directory import Told, change_offer, end_offer, offer_service, tell_places
from panoh.casework.actions.emergencies import break_glass, review_emergency
from panoh.casework.actions.exports import (
    Fetched,
    approve_export,
    ask_export,
    decline_export,
    fetch_export,
    give_up_export,
    lock_export,
    make_export,
    purge_export,
)
from panoh.casework.actions.families import (
    add_fact,
    amend_identity,
    correct_person,
    create_family,
    move_person,
    register_person,
    settle_birth,
    settle_district,
    state_relationship,
    verify_relationship,
)
from panoh.casework.actions.following import (
    give_up_fade_out,
    look_again,
    open_events,
    order_visits,
    plan_fade_out,
    plan_follow_up,
)
from panoh.casework.actions.forgetting import forget_again, forget_person
from panoh.casework.actions.guardianships import end_guardianship, record_guardianship
from panoh.casework.actions.handing import (
    agree_hand_over,
    answer_question,
    decline_hand_over,
    fetch_receipt,
    give_up_hand_over,
    leave_stub,
    propose_hand_over,
    receive_hand_over,
    record_question,
    send_hand_over,
    take_receipt,
)
from panoh.casework.actions.interests import (
    add_option,
    answer_determination_appeal,
    answer_panel,
    appeal_determination,
    begin_determination,
    decide_determination,
    seat_on_panel,
    send_to_panel,
    withdraw_determination,
    write_determination,
)
from panoh.casework.actions.interviews import record_interview
from panoh.casework.actions.joining import SuggestedPair, decide_pair, suggest_pairs
from panoh.casework.actions.journeys import (
    add_hypothesis,
    book_flight,
    hand_over_person,
    record_kinship_test,
    settle_hypothesis,
    take_off_flight,
)
from panoh.casework.actions.lawful import (
    answer_lawful,
    appeal_lawful,
    give_notice,
    postpone_notice,
    record_lawful,
    refuse_lawful,
    review_lawful,
)
from panoh.casework.actions.linking import Linked, link_list
from panoh.casework.actions.lists import (
    confirm_list,
    decide_row,
    discard_list,
    dry_run,
    mend_row,
    purge_list,
    read_list,
)
from panoh.casework.actions.merging import agree_to_merge, decline_merge, propose_merge, undo_merge
from panoh.casework.actions.notices import end_calendar, open_calendar, remind, see_notices, tell, tell_who_may, wish
from panoh.casework.actions.papers import (
    add_picture,
    hold_paper,
    lead_legal_file,
    open_legal_file,
    record_document,
)
from panoh.casework.actions.parting import rejoin_family, say_whereabouts, split_family
from panoh.casework.actions.passing_on import pass_on, remind_of_consents, watch_referrals
from panoh.casework.actions.placements import (
    View,
    With,
    agree_on_placement,
    approve_placement,
    begin_placement,
    drop_placement,
    end_placement,
    explain_apart,
    propose_placement,
    review_placement,
    study_home,
)
from panoh.casework.actions.planning import sign_plan, write_plan
from panoh.casework.actions.programmes import end_programme, open_programme
from panoh.casework.actions.protecting import end_protection, protect_family
from panoh.casework.actions.reception import (
    check_medically,
    give_rooms,
    note_missing_documents,
    receive_late,
    receive_list,
)
from panoh.casework.actions.referrals import (
    accept_referral,
    complete_referral,
    decline_referral,
    send_referral,
    take_back_referral,
)
from panoh.casework.actions.refusals import answer_appeal, appeal_refusal, record_refusal
from panoh.casework.actions.restoring import correct_report, restore_text, reword_need
from panoh.casework.actions.retention import (
    agree_disposal,
    carry_out,
    decline_disposal,
    end_hold,
    hold_back,
    propose_disposal,
)
from panoh.casework.actions.rights import answer_request, give_code, give_copy, put_right, record_request
from panoh.casework.actions.several import MOST_AT_ONCE, Report, move_task, plan_visits, several_tasks
from panoh.casework.actions.sharing import end_grant, give_grant, stop_withholding, withhold
from panoh.casework.actions.slips import MadeSlip, Question, answer_slip, make_slip, question_of, try_code
from panoh.casework.actions.tracing import answer_tracing_request, withdraw_tracing_request
from panoh.casework.actions.transfers import (
    agree_to_transfer,
    ask_transfer,
    decline_transfer,
    refuse_transfer,
    take_back_transfer,
    take_over,
)
from panoh.casework.actions.watching import raise_alarms, review_alarm

__all__ = [
    "MOST_AT_ONCE", "Answer", "Basis", "Fetched", "Invited", "Linked", "MadeSlip", "Question", "ReadAnew", "Report",
    "SuggestedPair", "Taken", "Told", "View", "With", "accept_referral", "acknowledge_complaint", "add_fact",
    "add_hypothesis", "add_option", "add_picture", "agree_disposal", "agree_hand_over", "agree_on_placement",
    "agree_to_merge", "agree_to_step", "agree_to_transfer", "amend_identity", "answer_appeal", "answer_complaint",
    "answer_determination_appeal", "answer_lawful", "answer_panel", "answer_question", "answer_request", "answer_slip",
    "answer_tracing_request", "appeal_determination", "appeal_lawful", "appeal_refusal", "approve_export",
    "approve_placement", "ask_by_code", "ask_export", "ask_to_close", "ask_to_reopen", "ask_transfer", "assess",
    "assign_family", "begin_determination", "begin_placement", "book_flight", "break_glass", "call_conference",
    "cancel_conference", "cancel_task", "cancel_visit", "carry_out", "change_offer", "change_step", "check_medically",
    "close_case", "complete_referral", "confirm_list", "correct_assistance", "correct_person", "correct_report",
    "create_family", "decide_care", "decide_determination", "decide_pair", "decide_row", "decline_disposal",
    "decline_export", "decline_hand_over", "decline_merge", "decline_referral", "decline_step", "decline_transfer",
    "discard_list", "do_task", "drop_placement", "dry_run", "end_absence", "end_account", "end_calendar",
    "end_conference", "end_grant", "end_guardianship", "end_hold", "end_offer", "end_placement", "end_programme",
    "end_protection", "explain_apart", "fetch_export", "fetch_receipt", "forget_again", "forget_person",
    "give_assistance", "give_code", "give_copy", "give_grant", "give_notice", "give_rooms", "give_up_export",
    "give_up_fade_out", "give_up_hand_over", "hand_over_person", "hold_back", "hold_paper", "lead_legal_file",
    "leave_stub", "link_list", "lock_export", "look_again", "make_export", "make_slip", "make_visit", "mend_row",
    "move_case", "move_family", "move_person", "move_task", "name_stand_in", "note_missing_documents", "offer_service",
    "open_calendar", "open_case", "open_events", "open_files", "open_legal_file", "open_programme", "order_visits",
    "pass_on", "plan_fade_out", "plan_follow_up", "plan_step", "plan_visit", "plan_visits", "postpone_notice",
    "propose_disposal", "propose_hand_over", "propose_merge", "propose_placement", "protect_family", "purge_export",
    "purge_list", "put_right", "question_of", "raise_alarms", "read_anew", "read_answer", "read_list",
    "receive_hand_over", "receive_late", "receive_list", "record_consent", "record_dissent", "record_document",
    "record_guardianship", "record_interview", "record_kinship_test", "record_lawful", "record_need", "record_point",
    "record_question", "record_refusal", "record_request", "refuse_lawful", "refuse_transfer", "register_person",
    "rejoin_family", "remember_column", "remind", "remind_of_consents", "renew_consent", "reopen_case", "restore_text",
    "review_alarm", "review_emergency", "review_lawful", "review_placement", "reword_need", "say_carer_absent",
    "say_whereabouts", "seat_on_panel", "see_notices", "send_hand_over", "send_referral", "send_to_panel",
    "set_safe_contact", "set_safe_contact_of_family", "set_task", "settle_birth", "settle_district",
    "settle_hypothesis", "settle_need", "settle_step", "several_tasks", "share_out_complaint", "sign_plan",
    "split_family", "state_relationship", "stop_withholding", "study_home", "suggest_pairs", "take_back_referral",
    "take_back_step", "take_back_transfer", "take_complaint", "take_off_flight", "take_over", "take_receipt", "tell",
    "tell_places", "tell_who_may", "try_code", "undo_merge", "verify_relationship", "watch_referrals", "who_asks",
    "wish", "withdraw_consent", "withdraw_determination", "withdraw_tracing_request", "withhold", "write_determination",
    "write_note", "write_plan",
]  # fmt: skip
