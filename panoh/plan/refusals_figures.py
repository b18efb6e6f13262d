"""What the public record refuses, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class PlaceTooSmall(NotRight):
    code = "plan.place-too-small"
    says = _(
        "“%(word)s” speaks of a place smaller than a country. So few people came home that a figure of such a place"
        " points at them. Record the figure of the whole operation or country, and leave the place out of quote and"
        " note."
    )


class FigureThere(NotNow):
    code = "plan.figure-there"
    says = _("This figure of this source is recorded already.")


class FigureStruckOut(NotNow):
    code = "plan.figure-struck-out"
    says = _("This figure is struck out already.")


class OperationThere(NotNow):
    code = "plan.operation-there"
    says = _("There is an operation %(code)s already. Choose another code.")


class AddsItself(NotRight):
    code = "plan.adds-itself"
    says = _("Operations are added up to several together of the same country. Choose operations of one country.")


class SourceMissing(NotRight):
    code = "plan.figure-source-missing"
    says = _("A figure that was found has a source. Say where it is published.")


class DayUnreadable(NotRight):
    code = "plan.day-unreadable"
    says = _("“%(word)s” is no day. Write it as 2021-03-16, or 2021-03 or 2021 if no more is known.")


class FileNotOfFigures(NotRight):
    code = "plan.file-not-of-figures"
    says = _("This is no file of published figures: %(why)s. The one of the demonstration shows how it is written.")
