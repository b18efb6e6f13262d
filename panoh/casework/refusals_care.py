"""What is refused about where a child lives, each with a sentence that says what and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotAllowed, NotNow, NotRight


class GrownUp(NotNow):
    code = "casework.grown-up"
    says = _("%(person)s is no child any more. Only a child is placed with somebody.")


class PlaceUnfit(NotRight):
    code = "casework.place-unfit"
    says = _(
        "Say with whom, as the kind asks for: one person in the file or one family by its code, an agency, or nobody."
    )


class FamilyUnknown(NotRight):
    code = "casework.family-unknown"
    says = _("There is no family %(family)s. Read the code again, or ask whoever leads that family for it.")


class ProposalWaits(NotNow):
    code = "casework.proposal-waits"
    says = _("A placement of this child is proposed already, since %(on)s. Carry it out or drop it first.")


class PlacementNotThere(NotNow):
    code = "casework.placement-not-there"
    says = _("This placement is “%(state)s”, and the step does not fit that. Nothing was changed.")


class PlacementIncomplete(NotNow):
    code = "casework.placement-incomplete"
    says = _("Not yet: %(missing)s")


class OthersApprove(NotAllowed):
    code = "casework.others-approve"
    says = _("“%(kind)s” is agreed to by a coordinator. Ask one; the proposal waits.")


class ApartDayUnfit(NotRight):
    code = "casework.apart-day-unfit"
    says = _("Choose a day in the next %(most)s days to look again whether they can be together.")


class NoChildren(NotNow):
    code = "casework.no-children"
    says = _("No child lives in family %(family)s now, so there is nothing to decide. Put the members right first.")


class DecisionsOpen(NotNow):
    code = "casework.decisions-open"
    says = _("For each child of family %(family)s a decision is open already. Decide on those.")


class CarerMissing(NotRight):
    code = "casework.carer-missing"
    says = _("Say with whom the child is now. If the carer is back, name nobody else.")


class GuardianMissing(NotRight):
    code = "casework.guardian-missing"
    says = _("Say who is the guardian: somebody of the family, another family by its code, or an agency.")


class FormUnfit(NotRight):
    code = "casework.form-unfit"
    says = _("The child turns 14 in %(year)s: guardianship is for the time before, trusteeship for the time after.")


class ValidUnfit(NotRight):
    code = "casework.valid-unfit"
    says = _("The document would end before it was issued. Look at the two days again.")


class HolderUnfit(NotRight):
    code = "casework.holder-unfit"
    says = _("Name the office or agency if one has the paper, and none otherwise.")


class PictureTooLarge(NotRight):
    code = "casework.picture-too-large"
    says = _("The picture is larger than %(most)s MB. Take it again with a lower resolution.")


class PictureUnfit(NotRight):
    code = "casework.picture-unfit"
    says = _("This is no picture: send a JPEG, a PNG or a PDF, as the camera or scanner wrote it.")


class HypothesisEmpty(NotRight):
    code = "casework.hypothesis-empty"
    says = _("Write at least one thing that was said of who this person is.")


class OnThatFlight(NotNow):
    code = "casework.on-that-flight"
    says = _("On %(on)s this person is on flight %(flight)s already. Take them off that one first.")


class NobodyChosen(NotRight):
    code = "casework.nobody-chosen"
    says = _("Choose at least one person who goes.")


class NobodyStays(NotRight):
    code = "casework.nobody-stays"
    says = _("All of them would go, and nothing would be parted. Leave at least one person in the family.")


class SameFamily(NotRight):
    code = "casework.same-family"
    says = _("They live in that family already. Name another one.")
