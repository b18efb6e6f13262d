"""Days as the public record gives them: a day, a month or only a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from panoh.plan.refusals_figures import DayUnreadable

__all__ = ["NO_DAY", "Precision", "RoughDay", "day_said"]


class Precision(models.IntegerChoices):
    """How exactly a day is known."""

    DAY = 1, _("day")
    MONTH = 2, _("month")
    YEAR = 3, _("year")


@dataclass(frozen=True)
class RoughDay:
    """A day and how exactly it is known; of a month or year, its first day."""

    day: date | None = None
    precision: int = Precision.DAY

    @classmethod
    def read(cls, text: str) -> RoughDay:
        """Return what 2021-03-16, 2021-03, 2021 or nothing says.

        Raises:
            DayUnreadable: it is none of these.
        """
        text = text.strip()
        if not text:
            return cls()
        found = re.fullmatch(r"([12]\d{3})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
        try:
            if found is None:
                raise ValueError
            day = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        except ValueError as error:
            raise DayUnreadable(word=text[:40]) from error
        return cls(day, Precision.DAY if found[3] else Precision.MONTH if found[2] else Precision.YEAR)


NO_DAY = RoughDay()


def day_said(day: date | None, precision: int) -> str:
    """Return a day as exactly as it is known, in the reader's words; empty for none."""
    if day is None:
        return ""
    form = {Precision.DAY: "DATE_FORMAT", Precision.MONTH: "YEAR_MONTH_FORMAT"}.get(Precision(precision))
    return date_format(day, form) if form else str(day.year)
