"""Families of nobody for the demonstration: composed from `names.toml` with a seed, spread as published.

Sources of the spread: officials' figures of the returns to KZ, UZ and KG, 2019 to 2024 (60 to 70 % children, most
under 12; mothers with children; orphans with brothers and sisters or an aunt; few men).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

from panoh.vault.queries import (
    BirthDate,
    Contact,
    ContactKind,
    Document,
    DocumentKind,
    IdentityFacts,
    Name,
    NameKind,
    Precision,
)

POOLS_FILE = Path(__file__).with_name("names.toml")
SCRIPTS = ("Latn", "Cyrl", "Arab")
ADULT_YEARS = 18
SOURCE = "demonstration"

Shape = Literal[
    "mother_children", "parents_children", "father_children", "aunt_children", "grandmother_children",
    "siblings_alone", "child_alone", "woman_alone",
]  # fmt: skip
Sex = Literal["f", "m"]

# Of a hundred families; how many children the ones with children have.
SHAPES: Mapping[Shape, int] = {
    "mother_children": 62, "parents_children": 6, "father_children": 2, "aunt_children": 6, "grandmother_children": 9,
    "siblings_alone": 6, "child_alone": 2, "woman_alone": 7,
}  # fmt: skip
CHILDREN: Mapping[int, int] = {1: 31, 2: 33, 3: 20, 4: 9, 5: 5, 6: 2}

# How precisely a birth date is known, of a hundred.
ADULTS_KNOWN = {Precision.DAY: 82, Precision.MONTH: 3, Precision.YEAR: 10, Precision.ABOUT: 4, Precision.UNKNOWN: 1}
CHILDREN_KNOWN = {Precision.DAY: 60, Precision.MONTH: 8, Precision.YEAR: 19, Precision.ABOUT: 10, Precision.UNKNOWN: 3}

# Ranges that no operator has: area code 00 in Uzbekistan, 000 in Kyrgyzstan.
PHONES = {"UZ": "+998 00 000 {:02} {:02}", "KG": "+996 000 00 {:02} {:02}"}


@dataclass(frozen=True)
class Part:
    """A given name, or a man's surname, in the three scripts."""

    latin: str
    cyrillic: str
    arabic: str

    def of(self, sex: Sex) -> Part:
        """Return the surname as a woman or a man bears it."""
        if sex == "m":
            return self
        return Part(self.latin + "a", self.cyrillic + "а", self.arabic + "ا")


@dataclass(frozen=True)
class ComposedPerson:
    """A person of nobody: `facts` is what the vault seals, the rest what casework holds."""

    facts: IdentityFacts
    sex: Sex
    kinship: str
    nationality: str
    born: date
    given: Part

    def name(self, script: str = "Latn") -> str:
        """Return the official name in Latn, Cyrl or Arab."""
        return next(name.text for name in self.facts.names if name.kind == NameKind.OFFICIAL and name.script == script)

    def is_child(self, on: date) -> bool:
        """Tell whether the person is under 18 on that day."""
        return _years(self.born, on) < ADULT_YEARS


@dataclass(frozen=True)
class ComposedFamily:
    """People who came together, the carer first and the children from the eldest to the youngest."""

    shape: Shape
    country: str
    members: tuple[ComposedPerson, ...]


@dataclass(frozen=True)
class _Kin:
    """What a family has in common: the father's name and surname, and the grandfathers' names."""

    country: str
    surname: Part
    father: Part
    grandfather: Part
    on: date


def compose_families(seed: int, count: int, *, on: date) -> list[ComposedFamily]:
    """Return families in the published spread of shapes, two of UZ to one of KG; the same for a seed and day."""
    rng = Random(seed)  # noqa: S311  # for a demonstration
    families = []
    for shape in rng.choices(list(SHAPES), weights=list(SHAPES.values()), k=count):
        country = rng.choices(("UZ", "KG"), weights=(2, 1))[0]
        families.append(ComposedFamily(shape, country, tuple(compose_family(rng, shape=shape, country=country, on=on))))
    return families


def compose_family(rng: Random, *, shape: Shape, country: str = "UZ", on: date) -> list[ComposedPerson]:
    """Return the members of one family: surname and father's name agree in each script, ages fit together.

    shape: who came. country: "UZ" or "KG". on: the day the ages are reckoned to.
    """
    pools = _pools()[country]
    father, grandfather = rng.sample(pools["male"], 2)
    kin = _Kin(country, rng.choice(pools["surname"]), father, grandfather, on)
    ages = _ages_of_children(rng, shape)
    children = _children(rng, kin, ages)
    return [*_adults(rng, kin, shape, ages, children), *children]


