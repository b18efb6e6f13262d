"""Dates of birth as people write them: what is known of them, how exactly, and what a person should look at."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from panoh.casework.reading.shapes import Doubt, WrittenDate
from panoh.casework.reading.words import fold, is_nothing, meanings, western_digits, words_for

Order = Literal["day first", "month first", "mixed"]

LONGEST_LIFE_YEARS = 115
LOOKED_AT_LETTERS = 120
SERIAL_DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL = 3654  # 1 January 1910
ISLAMIC_YEARS = range(1300, 1481)
FIRST_LUNAR_ONLY = 1406  # later years of the solar Islamic calendar have not come yet
RANGE_YEARS = 5

_TIME = re.compile(r"[t\s]\s*[0-9]{1,2}:[0-9]{2}.*$")
_LETTER_O = re.compile(r"(?<=[0-9./-])[oо](?=[0-9./-])")
_PLACEHOLDER = re.compile(r"(?:^|(?<=[./\s-]))[xх?_*]{1,2}(?=[./-])|^-{1,2}(?=[./])|(?<=[./])-{1,2}(?=[./])")
_PIECES = re.compile(r"[0-9]+|[^\W0-9_]+")
_HARAKAT = re.compile("[\u064b-\u065f\u0670\u0640]")
_DECIMAL_AGE = re.compile(r"([0-9]{1,2})\s*[.,]\s*([0-9])(?![0-9])")
_SHORT_YEAR = re.compile(r"^\s*[ʻʼ’‘`´']([0-9]{2})(?![0-9])")
_BORN = frozenset({"р", "рожд", "рождения"})  # "15 г.р." is a year, "15 г." an age
_THREE = re.compile(r"^\D*([0-9]{1,2})\D+([0-9]{1,2})\D+[0-9]{4}(?![0-9])")


def read_date(
    text: str,
    *,
    today: date,
    number: float | None = None,
    day: date | None = None,
    order: Order = "day first",
    is_age: bool = False,
) -> WrittenDate:
    """Return what a cell says of a date of birth; any text at all has an answer.

    number, day: what a workbook holds behind the words. is_age: the heading says that numbers are years of age.
    """
    reading = _Reading(today, order, text)
    if day is not None:
        return reading.made(day.year, day.month, day.day)
    if number is not None and (found := reading.of_number(number, is_age)) is not None:
        return found
    if is_nothing(text):
        return WrittenDate(written=text)
    if short := _SHORT_YEAR.match(western_digits(text)):
        return reading.made(int(short[1]))
    return reading.of_text(_plain(text), is_age)


def order_of(texts: Iterable[str]) -> Order:
    """Return whether a column writes the day or the month first, judged by the dates that can be read one way only."""
    day_first = month_first = 0
    for text in texts:
        if found := _THREE.match(western_digits(text[:LOOKED_AT_LETTERS])):
            left, right = int(found[1]), int(found[2])
            day_first += left > 12 >= right
            month_first += right > 12 >= left
    if month_first * 20 <= day_first:
        return "day first"
    return "mixed" if day_first else "month first"


@dataclass(frozen=True)
class _Reading:
    today: date
    order: Order
    written: str

    def of_number(self, number: float, is_age: bool) -> WrittenDate | None:
        if is_age and 0 <= number <= LONGEST_LIFE_YEARS:
            return self.aged(number * 12)
        if number.is_integer() and (1850 <= number <= 2150 or int(number) in ISLAMIC_YEARS):
            return self.made(int(number))
        if FIRST_SERIAL <= number <= (self.today - SERIAL_DAY_ZERO).days + 400:
            day = SERIAL_DAY_ZERO + timedelta(days=int(number))
            return self.made(day.year, day.month, day.day)
        return None

    def of_text(self, plain: str, is_age: bool) -> WrittenDate:
        pieces = _PIECES.findall(plain)
        words = [fold(piece) for piece in pieces if not piece.isdigit()]
        spoken = " ".join(words)
        about = _says("about", spoken) or any(sign in plain for sign in "~≈±") or plain.rstrip().endswith("?")
        if (months := _age_in_months(plain, pieces, is_age)) is not None:
            return self.aged(months)
        digits = [piece for piece in pieces if piece.isascii() and piece.isdigit()]
        if month := _month_in(words):
            found = self._with_month(month, digits)
        elif len(digits) == 1 and len(digits[0]) == 2 and _BORN & set(words):
            found = self.made(int(digits[0]))
        else:
            found = self._of_digits(digits, plain)
        if (
            found.year is not None
            and (_says("lunar", spoken) or _says("solar", spoken))
            and found.doubt != "islamic_year"
        ):
            found = self.made(found.year, islamic="solar" if _says("solar", spoken) else "lunar")
        strange = [word for word in words if not _is_date_word(word)]
        if (
            found.year is not None
            and not month
            and (about or (strange and found.precision == "year" and not found.doubt))
        ):
            return replace(found, precision="about")
        return replace(found, precision="about") if about and found.year is not None else found

    def _with_month(self, month: int, digits: list[str]) -> WrittenDate:
        years = [int(piece) for piece in digits if len(piece) == 4]
        small = [int(piece) for piece in digits if len(piece) <= 2]
        if len(years) == 1 and len(small) <= 1:
            return self.made(years[0], month, small[0] if small else 0)
        if not years and len(small) == 2:
            return self.made(small[1], month, small[0])
        return self._no_date()

    def _of_digits(self, digits: list[str], plain: str) -> WrittenDate:
        sizes = tuple(len(piece) for piece in digits)
        values = [int(piece) for piece in digits[:4] if len(piece) < 12]
        match sizes:
            case (4,):
                return self.made(values[0])
            case (8,):
                return self._of_eight(digits[0])
            case (5,) if plain.strip() == digits[0]:
                return self.of_number(float(values[0]), False) or self._no_date()
            case (4, 4):
                return self._of_span(values[0], values[1])
            case (4, 1 | 2):
                if values[1] > 12 and 0 < (values[0] // 100 * 100 + values[1]) - values[0] <= RANGE_YEARS:
                    return replace(self.made(values[0]), precision="about")
                return self.made(values[0], values[1], 0)
            case (1 | 2, 4):
                return self.made(values[1], values[0], 0)
            case (1 | 2, 3) if plain.strip() == f"{digits[0]}.{digits[1]}":
                return self.made(values[1] * 10, values[0], 0)  # a number cell has lost the 0 of 2010
            case (4, 1 | 2, 1 | 2):
                return self._year_first(values[0], values[1], values[2])
            case (1 | 2, 1 | 2, 4):
                return self._day_or_month_first(values[0], values[1], values[2])
            case (1 | 2, 1 | 2, 2):
                if values[0] > 31:
                    return self._year_first(values[0], values[1], values[2])
                return self._day_or_month_first(values[0], values[1], values[2])
        years = {int(piece) for piece in digits if len(piece) == 4 and self._is_likely(int(piece))}
        return replace(self.made(years.pop()), precision="about") if len(years) == 1 else self._no_date()

    def _of_eight(self, digits: str) -> WrittenDate:
        if self._is_likely(int(digits[:4])) and 1 <= int(digits[4:6]) <= 12:
            return self.made(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        return self.made(int(digits[4:]), int(digits[2:4]), int(digits[:2]))

    def _of_span(self, first: int, last: int) -> WrittenDate:
        if abs(last - first) > RANGE_YEARS:
            return self._no_date()
        return replace(self.made(min(first, last)), precision="about")

    def _year_first(self, year: int, left: int, right: int) -> WrittenDate:
        return self.made(year, right, left) if left > 12 >= right else self.made(year, left, right)

    def _day_or_month_first(self, left: int, right: int, year: int) -> WrittenDate:
        if right > 12 >= left > 0:
            doubt: Doubt | None = None if self.order != "day first" else "ambiguous_order"
            return self.made(year, left, right, doubt=doubt)
        if left > 12 or left == right or not left or not right:
            return self.made(year, right, left)
        if self.order == "month first":
            return self.made(year, left, right)
        return self.made(year, right, left, doubt="ambiguous_order" if self.order == "mixed" else None)

    def aged(self, months: float) -> WrittenDate:
        """Return the year of birth of somebody so many months old."""
        if months > LONGEST_LIFE_YEARS * 12:
            return self._no_date()
        whole = int(months)
        year = self.today.year - whole // 12
        if whole % 12 and whole % 12 >= self.today.month:
            year -= 1
        return WrittenDate(year=year, precision="about", written=self.written)

    def made(
        self,
        year: int,
        month: int = 0,
        day: int = 0,
        *,
        doubt: Doubt | None = None,
        islamic: Literal["lunar", "solar", ""] = "",
    ) -> WrittenDate:
        """Return the date made of these numbers, 0 for what is not said, with what is doubtful about it."""
        if year < 100:
            year += 2000 if year <= self.today.year % 100 else 1900
            doubt = "two_digits"
        if islamic or year in ISLAMIC_YEARS:
            return self._islamic(year, islamic)
        if year < self.today.year - LONGEST_LIFE_YEARS:
            return WrittenDate(doubt="too_old", written=self.written)
        if not 0 <= month <= 12 or day > (monthrange(year, month)[1] if month and year <= 9999 else 31):
            return WrittenDate(
                year=year,
                precision="year",
                doubt="future" if year > self.today.year else "impossible",
                written=self.written,
            )
        return self._judged(year, month, day if month else 0, doubt)

    def _judged(self, year: int, month: int, day: int, doubt: Doubt | None) -> WrittenDate:
        if (year, month or 1, day or 1) > (self.today.year, self.today.month, self.today.day):
            doubt = "future"
        precision: Literal["day", "month", "year"] = "day" if day else "month" if month else "year"
        if doubt is None and (month, day) == (1, 1):
            doubt, precision = "year_only", "year"
        return WrittenDate(year, month or None, day or None, precision, doubt, self.written)

    def _islamic(self, year: int, calendar: str) -> WrittenDate:
        """Return an estimate: 33 lunar years are 32 solar ones, counted from 622."""
        if calendar == "solar":
            meant: int | None = year + 621
        elif calendar == "lunar" or year >= FIRST_LUNAR_ONLY:
            meant = round(year * 0.970224 + 621.5774)
        else:
            meant = None
        if meant is None or not self._is_likely(meant):
            return WrittenDate(doubt="islamic_year", written=self.written)
        return WrittenDate(year=meant, precision="about", doubt="islamic_year", written=self.written)

    def _is_likely(self, year: int) -> bool:
        return self.today.year - LONGEST_LIFE_YEARS <= year <= self.today.year

    def _no_date(self) -> WrittenDate:
        return WrittenDate(doubt="not_a_date", written=self.written)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", western_digits(text[:LOOKED_AT_LETTERS])).casefold()
    text = "".join(letter for letter in _HARAKAT.sub("", text) if unicodedata.category(letter) != "Cf")
    return _PLACEHOLDER.sub("0", _LETTER_O.sub("0", _TIME.sub("", text)))


def _age_in_months(plain: str, pieces: list[str], is_age: bool) -> float | None:
    """Return an age in months, if the text is one: "7 лет", "1,5 года", "3 года 2 мес", "5 oy"."""
    digits = [piece for piece in pieces if piece.isascii() and piece.isdigit()]
    if not digits or any(len(piece) > 3 or int(piece) > LONGEST_LIFE_YEARS for piece in digits):
        return None
    followed = list(zip(pieces, [*(fold(piece) for piece in pieces[1:]), ""], strict=True))
    if any(fold(piece) in _BORN for piece in pieces):
        return None
    if (found := _DECIMAL_AGE.search(plain)) and any(word in words_for("age_years") for _, word in followed):
        return (int(found[1]) + int(found[2]) / 10) * 12
    total, units = 0.0, 0
    for piece, word in followed:
        if piece not in digits:
            continue
        if word in words_for("age_years"):
            total, units = total + 12 * int(piece), units + 1
        elif word in words_for("age_months"):
            total, units = total + int(piece), units + 1
        elif word in words_for("age_days"):
            units += 1
    if units == len(digits):
        return total
    return 12.0 * int(digits[0]) if is_age and len(digits) == 1 else None


def _month_in(words: list[str]) -> int:
    """Return the month that words name, with the endings of the region's languages, or 0."""
    if found := meanings("months").within(" ".join(words)):
        return int(found[0][0])
    for word in words:
        for stem, number in _stems():
            if word.startswith(stem) and len(word) - len(stem) <= 5:
                return number
        shortened = {number for stem, number in _stems() if len(word) > 2 and stem.startswith(word)}
        if len(shortened) == 1:
            return shortened.pop()
    return 0


@cache
def _stems() -> tuple[tuple[str, int], ...]:
    known = ((word, int(entries[0][0])) for word, entries in meanings("months").of.items())
    return tuple(sorted(((word, month) for word, month in known if len(word) > 3), key=lambda stem: -len(stem[0])))


def _says(what: str, spoken: str) -> bool:
    return any(f" {phrase} " in f" {spoken} " for phrase in words_for(what) if phrase)


@cache
def _date_words() -> frozenset[str]:
    sorts = ("about", "year_mark", "lunar", "solar")
    return frozenset(token for sort in sorts for phrase in words_for(sort) for token in phrase.split())


def _is_date_word(word: str) -> bool:
    return word in _date_words() or len(word) == 1
