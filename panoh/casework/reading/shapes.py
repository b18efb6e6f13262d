"""The shapes of a list that was read: columns, rows of facts, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panoh.casework.reading.remarks import SENTENCES, STAND_INS

Kind = Literal["camp", "passenger", "relatives"]
How = Literal["synonym", "by hand", "guessed from the values", ""]
Status = Literal["ready", "needs_decision", "unreadable"]
Precision = Literal["day", "month", "year", "about", "unknown"]
Doubt = Literal[
    "year_only", "impossible", "ambiguous_order", "future", "too_old", "two_digits", "islamic_year", "not_a_date"
]

# The remarks of a list that waits until somebody says what its columns mean.
WAITS_FOR_COLUMNS = frozenset({"header_missing", "name_column_missing"})

# What a column can hold; the label stands in the choice by hand.
FIELDS: dict[str, Promise | str] = {
    "number": _("number in the list"),
    "name": _("name"),
    "other_name": _("other name or spelling"),
    "surname": _("family name"),
    "given_name": _("given name"),
    "patronymic": _("patronymic or father's name"),
    "sex": _("sex"),
    "birth": _("date of birth"),
    "age": _("age"),
    "kinship": _("place in the family"),
    "family_number": _("family number"),
    "place": _("region or address"),
    "place_of_birth": _("place of birth"),
    "document": _("document"),
    "document_kind": _("kind of document"),
    "document_number": _("number of document"),
    "nationality": _("citizenship"),
    "phone": _("phone"),
    "notes": _("notes"),
    "applicant": _("applicant"),
    "applicant_kinship": _("what the applicant is to the person"),
}


@dataclass(frozen=True)
class WrittenDate:
    """A date as far as it is known.

    precision "year" with a month and day (always 1 January) and the doubt "year_only": the list writes 1 January,
    which mostly stands for an unknown day; a person decides whether it is a day. written: the cell as it stood.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: Precision = "unknown"
    doubt: Doubt | None = None
    written: str = ""


@dataclass(frozen=True)
class Remark:
    """One sentence about a row or a list; code and details are plain data, so that they can be stored.

    column: the heading it is about, or empty. decides: a person should decide (otherwise a mere hint).
    is_blocking: nothing safe can be registered until a person has decided.
    """

    code: str
    column: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    decides: bool = False
    is_blocking: bool = False

    @property
    def blocking(self) -> bool:
        """Tell whether the row registers nobody until a person decides."""
        return self.is_blocking

    @property
    def message(self) -> str:
        """Return the sentence, in the reader's language."""
        details = dict(self.details)
        if self.code == "nameless":
            details["stand_in"] = str(STAND_INS[details["who"]]) % {"row": details["row"]}
        if "field" in details:
            details["field"] = FIELDS[details["field"]]
        return str(SENTENCES[self.code]) % details


@dataclass(frozen=True)
class RowFacts:
    """What one row says of one person; an empty text where it says nothing."""

    name: str = ""
    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    other_name: str = ""
    sex: Literal["female", "male", ""] = ""
    birth: WrittenDate = field(default_factory=WrittenDate)
    kinship: str = ""
    family_number: str = ""
    place: str = ""
    place_of_birth: str = ""
    document_kind: str = ""
    document_number: str = ""
    nationality: str = ""
    notes: str = ""
    phone: str = ""
    applicant_name: str = ""
    applicant_kinship: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its place (from 0), heading, and the field it holds, found how."""

    index: int
    heading: str
    field: str | None
    how: How

    @property
    def letter(self) -> str:
        """Return the column's letter in a spreadsheet program."""
        return letter_of(self.index)


@dataclass(frozen=True)
class ReadRow:
    """One person of a list: cells holds what stood in the row, by column index, untouched."""

    number: int
    sheet_row: int
    cells: dict[int, str]
    facts: RowFacts
    remarks: tuple[Remark, ...]
    status: Status

    @property
    def is_blocked(self) -> bool:
        """Tell whether the row registers nobody until a person decides."""
        return any(remark.is_blocking for remark in self.remarks)


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no person: blank, title, heading, total and so on; words: what stood there."""

    sheet_row: int
    reason: Literal[
        "blank", "title", "heading", "heading_repeated", "column_numbers", "only_a_number", "section", "total",
        "after_the_total", "signature",
    ]  # fmt: skip
    words: str = ""


@dataclass(frozen=True)
class ReadList:
    """A whole list: every row of the sheet is either in rows or in skipped."""

    kind: Kind
    kind_reason: str
    sheet: str
    titles: tuple[str, ...]
    header_row: int | None
    columns: tuple[Column, ...]
    rows: tuple[ReadRow, ...]
    skipped: tuple[SkippedRow, ...]
    languages: tuple[str, ...]
    form: str
    encoding: str
    delimiter: str
    declared_total: int | None
    remarks: tuple[Remark, ...]

    def count(self, status: Status) -> int:
        """Return how many rows have a status."""
        return sum(row.status == status for row in self.rows)

    def heading_of(self, field_name: str) -> str:
        """Return the heading of the column that holds a field, or an empty text."""
        return next((column.heading for column in self.columns if column.field == field_name), "")


def letter_of(index: int) -> str:
    """Return the letter of a column, from 0: A, B, … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
