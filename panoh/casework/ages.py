"""When somebody reaches an age, as far as what is known of the birth tells: the first and the last day it can be."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from panoh.vault.queries import BirthDate

TRUSTEESHIP_YEARS, OF_AGE_YEARS = 14, 18


def turns(years: int, *, birth_year: int | None, birth: BirthDate | None = None) -> tuple[date, date] | None:
    """Return the first and last day on which somebody can turn so old, or None when nothing is known.

    birth: the opened birth date, which tells the day; without it the year alone is known.
    """
    known = birth if birth and birth.year else BirthDate(birth_year)
    if known.year is None:
        return None
    year, first, last = known.year + years, known.month or 1, known.month or 12
    if known.month and known.day:
        day = min(known.day, monthrange(year, first)[1])  # who was born on 29 February
        return date(year, first, day), date(year, first, day)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
