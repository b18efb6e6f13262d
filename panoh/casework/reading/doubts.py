"""What a person should look at when the rows of a list are seen beside each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from panoh.casework.reading.people import CHILDREN
from panoh.casework.reading.shapes import Remark, RowFacts, WrittenDate
from panoh.casework.reading.words import fold

YOUNGEST_MOTHER_YEARS = 12
CLOSE_DAYS = 270
ABOUT_YEARS = 2
SHARED_PEOPLE = 4
SHARED_FAMILIES = 3
MOST_NAMESAKES = 40
_DOUBLED = re.compile(r"(.)\1+")


@dataclass
class Person:
    """A row while the list is looked at as a whole."""

    number: int
    facts: RowFacts
    remarks: list[Remark] = field(default_factory=list)

    @property
    def family(self) -> str:
        """Return the family number as it is compared."""
        return fold(self.facts.family_number)


def look_across(people: Sequence[Person], headings: Mapping[str, str], *, is_of_relatives: bool) -> None:
    """Add to the people the remarks that only the others beside them call for; the later row carries them."""
    _about_names(people, headings.get("name", ""), is_of_relatives=is_of_relatives)
    _about_documents(people, headings)
    if not is_of_relatives:
        _about_mothers(people, headings.get("birth", ""))
    _about_shared_dates(people, headings.get("birth", ""))


def name_key(name: str) -> str:
    """Return a name as duplicates are looked for: folded, in one order, doubled letters and gaps evened out."""
    return "".join(sorted(_DOUBLED.sub(r"\1", word) for word in fold(name).split()))


def _about_names(people: Iterable[Person], heading: str, *, is_of_relatives: bool) -> None:
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if not person.facts.name:
            continue
        key = name_key(person.facts.name)
        for earlier in by_name[key][-MOST_NAMESAKES:]:
            if remark := _beside(earlier, person, heading, is_of_relatives=is_of_relatives):
                person.remarks.append(remark)
                break
        by_name[key].append(person)


def _beside(earlier: Person, later: Person, heading: str, *, is_of_relatives: bool) -> Remark | None:
    """Return what to say of two rows of the same name, or nothing where they are clearly two people."""
    one, other = earlier.facts, later.facts
    if one.sex and other.sex and one.sex != other.sex:
        return None
    details = {"other": earlier.number}
    fit = fits(one.birth, other.birth)
    same_family = bool(later.family) and earlier.family == later.family
    other_family = bool(later.family and earlier.family) and not same_family
    if is_of_relatives:
        if fit and fold(one.applicant_name) == fold(other.applicant_name):
            return Remark("duplicate_by_name", heading, details, decides=True, is_blocking=True)
        return (
            Remark("sought_twice", heading, details, decides=True)
            if fit and not _differ(one.place, other.place)
            else None
        )
    exact = one.birth.precision == "day" == other.birth.precision
    if same_family and fit:
        return Remark("duplicate", heading, details, decides=True, is_blocking=True)
    if fit and exact:
        return Remark("duplicate_by_date", heading, details, decides=True, is_blocking=True)
    if same_family:
        days = _days_between(one.birth, other.birth)
        if days is not None and days < CLOSE_DAYS:
            return Remark("same_name_close_dates", heading, {**details, "days": days}, decides=True)
        return Remark("same_name", heading, details)
    if other_family or not fit or len(later.facts.name.split()) < 3:
        return None
    return Remark("duplicate_by_name", heading, details, decides=True)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and name_key(one) != name_key(other)


def fits(one: WrittenDate, other: WrittenDate) -> bool:
    """Tell whether two dates can be of one person, each as exact as it is."""
    if one.year is None or other.year is None:
        return True
    if "about" in {one.precision, other.precision}:
        return abs(one.year - other.year) <= ABOUT_YEARS
    if one.year != other.year:
        return False
    if "year" in {one.precision, other.precision}:
        return True
    if one.month != other.month:
        return False
    return "month" in {one.precision, other.precision} or one.day == other.day


def _days_between(one: WrittenDate, other: WrittenDate) -> int | None:
    if one.precision != "day" or other.precision != "day":
        return None
    return abs((_as_date(one) - _as_date(other)).days)


def _as_date(written: WrittenDate) -> date:
    return date(written.year or 1, written.month or 1, written.day or 1)


def _about_documents(people: Iterable[Person], headings: Mapping[str, str]) -> None:
    seen: dict[tuple[str, str], Person] = {}
    heading = headings.get("document_number") or headings.get("document", "")
    for person in people:
        number = fold(person.facts.document_number).replace(" ", "")
        if len(number) < 4 or any(remark.is_blocking for remark in person.remarks):
            continue
        earlier = seen.setdefault((person.facts.document_kind, number), person)
        if earlier is person or not (earlier.facts.name and person.facts.name):
            continue
        # A mother's paper often stands for her children too: then the names and families tell that there is no doubt.
        if earlier.family != person.family or name_key(earlier.facts.name) == name_key(person.facts.name):
            person.remarks.append(Remark("duplicate_by_document", heading, {"other": earlier.number}, decides=True))


def _about_mothers(people: Iterable[Person], heading: str) -> None:
    of_family = sorted((person for person in people if person.family), key=lambda person: person.family)
    for _, members in groupby(of_family, key=lambda person: person.family):
        family = list(members)
        mothers = [person for person in family if person.facts.kinship == "mother"]
        if len(mothers) != 1 or mothers[0].facts.birth.year is None:
            continue
        mother = mothers[0]
        for person in family:
            year = person.facts.birth.year
            if person.facts.kinship not in CHILDREN or year is None:
                continue
            years = year - (mother.facts.birth.year or 0)
            allowance = 1 if "about" in {person.facts.birth.precision, mother.facts.birth.precision} else 0
            if years + allowance < YOUNGEST_MOTHER_YEARS:
                details = {"other": mother.number, "years": years}
                person.remarks.append(Remark("mother_too_young", heading, details, decides=True))


def _about_shared_dates(people: Sequence[Person], heading: str) -> None:
    """Hint at dates that many people of different families share, as lists write them for unknown ones."""
    exact = [person for person in people if person.facts.birth.precision == "day" and not person.facts.birth.doubt]
    dates = [(person.facts.birth.year, person.facts.birth.month, person.facts.birth.day) for person in exact]
    counted = Counter(dates)
    families: dict[object, set[str]] = defaultdict(set)
    for person, day in zip(exact, dates, strict=True):
        families[day].add(person.family or str(person.number))
    # In a long list some share a day by chance: what counts is far more than that.
    enough = max(SHARED_PEOPLE, len(people) // 200)
    for person, day in zip(exact, dates, strict=True):
        if counted[day] >= enough and len(families[day]) >= SHARED_FAMILIES:
            details = {"count": counted[day], "families": len(families[day])}
            person.remarks.append(Remark("shared_date", heading, details))
