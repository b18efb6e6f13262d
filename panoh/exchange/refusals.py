"""What the exchange refuses, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class ReportEmpty(NotRight):
    code = "exchange.report-empty"
    says = _("This file holds no text. Check that the right file was chosen and that it was saved.")


class ReportTooLong(NotRight):
    code = "exchange.report-too-long"
    says = _("This file has %(megabytes)s MB; a report may have %(most)s MB. Save its text alone, or send it in parts.")


class ReportUnreadable(NotRight):
    code = "exchange.report-unreadable"
    says = _(
        "This is %(found)s. Panoh reads reports as text (.txt, .md), .docx and PDF: save the report as one of these."
    )


class ReportDamaged(NotRight):
    code = "exchange.report-damaged"
    says = _("This document is damaged or only half copied. Open it where it was made, save it again and send it.")


class ReportScanned(NotRight):
    code = "exchange.report-scanned"
    says = _("This PDF holds pictures of pages and no text. Have its text recognised, or type or paste the text.")


class ReportLocked(NotRight):
    code = "exchange.report-locked"
    says = _("This PDF asks for a password. Save it without one and send it again.")


class ReportTooManyPages(NotRight):
    code = "exchange.report-too-many-pages"
    says = _("This PDF has %(pages)s pages; a report may have %(most)s. Send it in parts.")


class ReportTooSlow(NotRight):
    code = "exchange.report-too-slow"
    says = _("The text of this PDF was not found within %(seconds)s seconds. Save its text alone and send that.")


class LettersUnknown(NotRight):
    code = "exchange.letters-unknown"
    says = _("The letters of this file cannot be made out. Save it as text in UTF-8 and send it again.")


class ModelMissing(NotNow):
    code = "exchange.model-missing"
    says = _("PANOH_REPORT_MODEL names “%(name)s”, which is not installed. Correct the setting, or leave it out.")


class PositionOfNobody(NotRight):
    code = "exchange.position-of-nobody"
    says = _("A position is a country's or a body's. Name one of them.")


class ProposalOver(NotNow):
    code = "exchange.proposal-over"
    says = _("This proposal was decided, merged or withdrawn; no position is taken on it any more.")


class ReportTooManyLetters(NotRight):
    code = "exchange.report-too-many-letters"
    says = _("This text has %(letters)s letters; a report may have %(most)s. Enter it in parts.")


class SameReport(NotNow):
    code = "exchange.same-report"
    says = _("This text was entered already, as report %(report)s. Go on there.")


class ItemDecided(NotNow):
    code = "exchange.item-decided"
    says = _("Somebody decided on this already. Undo that first, then decide anew.")


class ItemOpen(NotNow):
    code = "exchange.item-open"
    says = _("Nobody has decided on this yet; there is nothing to undo.")


class EventFirst(NotNow):
    code = "exchange.event-first"
    says = _("Confirm the event of the report first: what was said there is entered with it.")


class ProposalFirst(NotNow):
    code = "exchange.proposal-first"
    says = _("Confirm the proposal first: “%(proposal)s”.")


class PersonRejected(NotNow):
    code = "exchange.person-rejected"
    says = _("“%(name)s” was rejected. Correct who it was, or undo that.")


class BodyOfThePlan(NotNow):
    code = "exchange.body-of-the-plan"
    says = _("No body of this name is registered, and you may not register one. Ask who edits the plan, or reject it.")


class StanceUnknown(NotRight):
    code = "exchange.stance-unknown"
    says = _("The report does not say clearly where they stand. Correct it: choose the position.")


class DayUnknown(NotRight):
    code = "exchange.day-unknown"
    says = _("The day of the event is not known. Correct this item and enter the day on which it was said.")


class LabelInOurWords(NotRight):
    code = "exchange.label-in-our-words"
    says = _("“%(words)s” labels people. Correct the wording, or put it between quotation marks.")


class RestsOnIt(NotNow):
    code = "exchange.rests-on-it"
    says = _("This is needed by what was entered after it: %(what)s. Undo that first.")


class EntryNotRight(NotRight):
    code = "exchange.entry-not-right"
    says = _("This cannot be entered so: %(why)s")


class LessonNotOpen(NotNow):
    code = "exchange.lesson-not-open"
    says = _("This lesson is published or withdrawn. Take it back to a draft first; it is then reviewed anew.")


class LessonFromElsewhere(NotNow):
    code = "exchange.lesson-from-elsewhere"
    says = _("This lesson came in a parcel. It is changed where it was written, and comes anew.")


class LessonChangedMeanwhile(NotNow):
    code = "exchange.lesson-changed"
    says = _(
        "Somebody changed this lesson while you were writing; it is at version %(version)s now. Open it anew, and"
        " bring the two together."
    )


class LessonNotInReview(NotNow):
    code = "exchange.lesson-not-in-review"
    says = _("This lesson is not in peer review.")


class OwnLesson(NotRight):
    code = "exchange.own-lesson"
    says = _("You wrote this lesson. Somebody else reviews it.")


class NotReviewed(NotNow):
    code = "exchange.not-reviewed"
    says = _("No peer has recommended this version yet. Have it reviewed first.")


class ConsentMissing(NotNow):
    code = "exchange.consent-missing"
    says = _("The country has not agreed to share this version. Its focal point agrees on the lesson's page.")


class OriginalLanguage(NotRight):
    code = "exchange.original-language"
    says = _("The lesson was written in this language. Change the lesson itself.")


class TranslatorMissing(NotNow):
    code = "exchange.translator-missing"
    says = _("PANOH_TRANSLATOR names “%(name)s”, which is not installed. Correct the setting, or leave it out.")


class ProposalNotCirculated(NotNow):
    code = "exchange.proposal-not-circulated"
    says = _("This proposal is not in circulation.")


class NothingToMerge(NotRight):
    code = "exchange.nothing-to-merge"
    says = _("Name at least two proposals that are drafts or in circulation.")


class DropWithoutReason(NotRight):
    code = "exchange.drop-without-reason"
    says = _("Say why this part is dropped.")
