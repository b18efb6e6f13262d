"""What is refused of indicators and their values, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotAllowed, NotNow, NotRight


class AnotherCountrys(NotAllowed):
    code = "plan.another-countrys"
    says = _("You speak for another country, or for none. Its own focal point enters this.")


class SubmittedByYou(NotAllowed):
    code = "plan.submitted-by-you"
    says = _("You submitted this value. Another colleague decides on it.")


class ValueLocked(NotNow):
    code = "plan.value-locked"
    says = _("This value is submitted and locked. It is entered anew only after it was returned.")


class ValueOfRelease(NotNow):
    code = "plan.value-of-release"
    says = _("This value came with a signed statistics release. It changes with the next release, not by hand.")


class ValueEmpty(NotRight):
    code = "plan.value-empty"
    says = _("There is nothing here yet. Enter a figure or words first.")


class SourceMissing(NotRight):
    code = "plan.source-missing"
    says = _("Say where this comes from: the kind of source, and its name.")


class ValueNotFitting(NotRight):
    code = "plan.value-not-fitting"
    says = _("This indicator is reported as %(how)s. Enter that, and nothing else.")


class NothingToDecide(NotNow):
    code = "plan.nothing-to-decide"
    says = _("This value is not waiting for a decision: it is “%(state)s”.")


class ReasonMissing(NotRight):
    code = "plan.reason-missing"
    says = _("Write why: whoever entered it reads it.")


class PeriodPublished(NotNow):
    code = "plan.period-published"
    says = _("The figures of %(period)s are published and do not change any more.")


class GateNotPassed(NotNow):
    code = "plan.gate-not-passed"
    says = _("%(n)s things are missing or odd. Mend each, or answer it in words; then publish.")


class NotOnTheList(NotRight):
    code = "plan.not-on-the-list"
    says = _("This is no longer missing or odd. Read the list again.")


class IndicatorNumberTaken(NotRight):
    code = "plan.indicator-number-taken"
    says = _("The plan has an indicator %(number)s already. Choose another number.")


class IndicatorInUse(NotNow):
    code = "plan.indicator-in-use"
    says = _("Values of this indicator were entered. Its measure, rhythm and formulas stay; make a new indicator.")


class OnlyNumbersTogether(NotRight):
    code = "plan.only-numbers-together"
    says = _("Only numbers and percent are put together across countries.")


class PeriodThere(NotRight):
    code = "plan.period-there"
    says = _("A period of this rhythm begins on that day already.")


class DaysOutOfOrder(NotRight):
    code = "plan.days-out-of-order"
    says = _("A period ends after it begins, and reports are due when it has ended.")


class CountryNotOfPlan(NotRight):
    code = "plan.country-not-of-plan"
    says = _("This country does not report on this indicator.")
