"""One row of a list as facts of one person, with the remarks that the row alone calls for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from panoh.casework.reading.dates import Order, read_date
from panoh.casework.reading.grid import EMPTY, Cell
from panoh.casework.reading.people import (
    CHILDREN,
    SEX_OF_KINSHIP,
    Sex,
    document_of,
    is_nameless,
    kinship_of,
    says_adult,
    sex_of,
    sex_of_name,
    stand_in_sex,
)
from panoh.casework.reading.shapes import Column, Remark, RowFacts, WrittenDate
from panoh.casework.reading.words import fold, is_nothing

ADULT_YEARS = 18
LONGEST_NAME = 150
NAME_FIELDS = ("name", "surname", "given_name", "patronymic")
PLAIN_FIELDS = ("family_number", "place", "place_of_birth", "nationality", "phone", "notes", "other_name")


@dataclass(frozen=True)
class Reader:
    """How the rows of one list are read: its columns, languages, the order of its dates, and the day of reading."""

    columns: Sequence[Column]
    languages: Sequence[str]
    order: Order
    today: date
    is_of_relatives: bool = False
    by_field: dict[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_field", {column.field: column for column in self.columns if column.field})

    def facts_of(self, row: Sequence[Cell], number: int) -> tuple[RowFacts, list[Remark]]:
        """Return what a row says, and what a person should look at in it."""
        return _RowReading(self, row, number).result()


class _RowReading:
    def __init__(self, reader: Reader, row: Sequence[Cell], number: int) -> None:
        self.reader = reader
        self.row = row
        self.number = number
        self.remarks: list[Remark] = []

    def cell(self, name: str) -> Cell:
        column = self.reader.by_field.get(name)
        return self.row[column.index] if column and column.index < len(self.row) else EMPTY

    def words(self, name: str) -> str:
        return " ".join(self.cell(name).text.split())

    def heading(self, name: str) -> str:
        column = self.reader.by_field.get(name)
        return column.heading if column else ""

    def remark(
        self, code: str, about: str, *, decides: bool = False, blocking: bool = False, **details: object
    ) -> None:
        self.remarks.append(Remark(code, self.heading(about), details, decides, blocking))

    def result(self) -> tuple[RowFacts, list[Remark]]:
        kinship_field = "kinship"
        if self.reader.is_of_relatives:
            # In applications the kinship column says what the applicant is to the person sought.
            kinship_field = "applicant_kinship" if "applicant_kinship" in self.reader.by_field else "kinship"
        kinship, is_known = kinship_of(self.words(kinship_field), self.reader.languages)
        if not is_known:
            self.remark("kinship_word_unknown", kinship_field, written=self.words(kinship_field))
        name = self._name()
        birth = self._birth()
        own_kinship = "" if self.reader.is_of_relatives else kinship
        sex = self._sex(name, own_kinship)
        document_kind, document_number = self._document()
        plain = {field_name: self._said(field_name) for field_name in PLAIN_FIELDS}
        facts = RowFacts(
            name=name,
            **{part: self._part(part) for part in ("surname", "given_name", "patronymic")},
            sex=sex,
            birth=birth,
            kinship=own_kinship,
            document_kind=document_kind,
            document_number=document_number,
            applicant_name=self._said("applicant"),
            applicant_kinship=kinship if self.reader.is_of_relatives else "",
            **plain,
        )
        if facts.kinship in CHILDREN and birth.year and self.reader.today.year - birth.year > ADULT_YEARS:
            self.remark("adult_as_child", "birth", age=self.reader.today.year - birth.year)
        if not name:
            self._about_no_name(facts)
        return facts, self.remarks

    def _said(self, name: str) -> str:
        words = self.words(name)
        return "" if is_nothing(words) and name not in {"notes", "family_number"} else words

    def _part(self, name: str) -> str:
        return "" if is_nameless(self.words(name)) else self.words(name)

    def _name(self) -> str:
        """Return the name, its parts joined in the order of the columns; a part already said is not said twice."""
        name = ""
        for column in sorted(
            (self.reader.by_field[part] for part in NAME_FIELDS if part in self.reader.by_field), key=lambda c: c.index
        ):
            words = self.words(column.field or "")
            if is_nameless(words):
                continue
            said = set(fold(name).split())
            if not said or not set(fold(words).split()) <= said:
                name = f"{name} {words}".strip()
        if name and not any(letter.isalpha() for letter in name):
            self.remark("name_without_letters", "name", written=name)
            return ""
        return name

    def _about_no_name(self, facts: RowFacts) -> None:
        age = self.reader.today.year - facts.birth.year if facts.birth.year else None
        words = " ".join(self.words(part) for part in NAME_FIELDS)
        is_child = facts.kinship in CHILDREN or (age < ADULT_YEARS if age is not None else not facts.kinship)
        is_child = is_child and not (age is None and says_adult(words))
        who = {"female": ("girl", "woman"), "male": ("boy", "man"), "": ("child", "person")}[facts.sex]
        self.remark("nameless", "name", decides=True, who=who[0] if is_child else who[1], row=self.number)

    def _sex(self, name: str, kinship: str) -> Sex:
        written = self.words("sex")
        sex, is_known = sex_of(written, self.reader.languages)
        of_kinship = SEX_OF_KINSHIP.get(kinship, "")
        of_name = sex_of_name(name)
        if not is_known:
            self.remark("sex_word_unknown", "sex", decides=True, written=written)
            return of_kinship or of_name
        if sex and of_kinship and sex != of_kinship:
            self.remark(
                "sex_and_kinship_differ", "sex", decides=True, blocking=True, sex=written, kinship=self.words("kinship")
            )
            return ""
        if sex:
            if of_name and of_name != sex:
                self.remark("sex_and_name_differ", "sex", decides=True, sex=written, name=name)
            return sex
        if found := of_kinship or stand_in_sex(self.words("name") if not name else ""):
            return found
        if of_name:
            self.remark("sex_from_name", "sex")
            return of_name
        if "sex" in self.reader.by_field:
            self.remark("sex_unknown", "sex")
        return ""

    def _birth(self) -> WrittenDate:
        cell, age_cell = self.cell("birth"), self.cell("age")
        today, order = self.reader.today, self.reader.order
        birth = read_date(cell.text, today=today, number=cell.number, day=cell.day, order=order)
        age = read_date(age_cell.text, today=today, number=age_cell.number, day=age_cell.day, is_age=True)
        if birth.year is None and age.year is not None and birth.doubt in {None, "not_a_date"}:
            birth = replace(age, written=age_cell.text)
        elif birth.year and age.year and age.precision == "about" and abs(birth.year - age.year) > 2:
            self.remark("age_differs", "birth", decides=True, age=age_cell.text, written=cell.text)
        self._about_birth(birth)
        return birth

    def _about_birth(self, birth: WrittenDate) -> None:
        if birth.doubt is None:
            if birth.year is None and {"birth", "age"} & set(self.reader.by_field):
                self.remark("birth_unknown", "birth")
            return
        code = {
            ("impossible", False): "impossible_altogether",
            ("islamic_year", False): "islamic_year_open",
        }.get((birth.doubt, birth.year is not None), birth.doubt)
        parts = (part for part in (birth.day, birth.month, birth.year) if part)
        read = ".".join(f"{part:02}" for part in parts)
        self.remark(code, "birth", decides=True, written=birth.written, year=birth.year, read=read)

    def _document(self) -> tuple[str, str]:
        kind, number = document_of(self.words("document"))
        if words := self._said("document_kind"):
            kind = document_of(words)[0]
        if words := self._said("document_number"):
            number = words
            kind = kind or "other"
        return kind, number
