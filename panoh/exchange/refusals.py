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
