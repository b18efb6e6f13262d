"""What is refused of plans, decisions and follow-up, each with a sentence that says what and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotAllowed, NotNow, NotRight


class PlanIncomplete(NotNow):
    code = "casework.plan-incomplete"
    says = _("An urgent need has no step with an owner and a date yet: %(domains)s. Plan it first.")


class NothingPlanned(NotNow):
    code = "casework.nothing-planned"
    says = _("There is no open need, so there is nothing to plan. Assess first, or record a need.")


class ViewFirst(NotNow):
    code = "casework.view-first"
    says = _("Talk with the person first: assess, and write down their own view or why it was not asked.")


class ReviewDayUnfit(NotRight):
    code = "casework.review-day-unfit"
    says = _("Choose a day after today and within a year on which you go through it again.")


class NewerVersion(NotNow):
    code = "casework.newer-version"
    says = _("There is a newer version of this plan: number %(number)s. Let that one be signed.")


class SignedAlready(NotNow):
    code = "casework.signed-already"
    says = _("This person has signed this version already. Nothing was changed.")


class SignsAsAnother(NotRight):
    code = "casework.signs-as-another"
    says = _("“For themselves” signs only whoever the plan is for, and nobody else signs so. Choose as what they sign.")


class SignerMissing(NotRight):
    code = "casework.signer-missing"
    says = _("Say who signs: somebody who has a file, or the name of somebody who has none.")


class NeedsAnother(NotNow):
    code = "casework.needs-another"
    says = _("%(step)s is not for one alone where you lead the family. Ask for it, and another agrees.")


class AskedAlready(NotNow):
    code = "casework.asked-already"
    says = _("This was asked for already and waits for another's agreement: %(approval)s.")


class ReasonMissing(NotRight):
    code = "casework.reason-missing"
    says = _("Write why: whoever decides, and whoever asks later, reads it.")


class NotWaiting(NotNow):
    code = "casework.not-waiting"
    says = _("%(code)s is “%(state)s”: this step is not possible now. Nothing was changed.")


class NotTheAsker(NotNow):
    code = "casework.not-the-asker"
    says = _("Only who asked for it takes it back.")


class TransferOpen(NotNow):
    code = "casework.transfer-open"
    says = _("This family is being handed over already: %(transfer)s. Wait for the answer, or take that one back.")


class TransferUnfit(NotRight):
    code = "casework.transfer-unfit"
    says = _(
        "A family goes to an agency or a worker that takes families over, and not to who leads it. Choose another."
    )


class NotAChild(NotNow):
    code = "casework.not-a-child"
    says = _("A best-interests decision is about a child. For an adult, the person decides.")


class SoughtAlready(NotNow):
    code = "casework.sought-already"
    says = _("This decision is being sought for this child already: %(code)s. Work on in that one.")


class NotReadyToDecide(NotNow):
    code = "casework.not-ready-to-decide"
    says = _("Not yet ready to be decided: %(missing)s")


class OptionTwice(NotNow):
    code = "casework.option-twice"
    says = _("This option is weighed already. Choose another.")


class ForAndAgainst(NotRight):
    code = "casework.for-and-against"
    says = _("Write what speaks for this option and what speaks against it.")


class SitsApart(NotRight):
    code = "casework.sits-apart"
    says = _(
        "%(name)s prepared this, leads the family, sits already or may not sit on a panel. Choose another colleague."
    )


class NotOnThePanel(NotAllowed):
    code = "casework.not-on-the-panel"
    says = _("Only who sits on this panel and is not too close to the family does this.")


class PanelSilent(NotNow):
    code = "casework.panel-silent"
    says = _("The panel decides once each member has answered and at least %(least)s of them are not too close.")


class ChosenUnfit(NotRight):
    code = "casework.chosen-unfit"
    says = _("“As recommended” is the option that was recommended; “another option” is one of the others. Choose it.")


class ConferenceEmpty(NotNow):
    code = "casework.conference-empty"
    says = _("Write down at least one point of the agenda before you end the conference.")


class AgendaEmpty(NotRight):
    code = "casework.agenda-empty"
    says = _("Choose what is on the agenda, and who takes part.")


class OwnerAndDay(NotRight):
    code = "casework.owner-and-day"
    says = _("A decision needs who sees to it and by when, and nothing else does.")


class EndsAlready(NotNow):
    code = "casework.ends-already"
    says = _("The end of help is planned already, for %(on)s. Give that up first.")


class NothingToFollow(NotNow):
    code = "casework.nothing-to-follow"
    says = _("No visits are due any more by the rhythm of follow-up, or they are all planned.")