# --- who is there ------------------------------------------------------------------------------------------------


def _ages_of_children(rng: Random, shape: Shape) -> list[int]:
    if shape == "woman_alone":
        return []
    count = 1 if shape == "child_alone" else rng.choices(list(CHILDREN), weights=list(CHILDREN.values()))[0]
    if shape == "siblings_alone":
        count = max(2, count)
    ages = [min(rng.randint(0, 12), rng.randint(2, 14))]
    while len(ages) < count:
        ages.append(ages[-1] + rng.choice((1, 1, 2, 2, 3)))
    too_old = max(0, ages[-1] - (ADULT_YEARS - 1))
    return sorted((max(0, age - too_old) for age in ages), reverse=True)


def _children(rng: Random, kin: _Kin, ages: Sequence[int]) -> list[ComposedPerson]:
    young, children, taken = _pools()["young"], [], set()
    for age in ages:
        sex: Sex = rng.choice(("f", "m"))
        given = rng.choice([part for part in young["female" if sex == "f" else "male"] if part.latin not in taken])
        taken.add(given.latin)
        children.append(_person(rng, kin, given, sex, "child", age, father=kin.father))
    return children


def _adults(
    rng: Random, kin: _Kin, shape: Shape, ages: Sequence[int], children: Sequence[ComposedPerson]
) -> list[ComposedPerson]:
    eldest = ages[0] if ages else rng.randint(2, 14)
    parent_age = eldest + rng.randint(18, 29)
    kunya = next((child.given for child in children if child.sex == "m"), children[0].given if children else None)
    if shape in {"siblings_alone", "child_alone"}:
        return []
    if shape == "aunt_children":
        return [_woman(rng, kin, "aunt", max(20, eldest + rng.randint(15, 25)), married_in=False)]
    if shape == "grandmother_children":
        return [_woman(rng, kin, "grandmother", eldest + rng.randint(40, 52), married_in=True)]
    if shape == "woman_alone":
        return [_woman(rng, kin, "head", parent_age, married_in=True)]
    parents = []
    if shape != "father_children":
        parents.append(_woman(rng, kin, "mother", parent_age, married_in=True, kunya=kunya))
    if shape != "mother_children":
        parents.append(_father(rng, kin, parent_age, kunya=kunya))
    return parents


def _woman(
    rng: Random, kin: _Kin, kinship: str, age: int, *, married_in: bool, kunya: Part | None = None
) -> ComposedPerson:
    pools = _pools()[kin.country]
    own = rng.choice(pools["surname"]) if married_in else kin.surname
    father = rng.choice(pools["male"]) if married_in else kin.grandfather
    # Half of the women who marry in keep the surname they were born with.
    now = kin.surname if rng.random() < 0.5 else own
    given = rng.choice(pools["female"])
    return _person(rng, kin, given, "f", kinship, age, father=father, surname=now, born_as=own, kunya=kunya)


def _father(rng: Random, kin: _Kin, mother_age: int, *, kunya: Part | None) -> ComposedPerson:
    age = mother_age + rng.randint(0, 6)
    return _person(rng, kin, kin.father, "m", "father", age, father=kin.grandfather, kunya=kunya)


# --- one person --------------------------------------------------------------------------------------------------


def _person(
    rng: Random, kin: _Kin, given: Part, sex: Sex, kinship: str, age: int, *, father: Part,
    surname: Part | None = None, born_as: Part | None = None, kunya: Part | None = None,
) -> ComposedPerson:  # fmt: skip
    is_child = age < ADULT_YEARS
    surname = surname or kin.surname
    names = _full_names(kin.country, given, surname.of(sex), father, sex, NameKind.OFFICIAL)
    if born_as and born_as != surname:
        names += _full_names(kin.country, given, born_as.of(sex), father, sex, NameKind.BIRTH)[:2]
    names += _other_names(rng, names[:3], kin.country, sex, kunya, is_child=is_child)
    born = _birthday(rng, age, kin.on)
    known = rng.choices(*zip(*(CHILDREN_KNOWN if is_child else ADULTS_KNOWN).items(), strict=True))[0]
    facts = IdentityFacts(
        names=tuple(names),
        birth=_birth_date(rng, born, known),
        documents=tuple(_documents(rng, is_child=is_child)),
        contacts=() if is_child else tuple(_contacts(rng, kin.country)),
    )
    return ComposedPerson(facts, sex, kinship, kin.country, born, given)


