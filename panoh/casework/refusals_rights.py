"""What is refused of retention, of a person's rights and of complaints, with a sentence that says how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class NotDue(NotNow):
    code = "casework.not-due"
    says = _("The time of %(person)s has not come, or work with the family goes on. Take it off.")


class HeldBack(NotNow):
    code = "casework.held-back"
    says = _("The data-protection officer holds this file back. Ask them; until then it is kept.")


class ProposedAlready(NotNow):
    code = "casework.proposed-already"
    says = _("%(person)s stands in disposal %(disposal)s already.")


class TooManyAtOnce(NotRight):
    code = "casework.too-many-at-once"
    says = _("A disposal holds %(most)s people at most, so that the second person can look at each. Choose fewer.")


class DisposalDecided(NotNow):
    code = "casework.disposal-decided"
    says = _("Disposal %(disposal)s is “%(state)s”: this step is not possible now.")


class NoFileOfCode(NotRight):
    code = "casework.no-file-of-code"
    says = _("No family and no person has the code %(code)s.")


class HeldAlready(NotNow):
    code = "casework.held-already"
    says = _("The file of %(family)s is held back already.")


class HoldEnded(NotNow):
    code = "casework.hold-ended"
    says = _("This hold has ended already.")


class SayMore(NotRight):
    code = "casework.say-more"
    says = _("Write it in words: who reads this later must understand it.")


class AskedNobody(NotRight):
    code = "casework.asked-nobody"
    says = _("This code cannot be used. Look at the paper again, or ask at the office for a new one.")


class AnswerNotOfCode(NotRight):
    code = "casework.answer-not-of-code"
    says = _("Nothing with this number was sent with this code. Look at the number again, such as CP-7K3Q-XM2D.")


class AskedEnough(NotNow):
    code = "casework.asked-enough"
    says = _("Enough was sent with this code today. Come back tomorrow.")


class AnsweredAlready(NotNow):
    code = "casework.answered-already"
    says = _("%(request)s is answered already.")


class NotOfThisRight(NotNow):
    code = "casework.not-of-this-right"
    says = _("Only a request to put something right is answered so.")


class FactGone(NotRight):
    code = "casework.fact-gone"
    says = _("This fact is not in the file any more. Look at it again.")


class CopyFirst(NotNow):
    code = "casework.copy-first"
    says = _("Say first who asks and how you made sure of it: a copy is given on the same day.")


class NamedInIt(NotRight):
    code = "casework.named-in-it"
    says = _("%(name)s is named in this complaint and cannot look into it. Choose somebody else.")


class CannotLookInto(NotRight):
    code = "casework.cannot-look-into"
    says = _("%(name)s has no role that looks into complaints. Choose somebody else.")
