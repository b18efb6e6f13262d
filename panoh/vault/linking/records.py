"""What is compared when lists are joined: a record as its source says it, and the same taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from panoh.names import BirthGuess, Part, PersonName, parse
from panoh.vault.blind import bare_number

Sex = Literal["f", "m", ""]

CHILDREN = frozenset({"child", "son", "daughter"})
ADULTS = frozenset({"mother", "father", "grandmother", "grandfather", "head", "wife", "husband"})
_HAMZA_INSIDE = re.compile(r"(?<=\w)(?=إ)")  # stands at the beginning of a word only
_LOST_LETTER = re.compile(r"(?<=\w)\N{REPLACEMENT CHARACTER}+(?=\w)")
_GLUED = re.compile(r"(?<=[a-zа-яё]{3})(?=[A-ZА-ЯЁ][a-zа-яё]{3})")
_NUMBER = re.compile(r"\d{2,}")
_LEAST_NUMBER = 4
_LEAST_PLACE = 2
_SURNAME = re.compile(
    # not -in and -ina, with which given names end as well (Oydin, Madina)
    r".{2,}(?:[oe]v|[oe]va|[oe]ff|[oe]w|[oe]wa|sk[iy]y?|skaya|[оеё]в|[оеё]ва|ск[иі]й|ская|..وف|وفا|ييف|ييفا|يفا)$"
)

NO_BIRTH = BirthGuess()

Role = Literal["given", "father", "surname", "kunya", "title", ""]


@dataclass(frozen=True)
class Record:
    """One row of a list, or one person of the register.

    source, row: where it stands; the two together are told back. family: what tells families of this source apart,
    empty if nothing does. kinship: place in the family, a code of the field. papers: numbers of papers.
    """

    source: str
    row: str
    names: tuple[str, ...] = ()
    birth: BirthGuess = NO_BIRTH
    sex: Sex = ""
    place: str = ""
    family: str = ""
    kinship: str = ""
    papers: tuple[str, ...] = ()

    @property
    def home(self) -> tuple[str, str] | None:
        """Return the family it stands in, or None where its source does not say."""
        return (self.source, self.family) if self.family else None


class Spelt(NamedTuple):
    """A parsed name with what each of its parts surely is; empty where nobody can tell."""

    name: PersonName
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Ready:
    """A record taken apart, as pairs are weighed."""

    record: Record
    names: tuple[Spelt, ...]
    places: frozenset[str] = field(default=frozenset())
    papers: frozenset[str] = field(default=frozenset())

    @property
    def source(self) -> str:
        """Return the source, in which nobody stands twice but by mistake."""
        return self.record.source


def ready(record: Record) -> Ready:
    """Return the record with its names parsed, its place as words and numbers and its papers' numbers bare."""
    return Ready(
        record,
        tuple(map(spelt, filter(None, record.names))),
        _places(record.place),
        frozenset(bare for number in record.papers if len(bare := bare_number(number)) >= _LEAST_NUMBER),
    )


@lru_cache(maxsize=4096)
def _places(text: str) -> frozenset[str]:
    """Return the skeletons of a place's words, and its numbers: of a house, of a post office."""
    words = (bare for part in parse(text).parts for bare in part.skeletons if len(bare) > _LEAST_PLACE)
    return frozenset((*words, *_NUMBER.findall(text)))


def spelt(text: str) -> Spelt:
    """Return a name parsed; a letter lost in decoding was mostly an apostrophe, a capital inside begins a word."""
    text = _LOST_LETTER.sub("'", unicodedata.normalize("NFC", text))
    name = parse(_HAMZA_INSIDE.sub(" ", _GLUED.sub(" ", text)))
    return Spelt(name, roles_of(name))


def roles_of(name: PersonName) -> tuple[Role, ...]:
    """Return what each part surely is: by its ending, by its place in an Arabic chain, or as the only one left."""
    roles: list[Role] = [_sure(part) for part in name.parts]
    plain = [at for at, role in enumerate(roles) if not role]
    if name.script == "Arab":
        # given, father's name, grandfather's or family name: the order in which Arabic writes them
        for place, at in enumerate(plain):
            roles[at] = "given" if place == 0 else "father" if place == 1 and at == 1 else ""
    elif len(plain) == 1 and "given" not in roles:
        roles[plain[0]] = "given"
    return tuple(roles)


def _sure(part: Part) -> Role:
    if part.kind in {"kunya", "title"}:
        return part.kind
    if part.kind == "patronymic":
        return "father"
    return "surname" if _SURNAME.match(part.text.casefold()) else ""


def stems(name: PersonName) -> Iterable[str]:
    """Return the main skeleton of each part that is evidence."""
    return (part.skeletons[0] for part in name.parts if part.skeletons and part.kind not in {"initial", "title"})
