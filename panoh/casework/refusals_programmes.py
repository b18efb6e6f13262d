"""What is refused of programmes, each with a sentence that says what and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class ProgrammeUnfit(NotRight):
    code = "casework.programme-unfit"
    says = _("Programme %(programme)s gives %(unit)s from %(since)s to %(until)s. Choose another, or none.")


class BudgetSpent(NotNow):
    code = "casework.budget-spent"
    says = _("Programme %(programme)s has %(left)s left. Give less, choose another, or ask who keeps it.")


class ProgrammeEnded(NotNow):
    code = "casework.programme-ended"
    says = _("Programme %(programme)s ended on %(on)s.")


class ProgrammeDaysUnfit(NotRight):
    code = "casework.programme-days-unfit"
    says = _("A programme ends after it begins, within ten years. Mend the days.")