def _full_names(country: str, given: Part, surname: Part, father: Part, sex: Sex, kind: str) -> list[Name]:
    child_of = {"UZ": {"f": "qizi", "m": "oʻgʻli"}, "KG": {"f": "kyzy", "m": "uulu"}}[country][sex]
    texts = (
        f"{surname.latin} {given.latin} {father.latin} {child_of}",
        f"{surname.cyrillic} {given.cyrillic} {patronymic(father.cyrillic, sex)}",
        f"{given.arabic} {father.arabic} {surname.arabic}",
    )
    return [Name(text, kind, script, SOURCE) for text, script in zip(texts, SCRIPTS, strict=True)]


def patronymic(father: str, sex: Sex) -> str:
    """Return the Russian patronymic of a father's name: "Собир" gives "Собировна", "Нурали" gives "Нуралиевна"."""
    if father[-1] in "йь":
        father, soft = father[:-1], True
    else:
        soft = father[-1] in "аеёиоуыэюя"
    return father + ("ев" if soft else "ов") + ("на" if sex == "f" else "ич")


def _other_names(
    rng: Random, official: Sequence[Name], country: str, sex: Sex, kunya: Part | None, *, is_child: bool
) -> list[Name]:
    found = []
    for name in official:
        if rng.random() < 0.25:
            found.append(Name(_spelt_otherwise(rng, name), NameKind.OTHER_SPELLING, name.script, SOURCE))
    if kunya and rng.random() < 0.6:
        latin, cyrillic, arabic = ("Umm", "Умм", "أم") if sex == "f" else ("Abu", "Абу", "أبو")
        found.append(Name(f"{arabic} {kunya.arabic}", NameKind.KUNYA, "Arab", SOURCE))
        found.append(Name(f"{latin} {kunya.latin}", NameKind.KUNYA, "Latn", SOURCE))
        found.append(Name(f"{cyrillic} {kunya.cyrillic}", NameKind.KUNYA, "Cyrl", SOURCE))
    if is_child and rng.random() < 0.08:
        found.append(Name(rng.choice(_read()["given"][country]["nickname"]), NameKind.NICKNAME, "Latn", SOURCE))
    return found


def _spelt_otherwise(rng: Random, name: Name) -> str:
    """Return the name with one habit of writing changed in one place; every name has a letter that some habit fits."""
    swaps = [swap.split(">") for swap in _read()["spellings"][name.script]]
    fitting = [(old, new) for old, new in swaps if old in name.text]
    if not fitting:
        return name.text.replace(" ", "  ", 1)
    old, new = rng.choice(fitting)
    return name.text.replace(old, new, 1)


def _birthday(rng: Random, age: int, on: date) -> date:
    """Return a day that makes the person this old, in whole years, on the given day."""
    latest = _same_day(on, on.year - age)
    earliest = _same_day(on, on.year - age - 1) + timedelta(days=1)
    return earliest + timedelta(days=rng.randrange((latest - earliest).days + 1))


def _same_day(on: date, year: int) -> date:
    # 29 February has no like in most years; the day before is near enough for a person of nobody.
    return on.replace(year=year, day=min(on.day, 28) if on.month == 2 else on.day)


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _birth_date(rng: Random, born: date, known: str) -> BirthDate:
    if known == Precision.UNKNOWN:
        return BirthDate(source=SOURCE)
    if known == Precision.ABOUT:
        return BirthDate(born.year + rng.choice((-1, 0, 1)), precision=known, source=SOURCE)
    month = born.month if known in {Precision.DAY, Precision.MONTH} else None
    day = born.day if known == Precision.DAY else None
    return BirthDate(born.year, month, day, known, source=SOURCE)


def _documents(rng: Random, *, is_child: bool) -> list[Document]:
    drawn = rng.random()
    if drawn < (0.18 if is_child else 0.35):
        kind = DocumentKind.BIRTH_CERTIFICATE if is_child else DocumentKind.PASSPORT
    elif drawn < 0.6:
        kind = DocumentKind.CERTIFICATE
    else:
        return []
    return [Document(kind, f"DEMO-{rng.randrange(1_000_000):06}", SOURCE)]


def _contacts(rng: Random, country: str) -> list[Contact]:
    if rng.random() < 0.35:
        return []
    number = PHONES[country].format(rng.randrange(100), rng.randrange(100))
    safe_when = rng.choice(("", "", "", "in the evening", "only by the daughter's phone", "not at the weekend"))
    return [Contact(ContactKind.PHONE, number, safe_when, SOURCE)]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(POOLS_FILE.read_text(encoding="utf-8"))


@cache
def _pools() -> dict[str, dict[str, list[Part]]]:
    return {
        country: {
            kind: [Part(*text.split("|")) for text in texts] for kind, texts in pools.items() if kind != "nickname"
        }
        for country, pools in _read()["given"].items()
    }
