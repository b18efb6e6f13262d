"""Dates, ages and delays in the words a reader uses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access import clock

MONTHS_SHOWN_UNTIL_YEARS = 2
_ABOUT, _UNKNOWN = {"about", "2"}, {"unknown", "3"}


def dated(value: Any, precision: Any = "day") -> str:
    """Return a date no more precise than it is known: "14 March 2015", "March 2015", "2015", "about 2015".

    value: a date, a year as a number, something with `earliest` and `precision` (a sealed birth date), or None.
    precision: day, month, year, about, unknown, or the numbers of a person's birth year (1 known, 2 about, 3 unknown).
    """
    value, level = _plain(value, precision)
    if value is None or level in _UNKNOWN:
        return _("date unknown")
    if level in _ABOUT:
        return _("about %(year)s") % {"year": _year(value)}
    if isinstance(value, int) or level == "year":
        return str(_year(value))
    return date_format(value, "YEAR_MONTH_FORMAT" if level == "month" else "DATE_FORMAT")


def age(value: Any, precision: Any = "day") -> str:
    """Return how old somebody is today, no more precise than the birth date: "5 months", "8", "7–8", "about 8"."""
    born, level = _plain(value, precision)
    if born is None or level in _UNKNOWN:
        return _("age unknown")
    today = clock.today()
    years = today.year - _year(born)
    if level in _ABOUT:
        return _("about %(age)s") % {"age": max(years, 0)}
    if isinstance(born, int) or level == "year":
        return f"{years - 1}–{years}" if years > 0 else _("under 1")
    months = years * 12 + today.month - born.month - (today.day < born.day)
    if months < MONTHS_SHOWN_UNTIL_YEARS * 12:
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": max(months, 0)}
    return str(months // 12)


def due_in_words(due: date | datetime | None) -> str:
    """Return when something is due, seen from today: "today", "in 3 days", "5 days late"."""
    if due is None:
        return _("no date")
    days = (_day(due) - clock.today()).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("tomorrow", "in %(n)s days", days) % {"n": days}
    return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}


def due_tone(due: date | datetime | None) -> str:
    """Return the tone of a due date for a badge: late, ask (today or no date) or plain."""
    if due is None:
        return "ask"
    days = (_day(due) - clock.today()).days
    return "late" if days < 0 else "ask" if days == 0 else "plain"


def _day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _plain(value: Any, precision: Any) -> tuple[date | int | None, str]:
    if hasattr(value, "earliest"):
        return value.earliest, str(value.precision)
    if isinstance(value, datetime):
        return timezone.localdate(value), str(precision)
    return (value or None), str(precision)


def _year(value: date | int) -> int:
    return value if isinstance(value, int) else value.year
