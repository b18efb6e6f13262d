"""What is refused of hand-overs abroad and of questions, with a sentence that says how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class PartnerNotThere(NotRight):
    code = "casework.partner-not-there"
    says = _("This instance is not among the partners, or its key is not confirmed. Ask the secretariat.")


class NoLockToThem(NotNow):
    code = "casework.no-lock-to-them"
    says = _("%(name)s gave no public key of age, so that nothing can be locked to it. Ask for it first.")


class HandedOverAlready(NotNow):
    code = "casework.handed-over-already"
    says = _("Hand-over %(code)s of this family is not ended. End it first.")


class HandOverNotNow(NotNow):
    code = "casework.hand-over-not-now"
    says = _("Hand-over %(code)s is “%(state)s”: this step is not possible now.")


class NobodyToHandOver(NotNow):
    code = "casework.nobody-to-hand-over"
    says = _("Nobody lives in this family who is still known here.")


class PackageLocked(NotRight):
    code = "casework.package-locked"
    says = _("This file is locked to another instance. Ask for one that is locked to yours.")


class PackageUnreadable(NotRight):
    code = "casework.package-unreadable"
    says = _("This is no file of a hand-over, or it was damaged. Ask for it again.")


class PackageNotTheirs(NotRight):
    code = "casework.package-not-theirs"
    says = _("No partner whom we trust signed this for us. Nothing was taken in; call the partner.")


class PackageTaken(NotNow):
    code = "casework.package-taken"
    says = _("This package was taken in already, as %(code)s.")


class QuestionAnswered(NotNow):
    code = "casework.question-answered"
    says = _("Question %(code)s is answered already.")


class QuestionsEnough(NotNow):
    code = "casework.questions-enough"
    says = _("You recorded %(most)s questions today, which is the most. Go on tomorrow, or ask a colleague.")
