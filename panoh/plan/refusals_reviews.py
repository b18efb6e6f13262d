"""What is refused of reviews and action points, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotAllowed, NotNow, NotRight


class NotAtThisStage(NotNow):
    code = "plan.not-at-this-stage"
    says = _("The review is at another stage: %(stage)s.")


class NoQuestion(NotNow):
    code = "plan.no-question"
    says = _("Write at least one question before the countries are asked.")


class AnswersMissing(NotRight):
    code = "plan.answers-missing"
    says = _("%(n)s questions are not answered yet. Answer each, be it with “nothing to report”.")


class AnswersLocked(NotNow):
    code = "plan.answers-locked"
    says = _("These answers are submitted and locked.")


class ReviewOfNoCountry(NotAllowed):
    code = "plan.review-of-no-country"
    says = _("You speak for none of the countries of this plan. Their focal points answer.")


class PointOver(NotNow):
    code = "plan.point-over"
    says = _("This action point is “%(state)s”.")


class DoneByYou(NotAllowed):
    code = "plan.done-by-you"
    says = _("You reported this as done. Another colleague verifies it.")


class TakenMissing(NotRight):
    code = "plan.taken-missing"
    says = _("Say what was done, and name the evidence.")


class PointsOpen(NotNow):
    code = "plan.points-open"
    says = _("%(n)s action points are not verified yet. A review closes when all are.")


class HeldElsewhere(NotNow):
    code = "plan.held-elsewhere"
    says = _("This came in a parcel and is held where it came from. Answer its questions here; the rest is done there.")
