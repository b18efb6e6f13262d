"""Lists of one group of families as three offices write them: other scripts, other habits, mistakes; with the truth.

The names are those of the demonstration (`panoh/web/demo/names.toml`), drawn evenly, so that namesakes are frequent; no
list that the linkage is judged by was looked at for them.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from panoh.names import BirthGuess
from panoh.vault.linking import Record

POOLS = Path(__file__).parents[1] / "panoh/web/demo/names.toml"
Truth = dict[tuple[str, str], int]
LATIN, CYRILLIC, ARABIC = range(3)
REGIONS = {
    "UZ": ("Andijon|Андижан|أنديجان", "Fargʻona|Фергана|فرغانة", "Namangan|Наманган|نمنغان", "Xorazm|Хорезм|خوارزم"),
    "KG": ("Osh|Ош|أوش", "Batken|Баткен|باتكين", "Jalal-Abad|Джалал-Абад|جلال آباد"),
}


@dataclass(frozen=True)
class _Member:
    person: int
    family: int
    country: str
    given: tuple[str, ...]
    father: tuple[str, ...]
    surname: tuple[str, ...]
    sex: str
    born: tuple[int, int, int]
    kinship: str
    region: tuple[str, ...]
    eldest: tuple[str, ...]
    paper: str


def _people(rng: random.Random, families: int) -> list[_Member]:
    given = tomllib.loads(POOLS.read_text(encoding="utf-8"))["given"]
    pools = {
        country: {
            kind: [tuple(text.split("|")) for text in given[country][kind]] for kind in ("female", "male", "surname")
        }
        for country in ("UZ", "KG")
    }
    young = {kind: [tuple(text.split("|")) for text in given["young"][kind]] for kind in ("female", "male")}
    people: list[_Member] = []
    for family in range(families):
        country = rng.choice(("UZ", "UZ", "KG"))
        pool = pools[country]
        father, surname = rng.choice(pool["male"]), rng.choice(pool["surname"])
        region = tuple(rng.choice(REGIONS[country]).split("|"))
        children = rng.choices((1, 2, 3, 4, 5, 6), (22, 28, 24, 14, 8, 4))[0]
        drawn: list[tuple[str, tuple[str, ...]]] = []
        while len(drawn) < children:
            sex = rng.choice("fm")
            name = rng.choice(young["female" if sex == "f" else "male"] + pool["female" if sex == "f" else "male"][:10])
            if name not in [one for _, one in drawn]:
                drawn.append((sex, name))
        boy = next((name for sex, name in drawn if sex == "m"), drawn[0][1])
        mother_year, year = rng.randint(1980, 1996), rng.randint(2006, 2019)

        add = partial(_add, people, rng, family, country, region, boy)
        if rng.random() < 0.85:
            own = surname if rng.random() < 0.5 else rng.choice(pool["surname"])
            add(rng.choice(pool["female"]), rng.choice(pool["male"]), own, "f", mother_year, "mother")
        for at, (sex, name) in enumerate(drawn):
            add(name, father, surname, sex, min(2022, year + at * rng.choice((0, 1, 2))), "child")
    return people


def _add(
    people: list[_Member], rng: random.Random, family: int, country: str, region: tuple[str, ...],
    boy: tuple[str, ...], given: tuple[str, ...], of: tuple[str, ...], own: tuple[str, ...], sex: str, year: int,
    kin: str,
) -> None:  # fmt: skip
    born = (year, rng.randint(1, 12), rng.randint(1, 28))
    if kin == "child" and rng.random() < 0.12:
        born = (year, *rng.choice(((6, 1), (1, 1))))
    paper = f"{rng.randrange(1000, 9999)}"
    people.append(_Member(len(people), family, country, given, of, own, sex, born, kin, region, boy, paper))


# --- how it is written -------------------------------------------------------------------------------------------


def _russian(rng: random.Random, who: _Member) -> str:
    surname = who.surname[CYRILLIC] + ("а" if who.sex == "f" else "")
    father = who.father[CYRILLIC].rstrip("йь")
    father += ("ев" if father[-1] in "аеёиоуыэюя" else "ов") + ("на" if who.sex == "f" else "ич")
    return f"{surname} {who.given[CYRILLIC]}" + (f" {father}" if rng.random() < 0.78 else "")


def _latin(rng: random.Random, who: _Member) -> str:
    surname = who.surname[LATIN] + ("a" if who.sex == "f" else "")
    child_of = {"UZ": {"f": "qizi", "m": "oʻgʻli"}, "KG": {"f": "kyzy", "m": "uulu"}}[who.country][who.sex]
    text = (
        f"{who.given[LATIN]} {surname}"
        if rng.random() < 0.45
        else f"{surname} {who.given[LATIN]} {who.father[LATIN]} {child_of}"
    )
    return text.replace("ʻ", rng.choice(("'", "`", "", "ʻ", "\N{REPLACEMENT CHARACTER}")))


def _arabic(rng: random.Random, who: _Member) -> str:
    if who.kinship == "mother" and rng.random() < 0.15:
        return f"أم {who.eldest[ARABIC]}"
    surname = who.surname[ARABIC] + ("ا" if who.sex == "f" else "")
    return f"{who.given[ARABIC]} {who.father[ARABIC]}" + (f" {surname}" if rng.random() < 0.6 else "")


def mistyped(rng: random.Random, text: str) -> str:
    """Return the text with one slip: a letter lost, doubled, or changed places; or a gap lost."""
    at = rng.randrange(len(text) - 1)
    slip = rng.randrange(4)
    if slip == 0:
        return text[:at] + text[at + 1 :]
    if slip == 1:
        return text[:at] + text[at] + text[at:]
    if slip == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text.replace(" ", "", 1)


def _born(rng: random.Random, born: tuple[int, int, int]) -> BirthGuess:
    year, month, day = born
    drawn = rng.random()
    if drawn < 0.08:
        return BirthGuess()
    if drawn < 0.16 or (month, day) == (1, 1):
        return BirthGuess(year, None, None, rng.choice(("year", "about")))
    if drawn < 0.22 and day <= 12:
        return BirthGuess(year, day, month, "day")
    if drawn < 0.25:
        return BirthGuess(year, month, min(28, day + 1), "day")
    if drawn < 0.27:
        return BirthGuess(year + 1, month, day, "day")
    return BirthGuess(year, month, day, "day")


Writing = Callable[[random.Random, _Member], str]
WRITINGS: dict[str, Writing] = {"arabic": _arabic, "russian": _russian, "latin": _latin}


def lists_of_one_group(seed: int, families: int = 45) -> tuple[list[Record], Truth]:
    """Return the rows of a camp list, a passenger list and relatives' applications, and who each row is."""
    rng = random.Random(seed)
    people = _people(rng, families)
    records: list[Record] = []
    truth: Truth = {}
    for name, share, families_told, places_told in (
        ("arabic", 0.92, True, False), ("russian", 0.95, True, True), ("latin", 0.75, False, True)
    ):  # fmt: skip
        rows = [who for who in people if rng.random() < share]
        rows += rng.sample(rows, 1 + len(rows) // 100)  # somebody stands twice
        rng.shuffle(rows)
        numbers = {family: str(100 + at) for at, family in enumerate(rng.sample(range(families), families))}
        for at, who in enumerate(rows, 1):
            text = WRITINGS[name](rng, who)
            text = mistyped(rng, text) if rng.random() < 0.12 else text
            place = who.region[(ARABIC, CYRILLIC, LATIN)[list(WRITINGS).index(name)]]
            records.append(
                Record(
                    name, str(at), (text,) if rng.random() > 0.005 else (), _born(rng, who.born), who.sex,  # type: ignore[arg-type]
                    place if places_told else "", numbers[who.family] if families_told else "",
                    who.kinship if families_told else "", (who.paper,) if name == "russian" and rng.random() < 0.3 else (),  # noqa: E501
                )
            )  # fmt: skip
            truth[name, str(at)] = who.person
    return records, truth


# --- a large register --------------------------------------------------------------------------------------------


def million(size: int, seed: int = 11) -> tuple[list[Record], list[int]]:
    """Return records of which a fifth are noisy duplicates of others, and who each is.

    Names are composed of Central-Asian given names, fathers' names and surnames, in Latin or Cyrillic letters; a
    duplicate has slips in a fifth of its names, noise in a third of its births, and a tenth stand in another order.
    """
    rng = random.Random(seed)
    given = tomllib.loads(POOLS.read_text(encoding="utf-8"))["given"]
    pools = {kind: [tuple(text.split("|")) for country in ("UZ", "KG") for text in given[country][kind]]
             for kind in ("female", "male", "surname")}  # fmt: skip
    stems = [_surname(rng) for _ in range(20_000)]
    records: list[Record] = []
    who: list[int] = []
    people = size - size // 5
    for person in range(people):
        sex = rng.choice("fm")
        name = _composed(rng, pools, stems, sex)
        born = (rng.randint(1950, 2022), rng.randint(1, 12), rng.randint(1, 28))
        place = rng.choice(("Andijon", "Namangan", "Toshkent", "Xorazm", "Osh", "Batken", "Sughd", "Khatlon", "Almaty"))
        records.append(Record("register", str(person), (" ".join(name),), BirthGuess(*born, "day"), sex, place))  # type: ignore[arg-type]
        who.append(person)
    for at in rng.sample(range(people), size - people):
        records.append(_noisy(rng, records[at], str(len(records))))
        who.append(at)
    return records, who


def _surname(rng: random.Random) -> str:
    syllables = [
        "bar",
        "dil",
        "nur",
        "shah",
        "mir",
        "zar",
        "gul",
        "tash",
        "ak",
        "bek",
        "sul",
        "rah",
        "kar",
        "yul",
        "er",
        "gaf",
        "ham",
        "jum",
        "xol",
        "mah",
        "tur",
        "ish",
        "qod",
        "sat",
        "umar",
        "norm",
        "abdu",
        "tem",
    ]
    return "".join(rng.sample(syllables, rng.choice((2, 2, 3)))).capitalize()


def _composed(rng: random.Random, pools: dict[str, list[tuple[str, ...]]], stems: Sequence[str], sex: str) -> list[str]:
    first = rng.choice(pools["female" if sex == "f" else "male"])[LATIN]
    if rng.random() < 0.3:
        first += rng.choice(("bek", "jon", "xon", "niso", "gul", "oy"))
    ending = rng.choice(("ov", "ev")) + ("a" if sex == "f" else "")
    parts = [rng.choice(stems) + ending, first]
    if rng.random() < 0.6:
        parts += [rng.choice(pools["male"])[LATIN], "qizi" if sex == "f" else "oʻgʻli"]
    return parts


def _noisy(rng: random.Random, one: Record, row: str) -> Record:
    words = one.names[0].split()
    if rng.random() < 0.1:
        words = [words[1], words[0], *words[2:]]
    if len(words) > 2 and rng.random() < 0.3:
        words = words[:2]
    text = " ".join(words)
    if rng.random() < 0.2:
        text = mistyped(rng, text)
    year, month, day = one.birth[:3]
    birth = one.birth
    drawn = rng.random()
    if drawn < 0.08:
        birth = BirthGuess(year, None, None, "year")
    elif drawn < 0.14:
        birth = BirthGuess(year, day, month, "day") if day is not None and day <= 12 else birth
    elif drawn < 0.22 and day is not None:
        birth = BirthGuess(year, month, day % 28 + 1, "day")
    elif drawn < 0.26 and year is not None:
        birth = BirthGuess(year + 1, month, day, "day")
    return Record(one.source, row, (text,), birth, one.sex, one.place if rng.random() < 0.8 else "")
