"""What the plan refuses, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


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
