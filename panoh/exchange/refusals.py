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
        "This is %(found)s. Panoh reads reports as text (.txt, .md) and as .docx: save the report as one of these."
    )


class ReportDamaged(NotRight):
    code = "exchange.report-damaged"
    says = _("This document is damaged or only half copied. Open it where it was made, save it again and send it.")


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


class EntryNotRight(NotRight):
    code = "exchange.entry-not-right"
    says = _("%(why)s")


class LessonNotOpen(NotNow):
    code = "exchange.lesson-not-open"
    says = _("This lesson is published or withdrawn. Take it back to a draft first; it is then reviewed anew.")


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
