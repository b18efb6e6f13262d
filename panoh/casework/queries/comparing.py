"""Two records side by side: field by field, and what meets, differs or is known on one side only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.casework.catalogue import catalogue
from panoh.casework.models import Person
from panoh.vault.queries import BirthDate, IdentityFacts, script_of

__all__ = ["Compared", "Fact", "Side", "compare", "finding"]

TONES = {"yes": "good", "partly": "ask", "no": "late", "open": "plain"}
SCRIPTS = {"Latn": gettext_lazy("Latin"), "Cyrl": gettext_lazy("Cyrillic"), "Arab": gettext_lazy("Arabic")}
UNKNOWN, DIFFERENT, SAME, TO_READ = "unknown", "different", "same", "to_read"


@dataclass(frozen=True)
class Fact:
    """One thing known of a record: a text, or a birth date as it is known, with a few words about it."""

    text: str = ""
    about: str = ""
    birth: BirthDate | None = None
    code: str = ""


@dataclass(frozen=True)
class Side:
    """One of the two records: a person or a tracing request, opened."""

    code: str
    is_request: bool
    facts: IdentityFacts
    sex: str
    nationality: str = ""
    family: str = ""
    members: Sequence[tuple[str, str]] = ()
    case: str = ""
    stage: str = ""
    leads_to: str = ""
    applicant: str = ""
    origins: Sequence[Fact] = field(default=())

    @property
    def name(self) -> str:
        """Return the name to show, else the code."""
        return self.facts.known_as or self.code


@dataclass(frozen=True)
class Compared:
    """One field of both records, and in words and tone how they compare; no words where nothing is compared."""

    code: str
    label: str
    one: Sequence[Fact]
    other: Sequence[Fact]
    tone: str = ""
    says: str = ""


def finding(code: str) -> tuple[str, str]:
    """Return tone and words of a finding."""
    known = {entry.code: entry for entry in catalogue().match_findings}
    return (TONES[known[code].agrees], known[code].label) if code in known else ("plain", code)


def compare(one: Side, other: Side, evidence: Mapping[str, str]) -> list[Compared]:
    """Return the fields of two records, those that say most first.

    evidence: what an engine found, said where a plain comparison finds nothing in common.
    """
    words = catalogue()
    rows = []
    for code, (shown, found) in FIELDS.items():
        mine, theirs = shown(one), shown(other)
        if not mine and not theirs:
            continue
        plain = found(one, other) if mine and theirs else UNKNOWN
        told = plain if plain in MEETS else evidence.get(code, plain)
        rows.append(Compared(code, words.label("match_fields", code), mine, theirs, *finding(told)))
    return [*rows, *_beside(one, other)]


def _beside(one: Side, other: Side) -> list[Compared]:
    """Return what helps to decide and is no likeness of itself."""
    stood = ((_("Case"), _case(one), _case(other)), (_("Where from"), one.origins, other.origins))
    return [Compared("", label, mine, theirs) for label, mine, theirs in stood if mine or theirs]


# --- what is shown -----------------------------------------------------------------------------------------------


def _names(side: Side) -> list[Fact]:
    return [
        Fact(name.text, _joined(name.kind_label, SCRIPTS.get(name.script or script_of(name.text)), name.source))
        for name in side.facts.names
    ]


def _births(side: Side) -> list[Fact]:
    birth = side.facts.birth
    if birth == BirthDate():
        return []
    written = _("written: %(written)s") % {"written": birth.written} if birth.written else ""
    return [Fact(birth=birth, about=_joined(written, birth.source))]


def _sexes(side: Side) -> list[Fact]:
    return [] if side.sex == Person.Sex.UNKNOWN else [Fact(str(Person.Sex(side.sex).label))]


def _family(side: Side) -> list[Fact]:
    if side.is_request:
        return [Fact(side.applicant, _("looks for this person"))] if side.applicant else []
    family = [Fact(code=side.family)] if side.family else []
    return family + [Fact(name, kinship) for name, kinship in side.members]


def _documents(side: Side) -> list[Fact]:
    return [Fact(paper.number, _joined(paper.kind_label, paper.source)) for paper in side.facts.documents]


def _contacts(side: Side) -> list[Fact]:
    return [Fact(contact.value, _joined(contact.safe_when, contact.source)) for contact in side.facts.contacts]


def _contacts_hinted(side: Side) -> list[Fact]:
    """Show of a number its end: enough to compare, and nothing to call, for what must be minded is read first."""
    return [
        Fact(f"… {contact.value[-2:]}", _joined(contact.safe_when, contact.source)) for contact in side.facts.contacts
    ]


def _places(side: Side) -> list[Fact]:
    return [Fact(address.text, address.source) for address in side.facts.addresses]


def _nationality(side: Side) -> list[Fact]:
    return [Fact(side.nationality)] if side.nationality else []


def _case(side: Side) -> list[Fact]:
    return [Fact(side.stage, code=side.case)] if side.case else []


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


# --- how they compare --------------------------------------------------------------------------------------------


def _same_text(one: Iterable[str], other: Iterable[str]) -> bool:
    return bool({_folded(text) for text in one} & {_folded(text) for text in other} - {""})


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _found_in(
    shown: Callable[[Side], list[Fact]], met: str = SAME, else_: str = DIFFERENT
) -> Callable[[Side, Side], str]:
    """Return how to compare by text; names that are spelled apart say nothing yet, for scripts differ."""

    def found(one: Side, other: Side) -> str:
        alike = _same_text(*((fact.text for fact in shown(side)) for side in (one, other)))
        return met if alike else else_

    return found


def _compare_births(one: Side, other: Side) -> str:
    a, b = one.facts.birth, other.facts.birth
    if not a.year or not b.year:
        return UNKNOWN
    if a.year != b.year:
        return "near" if abs(a.year - b.year) == 1 else DIFFERENT
    if (a.month, a.day) == (b.month, b.day):
        return SAME if a.day else "same_year"
    if None in (a.month, a.day, b.month, b.day):
        return "same_year"
    if (a.month, a.day) == (b.day, b.month):
        return "day_month_swapped"
    return "placeholder" if (1, 1) in ((a.month, a.day), (b.month, b.day)) else "same_year"


def _compare_families(one: Side, other: Side) -> str:
    if one.family and one.family == other.family:
        return SAME
    mine, theirs = ([name for name, _kinship in side.members] + [side.applicant] for side in (one, other))
    return "shared_members" if _same_text(mine, theirs) else TO_READ


MEETS = frozenset({SAME, "same_number", "shared_members", "day_month_swapped"})
FIELDS: Mapping[str, Any] = {
    "name": (_names, _found_in(_names, else_=TO_READ)),
    "birth": (_births, _compare_births),
    "sex": (_sexes, _found_in(_sexes)),
    "family": (_family, _compare_families),
    "document": (_documents, _found_in(_documents, "same_number")),
    "contact": (_contacts_hinted, _found_in(_contacts)),
    "place": (_places, _found_in(_places, else_=TO_READ)),
    "nationality": (_nationality, _found_in(_nationality)),
}
