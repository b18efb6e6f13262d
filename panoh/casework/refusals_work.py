"""What is refused of standing in, safe contact, restoring and several things at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class StandInUnfit(NotRight):
    code = "casework.stand-in-unfit"
    says = _(
        "%(name)s cannot stand in: somebody else of the same agency is needed, whose role visits families, and who is"
        " not the one who says so. Choose another colleague."
    )


class AbsenceDaysUnfit(NotRight):
    code = "casework.absence-days-unfit"
    says = _("An absence begins today or later and lasts %(most)s days at most. Choose other days.")


class AwayAlready(NotNow):
    code = "casework.away-already"
    says = _("For some of these days somebody stands in already (%(absence)s). End that first, or choose other days.")


class StandInAway(NotNow):
    code = "casework.stand-in-away"
    says = _("%(name)s is away on some of these days. Choose another colleague.")


class InstructionEmpty(NotRight):
    code = "casework.instruction-empty"
    says = _("Write at least one line of what must be minded before calling.")


class TextEmpty(NotRight):
    code = "casework.text-empty"
    says = _("Write the text. What stood there stays in the history.")


class VisitNotMade(NotNow):
    code = "casework.visit-not-made"
    says = _("A visit that was not made has no report. Record the visit first.")


class TextGone(NotNow):
    code = "casework.text-gone"
    says = _("This text cannot be read any more: it was forgotten, or is not yours to read. Nothing was changed.")


class NotAText(NotNow):
    code = "casework.not-a-text"
    says = _("Only a text is put back from the history. Change a field on the page where it stands.")


class NoneChosen(NotNow):
    code = "casework.none-chosen"
    says = _("Choose at least one that is still open, and at most %(most)s.")


class VisitPlannedThen(NotNow):
    code = "casework.visit-planned-then"
    says = _("A visit to %(family)s is planned for %(on)s already. Nothing was added.")
