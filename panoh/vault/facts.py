"""The facts of an identity, as they are before sealing and after opening."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from panoh.access.fields import FieldClass


class Group(models.IntegerChoices):
    """Field groups that are sealed apart, so that a step opens only what it needs; from TEXT on, many per key."""

    NAMES = 1, _("names")
    BIRTH = 2, _("birth date")
    DOCUMENTS = 3, _("documents")
    CONTACTS = 4, _("contacts")
    ADDRESSES = 5, _("addresses")
    ORIGIN = 6, _("where each fact comes from")
    LIST_HEADER = 7, _("header of a list")
    APPLICANT = 8, _("applicant")
    FINDING = 9, _("by what a person is found")
    TEXT = 20, _("text")
    LIST_ROW = 21, _("row of a list")
    LIST_FILE = 22, _("file of a list")
    PICTURE = 23, _("picture of a paper")


# What a grant must open for a group to be read; of a text it is said when it is sealed.
CLASS_OF_GROUP = {
    Group.NAMES: FieldClass.IDENTITY,
    Group.BIRTH: FieldClass.IDENTITY,
    Group.DOCUMENTS: FieldClass.IDENTITY,
    Group.CONTACTS: FieldClass.LOCATION,
    Group.ADDRESSES: FieldClass.LOCATION,
    Group.ORIGIN: FieldClass.IDENTITY,
    Group.FINDING: FieldClass.IDENTITY,
    Group.LIST_HEADER: FieldClass.IDENTITY,
    Group.LIST_ROW: FieldClass.IDENTITY,
    Group.LIST_FILE: FieldClass.IDENTITY,
    Group.PICTURE: FieldClass.LEGAL,
}


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("official name")
    BIRTH = "birth", _("name at birth")
    OTHER_SPELLING = "other_spelling", _("other spelling")
    NICKNAME = "nickname", _("nickname")
    KUNYA = "kunya", _("kunya (named after a child)")
    STAND_IN = "stand_in", _("stand-in until the name is known")


class Precision(models.TextChoices):
    DAY = "day", _("exact day")
    MONTH = "month", _("month only")
    YEAR = "year", _("year only")
    ABOUT = "about", _("about")
    UNKNOWN = "unknown", _("unknown")


class ContactKind(models.TextChoices):
    PHONE = "phone", _("phone")
    MAIL = "mail", _("e-mail")
    MESSENGER = "messenger", _("messenger")


class DocumentKind(models.TextChoices):
    BIRTH_CERTIFICATE = "birth_certificate", _("birth certificate")
    PASSPORT = "passport", _("passport")
    ID_CARD = "id_card", _("identity card")
    TRAVEL = "travel", _("travel document")
    CERTIFICATE = "certificate", _("certificate or note of an office")
    OTHER = "other", _("other document")


SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab"}


def script_of(text: str) -> str:
    """Return the ISO 15924 code of the script most letters are in: Latn, Cyrl, Arab, or Zyyy for none of them."""
    counts = dict.fromkeys(SCRIPTS, 0)
    for letter in text:
        first = unicodedata.name(letter, "").split(" ", 1)[0]
        if first in counts:
            counts[first] += 1
    best = max(counts, key=lambda script: counts[script])
    return SCRIPTS[best] if counts[best] else "Zyyy"


@dataclass(frozen=True)
class Name:
    """One name of a person, as written, and where it was read."""

    text: str
    kind: str = NameKind.OFFICIAL
    script: str = ""
    source: str = ""

    @property
    def kind_label(self) -> str:
        """Return the kind in the reader's language."""
        return str(NameKind(self.kind).label)


@dataclass(frozen=True)
class BirthDate:
    """A birth date as precisely as it is known; `written` keeps how the source put it, `doubt` an open question.

    said_on: the day it was entered by hand, as ISO 8601 writes it; empty for what a list said.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: str = Precision.UNKNOWN
    written: str = ""
    doubt: str = ""
    source: str = ""
    said_on: str = ""

    @property
    def earliest(self) -> date | None:
        """Return the first day it can be, or None when the year is unknown."""
        return date(self.year, self.month or 1, self.day or 1) if self.year else None


@dataclass(frozen=True)
class Document:
    """A paper that the person has, or that was said to exist."""

    kind: str
    number: str
    source: str = ""

    @property
    def kind_label(self) -> str:
        """Return the kind in the reader's language; one that is not on our list shows as itself."""
        return str(DocumentKind(self.kind).label) if self.kind in DocumentKind.values else self.kind


@dataclass(frozen=True)
class Contact:
    """How to reach the person, with what to mind before doing so."""

    kind: str
    value: str
    safe_when: str = ""
    source: str = ""


@dataclass(frozen=True)
class Address:
    """Where the person lives or comes from."""

    text: str
    since: str = ""
    source: str = ""


@dataclass(frozen=True)
class Origin:
    """The cell a fact was read from: list code, row of the sheet, column heading and the words as they stood."""

    list_code: str
    sheet_row: int
    column: str
    cell: str


@dataclass(frozen=True)
class IdentityFacts:
    """All facts of one identity; a group that was not opened stays empty.

    former_births: what was held for the birth date before, the last first; it stands beside `birth`, each with source.
    """

    names: tuple[Name, ...] = ()
    birth: BirthDate = field(default_factory=BirthDate)
    documents: tuple[Document, ...] = ()
    contacts: tuple[Contact, ...] = ()
    addresses: tuple[Address, ...] = ()
    origins: tuple[Origin, ...] = ()
    former_births: tuple[BirthDate, ...] = ()

    @property
    def known_as(self) -> str:
        """Return the name to show: the official one, else any other, else an empty text."""
        for kind in NameKind.values:
            for name in self.names:
                if name.kind == kind:
                    return name.text
        return ""
