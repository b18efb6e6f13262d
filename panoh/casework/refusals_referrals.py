"""What is refused of consents, referrals and the directory, each with a sentence that says what and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotAllowed, NotNow, NotRight


class NobodyAgreed(NotNow):
    code = "casework.nobody-agreed"
    says = _(
        "Nobody agreed that %(agency)s learns this (%(what)s). Ask, and record the consent; or say on which legal basis"
        " it is told without."
    )


class ConsentUnfit(NotRight):
    code = "casework.consent-unfit"
    says = _("Consent %(consent)s does not hold for %(agency)s and for this. Choose another, or record a new one.")


class LegalBasisMissing(NotRight):
    code = "casework.legal-basis-missing"
    says = _("Without consent it takes both: the legal basis, and a reason in words.")


class RecipientMissing(NotRight):
    code = "casework.recipient-missing"
    says = _("Say to whom it may be told: kinds of agencies, or agencies by name.")


class TooYoungToAgree(NotRight):
    code = "casework.too-young-to-agree"
    says = _("Under %(age)s a guardian agrees, and the child is asked as well. Choose the guardian.")


class GuardianNotChosen(NotRight):
    code = "casework.guardian-not-chosen"
    says = _("Choose the guardian, and what shows the guardianship.")


class NotTheGuardian(NotRight):
    code = "casework.not-the-guardian"
    says = _("%(person)s is not recorded as a parent or guardian. Record the relationship first.")


class ChildNotAsked(NotRight):
    code = "casework.child-not-asked"
    says = _("Say what the child answered, or why the child was not asked.")


class ChildSaysNo(NotRight):
    code = "casework.child-says-no"
    says = _("The child does not agree. Record it as refused, and look for another way with the family.")


class ConsentDayUnfit(NotRight):
    code = "casework.consent-day-unfit"
    says = _("A consent holds until a day that is still to come, %(last)s at the latest.")


class ConsentEnded(NotNow):
    code = "casework.consent-ended"
    says = _("Consent %(consent)s is “%(state)s”. Nothing was changed.")


class ConsentOver(NotNow):
    code = "casework.consent-over"
    says = _("The family's leave for this has ended meanwhile. Ask the office that sent it to take it back.")


class OfferedAlready(NotNow):
    code = "casework.offered-already"
    says = _("%(agency)s offers this there already. Change that entry.")


class NotYourAgency(NotAllowed):
    code = "casework.not-your-agency"
    says = _("You keep the entries of your own agency. A coordinator keeps the others.")


class OfferUnfit(NotRight):
    code = "casework.offer-unfit"
    says = _("Ages go from the lower to the higher, and places are counted from zero. Mend the numbers.")


class OfferEnded(NotNow):
    code = "casework.offer-ended"
    says = _("%(agency)s does not offer this any more. Choose another entry of the directory.")


class OfficeAsked(NotNow):
    code = "casework.office-asked"
    says = _("%(agency)s was asked for this already, in referral %(referral)s, which is still open.")


class NotAtThisState(NotNow):
    code = "casework.not-at-this-state"
    says = _("Referral %(referral)s is “%(state)s”: this step is not possible now.")


class ReferralToYourself(NotRight):
    code = "casework.referral-to-yourself"
    says = _("You sent this referral yourself. A colleague of the agency that is asked answers it.")


class ReferralDayUnfit(NotRight):
    code = "casework.referral-day-unfit"
    says = _("Enter a day that is still to come, within a year.")


class LabelInIt(NotRight):
    code = "casework.label-in-it"
    says = _("“%(word)s” must not be read outside: %(why)s Say it in other words, or leave it out.")


class NameNotAgreed(NotRight):
    code = "casework.name-not-agreed"
    says = _("A name stands on a slip only where the consent says that it may be told.")


class CodeNotTaken(NotRight):
    code = "casework.code-not-taken"
    says = _("There is nothing to answer with this code: it is mistyped, used or over. Ask the office that gave it.")


class AppealedAlready(NotNow):
    code = "casework.appealed-already"
    says = _("Against refusal %(refusal)s there is an appeal already, of %(on)s.")


class NoAppealOpen(NotNow):
    code = "casework.no-appeal-open"
    says = _("Against refusal %(refusal)s no appeal waits for an answer.")


class AskedBefore(NotNow):
    code = "casework.asked-before"
    says = _(
        "%(agency)s asked about this on %(on)s; the answer stands %(where)s. Read it there, or say why it must be asked"
        " again."
    )


class GivenBefore(NotNow):
    code = "casework.given-before"
    says = _("%(agency)s gave the same on %(on)s. Talk with them first, or say why it is given again.")
