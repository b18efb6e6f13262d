"""How far two dates of birth speak for one person, when papers were written from memory.

Across the region whole families are registered as born on 1 January of a guessed year, day and month change places
between date orders, and a year is remembered as "about". The weight is in bits, to be added to other evidence: plus
13 says a chance meeting is 8,000 times less likely; minus says it speaks against.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Precision = Literal["day", "month", "year", "about", "unknown"]
BirthCode = Literal[
    "same_day", "day_and_month_swapped", "one_number_differs", "same_month", "same_year", "placeholder_day",
    "year_off_by_one", "about_the_same_year", "unknown", "different",
]  # fmt: skip

BITS: dict[BirthCode, float] = {
    "same_day": 13.0,
    "day_and_month_swapped": 9.0,
    "same_month": 8.5,
    "one_number_differs": 5.0,
    "same_year": 4.5,
    "placeholder_day": 4.5,
    "year_off_by_one": 1.5,
    "about_the_same_year": 1.5,
    "unknown": 0.0,
    "different": -8.0,
}
_ABOUT_YEARS = 3


class BirthGuess(NamedTuple):
    """What a paper says of a birth; ``about`` and ``year`` know no month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: Precision = "unknown"


class BirthScore(NamedTuple):
    """The weight of evidence in bits, and the code of what was seen."""

    bits: float
    code: BirthCode


def compare_births(a: BirthGuess, b: BirthGuess) -> BirthScore:
    """How far the two births speak for one person; the order of the two never counts."""
    code = _code(a, b)
    return BirthScore(BITS[code], code)


def _code(a: BirthGuess, b: BirthGuess) -> BirthCode:
    if a.year is None or b.year is None or "unknown" in (a.precision, b.precision):
        return "unknown"
    if "about" in (a.precision, b.precision):
        return "about_the_same_year" if abs(a.year - b.year) <= _ABOUT_YEARS else "different"
    if a.precision == b.precision == "day" and not (_is_placeholder(a) or _is_placeholder(b)):
        return _days(a, b)
    return _coarse(a, b)


def _days(a: BirthGuess, b: BirthGuess) -> BirthCode:
    if a[:3] == b[:3]:
        return "same_day"
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return "day_and_month_swapped"
    differing = sum(one != other for one, other in zip(a[:3], b[:3], strict=True))
    return "one_number_differs" if differing == 1 and _one_slip(a, b) else "different"


def _one_slip(a: BirthGuess, b: BirthGuess) -> bool:
    """Whether the number that differs does so by one, or in one digit or in two that changed places."""
    written = zip(map(str, a[:3]), map(str, b[:3]), strict=True)
    one, other = next((one, other) for one, other in written if one != other)
    if abs(int(one) - int(other)) == 1:
        return True
    one, other = one.zfill(len(other)), other.zfill(len(one))
    return sum(x != y for x, y in zip(one, other, strict=True)) == 1 or sorted(one) == sorted(other)


def _coarse(a: BirthGuess, b: BirthGuess) -> BirthCode:
    """For births of which one is known by month, by year, or as 1 January only."""
    if a.year != b.year:
        return "year_off_by_one" if abs((a.year or 0) - (b.year or 0)) == 1 else "different"
    if _is_placeholder(a) or _is_placeholder(b):
        return "placeholder_day"
    if "year" in (a.precision, b.precision):
        return "same_year"
    return "same_month" if a.month == b.month else "different"


def _is_placeholder(birth: BirthGuess) -> bool:
    """1 January stands for "some day of that year" more often than for itself."""
    return birth.precision == "day" and (birth.month, birth.day) == (1, 1)
