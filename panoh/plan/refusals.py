"""What the plan refuses, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotAllowed, NotNow, NotRight


class NothingToAdopt(NotNow):
    code = "plan.nothing-to-adopt"
    says = _("This revision changes nothing yet. Add a change, or give the revision up.")


class PlanHasNoAction(NotNow):
    code = "plan.no-action"
    says = _("A plan is adopted with at least one action. Write one first.")


class RevisionOpen(NotNow):
    code = "plan.revision-open"
    says = _("Edition %(edition)s is being prepared already. Add your changes to it, or give it up first.")


class RevisionOver(NotNow):
    code = "plan.revision-over"
    says = _("This revision is no longer open. Begin a new one.")


class PlanInForce(NotNow):
    code = "plan.in-force"
    says = _("The plan is in force: its wording changes with the next edition. Begin a revision.")


class PlanNotInForce(NotNow):
    code = "plan.not-in-force"
    says = _("The plan is not in force. As long as it is a draft, its actions are changed directly.")


class ActionNumberTaken(NotRight):
    code = "plan.number-taken"
    says = _("The plan has an action %(number)s already. Choose another number.")


class ChangedAlready(NotNow):
    code = "plan.changed-already"
    says = _("This revision changes action %(number)s already. Take that change out first.")


class EditionStays(NotNow):
    code = "plan.edition-stays"
    says = _(
        "The plan “%(code)s” does not go back from edition %(edition)s: what was adopted since stands on it. Ask for"
        " the next edition instead."
    )


class NotOfThisPlan(NotRight):
    code = "plan.not-of-this-plan"
    says = _("This belongs to another plan.")


class CodeTaken(NotRight):
    code = "plan.code-taken"
    says = _("“%(code)s” is taken already. Choose another.")


class EndsFirst(NotRight):
    code = "plan.ends-first"
    says = _("It ends before it begins. Correct one of the two days.")


class FoundSomewhere(NotRight):
    code = "plan.found-somewhere"
    says = _("What was found in a public source names its address. Give the source.")


class ActionHasParts(NotNow):
    code = "plan.has-parts"
    says = _("Action %(number)s has parts: %(parts)s. Drop those first, or place them elsewhere.")


class ActionLeaves(NotNow):
    code = "plan.action-leaves"
    says = _("This revision drops action %(number)s, so nothing can be a part of it. Choose another action.")


class ActionInUse(NotNow):
    code = "plan.action-in-use"
    says = _("Something was recorded for action %(number)s already. Take that out first.")


class NothingToReportOn(NotNow):
    code = "plan.nothing-to-report-on"
    says = _("Countries report on actions of a plan in force. This one is not in force, or the action was dropped.")


class NotYourCountry(NotAllowed):
    code = "plan.not-your-country"
    says = _("You report for the country for which your agency speaks. Ask the focal point of the other one.")


class CountryNotConcerned(NotRight):
    code = "plan.country-not-concerned"
    says = _("Action %(number)s does not concern this country. It concerns %(countries)s.")


class DoneNeedsEvidence(NotRight):
    code = "plan.done-needs-evidence"
    says = _("“Done” is shown by evidence. Give its kind, its address and its day.")


class EvidenceInPart(NotRight):
    code = "plan.evidence-in-part"
    says = _("Evidence has a kind, an address and a day. Give all three, or none.")


class DayToCome(NotRight):
    code = "plan.day-to-come"
    says = _("%(on)s is still to come. Give the day on which it happened.")


class ReachedAlready(NotNow):
    code = "plan.reached-already"
    says = _("This milestone is recorded as reached already. Take that back first.")


class ReachedTogether(NotRight):
    code = "plan.reached-together"
    says = _("This milestone is reached by all countries together. Record it without a country.")


class ReachedEach(NotRight):
    code = "plan.reached-each"
    says = _("Each country reaches this milestone for itself. Choose the country.")


class AmountMissing(NotRight):
    code = "plan.amount-missing"
    says = _("Give what is planned, what was paid, or both. What nobody said stays empty; it is not 0.")


class PlanFileWrong(NotRight):
    code = "plan.file-wrong"
    says = _("This file is not a plan as it should be: %(where)s: %(what)s")
